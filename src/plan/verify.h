/*
 * verify.h - a plan judged: what its stages do, who is live, and what the rules find in that.
 */
#ifndef LS_PLAN_VERIFY_H
#define LS_PLAN_VERIFY_H

#include "config/config.h"
#include "plan/judging.h"
#include "plan/model/verdict.h"
#include "rules/rules.h"

typedef struct {
    const ls_plan *plan;
    ls_plan_files files;
    ls_plan_facts *facts;
    const ls_model *model;
    const ls_model_verdict *verdict; /* NULL: the plan is not understood so far */
    ls_plan_judging judging;         /* what there is to tell of it */
    ls_findings in_files;            /* what rules about migrations find in its stages */
    ls_findings findings;
    ls_waived_findings waived; /* by its exemptions, and by comments in its files */
    uint32_t statements, analysed;
} ls_plan_result;

typedef struct {
    ls_plan_surroundings surroundings;
    ls_replay_options replay;
    const ls_chosen_rules *rules;
    /* The rules for a file that a stage runs. NULL: they are the same. */
    const ls_chosen_rules *(*rules_of)(const void *context, const char *file);
    const void *rules_context;
    const ls_stage_seer *watcher; /* is told of each stage's statements, too; NULL: nobody */
    ls_config_rollout rollout;
    uint32_t file; /* number of the plan in the run */
} ls_plan_request;

/* Finds out what there is to tell of the plan by itself; false, with messages added, if the job
 * cannot be done. Free the result in either case. */
bool ls_plan_examine(ls_arena *arena, const ls_plan *plan, const ls_plan_request *request,
                     ls_plan_result *result, ls_words *errors);

/* Lets the rules judge what there is to tell of the plan, other plans considered or not. */
void ls_plan_judge(ls_arena *arena, const ls_plan_request *request, ls_plan_result *result);

/* Both, of a plan that is alone. */
bool ls_plan_verify(ls_arena *arena, const ls_plan *plan, const ls_plan_request *request,
                    ls_plan_result *result, ls_words *errors);

void ls_plan_result_free(ls_plan_result *result);

/* Notes the rules that stages allow and that there are not. */
void ls_plan_check_exemptions(ls_arena *arena, const ls_plan *plan, ls_rule_list rules,
                              ls_yaml_problems *problems);

#endif
