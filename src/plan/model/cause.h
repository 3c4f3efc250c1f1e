/*
 * cause.h - which mistake in the plan a fault comes from.
 *
 * A search finds what goes wrong; this finds why, from the way to it and the order of the stages.
 * Many faults have one cause, and it is the cause that people can mend.
 */
#ifndef LS_PLAN_MODEL_CAUSE_H
#define LS_PLAN_MODEL_CAUSE_H

#include "plan/model/history.h"

typedef struct {
    ls_cause cause;
    ls_model_index stage; /* that is to be changed; LS_NONE: none, a version of today's */
    ls_local carrier, trigger, writer;
    bool assumed;
    bool lost; /* SOLE_COPY_DROPPED: `behind` is why nothing else holds the value */
    ls_cause behind;
} ls_blame;

ls_blame ls_blame_fault(const ls_history *history);

/* Why the carrier does not hold the last write at the end of the history. `reader` is who sees
 * that, or LS_NOT_IN_GROUP. */
ls_blame ls_blame_staleness(const ls_history *history, ls_local carrier, ls_local reader);

#endif
