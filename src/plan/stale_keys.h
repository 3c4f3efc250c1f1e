/*
 * stale_keys.h - a unique column that a version leaves old values in.
 */
#ifndef LS_PLAN_STALE_KEYS_H
#define LS_PLAN_STALE_KEYS_H

#include "plan/judging.h"

/* Tells of the new unique index where, from its stage on, one version writes a column of it, and
 * another one that is live with it changes the column's source alone. False: there are none. */
bool ls_judge_stale_key(ls_plan_judging *judging, const ls_stage_facts *stage,
                        const ls_plan_step *step, const ls_effect *index);

#endif
