#include "cli/configured.h"

#include "cli/terminal.h"
#include "input/path.h"

#include <string.h>

void ls_complain_of_yaml(ls_yaml_problems *problems) {
    ls_yaml_sort(problems);
    for (LS_EACH(const ls_yaml_problem, problem, *problems))
        if (problem->line == 0)
            ls_complain("%s: %s", problem->file, problem->message);
        else
            ls_complain("%s:%u:%u: %s", problem->file, problem->line, problem->column,
                        problem->message);
}

/* "-" stands where its name says, or in the working directory. */
static const char *first_path(const ls_command *command) {
    const char *first = command->arguments.count > 0 ? command->arguments.items[0] : ".";
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
    ls_complain_of_yaml(&problems);
    return false;
}

static const char *from_here(ls_arena *arena, const ls_config *config, const char *path) {
    const char *directory = path[0] == '/' ? "" : config->directory;
    return ls_path_shown(arena, ls_arena_format(arena, "%s%s", directory, path));
}

bool ls_configured_paths(ls_arena *arena, const ls_command *command, const ls_config *config,
                         ls_words *paths) {
    if (command->arguments.count > 0) {
        *paths = command->arguments;
        return true;
    }
    for (LS_EACH(const ls_config_migrations, migrations, config->migrations))
        LS_PUSH(arena, paths, from_here(arena, config, migrations->path));
    if (paths->count > 0)
        return true;
    ls_complain("no path is given, and no lockstep.yaml names migrations; try lockstep %s "
                "DIRECTORY",
                ls_verb_name(command->verb));
    return false;
}

/* --- Transactions ---------------------------------------------------------------------------- */

static bool is_below(const char *file, const char *directory) {
    size_t length = strlen(directory);
    if (strcmp(directory, ".") == 0)
        return file[0] != '/';
    return strncmp(file, directory, length) == 0 && (file[length] == '/' || file[length] == 0);
}

/* Without a framework's own ways, auto is what psql does: each statement by itself. */
static ls_transaction_mode mode_of(ls_arena *arena, const ls_config *config, const char *file) {
    for (LS_EACH(const ls_config_migrations, migrations, config->migrations))
        if (is_below(file, from_here(arena, config, migrations->path)))
            return migrations->transaction == LS_CONFIG_TRANSACTION_FILE
                       ? LS_TRANSACTION_PER_FILE
                       : LS_TRANSACTION_PER_STATEMENT;
    return LS_TRANSACTION_PER_STATEMENT;
}

bool ls_configured_transaction(ls_arena *arena, const ls_command *command, const ls_config *config,
                               const ls_input *input, ls_transaction_mode *mode) {
    *mode = command->transaction == LS_TRANSACTION_FILE ? LS_TRANSACTION_PER_FILE
                                                        : LS_TRANSACTION_PER_STATEMENT;
    if (command->transaction != LS_TRANSACTION_AS_CONFIGURED)
        return true;
    for (size_t i = 0; i < input->files.count; i++) {
        ls_transaction_mode own = mode_of(arena, config, input->files.items[i].name);
        if (i > 0 && own != *mode) {
            ls_complain("%s: some of the migrations run in one transaction a file and some do not, "
                        "which this version cannot judge in one run",
                        config->file);
            return false;
        }
        *mode = own;
    }
    return true;
}
