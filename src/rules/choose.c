/*
 * choose.c - the rules of a run, listed by the kinds of effect that they match: an effect is asked
 * only about the few rules that it concerns.
 */
#include "rules/texts.h"

#include "support/vector.h"

struct ls_chosen_rules {
    ls_rule_list all;
    LS_VECTOR(ls_chosen_rule) about[LS_EFFECTS_END];
    ls_interest interest;
};

static void add(ls_arena *arena, ls_chosen_rules *chosen, ls_effect_kind kind,
                const ls_chosen_rule *one) {
    LS_PUSH(arena, &chosen->about[kind], *one);
    ls_interest_ask(&chosen->interest, kind);
    for (size_t i = 0; i < one->rule->read_count; i++)
        ls_interest_read(&chosen->interest, kind, one->rule->reads[i]);
}

const ls_chosen_rules *ls_choose_rules(ls_arena *arena, const ls_rule_choice *choice) {
    ls_chosen_rules *chosen = LS_NEW(arena, ls_chosen_rules);
    chosen->all = choice->rules;
    ls_interest_start(&chosen->interest);
    for (size_t i = 0; i < choice->rules.count; i++) {
        ls_chosen_rule one = {.rule = choice->rules.items[i]};
        if (!ls_rule_chosen(choice, one.rule, &one.severity))
            continue;
        one.texts = ls_rule_texts_new(arena);
        for (size_t j = 0; j < one.rule->effect_count; j++)
            add(arena, chosen, one.rule->effects[j], &one);
    }
    return chosen;
}

const ls_chosen_rules *ls_choose_anew(ls_arena *arena, const ls_chosen_rules *chosen,
                                      ls_rule_filter *keep) {
    ls_chosen_rules *fewer = LS_NEW(arena, ls_chosen_rules);
    fewer->all = chosen->all;
    ls_interest_start(&fewer->interest);
    for (size_t i = 0; i < LS_EFFECTS_END; i++) {
        for (LS_EACH(const ls_chosen_rule, one, chosen->about[i])) {
            ls_chosen_rule kept = *one;
            if (keep(kept.rule, &kept.severity))
                add(arena, fewer, (ls_effect_kind)i, &kept);
        }
    }
    return fewer;
}

const ls_interest *ls_interest_of(const ls_chosen_rules *chosen) {
    return &chosen->interest;
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
