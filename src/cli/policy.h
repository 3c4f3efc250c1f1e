/*
 * policy.h - the rules that there are, and which of them judge which file, by the configuration and
 * the command line.
 */
#ifndef LS_CLI_POLICY_H
#define LS_CLI_POLICY_H

#include "cli/command.h"
#include "config/config.h"
#include "rules/rules.h"

/* The built-in rules and those of the team's directories. False, with messages on standard error,
 * if one of these cannot be read. */
bool ls_configured_rules(ls_arena *arena, const ls_config *config, ls_rule_list *rules);

typedef struct ls_rule_policy ls_rule_policy;

/* NULL, with messages on standard error, if the configuration or the command line names rules that
 * there are not. */
ls_rule_policy *ls_rule_policy_new(ls_arena *arena, const ls_command *command,
                                   const ls_config *config, ls_rule_list rules);

/* The rules for a file. */
const ls_chosen_rules *ls_rule_policy_of(ls_rule_policy *policy, const char *file);

#endif
