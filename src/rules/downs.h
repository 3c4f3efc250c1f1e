/*
 * downs.h - the down of a migration, judged.
 */
#ifndef LS_RULES_DOWNS_H
#define LS_RULES_DOWNS_H

#include "reversal/reversal.h"
#include "rules/rules.h"

/*
 * Runs the up and the down, and takes both back. What the rules find in the down goes to the
 * findings, as of file number `file`, and lives in `arena`; what they are to find in the up is in
 * the result, for ls_reversal_outcome, and lives in `scratch` with all that it took to find it.
 *
 * A down has a severity of its own: it runs when something has gone wrong already, its job is to
 * drop what the up made, and most never run. So what would be an error in a migration is a warning
 * in its down, and the rest is not told; only a down that is certain to fail is an error still.
 */
ls_reversal ls_judge_down(ls_arena *arena, ls_arena *scratch, ls_replay *replay,
                          const ls_chosen_rules *rules, const ls_direction *up,
                          const ls_direction *down, uint32_t file, ls_findings *findings,
                          ls_waived_findings *waived);

#endif
