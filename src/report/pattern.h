/*
 * pattern.h - a rule's help without a finding.
 */
#ifndef LS_REPORT_PATTERN_H
#define LS_REPORT_PATTERN_H

#include "support/arena.h"

/* The help as a pattern: <attribute> for a value, [text] for what is not always there. */
char *ls_help_pattern(ls_arena *arena, const char *help);

#endif
