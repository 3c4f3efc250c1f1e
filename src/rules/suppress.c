/*
 * suppress.c - suppressions matched to findings.
 *
 * This comes after folding: whoever suppresses a rule means its cause, and the more general rules
 * that were folded into it must not come up in its place. It comes before the rules that speak once
 * per file: the first statement's suppression is not one for the whole file.
 *
 * A rule that is off may be on in the next run, so what suppresses it is not called unused; neither
 * is a group of which one rule is off.
 */
#include "rules/suppress.h"

#include <string.h>

typedef struct {
    ls_arena *arena;
    const ls_chosen_rules *rules;
    ls_candidates *candidates;
    ls_effects problems;
} suppressing;

/* --- Names ----------------------------------------------------------------------------------- */

static bool is_called(const ls_rule *rule, const char *name) {
    return strcmp(rule->id, name) == 0 || strcmp(rule->group, name) == 0;
}

/* Findings about suppressions. */
static bool is_about_suppressions(const ls_rule *rule) {
    return rule->effects[0] == LS_EFFECT_SUPPRESSION;
}

typedef struct {
    bool known, off, about_suppressions; /* one of its rules is */
} name_facts;

static name_facts facts_of(const suppressing *run, const char *name) {
    const ls_rule_list all = ls_rules_to_choose(run->rules);
    name_facts facts = {0};
    for (size_t i = 0; i < all.count; i++) {
        const ls_rule *rule = all.items[i];
        if (!is_called(rule, name))
            continue;
        facts.known = true;
        facts.off |= !ls_rule_is_on(run->rules, rule);
        facts.about_suppressions |= is_about_suppressions(rule);
    }
    return facts;
}

/* --- Problems -------------------------------------------------------------------------------- */

static ls_effect *add_problem(suppressing *run, ls_span at, const char *problem, const char *name,
                              const char *why) {
    ls_effect *effect = ls_effect_new(run->arena, NULL, LS_EFFECT_SUPPRESSION, at);
    ls_effect_set_text(effect, LS_ATTRIBUTE_PROBLEM, problem);
    ls_effect_set_text(effect, LS_ATTRIBUTE_NAME, name);
    ls_effect_set_text(effect, LS_ATTRIBUTE_WHY, why);
    LS_PUSH(run->arena, &run->problems, effect);
    return effect;
}

static void add_unknown(suppressing *run, const ls_suppressed_name *named) {
    if (strpbrk(named->name, "*?[") != NULL) {
        add_problem(run, named->at, "malformed", named->name,
                    "patterns are not understood here: name the rules or their group");
        return;
    }
    ls_effect *effect = add_problem(run, named->at, "unknown_rule", named->name, NULL);
    ls_effect_set_text(effect, LS_ATTRIBUTE_NEAREST,
                       ls_nearest_choice(ls_rules_to_choose(run->rules), named->name));
}

static void add_unused(suppressing *run, const ls_suppression *suppression,
                       const ls_suppressed_name *named) {
    const char *why = suppression->whole_file              ? "there is no such finding in the file"
                      : ls_span_empty(suppression->covers) ? "no statement follows"
                                                           : "its statement has no such finding";
    add_problem(run, named->at, "unused", named->name, why);
}

/* --- Matching -------------------------------------------------------------------------------- */

/* The first candidate that begins at a place or behind it. */
static size_t first_from(const ls_candidates *candidates, uint32_t at) {
    size_t low = 0, high = candidates->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (candidates->items[middle].at.begin < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* False if there was nothing to suppress. */
static bool mark(const ls_candidates *candidates, ls_span covers, const char *name,
                 const char *reason) {
    bool used = false;
    for (size_t i = first_from(candidates, covers.begin);
         i < candidates->count && candidates->items[i].at.begin < covers.end; i++) {
        ls_candidate *candidate = &candidates->items[i];
        if (candidate->dropped || !is_called(candidate->rule, name))
            continue;
        candidate->suppressed = reason;
        used = true;
    }
    return used;
}

static void match_name(suppressing *run, const ls_suppression *suppression,
                       const ls_suppressed_name *named) {
    const name_facts facts = facts_of(run, named->name);
    if (!facts.known) {
        add_unknown(run, named);
    } else if (facts.about_suppressions) {
        add_problem(run, named->at, "malformed", named->name,
                    "findings about suppressions cannot be suppressed");
    } else if (suppression->reason != NULL) {
        const ls_span covers =
            suppression->whole_file ? (ls_span){0, UINT32_MAX} : suppression->covers;
        if (!mark(run->candidates, covers, named->name, suppression->reason) && !facts.off)
            add_unused(run, suppression, named);
    }
}

static void match(suppressing *run, const ls_suppression *suppression) {
    if (suppression->problem != NULL) {
        add_problem(run, suppression->at, "malformed", NULL, suppression->problem);
        return;
    }
    if (suppression->reason == NULL)
        add_problem(run, suppression->at, "no_reason", NULL, NULL);
    for (LS_EACH(const ls_suppressed_name, named, suppression->names))
        match_name(run, suppression, named);
}

ls_effects ls_suppress(ls_arena *arena, const ls_suppressions *suppressions,
                       const ls_chosen_rules *rules, ls_candidates *candidates) {
    suppressing run = {.arena = arena, .rules = rules, .candidates = candidates};
    for (LS_EACH(const ls_suppression, suppression, *suppressions))
        match(&run, suppression);
    return run.problems;
}
