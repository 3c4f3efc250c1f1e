/*
 * pattern.h - what a rule advises and proposes, without a finding.
 */
#ifndef LS_REPORT_PATTERN_H
#define LS_REPORT_PATTERN_H

#include "rules/rules.h"

/* The script as a pattern: <attribute> for a value, [text] for what is not always there. */
char *ls_advice_pattern(ls_arena *arena, const ls_advice *advice);

/* What a remedy does, as a pattern like it. */
char *ls_remedy_pattern(ls_arena *arena, const ls_remedy *remedy);

/* When one of a rule's pieces of advice is given, in words: "where partitioned and not unique";
 * NULL if it is the only one. */
const char *ls_advice_when(ls_arena *arena, const ls_rule *rule, size_t number);

#endif
