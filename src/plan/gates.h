/*
 * gates.h - what a check stage proves.
 */
#ifndef LS_PLAN_GATES_H
#define LS_PLAN_GATES_H

#include "plan/facts.h"

/* Adds to the stage what its SELECT proves, as far as it is of a form that is understood:
 * `SELECT count(*) = 0 FROM t WHERE ...`, `SELECT NOT EXISTS (SELECT ... FROM t WHERE ...)`. */
void ls_read_gates(ls_plan_facts *facts, ls_stage_facts *stage, const ls_plan_step *step);

#endif
