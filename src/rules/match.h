/*
 * match.h - does an effect fulfil a condition?
 */
#ifndef LS_RULES_MATCH_H
#define LS_RULES_MATCH_H

#include "rules/rules.h"

/* A condition on an attribute that the effect does not have does not hold; its negation does. */
bool ls_condition_holds(const ls_condition *condition, const ls_effect *effect);

#endif
