#include "cli/configured.h"

#include "cli/terminal.h"
#include "input/order.h"
#include "sql/target.h"
#include "support/path.h"

#include <string.h>
#include <sys/stat.h>

bool ls_complain_of_yaml(ls_yaml_problems *problems) {
    ls_yaml_sort(problems);
    for (LS_EACH(const ls_yaml_problem, problem, *problems))
        if (problem->line == 0)
            ls_complain("%s: %s", problem->file, problem->message);
        else
            ls_complain("%s:%u:%u: %s", problem->file, problem->line, problem->column,
                        problem->message);
    return problems->count > 0;
}

/* "-" stands where its name says, or in the working directory, as does a verb without paths. */
static const char *first_path(const ls_command *command) {
    bool has_paths = command->verb != LS_VERB_EXPLAIN && command->verb != LS_VERB_RULES;
    if (!has_paths || command->arguments.count == 0)
        return ".";
    const char *first = command->arguments.items[0];
    if (strcmp(first, "-") != 0)
        return first;
    return command->stdin_filename == NULL ? "." : command->stdin_filename;
}

bool ls_configure(ls_arena *arena, const ls_command *command, ls_config *config) {
    *config = (ls_config){0};
    if (command->isolated)
        return true;
    const char *file = command->config;
    if (file == NULL)
        file = ls_config_find(arena, first_path(command));
    if (file == NULL)
        return true;
    ls_yaml_problems problems = {0};
    if (ls_config_read(arena, file, config, &problems))
        return true;
    return !ls_complain_of_yaml(&problems);
}

/* What a ".." takes back is a link. */
static bool leads_elsewhere(const char *path, const char *straight) {
    struct stat there, here;
    if (strcmp(path, straight) == 0 || stat(path, &there) != 0)
        return false;
    return stat(straight, &here) != 0 || there.st_dev != here.st_dev || there.st_ino != here.st_ino;
}

const char *ls_configured_path(ls_arena *arena, const ls_config *config, const char *path) {
    const char *directory = path[0] == '/' ? "" : config->directory;
    const char *whole = ls_arena_format(arena, "%s%s", directory, path);
    const char *shown = ls_path_shown(arena, whole), *straight = ls_path_straight(arena, whole);
    return leads_elsewhere(shown, straight) ? shown : straight;
}

bool ls_configured_paths(ls_arena *arena, const ls_command *command, const ls_config *config,
                         ls_words *paths) {
    if (command->arguments.count > 0) {
        *paths = command->arguments;
        return true;
    }
    for (LS_EACH(const ls_config_migrations, migrations, config->migrations))
        LS_PUSH(arena, paths, ls_configured_path(arena, config, migrations->path));
    if (paths->count > 0)
        return true;
    const char *scope = command->staged ? " --staged" : "";
    if (command->since != NULL)
        scope = ls_arena_format(arena, " --since %s", command->since);
    ls_complain("no path is given, and no lockstep.yaml names migrations; try lockstep %s%s "
                "DIRECTORY, or lockstep init, which writes a lockstep.yaml",
                ls_verb_name(command->verb), scope);
    return false;
}

void ls_note_missing_migrations(ls_arena *arena, const ls_command *command, const ls_config *config,
                                const ls_files *from) {
    if (command->arguments.count == 0)
        return;
    for (LS_EACH(const ls_config_migrations, migrations, config->migrations)) {
        const char *path = ls_configured_path(arena, config, migrations->path);
        ls_file_status status;
        int error = from->look_at(from, arena, path, &status);
        if (error != 0)
            ls_complain("note: %s says how the migrations in %s are run: %s", config->file, path,
                        strerror(error));
    }
}

/* --- Transactions ---------------------------------------------------------------------------- */

static const ls_config_migrations *entry_of(ls_arena *arena, const ls_config *config,
                                            const char *file) {
    for (LS_EACH(const ls_config_migrations, migrations, config->migrations))
        if (ls_path_is_within(arena, ls_configured_path(arena, config, migrations->path), file))
            return migrations;
    return NULL;
}

