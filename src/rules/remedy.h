/*
 * remedy.h - what a rule knows to write instead, as edits of the text at hand.
 *
 * A remedy is data in the rule: under which condition, and which text at which place of the
 * statement. What it makes of a finding is a proposal. Whether the file is better for it is found
 * by trying: see fixes.h.
 */
#ifndef LS_RULES_REMEDY_H
#define LS_RULES_REMEDY_H

#include "rules/rules.h"

/* Where a finding stands, in the text that the user wrote. */
typedef struct {
    const ls_source *source;
    ls_span statement, clause;
} ls_remedy_places;

/* What the rule's first remedy that fits makes of the finding; without edits where none does. */
ls_fix ls_remedy_for(ls_arena *arena, const ls_rule *rule, const ls_effect *effect,
                     const ls_remedy_places *places);

#endif
