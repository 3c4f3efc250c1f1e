#include "report/groups.h"

ls_finding_groups ls_group_findings(ls_arena *arena, const ls_findings *findings) {
    ls_finding_groups groups = {0};
    ls_map known = {0}; /* rule's id to the number of its group */
    size_t *numbers = LS_NEW_ARRAY(arena, size_t, findings->count);
    for (LS_EACH(const ls_finding, finding, *findings)) {
        const ls_rule *rule = finding->rule;
        const size_t *number = rule->once_per_file ? ls_map_get(&known, rule->id) : NULL;
        if (number != NULL) {
            LS_PUSH(arena, &groups.items[*number].others, finding);
            continue;
        }
        numbers[groups.count] = groups.count;
        ls_map_set(arena, &known, rule->id, &numbers[groups.count]);
        LS_PUSH(arena, &groups, (ls_finding_group){.first = finding});
    }
    return groups;
}
