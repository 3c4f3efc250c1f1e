/*
 * verbs.h - what the program does, one file a verb. Each returns how the run ends (lockstep.h).
 */
#ifndef LS_CLI_VERBS_H
#define LS_CLI_VERBS_H

#include "cli/command.h"
#include "lockstep/lockstep.h"

int ls_check(const ls_command *command);
int ls_locks(const ls_command *command);
int ls_accept(const ls_command *command);
int ls_complete(const ls_command *command);
int ls_draft_plan(const ls_command *command);
/* These take an arena for what they read. */
int ls_explain(ls_arena *arena, const ls_command *command);
int ls_rules(ls_arena *arena, const ls_command *command);
int ls_init(ls_arena *arena, const ls_command *command);
int ls_run_plans(ls_arena *arena, const ls_command *command);

/* rules --test: whether the rules below the directory do what their examples say. */
int ls_test_rules(const char *directory);

#endif
