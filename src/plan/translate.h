/*
 * translate.h - a plan's facts in the terms of the model.
 *
 * What the model knows of are names of columns that hold values, versions that read and write them,
 * and stages that move, fill and constrain them. Everything else of the plan is left to the rules.
 */
#ifndef LS_PLAN_TRANSLATE_H
#define LS_PLAN_TRANSLATE_H

#include "plan/facts.h"
#include "plan/model/model.h"

/* Stages and versions have the same places in the model as in the facts. */
const ls_model *ls_model_of(ls_arena *arena, const ls_plan_facts *facts);

#endif
