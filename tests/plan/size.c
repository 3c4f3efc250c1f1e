/*
 * size.c - how long a large plan takes to verify.
 *
 *     size [RUNS]
 *
 * The plan has 60 stages over 30 columns and 5 apps: each app renames one of its columns by dual
 * writes, half of the stages overlap the one before them, and the other columns are in use all the
 * while. The figure is beside that of one such rename alone, in the same run: it ought to grow with
 * the groups and their stages, and not with what could be combined from them.
 */
#include "notation.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { APPS = 5, COLUMNS_OF_APP = 6, RUNS = 20 };

/* Of app `number`, with `overlap` before the stages that may overlap. */
static const char *versions_of(ls_arena *arena, int app, const char *version, const char *reads,
                               const char *writes) {
    const char *rest = "";
    for (int i = 2; i < COLUMNS_OF_APP; i++)
        rest = ls_arena_format(arena, "%s,t.c%d_%d", rest, app, i);
    return ls_arena_format(arena, "app%d/%s%d r:%s%s w:%s%s", app, version, app, reads, rest,
                           writes, rest);
}

static const char *beginning(ls_arena *arena, int apps) {
    const char *text = "has t.id";
    for (int app = 0; app < apps; app++)
        for (int i = 0; i < COLUMNS_OF_APP; i++)
            if (i != 1)
                text = ls_arena_format(arena, "%s, t.c%d_%d", text, app, i);
    for (int app = 0; app < apps; app++) {
        const char *old = ls_arena_format(arena, "t.c%d_0", app);
        text = ls_arena_format(arena, "%s\nrun %s", text, versions_of(arena, app, "v", old, old));
    }
    return ls_arena_join(arena, text, "\n", NULL);
}

/* Twelve stages. */
static const char *renaming(ls_arena *arena, int app) {
    const char *old = ls_arena_format(arena, "t.c%d_0", app);
    const char *new = ls_arena_format(arena, "t.c%d_1", app);
    const char *both = ls_arena_join(arena, old, ",", new, NULL);
    return ls_arena_format(
        arena, "E add %s\n~D %s\nS\nB %s=%s distinct\n~R\nC %s=%s\n~R\n~D %s\nS\n~R\n~D %s\nS\n",
        new, versions_of(arena, app, "w", old, both), new, old, new, old,
        versions_of(arena, app, "x", new, both), versions_of(arena, app, "y", new, new));
}

static const char *plan_of(ls_arena *arena, int apps) {
    const char *text = beginning(arena, apps);
    for (int app = 0; app < apps; app++)
        text = ls_arena_join(arena, text, renaming(arena, app), NULL);
    return text;
}

static double milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The best of many runs: what the machine does besides is not the model's. */
static double measure(int apps, int runs) {
    double best = 0;
    for (int i = 0; i < runs; i++) {
        ls_arena *arena = ls_arena_new();
        const ls_model *model = ls_notation_read(arena, plan_of(arena, apps));
        double start = milliseconds();
        const ls_model_verdict *verdict = ls_model_verify(arena, model, 0);
        double took = milliseconds() - start;
        if (i == 0)
            printf("%u stages, %u columns, %d apps: %u groups, %zu states, %zu transitions, "
                   "%u findings%s\n",
                   model->stages.count, model->carriers.count, apps, verdict->groups.count,
                   verdict->states, verdict->transitions, verdict->findings.count,
                   verdict->complete ? "" : ", not complete");
        if (i == 0 || took < best)
            best = took;
        ls_arena_free(arena);
    }
    return best;
}

int main(int count, char **arguments) {
    int runs = count > 1 ? (int)strtol(arguments[1], NULL, 10) : RUNS;
    double one = measure(1, runs), all = measure(APPS, runs);
    printf("one app %.2f ms, %d apps %.2f ms, ratio %.1f\n", one, APPS, all, all / one);
    return 0;
}
