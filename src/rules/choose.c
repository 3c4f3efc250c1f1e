/*
 * choose.c - the rules of a run, listed by the kinds of effect that they match: an effect is asked
 * only about the few rules that it concerns.
 */
#include "rules/texts.h"

#include "support/vector.h"

struct ls_chosen_rules {
    ls_rule_list all;
    LS_VECTOR(ls_chosen_rule) about[LS_EFFECTS_END];
    bool wanted[LS_EFFECTS_END];
};

const ls_chosen_rules *ls_choose_rules(ls_arena *arena, const ls_rule_choice *choice) {
    ls_chosen_rules *chosen = LS_NEW(arena, ls_chosen_rules);
    chosen->all = choice->rules;
    for (size_t i = 0; i < choice->rules.count; i++) {
        ls_chosen_rule one = {.rule = choice->rules.items[i]};
        if (!ls_rule_chosen(choice, one.rule, &one.severity))
            continue;
        one.texts = ls_rule_texts_new(arena);
        for (size_t j = 0; j < one.rule->effect_count; j++)
            LS_PUSH(arena, &chosen->about[one.rule->effects[j]], one);
    }
    for (size_t i = 0; i < LS_EFFECTS_END; i++)
        chosen->wanted[i] = chosen->about[i].count > 0;
    return chosen;
}

const ls_chosen_rules *ls_choose_anew(ls_arena *arena, const ls_chosen_rules *chosen,
                                      ls_rule_filter *keep) {
    ls_chosen_rules *fewer = LS_NEW(arena, ls_chosen_rules);
    fewer->all = chosen->all;
    for (size_t i = 0; i < LS_EFFECTS_END; i++) {
        for (LS_EACH(const ls_chosen_rule, one, chosen->about[i])) {
            ls_chosen_rule kept = *one;
            if (keep(kept.rule, &kept.severity))
                LS_PUSH(arena, &fewer->about[i], kept);
        }
        fewer->wanted[i] = fewer->about[i].count > 0;
    }
    return fewer;
}

const bool *ls_wanted_effects(const ls_chosen_rules *chosen) {
    return chosen->wanted;
}

ls_rule_list ls_rules_to_choose(const ls_chosen_rules *chosen) {
    return chosen->all;
}

ls_chosen_list ls_rules_about(const ls_chosen_rules *chosen, ls_effect_kind kind) {
    return (ls_chosen_list){.items = chosen->about[kind].items, .count = chosen->about[kind].count};
}

bool ls_rule_is_on(const ls_chosen_rules *chosen, const ls_rule *rule) {
    const ls_chosen_list rules = ls_rules_about(chosen, rule->effects[0]);
    for (size_t i = 0; i < rules.count; i++)
        if (rules.items[i].rule == rule)
            return true;
    return false;
}
