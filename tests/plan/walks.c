/*
 * walks.c - the model in step with servers, at random.
 *
 *     walks COUNT CONNECTION...
 *
 * Each walk takes a known plan, often with a stage left out, moved or changed, goes through it as
 * chance will have it, and does every move on the server too. Both have to agree on whether the
 * statement fails, whether the row is there, and what each column holds: nothing, the last write,
 * or something older. The walks are the same in every run and on every server.
 */
#include "mirror.h"
#include "notation.h"
#include "plan/model/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const PLANS[] = {
    /* a column with a default */
    "has a\nrun v0 r:a w:a\nE add a_ default 1\nD v1 r:a_ w:a_\nS\nB a_=a distinct\n",
    "has c default 1\nrun v0 r:c w:-\nE set-default c 2\nD v1 r:c w:c\nS\nE drop-default c\n",
    "run v0 w:-\nE add c nn default 1\nD v1 r:c w:c\nS\nE drop-default c\n",
    /* a value that the application computes */
    "run v0 w:-\nE add c\nD v1 w:c\nS\nB c=? null\nC c\nK check-not-valid c\nK validate c\nK nn c\n"
    "K drop-check c\nD v2 r:c w:c\nS\n",
    "run v0 w:-\nE add c\nD v1 w:c\nS\nB c=? all\nC c\nK nn c\nD v2 r:c w:c\nS\n",
    "run v0 w:-\nE add c\nD v1 w:c\nS\nK nn-not-valid c\nB c=? null\nK validate c\n",
    /* a column renamed by dual writes, of one app and of two */
    "has a nn\nrun v0 r:a w:a\nE add b\nD v1 r:a w:a,b\nS\nB b=a distinct\nC b=a\nK nn b\n"
    "D v2 r:b w:a,b\nS\nE drop-nn a\nD v3 r:b w:b\nS\nX drop a\n",
    "has a\nrun v0 r:a w:a\nrun worker/w0 r:a w:a\nE add b\nD v1 r:a w:a,b\n~D worker/w1 r:a "
    "w:a,b\n"
    "S\nB b=a null\n~D v2 r:a,b w:a,b\nS\nC b=a\nD v3 r:b w:a,b\nS\n",
    "has a\nrun v0 r:a w:a\nrun worker/w0 r:a w:-\nE add b\nD v1 r:a w:a,b\nS\nB b=a distinct "
    "skip\n"
    "C b=a\nD v2 r:b w:b\nS\nX drop a\n",
    "has a\nrun v0 r:a w:a\nE add b; copy b a\nD v1 r:b w:a,b\nS\nX rename a old\nX drop old\n",
    /* by a two-way trigger, also with defaults */
    "has a nn\nrun v0 r:a w:a\nE add b; trigger sync a<>b null changed\nB b=a distinct\nC b=a\n"
    "K nn b\nD v1 r:b w:b\nS\nX drop-trigger sync; drop a\n",
    "has a nn default 1\nrun v0 r:a w:a\nrun worker/w0 w:-\n"
    "E add b default 1; trigger sync a<>b different changed\nB b=a distinct\nC b=a\nD v1 r:b w:b\n"
    "S\nX drop-trigger sync; drop a\n",
    "has a nn default 1\nrun v0 r:a w:a\nrun worker/w0 w:-\n"
    "E add b default 1; trigger sync a<>b null changed\nB b=a distinct\nD v1 r:b w:b\nS\n"
    "X disable sync\nX enable sync\nX drop-trigger sync; drop a\n",
    "has a\nrun v0 r:a w:a\nE add b; trigger sync a<>b null changed skipnull\nB b=a all\nD v1 r:b "
    "w:b\n"
    "S\nX drop a\nX drop-trigger sync\n",
    /* a type changed by a shadow column and a swap */
    "has a nn\nrun v0 r:a w:a\nE add b; trigger sync a>b always always\nB b=a distinct\nC b=a\nK "
    "nn b\n"
    "X drop-trigger sync; rename a old; rename b a; drop-nn old\nS\nX drop old\n",
    "has a nn\nrun v0 r:a w:a\nE add b; trigger sync a>b always changed\nB b=a distinct\n"
    "X drop-trigger sync\nX swap a b; drop-nn b\nX drop b\n",
    "has a\nrun v0 r:a w:a\nE add b; trigger sync a>b null never | trigger late b>a null null\n"
    "B b=a null\nD v1 r:b w:b\nS\nX drop-trigger sync; drop-trigger late; drop a\n",
    "has a nn default 2\nrun v0 r:a w:a\nrun worker/w0 w:-\n"
    "E add b nn default 1; trigger sync a>b always always\nB b=a distinct\nC b=a\n"
    "X drop-trigger sync; drop-default a; drop-default b; drop-nn a; rename a old; rename b a; "
    "set-default a 2\nS\nX drop old\n",
    /* a column dropped, and renamed at once */
    "has a nn\nrun v0 r:a w:a\nE drop-nn a\nD v1 w:-\nS\nX drop a\n",
    "has a\nrun v0 r:a w:a\nE rename a b\nD v1 r:b w:b\nS\n",
    /* a check, added too early and in time */
    "has c\nproperty ok of c\nrun v0 r:c w:c\nD v1 r:c w:c,ok\nS\nB ok=? null\nC ok\n"
    "K check-not-valid ok\nK validate ok\n",
    "has c\nproperty ok of c\nrun v0 r:c w:c\nK check-not-valid ok\nD v1 r:c w:c,ok\nS\nB ok=? "
    "null\n"
    "K validate ok\n",
};

