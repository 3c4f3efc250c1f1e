/*
 * configured.h - what lockstep.yaml has to say about a run. Each complains on standard error and
 * returns false where the job cannot be done.
 */
#ifndef LS_CLI_CONFIGURED_H
#define LS_CLI_CONFIGURED_H

#include "cli/command.h"
#include "config/config.h"
#include "effects/replay.h"
#include "input/input.h"

/* Tells on standard error, in order, what is wrong with YAML files, and where; false if nothing
 * is. */
bool ls_complain_of_yaml(ls_yaml_problems *problems);

/* The configuration in force: the one given, else the nearest above the first path. */
bool ls_configure(ls_arena *arena, const ls_command *command, ls_config *config);

/* A path of the configuration, as seen from the working directory. */
const char *ls_configured_path(ls_arena *arena, const ls_config *config, const char *path);

/* The target, what the runner sets, and what is said of tables; the command goes first. */
ls_replay_options ls_configured_replay(ls_arena *arena, const ls_command *command,
                                       const ls_config *config);

/* The command names the file itself, not only a directory that it lies in. */
bool ls_is_named(ls_arena *arena, const ls_command *command, const ls_migration *file);

/* What applied_until says of a migration. */
typedef enum { LS_APPLIED_UNKNOWN, LS_APPLIED, LS_NOT_APPLIED } ls_applied;
ls_applied ls_configured_applied(const ls_config *config, const ls_migration *file);

/* Makes history of what is applied everywhere, but for files that the command names. */
void ls_configured_history(ls_arena *arena, const ls_command *command, const ls_config *config,
                           ls_input *input);

/* The paths of the command, else those of the configuration. */
bool ls_configured_paths(ls_arena *arena, const ls_command *command, const ls_config *config,
                         ls_words *paths);

/* Tells of migrations in the configuration that are not there: a path that is misspelt would be
 * heeded by nobody. Where the paths are the configuration's own, the input complains of them. */
void ls_note_missing_migrations(ls_arena *arena, const ls_command *command, const ls_config *config,
                                const ls_files *from);

/* The frameworks that the configuration names for its paths. */
ls_framework_choices ls_configured_frameworks(ls_arena *arena, const ls_config *config);

/* What the runner wraps a transaction around, whatever the migration's framework does; false where
 * neither the command nor the configuration says so. */
bool ls_configured_transaction(ls_arena *arena, const ls_command *command, const ls_config *config,
                               const char *file, ls_transaction_mode *mode);

#endif
