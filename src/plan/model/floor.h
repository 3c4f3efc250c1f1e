/*
 * floor.h - which versions one may go back to after each stage.
 *
 * A version may run after a stage if from every state that is reachable there it runs without an
 * error and without a wrong read, now and after one write of its own, and hurts no reader that is
 * live. It un-fills if such a write leaves a column unfilled that the plan had filled by then.
 */
#ifndef LS_PLAN_MODEL_FLOOR_H
#define LS_PLAN_MODEL_FLOOR_H

#include "plan/model/search.h"

/* The versions that there have been until after each stage, all of them safe so far. */
void ls_floors_start(ls_arena *arena, const ls_model *model, ls_model_verdict *verdict);

/* Takes back what the group does not allow. */
void ls_floors_of_group(ls_arena *arena, ls_search *search, ls_model_verdict *verdict);

/* The first stage that cannot be undone, if a deploy before it has had no soak; else LS_NONE.
 * Marks the point of no return. */
ls_model_index ls_floors_finish(const ls_model *model, ls_model_verdict *verdict);

#endif
