/*
 * way_back.h - the down of a stage's file, tried as `check` tries it.
 */
#ifndef LS_PLAN_WAY_BACK_H
#define LS_PLAN_WAY_BACK_H

#include "plan/files.h"
#include "rules/downs.h"

/* Before the stage's file is replayed: adds what is found in its down to the findings; the result
 * is what is found in the file itself. */
const ls_outcome *ls_judge_stage_down(ls_arena *arena, ls_replay *replay, const ls_plan_file *file,
                                      const ls_chosen_rules *rules, uint32_t number,
                                      ls_findings *findings, ls_waived_findings *waived);

#endif
