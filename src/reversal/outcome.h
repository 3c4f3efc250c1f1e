/*
 * outcome.h - what was found of a migration's down, as effects for rules to match.
 */
#ifndef LS_REVERSAL_OUTCOME_H
#define LS_REVERSAL_OUTCOME_H

#include "reversal/reversal.h"

/* A migration and its down, for messages: files without their directories. */
typedef struct {
    const ls_source *up, *down;
    const char *down_file;
} ls_reversed;

/* At statements of the up: what is lost, and what the down does not undo. */
const ls_outcome *ls_reversal_outcome(ls_arena *arena, const ls_reversed *of,
                                      const ls_reversal *reversal);
/* What is lost alone: the down does nothing on purpose, since there is no way back. */
const ls_outcome *ls_no_return_outcome(ls_arena *arena, const ls_reversed *of,
                                       const ls_reversal *reversal);
/* At statements of the down: what it does that is no undoing. */
const ls_outcome *ls_down_outcome(ls_arena *arena, const ls_reversed *of,
                                  const ls_reversal *reversal);

/* Whether there is something to undo: that rows are proved by VALIDATE CONSTRAINT needs no undoing,
 * it goes with the constraint. */
bool ls_needs_down(const ls_script *script);

/* At the first statement of the script: it has no down, or one without a statement (`empty`), and
 * neither have the others, by name (NULL: none). */
const ls_outcome *ls_missing_down_outcome(ls_arena *arena, const ls_script *script,
                                          const char *file, const char *others, bool empty);

#endif
