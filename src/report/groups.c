#include "report/groups.h"

/* What the findings of one cause have in common; NULL where a finding stands for itself. */
static const char *cause_of(ls_arena *arena, const ls_finding *finding) {
    if (finding->rule->once_per_file)
        return finding->rule->id;
    if (finding->severity == LS_SEVERITY_INFO)
        return ls_arena_join(arena, finding->rule->id, ": ", finding->message, NULL);
    return NULL;
}

ls_finding_groups ls_group_findings(ls_arena *arena, const ls_findings *findings) {
    /* As many as there can be, so that none moves while the map points at it. */
    ls_finding_groups groups = {.items = LS_NEW_ARRAY(arena, ls_finding_group, findings->count),
                                .capacity = findings->count};
    ls_map known = {0}; /* groups, by cause */
    for (LS_EACH(const ls_finding, finding, *findings)) {
        const char *cause = cause_of(arena, finding);
        ls_finding_group *group = cause == NULL ? NULL : ls_map_get(&known, cause);
        if (group != NULL) {
            LS_PUSH(arena, &group->others, finding);
            continue;
        }
        group = &groups.items[groups.count++];
        group->first = finding;
        if (cause != NULL)
            ls_map_set(arena, &known, cause, group);
    }
    return groups;
}
