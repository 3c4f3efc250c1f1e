#include "report/groups.h"

ls_finding_groups ls_group_findings(ls_arena *arena, const ls_findings *findings) {
    /* As many as there can be, so that none moves while the map points at it. */
    ls_finding_groups groups = {.items = LS_NEW_ARRAY(arena, ls_finding_group, findings->count),
                                .capacity = findings->count};
    ls_map known = {0}; /* rule's id to its group */
    for (LS_EACH(const ls_finding, finding, *findings)) {
        const ls_rule *rule = finding->rule;
        ls_finding_group *group = rule->once_per_file ? ls_map_get(&known, rule->id) : NULL;
        if (group != NULL) {
            LS_PUSH(arena, &group->others, finding);
            continue;
        }
        group = &groups.items[groups.count++];
        group->first = finding;
        ls_map_set(arena, &known, rule->id, group);
    }
    return groups;
}
