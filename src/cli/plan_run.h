/*
 * plan_run.h - plans read and verified beside each other, with what the configuration says of what
 * lies around them. Who asks for it tells what is wrong with them, or does not.
 */
#ifndef LS_CLI_PLAN_RUN_H
#define LS_CLI_PLAN_RUN_H

#include "cli/plan_reader.h"
#include "cli/policy.h"
#include "cli/rehearsal.h"
#include "plan/together.h"

typedef struct {
    const ls_command *command;
    ls_arena *arena;
    const ls_config *config;
    const ls_stage_seer *watcher; /* of the stages' statements; NULL: nobody */
    ls_rule_list rules;
    ls_rule_policy *policy;
    ls_replay_options replay;
    ls_plan_reader reader;
    ls_rehearsals *rehearsals;
    ls_plan_jobs jobs;
} ls_plan_run;

/* Must stay where it is until it is freed. */
void ls_plan_run_start(ls_plan_run *run, ls_rule_list rules, ls_rule_policy *policy);

/* Every plan is read, even if one before is wrong: false if one of them is. */
bool ls_plan_run_read(ls_plan_run *run, const ls_words *paths);

/* Verifies those that were read. False, with messages added, if the job cannot be done. */
bool ls_plan_run_verify(ls_plan_run *run, ls_words *errors);

/* Also where it was only started. */
void ls_plan_run_free(ls_plan_run *run);

#endif
