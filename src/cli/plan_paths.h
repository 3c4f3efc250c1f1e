/*
 * plan_paths.h - which plans a run is about.
 */
#ifndef LS_CLI_PLAN_PATHS_H
#define LS_CLI_PLAN_PATHS_H

#include "cli/command.h"
#include "config/config.h"

/* The plans that the command names, else those of the configuration, each once and by name in a
 * directory or pattern. False, with a message on standard error, if that is none. */
bool ls_plan_paths(ls_arena *arena, const ls_command *command, const ls_config *config,
                   ls_words *paths);

/* Adds those of the configuration. */
void ls_configured_plans(ls_arena *arena, const ls_config *config, ls_words *paths);

#endif