/* --- Chance ---------------------------------------------------------------------------------- */

/* A linear congruential generator: the same walks everywhere. */
typedef struct {
    uint64_t state;
} chance;

static uint32_t below(chance *now, uint32_t limit) {
    now->state = now->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((now->state >> 33) % limit);
}

/* --- Plans with mistakes --------------------------------------------------------------------- */

static void leave_out(ls_model *model, uint32_t stage) {
    for (uint32_t i = stage; i + 1 < model->stages.count; i++)
        model->stages.items[i] = model->stages.items[i + 1];
    model->stages.count--;
}

static void move_up(ls_model *model, uint32_t stage) {
    if (stage + 1 >= model->stages.count)
        return;
    ls_model_stage moved = model->stages.items[stage];
    model->stages.items[stage] = model->stages.items[stage + 1];
    model->stages.items[stage + 1] = moved;
}

static void change_backfills(ls_model_stage *stage, chance *now) {
    for (LS_EACH(ls_model_backfill, backfill, stage->backfills)) {
        backfill->skip_locked = below(now, 2) == 0;
        if (backfill->source != LS_NONE)
            backfill->rows = (ls_model_rows)below(now, LS_MODEL_ROWS_DISTINCT + 1);
    }
}

static void make_mistakes(ls_model *model, chance *now) {
    for (uint32_t count = below(now, 4); count > 0 && model->stages.count > 1; count--) {
        uint32_t stage = below(now, model->stages.count);
        switch (below(now, 4)) {
        case 0:
            leave_out(model, stage);
            break;
        case 1:
            move_up(model, stage);
            break;
        case 2:
            change_backfills(&model->stages.items[stage], now);
            break;
        default:
            model->stages.items[stage].overlaps = !model->stages.items[stage].overlaps;
        }
    }
}

/* --- One walk -------------------------------------------------------------------------------- */

enum { LONGEST_WALK = 100, AFTER_THE_END = 5, STATES = 1 << 16 };

typedef struct {
    size_t walks, ended, steps, faults, mismatches, kinds[LS_VIOLATIONS];
} tally;

typedef struct {
    ls_arena *arena;
    LS_VECTOR(ls_move) moves;
} choice;

static void collect(void *context, const ls_move *move) {
    choice *all = context;
    LS_PUSH(all->arena, &all->moves, *move);
}

static bool is_of_plan(const ls_move *move) {
    return move->version == LS_NOT_IN_GROUP;
}

/* Versions have far more moves than the plan has; it shall come to its end all the same. */
static bool choose(ls_search *search, const ls_situation *situation, chance *now, ls_move *move) {
    choice all = {.arena = search->arena};
    ls_moves(search, situation, collect, &all);
    if (all.moves.count == 0)
        return false;
    for (int tries = 0; tries < 2; tries++) {
        *move = all.moves.items[below(now, all.moves.count)];
        if (is_of_plan(move))
            return true;
    }
    return true;
}

static bool is_error(ls_violation violation) {
    return violation == LS_MISSING || violation == LS_INSERT_FAILS ||
           violation == LS_UPDATE_FAILS || violation == LS_DDL_FAILS ||
           violation == LS_BACKFILL_FAILS || violation == LS_TRIGGER_BROKEN;
}

static const char *take_step(ls_mirror *mirror, ls_search *search, ls_situation *situation,
                             const ls_move *move, tally *count) {
    const char *problem = ls_mirror_move(mirror, search, situation, move);
    ls_fault fault = ls_move_make(search, situation, move);
    count->steps++;
    count->kinds[fault.violation]++;
    count->faults += fault.violation != LS_NO_VIOLATION;
    if ((problem != NULL) != is_error(fault.violation))
        return problem == NULL ? ls_arena_format(mirror->arena, "fails in the model alone (%d)",
                                                 fault.violation)
                               : problem;
    return ls_mirror_compare(mirror, search, situation, move);
}

