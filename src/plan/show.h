/*
 * show.h - what a stage does, in words.
 */
#ifndef LS_PLAN_SHOW_H
#define LS_PLAN_SHOW_H

#include "plan/verify.h"

/* What the stage's SQL does and what its modifiers say, a line each. */
ls_words ls_stage_in_words(ls_arena *arena, const ls_plan_result *result, unsigned number);

/* The versions that may be running while the stage is. */
ls_words ls_stage_live(ls_arena *arena, const ls_plan_result *result, unsigned number);

/* Those that one may go back to when it is done, and why the others cannot run. */
ls_words ls_stage_floor_words(ls_arena *arena, const ls_plan_result *result, unsigned number,
                              ls_words *reasons);

bool ls_stage_is_point_of_no_return(const ls_plan_result *result, unsigned number);

#endif
