#include "report/told.h"

#include "support/map.h"

#include <string.h>

enum {
    MOST_IN_FULL = 20, /* of a rule */
    LONG_HELP = 10,    /* lines; help that is longer is told once for a file and a rule */
};

/* What was told of a rule so far. */
typedef struct {
    uint32_t in_full;
    ls_telling *last_in_full;
} rule_told;

typedef LS_VECTOR(const ls_finding *) findings;

size_t ls_count_lines(const char *script) {
    size_t lines = 0;
    for (const char *at = script; *at != 0; lines++) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    return lines;
}

static bool has_long_help(const ls_finding *finding) {
    return finding->help != NULL && ls_count_lines(finding->help) > LONG_HELP;
}

static const ls_finding *find_same_help(const findings *long_helps, const ls_finding *finding) {
    for (LS_EACH(const ls_finding *const, told, *long_helps))
        if ((*told)->rule == finding->rule && (*told)->source == finding->source)
            return *told;
    return NULL;
}

static rule_told *told_of(ls_arena *arena, ls_map *rules, const ls_rule *rule) {
    rule_told *told = ls_map_get(rules, rule->id);
    if (told != NULL)
        return told;
    told = LS_NEW(arena, rule_told);
    ls_map_set(arena, rules, rule->id, told);
    return told;
}

/* A group stands for many places already, and names some of them. */
static bool tell_in_short(rule_told *told, const ls_finding_group *group, ls_telling *telling) {
    telling->in_short = told->in_full == MOST_IN_FULL && group->others.count == 0;
    if (telling->in_short) {
        told->last_in_full->short_ones++;
    } else if (told->in_full < MOST_IN_FULL) {
        told->in_full++;
        told->last_in_full = telling;
    }
    return telling->in_short;
}

const ls_telling *ls_choose_telling(ls_arena *arena, const ls_finding_groups *groups,
                                    bool in_full) {
    ls_telling *tellings = LS_NEW_ARRAY(arena, ls_telling, groups->count);
    findings long_helps = {0};
    ls_map rules = {0};
    for (uint32_t i = 0; i < groups->count; i++) {
        const ls_finding *finding = groups->items[i].first;
        rule_told *told = told_of(arena, &rules, finding->rule);
        if ((!in_full && tell_in_short(told, &groups->items[i], &tellings[i])) ||
            !has_long_help(finding))
            continue;
        tellings[i].long_help = find_same_help(&long_helps, finding);
        if (tellings[i].long_help == NULL)
            LS_PUSH(arena, &long_helps, finding);
    }
    return tellings;
}
