/*
 * count.h - rules that speak only when their condition holds for several statements of a file.
 */
#ifndef LS_RULES_COUNT_H
#define LS_RULES_COUNT_H

#include "rules/rules.h"
#include "support/map.h"

/* Counts the statement of an effect that the rule's condition holds for, once for each file or
 * relation, in `counts`, which is the file's. True if the rule speaks: it counts nothing, or this
 * statement completes the number. */
bool ls_count_matches(ls_arena *arena, ls_map *counts, const ls_rule *rule,
                      const ls_outcome *outcome, const ls_effect *effect);

#endif
