/*
 * phases.h - effects in the terms of a rollout, and which of them a verb claims.
 */
#ifndef LS_PLAN_PHASES_H
#define LS_PLAN_PHASES_H

#include "plan/facts.h"

/* What the effect does to running code. What is done to a table that the same file creates only
 * adds. */
ls_phase ls_phase_of(const ls_effect *effect);

/* "tighten" */
const char *ls_phase_name(ls_phase phase);

/* A stage with that verb may do it. */
bool ls_phase_allowed(ls_plan_verb verb, ls_phase phase);

#endif
