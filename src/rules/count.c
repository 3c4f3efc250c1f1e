#include "rules/count.h"

typedef struct {
    int statements;
    const ls_statement *last;
} tally;

/* What is counted together: NULL for an effect about no relation where relations are counted. */
static const char *key_of(ls_arena *arena, const ls_rule *rule, const ls_effect *effect) {
    if (!rule->count_per_relation)
        return rule->id;
    return effect->relation == 0 ? NULL
                                 : ls_arena_format(arena, "%s %u", rule->id, effect->relation);
}

bool ls_count_matches(ls_arena *arena, ls_map *counts, const ls_rule *rule,
                      const ls_outcome *outcome, const ls_effect *effect) {
    if (rule->count_min == 0)
        return true;
    const char *key = key_of(arena, rule, effect);
    if (key == NULL)
        return false;
    tally *count = ls_map_get(counts, key);
    if (count == NULL) {
        count = LS_NEW(arena, tally);
        ls_map_set(arena, counts, key, count);
    } else if (count->last == outcome->statement) {
        return false;
    }
    count->last = outcome->statement;
    return ++count->statements == rule->count_min;
}