static void report(const ls_model *model, const ls_situation *situation, const ls_move *move,
                   uint64_t seed, const char *difference) {
    fprintf(stderr, "walk %llu: %s\n  at stage %u, step %u, kind %d, version %d item %d\n",
            (unsigned long long)seed, difference, situation->front, situation->at, (int)move->kind,
            move->version, move->item);
    for (LS_EACH(const ls_model_stage, stage, model->stages))
        fprintf(stderr, "    %s%s\n", stage->overlaps ? "~" : "", stage->name);
}

/* The group that the plan is about: the largest. */
static const ls_group *main_group(ls_arena *arena, const ls_model *model) {
    ls_model_index *group_of = LS_NEW_ARRAY(arena, ls_model_index, model->carriers.count);
    size_t count = ls_group_carriers(arena, model, group_of);
    const ls_group *largest = NULL;
    for (ls_model_index i = 0; i < count; i++) {
        const ls_group *group = ls_group_new(arena, model, group_of, i);
        if (largest == NULL || group->carriers.count > largest->carriers.count)
            largest = group;
    }
    return largest;
}

/* To a while after the plan's end, to where the plan's own SQL fails for the second time, or until
 * it has been long enough. */
static void go(ls_mirror *mirror, ls_search *search, ls_situation *situation, chance *now,
               const ls_model *model, uint64_t seed, tally *count) {
    ls_move move;
    int left = LONGEST_WALK, refused = 0;
    while (left-- > 0 && refused < 2 && choose(search, situation, now, &move)) {
        size_t faults = count->faults;
        const char *difference = take_step(mirror, search, situation, &move, count);
        if (difference != NULL) {
            report(model, situation, &move, seed, difference);
            count->mismatches++;
            return;
        }
        refused += is_of_plan(&move) && count->faults > faults;
        if (situation->front == search->group->stages.count && left > AFTER_THE_END)
            left = AFTER_THE_END;
    }
}

static void walk(ls_mirror *mirror, uint64_t seed, tally *count) {
    chance now = {seed * UINT64_C(0x9e3779b97f4a7c15)};
    ls_arena *arena = ls_arena_new();
    mirror->arena = arena;
    ls_model *model = ls_notation_read(arena, PLANS[below(&now, sizeof PLANS / sizeof *PLANS)]);
    make_mistakes(model, &now);
    mirror->group = main_group(arena, model);
    ls_search *search = ls_search_group(arena, mirror->group, STATES);
    ls_situation situation;
    ls_situation_start(search, below(&now, 2) == 0, &situation);
    ls_mirror_start(mirror, search, &situation);
    go(mirror, search, &situation, &now, model, seed, count);
    count->walks++;
    count->ended += situation.front == mirror->group->stages.count;
    ls_arena_free(arena);
}

/* --- Servers --------------------------------------------------------------------------------- */

static void be_quiet(void *context, const char *message) {
    (void)context;
    (void)message;
}

static PGconn *connect_to(const char *connection) {
    PGconn *session = PQconnectdb(connection);
    if (PQstatus(session) != CONNECTION_OK) {
        fprintf(stderr, "walks: %s", PQerrorMessage(session));
        exit(2);
    }
    PQsetNoticeProcessor(session, be_quiet, NULL);
    return session;
}

static tally walk_on(const char *connection, unsigned long walks) {
    tally count = {0};
    ls_mirror mirror = {.session = connect_to(connection), .other = connect_to(connection)};
    mirror.server_version = PQserverVersion(mirror.session);
    for (uint64_t seed = 1; seed <= walks; seed++)
        walk(&mirror, seed, &count);
    printf("PostgreSQL %d: %zu walks, %zu of them to the end, %zu steps, %zu violations, "
           "%zu mismatches\n",
           mirror.server_version / 10000, count.walks, count.ended, count.steps, count.faults,
           count.mismatches);
    for (int i = LS_NO_VIOLATION + 1; i < LS_VIOLATIONS; i++)
        printf("  %-15s %zu\n", ls_violation_name((ls_violation)i), count.kinds[i]);
    fflush(stdout);
    PQfinish(mirror.session);
    PQfinish(mirror.other);
    return count;
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: walks COUNT CONNECTION...\n");
        return 2;
    }
    bool agree = true;
    for (int i = 2; i < count; i++) {
        tally here = walk_on(arguments[i], strtoul(arguments[1], NULL, 10));
        agree = agree && here.mismatches == 0 && here.faults > 0;
    }
    return agree ? 0 : 1;
}
