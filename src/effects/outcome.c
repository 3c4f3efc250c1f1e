#include "effects/outcome.h"

static void add(ls_arena *arena, ls_named_works *works, const ls_touched *relation, int passes) {
    for (LS_EACH(ls_named_work, work, *works))
        if (work->id == relation->id && relation->id != 0) {
            work->passes += passes;
            return;
        }
    ls_named_work work = {.name = relation->name, .id = relation->id, .passes = passes};
    LS_PUSH(arena, works, work);
}

ls_named_works ls_outcome_rewrites(ls_arena *arena, const ls_outcome *outcome) {
    ls_named_works works = {0};
    for (LS_EACH(const ls_work_done, done, outcome->work))
        if (done->work == LS_WORK_REWRITE)
            add(arena, &works, &done->relation, 1);
    return works;
}

ls_named_works ls_outcome_scans(ls_arena *arena, const ls_outcome *outcome) {
    ls_named_works works = {0};
    for (LS_EACH(const ls_work_done, done, outcome->work)) {
        if (done->by_query)
            continue;
        if (done->work == LS_WORK_SCAN)
            add(arena, &works, &done->relation, done->passes);
        else if (done->work == LS_WORK_REWRITE)
            add(arena, &works, &done->relation, 1);
        else if (done->work == LS_WORK_BUILD)
            add(arena, &works, &done->table, 1);
    }
    return works;
}

ls_named_works ls_outcome_builds(ls_arena *arena, const ls_outcome *outcome) {
    ls_named_works works = {0};
    for (LS_EACH(const ls_work_done, done, outcome->work))
        if (done->work == LS_WORK_BUILD)
            add(arena, &works, &done->relation, 1);
    return works;
}
