/*
 * suppress.h - findings that a comment takes the responsibility for.
 */
#ifndef LS_RULES_SUPPRESS_H
#define LS_RULES_SUPPRESS_H

#include "rules/fold.h"

typedef LS_VECTOR(ls_effect *) ls_effects;

/*
 * Marks the candidates that are suppressed; they have been folded and so are in order of place. The
 * result is what is wrong with the suppressions, as effects for rules to match: malformed ones,
 * rules that nobody knows, a reason that is missing, and what suppresses nothing although its rules
 * are on. A suppression without a reason suppresses nothing; of several rules, the known ones are
 * suppressed.
 */
ls_effects ls_suppress(ls_arena *arena, const ls_suppressions *suppressions,
                       const ls_chosen_rules *rules, ls_candidates *candidates);

#endif
