/*
 * reads.h - which attributes of its effects a rule reads: found out when the rule is loaded, so
 * that at run time nothing is told that nobody reads.
 */
#ifndef LS_RULES_READS_H
#define LS_RULES_READS_H

#include "rules/rules.h"

typedef LS_VECTOR(ls_attribute) ls_attributes;

/* Those of its conditions, patterns and texts, each once. */
ls_attributes ls_attributes_read(ls_arena *arena, const ls_rule *rule);

#endif
