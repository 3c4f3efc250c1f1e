/*
 * violations.h - what the search of the model has found, as effects for the rules.
 */
#ifndef LS_PLAN_VIOLATIONS_H
#define LS_PLAN_VIOLATIONS_H

#include "plan/judging.h"
#include "plan/model/verdict.h"

void ls_judge_violations(ls_plan_judging *judging, const ls_model *model,
                         const ls_model_verdict *verdict);

#endif
