#include "report/worked.h"

/* A rewrite and an index build read their table as a verification does (measured: each counts as a
 * scan of the heap). */
static const char *name_of(const ls_work_done *done, ls_worked worked) {
    bool rewrite = done->work == LS_WORK_REWRITE, build = done->work == LS_WORK_BUILD;
    bool scan = done->work == LS_WORK_SCAN || done->work == LS_WORK_COPY || rewrite;
    switch (worked) {
    case LS_WORKED_REWRITES:
        return rewrite ? done->relation.name : NULL;
    case LS_WORKED_BUILDS:
        return build ? done->relation.name : NULL;
    case LS_WORKED_SCANS:
        if (build)
            return done->table.name;
        return scan && !done->by_query ? done->relation.name : NULL;
    }
    return NULL;
}

ls_words ls_worked_on(ls_arena *arena, const ls_outcome *outcome, ls_worked worked) {
    ls_words names = {0};
    ls_map known = {0};
    for (LS_EACH(const ls_work_done, done, outcome->work)) {
        const char *name = name_of(done, worked);
        if (name == NULL || ls_map_get(&known, name) != NULL)
            continue;
        LS_PUSH(arena, &names, name);
        ls_map_set(arena, &known, name, &names);
    }
    return names;
}
