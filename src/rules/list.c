/*
 * list.c - lists of rules: finding and joining.
 */
#include "rules/load.h"

#include <stdlib.h>
#include <string.h>

static const char *const severities[] = {
    [LS_SEVERITY_ERROR] = "error",
    [LS_SEVERITY_WARNING] = "warning",
    [LS_SEVERITY_INFO] = "info",
};

const char *ls_severity_name(ls_severity severity) {
    return severities[severity];
}

static int compare_id(const void *id, const void *rule) {
    return strcmp(id, (*(const ls_rule *const *)rule)->id);
}

const ls_rule *ls_rule_by_id(ls_rule_list rules, const char *id) {
    if (rules.count == 0)
        return NULL;
    const ls_rule *const *found =
        bsearch(id, rules.items, rules.count, sizeof *rules.items, compare_id);
    return found == NULL ? NULL : *found;
}

static int compare_groups(const void *one, const void *other) {
    const ls_rule *a = *(const ls_rule *const *)one, *b = *(const ls_rule *const *)other;
    int order = strcmp(a->group, b->group);
    return order != 0 ? order : strcmp(a->id, b->id);
}

ls_rule_list ls_rules_by_group(ls_arena *arena, ls_rule_list rules) {
    const ls_rule **sorted = LS_NEW_ARRAY(arena, const ls_rule *, rules.count + 1);
    for (size_t i = 0; i < rules.count; i++)
        sorted[i] = rules.items[i];
    qsort(sorted, rules.count, sizeof *sorted, compare_groups);
    return (ls_rule_list){.items = sorted, .count = rules.count};
}

/* --- Joining --------------------------------------------------------------------------------- */

static void add_problem(ls_arena *arena, ls_yaml_problems *problems, const char *file,
                        const char *message) {
    ls_yaml_problem problem = {.file = file, .line = 1, .column = 1, .message = message};
    LS_PUSH(arena, problems, problem);
}

static int compare_rules(const void *one, const void *other) {
    return strcmp((*(const ls_rule *const *)one)->id, (*(const ls_rule *const *)other)->id);
}

static bool is_taken(ls_rule_list known, const ls_loaded_rules *loaded, size_t number) {
    const char *id = loaded->items[number].rule->id;
    for (size_t i = 0; i < number; i++)
        if (strcmp(loaded->items[i].rule->id, id) == 0)
            return true;
    return ls_rule_by_id(known, id) != NULL;
}

static const char *nearest_id(ls_arena *arena, ls_rule_list rules, const char *id) {
    LS_VECTOR(const char *) names = {0};
    for (size_t i = 0; i < rules.count; i++)
        LS_PUSH(arena, &names, rules.items[i]->id);
    return ls_nearest(id, names.items, names.count);
}

typedef LS_VECTOR(const ls_rule *) rule_vector;

static void add_once(ls_arena *arena, rule_vector *rules, const ls_rule *rule) {
    for (size_t i = 0; i < rules->count; i++)
        if (rules->items[i] == rule)
            return;
    LS_PUSH(arena, rules, rule);
}

/* Two rules that are over each other, even by way of others, would fold each other away. */
static bool is_over_itself(ls_arena *arena, ls_rule_list rules, const ls_rule *rule) {
    rule_vector below = {0};
    const ls_rule *at = rule;
    for (size_t next = 0;;) {
        for (size_t i = 0; i < at->over_count; i++) {
            const ls_rule *over = ls_rule_by_id(rules, at->over[i]);
            if (over != NULL)
                add_once(arena, &below, over);
        }
        if (next == below.count)
            return false;
        at = below.items[next++];
        if (at == rule)
            return true;
    }
}

typedef struct {
    ls_arena *arena;
    ls_rule_list rules;
    ls_yaml_problems *problems;
} joining;

static void check_names(const joining *join, const char *file, const char *key,
                        const char *const *ids, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (ls_rule_by_id(join->rules, ids[i]) != NULL)
            continue;
        const char *nearest = nearest_id(join->arena, join->rules, ids[i]);
        add_problem(join->arena, join->problems, file,
                    ls_arena_format(join->arena, "%s: no rule is called \"%s\"%s%s%s", key, ids[i],
                                    nearest == NULL ? "" : "; did you mean \"",
                                    nearest == NULL ? "" : nearest, nearest == NULL ? "" : "\"?"));
    }
}

static void check_rule(const joining *join, const ls_loaded_rule *loaded) {
    const ls_rule *rule = loaded->rule;
    check_names(join, loaded->file, "over", rule->over, rule->over_count);
    for (size_t i = 0; i < rule->example_count; i++)
        check_names(join, loaded->file, "also", rule->examples[i].also,
                    rule->examples[i].also_count);
    if (is_over_itself(join->arena, join->rules, rule))
        add_problem(
            join->arena, join->problems, loaded->file,
            ls_arena_format(join->arena, "over: %s is over itself by way of others", rule->id));
}

ls_rule_list ls_rules_join(ls_arena *arena, ls_rule_list known, const ls_loaded_rules *loaded,
                           ls_yaml_problems *problems) {
    rule_vector rules = {0};
    for (size_t i = 0; i < known.count; i++)
        LS_PUSH(arena, &rules, known.items[i]);
    for (size_t i = 0; i < loaded->count; i++) {
        const ls_loaded_rule *one = &loaded->items[i];
        if (is_taken(known, loaded, i))
            add_problem(arena, problems, one->file,
                        ls_arena_format(arena, "another rule is called \"%s\"", one->rule->id));
        else
            LS_PUSH(arena, &rules, one->rule);
    }
    if (rules.count > 1)
        qsort(rules.items, rules.count, sizeof *rules.items, compare_rules);
    ls_rule_list all = {.items = rules.items, .count = rules.count};
    const joining join = {.arena = arena, .rules = all, .problems = problems};
    for (LS_EACH(const ls_loaded_rule, one, *loaded))
        check_rule(&join, one);
    return all;
}
