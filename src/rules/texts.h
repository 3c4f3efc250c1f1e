/*
 * texts.h - the templates of a chosen rule.
 *
 * Most rules tell nothing in a run, and some tell the same thousands of times: a rule's templates
 * are cut into parts when it first has something to tell.
 */
#ifndef LS_RULES_TEXTS_H
#define LS_RULES_TEXTS_H

#include "rules/rules.h"
#include "rules/template.h"

struct ls_rule_texts {
    ls_arena *arena; /* of the choice */
    const ls_template *message, *label;
    const ls_template **help; /* one for each advice */
};

/* No templates yet. */
ls_rule_texts *ls_rule_texts_new(ls_arena *arena);

/* Those of the rule that was chosen; they live as long as the choice. */
const ls_rule_texts *ls_texts_of(const ls_chosen_rule *chosen);

#endif
