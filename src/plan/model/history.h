/*
 * history.h - the way to a fault, and questions about it.
 *
 * A history is the moves from the start to the one that goes wrong, with what each left behind.
 * Event 0 is the start; the last event is the fault, and leaves things as they were unless it is a
 * loss of data, which happens.
 */
#ifndef LS_PLAN_MODEL_HISTORY_H
#define LS_PLAN_MODEL_HISTORY_H

#include "plan/model/search.h"

typedef struct {
    ls_move move;
    const ls_group_step *step; /* of the plan's moves; else NULL */
    uint32_t stage;            /* the move's; of a version's: the last that had begun, or LS_NONE */
    uint32_t front;            /* where the plan stood before the move */
    ls_situation after;
} ls_event;

typedef struct {
    ls_search *search;
    const ls_group *group;
    ls_fault fault;
    LS_VECTOR(ls_event) events;
} ls_history;

void ls_history_of(ls_arena *arena, ls_search *search, const ls_search_fault *fault,
                   ls_history *history);

static inline const ls_event *ls_last_event(const ls_history *history) {
    return &history->events.items[history->events.count - 1];
}

const ls_schema *ls_schema_after(const ls_history *history, const ls_event *event);

/* The write of an INSERT or UPDATE of a version; NULL of other events. */
const ls_group_write *ls_write_of(const ls_history *history, const ls_event *event);

/* What was called `name` after the event was called before it; LS_NOT_IN_GROUP: it was not there,
 * the event made it. */
ls_local ls_name_before(const ls_event *event, ls_local name);

/* The stage that makes the trigger; LS_NONE: it was there before. */
ls_model_index ls_stage_of_trigger(const ls_group *group, ls_local trigger);

/* --- Versions in the plan -------------------------------------------------------------------- */

/* The stage that first deploys the version; LS_NONE for one of today's. */
ls_model_index ls_deploy_of(const ls_group *group, ls_local version);

/* True where the first was deployed before the other. */
bool ls_is_older(const ls_group *group, ls_local version, ls_local other);

/* True where the version was deployed before the stage starts; today's always were. */
bool ls_deployed_before(const ls_group *group, ls_local version, uint32_t stage);

bool ls_same_app(const ls_group *group, ls_local version, ls_local other);

#endif
