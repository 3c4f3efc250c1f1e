/*
 * configured.h - what lockstep.yaml has to say about a run. Each complains on standard error and
 * returns false where the job cannot be done.
 */
#ifndef LS_CLI_CONFIGURED_H
#define LS_CLI_CONFIGURED_H

#include "cli/command.h"
#include "config/config.h"
#include "effects/effects.h"
#include "input/input.h"

/* Tells on standard error what is wrong with a YAML file, and where. */
void ls_complain_of_yaml(ls_yaml_problems *problems);

/* The configuration in force: the one given, else the nearest above the first path. */
bool ls_configure(ls_arena *arena, const ls_command *command, ls_config *config);

/* The paths of the command, else those of the configuration. */
bool ls_configured_paths(ls_arena *arena, const ls_command *command, const ls_config *config,
                         ls_words *paths);

/* What the runner wraps a transaction around. */
bool ls_configured_transaction(ls_arena *arena, const ls_command *command, const ls_config *config,
                               const ls_input *input, ls_transaction_mode *mode);

#endif
