/*
 * inverse.h - whether a down file takes its stage back.
 */
#ifndef LS_PLAN_INVERSE_H
#define LS_PLAN_INVERSE_H

#include "plan/facts.h"

/* Runs the stage's down file on the catalog as it is behind the stage, compares what comes out with
 * what was there before it, and takes the down file back. Returns what is left over or missing, in
 * words; NULL: nothing. */
const char *ls_left_by_down(ls_plan_facts *facts, ls_stage_facts *stage);

#endif
