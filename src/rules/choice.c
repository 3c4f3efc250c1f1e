/*
 * choice.c - which rules are on, and how loud.
 */
#include "rules/rules.h"

#include <fnmatch.h>
#include <string.h>

/* What the layers so far have made of a rule. */
typedef struct {
    const ls_rule *rule;
    bool on;
    ls_severity severity;
} rule_state;

static bool word_matches(const char *word, const ls_rule *rule) {
    return strcmp(word, rule->group) == 0 || fnmatch(word, rule->id, 0) == 0;
}

static bool any_word_matches(const ls_words *words, const ls_rule *rule) {
    for (size_t i = 0; words != NULL && i < words->count; i++)
        if (word_matches(words->items[i], rule))
            return true;
    return false;
}

static void set_severity(rule_state *state, const ls_severity_choice *choice) {
    if (choice->off)
        state->on = false;
    else
        state->severity = choice->severity;
}

static void apply_severities(rule_state *state, const ls_rule_layer *layer) {
    const ls_severity_choice *own = NULL;
    for (size_t i = 0; i < layer->severity_count; i++) {
        const ls_severity_choice *choice = &layer->severities[i];
        if (strcmp(choice->word, state->rule->id) == 0)
            own = choice;
        else if (word_matches(choice->word, state->rule))
            set_severity(state, choice);
    }
    if (own == NULL)
        return;
    state->on = true;
    set_severity(state, own);
}

static void apply(rule_state *state, const ls_rule_layer *layer) {
    if (layer->select != NULL)
        state->on = any_word_matches(layer->select, state->rule);
    apply_severities(state, layer);
    if (any_word_matches(layer->extend, state->rule))
        state->on = true;
    if (any_word_matches(layer->ignore, state->rule))
        state->on = false;
}

bool ls_rule_chosen(const ls_rule_choice *choice, const ls_rule *rule, ls_severity *severity) {
    const ls_rule_layer command_line = {
        .select = choice->select, .extend = choice->extend, .ignore = choice->ignore};
    rule_state state = {.rule = rule, .on = !rule->off, .severity = rule->severity};
    for (size_t i = 0; i < choice->layer_count; i++)
        apply(&state, &choice->layers[i]);
    apply(&state, &command_line);
    *severity = state.severity;
    return state.on;
}

/* --- Words that choose nothing --------------------------------------------------------------- */

const char *ls_nearest_choice(ls_rule_list rules, const char *word) {
    const char *nearest = NULL;
    for (size_t i = 0; i < rules.count; i++) {
        const char *names[] = {nearest, rules.items[i]->group, rules.items[i]->id};
        nearest = ls_nearest(word, names, sizeof names / sizeof *names);
    }
    return nearest;
}

bool ls_choice_is_known(ls_rule_list rules, const char *word, const char **nearest) {
    *nearest = NULL;
    for (size_t i = 0; i < rules.count; i++)
        if (word_matches(word, rules.items[i]))
            return true;
    *nearest = ls_nearest_choice(rules, word);
    return false;
}

const char *ls_unknown_choice(ls_rule_list rules, const ls_words *words, const char **nearest) {
    *nearest = NULL;
    for (size_t i = 0; words != NULL && i < words->count; i++)
        if (!ls_choice_is_known(rules, words->items[i], nearest))
            return words->items[i];
    return NULL;
}