bool ls_configured_transaction(ls_arena *arena, const ls_command *command, const ls_config *config,
                               const char *file, ls_transaction_mode *mode) {
    static const ls_transaction_mode asked[] = {
        [LS_TRANSACTION_FILE] = LS_TRANSACTION_PER_FILE,
        [LS_TRANSACTION_STATEMENT] = LS_TRANSACTION_PER_STATEMENT,
        [LS_TRANSACTION_ALL] = LS_TRANSACTION_PER_RUN,
    };
    if (command->transaction != LS_TRANSACTION_AS_CONFIGURED) {
        *mode = asked[command->transaction];
        return true;
    }
    const ls_config_migrations *entry = entry_of(arena, config, file);
    if (entry == NULL || entry->transaction == LS_CONFIG_TRANSACTION_AUTO)
        return false;
    *mode = entry->transaction == LS_CONFIG_TRANSACTION_FILE  ? LS_TRANSACTION_PER_FILE
            : entry->transaction == LS_CONFIG_TRANSACTION_ALL ? LS_TRANSACTION_PER_RUN
                                                              : LS_TRANSACTION_PER_STATEMENT;
    return true;
}

ls_framework_choices ls_configured_frameworks(ls_arena *arena, const ls_config *config) {
    ls_framework_choices choices = {0};
    for (LS_EACH(const ls_config_migrations, migrations, config->migrations)) {
        const ls_framework *framework = ls_framework_called(migrations->framework);
        if (framework != NULL)
            LS_PUSH(arena, &choices,
                    ((ls_framework_choice){ls_configured_path(arena, config, migrations->path),
                                           framework}));
    }
    return choices;
}

/* --- History --------------------------------------------------------------------------------- */

bool ls_is_named(ls_arena *arena, const ls_command *command, const ls_migration *file) {
    for (LS_EACH(const char *, argument, command->arguments))
        if (strcmp(ls_path_shown(arena, *argument), file->name) == 0)
            return true;
    return file->is_stdin;
}

ls_applied ls_configured_applied(const ls_config *config, const ls_migration *file) {
    if (config->applied_until == NULL || file->version == NULL)
        return LS_APPLIED_UNKNOWN;
    return ls_compare_versions(file->version, config->applied_until) <= 0 ? LS_APPLIED
                                                                          : LS_NOT_APPLIED;
}

void ls_configured_history(ls_arena *arena, const ls_command *command, const ls_config *config,
                           ls_input *input) {
    if (config->applied_until == NULL || command->all)
        return;
    for (LS_EACH(ls_migration, file, input->files))
        if (file->judged && ls_configured_applied(config, file) == LS_APPLIED &&
            !ls_is_named(arena, command, file))
            file->judged = false;
}

/* --- The session and the tables -------------------------------------------------------------- */

static ls_words patterns_of(ls_arena *arena, const ls_config_words *words) {
    ls_words patterns = {0};
    for (LS_EACH(const ls_config_word, word, *words))
        LS_PUSH(arena, &patterns, word->text);
    return patterns;
}

static int target_of(const ls_command *command, const ls_config *config) {
    if (command->postgres != 0)
        return command->postgres;
    return config->postgres != 0 ? config->postgres : LS_USUAL_POSTGRES;
}

ls_replay_options ls_configured_replay(ls_arena *arena, const ls_command *command,
                                       const ls_config *config) {
    const ls_runner_settings runner = {
        .lock_timeout = config->runner.lock_timeout,
        .statement_timeout = config->runner.statement_timeout,
        .idle_in_transaction_session_timeout = config->runner.idle_in_transaction_session_timeout,
    };
    return (ls_replay_options){.postgres = target_of(command, config),
                               .runner = runner,
                               .hot_tables = patterns_of(arena, &config->hot_tables),
                               .small_tables = patterns_of(arena, &config->small_tables)};
}
