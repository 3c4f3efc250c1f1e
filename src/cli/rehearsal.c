#include "cli/rehearsal.h"

#include "git/blame.h"

#include <errno.h>

static bool open_repository(ls_rehearsals *rehearsals, const ls_plan *plan) {
    if (!rehearsals->asked) {
        rehearsals->asked = true;
        if (ls_repository_open(&rehearsals->repository, rehearsals->arena, &plan->source->name, 1,
                               NULL) == NULL)
            rehearsals->blobs = ls_blobs_new(&rehearsals->repository);
    }
    return rehearsals->blobs != NULL;
}

/* The lines from the stage's verb to that of the next stage. */
static const char *find_commit(ls_rehearsals *rehearsals, const ls_plan *plan,
                               const ls_plan_stage *stage) {
    uint32_t first = ls_source_position(plan->source, stage->at.begin).line;
    bool is_last = stage->number == plan->stages.count;
    uint32_t end =
        is_last ? ls_source_position(plan->source, plan->source->length).line
                : ls_source_position(plan->source, plan->stages.items[stage->number].at.begin).line;
    uint32_t last = end > first ? end - 1 : first;
    return ls_newest_commit_of(&rehearsals->repository, plan->source->name, first, last);
}

static const char *commit_of(ls_rehearsals *rehearsals, const ls_plan *plan,
                             const ls_plan_stage *stage) {
    static const char none[] = "";
    const char *key =
        ls_arena_format(rehearsals->arena, "%s:%u", plan->source->name, stage->number);
    const char *known = ls_map_get(&rehearsals->commits, key);
    if (known == NULL) {
        known = find_commit(rehearsals, plan, stage);
        known = known == NULL ? none : known;
        ls_map_set(rehearsals->arena, &rehearsals->commits, key, (void *)(uintptr_t)known);
    }
    return *known == 0 ? NULL : known;
}

bool ls_rehearsed_text(ls_rehearsals *rehearsals, const ls_plan *plan, const ls_plan_stage *stage,
                       const char *file, const char **text) {
    if (!open_repository(rehearsals, plan))
        return false;
    const char *commit = commit_of(rehearsals, plan, stage);
    const char *key = ls_repository_file(&rehearsals->repository, file);
    if (commit == NULL || key == NULL)
        return false;
    size_t length;
    const char *name = ls_arena_join(rehearsals->arena, commit, ":", key, NULL);
    int error = ls_blobs_read(rehearsals->blobs, rehearsals->arena, name, text, &length);
    if (error == ENOENT)
        *text = NULL;
    return error == 0 || error == ENOENT;
}

void ls_rehearsals_free(ls_rehearsals *rehearsals) {
    if (rehearsals->blobs != NULL)
        ls_blobs_free(rehearsals->blobs);
}
