/*
 * stage_rules.h - the rules about migrations, asked of the files that a plan's stages run.
 *
 * What `check` says of a file by itself goes for it in a plan as well, but for what the plan
 * answers better: who is live, and what came before.
 */
#ifndef LS_PLAN_STAGE_RULES_H
#define LS_PLAN_STAGE_RULES_H

#include "plan/verify.h"

/* The rule asks what running code meets: of a file that a plan runs, the plan answers it. */
bool ls_is_answered_by_plans(const ls_rule *rule);

/* Judges each stage's file while the plan is replayed: what is found goes to the result. */
ls_stage_seer ls_stage_rules(ls_arena *arena, const ls_plan_request *request,
                             ls_plan_result *result);

/* Adds to a plan's findings those in its files which none of them is over. */
void ls_join_stage_findings(ls_arena *arena, const ls_findings *in_files, ls_findings *findings);

#endif
