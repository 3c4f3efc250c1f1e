/*
 * loss.h - what a migration destroys that no statement brings back.
 */
#ifndef LS_REVERSAL_LOSS_H
#define LS_REVERSAL_LOSS_H

#include "reversal/reversal.h"

/* One thing that is lost, unless something is seen that may bring it back. */
typedef struct {
    ls_loss loss;
    const char *relation; /* whose rows it concerns; NULL: none */
    bool may_come_back;   /* by a change of these rows */
    bool comes_back;
} ls_possible_loss;

typedef struct {
    ls_arena *arena;
    ls_catalog *catalog;
    LS_VECTOR(ls_possible_loss) items;
} ls_possible_losses;

/* A statement of the up; and one of the down, which may bring rows or values back. */
void ls_note_losses(ls_possible_losses *losses, const ls_outcome *outcome);
void ls_note_restored(ls_possible_losses *losses, const ls_outcome *outcome);

ls_losses ls_certain_losses(const ls_possible_losses *losses);

#endif
