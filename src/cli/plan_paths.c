#include "cli/plan_paths.h"

#include "cli/configured.h"
#include "cli/terminal.h"
#include "input/files.h"
#include "support/glob.h"
#include "support/path.h"

#include <stdlib.h>
#include <string.h>

static bool is_directory(ls_arena *arena, const char *path) {
    ls_file_status status;
    return ls_files_on_disk.look_at(&ls_files_on_disk, arena, path, &status) == 0 &&
           status.kind == LS_FILE_DIRECTORY;
}

static void add(ls_arena *arena, ls_words *paths, const char *path) {
    for (size_t i = 0; i < paths->count; i++)
        if (strcmp(paths->items[i], path) == 0)
            return;
    LS_PUSH(arena, paths, path);
}

static int by_name(const void *one, const void *other) {
    return strcmp(((const ls_directory_entry *)one)->name,
                  ((const ls_directory_entry *)other)->name);
}

/* The files of the directory whose names match. */
static void add_matching(ls_arena *arena, ls_words *paths, const char *directory,
                         const char *pattern) {
    ls_directory_entries entries = {0};
    if (ls_files_on_disk.list_directory(&ls_files_on_disk, arena, directory, &entries) != 0)
        return;
    if (entries.count > 0)
        qsort(entries.items, entries.count, sizeof *entries.items, by_name);
    for (LS_EACH(const ls_directory_entry, entry, entries))
        if (ls_glob_matches(pattern, entry->name))
            add(arena, paths, ls_path_shown(arena, ls_path_join(arena, directory, entry->name)));
}

static void add_plans(ls_arena *arena, ls_words *paths, const char *path) {
    if (is_directory(arena, path))
        add_matching(arena, paths, path, "*.y*ml");
    else if (strpbrk(ls_path_last(path), "*?[") != NULL)
        add_matching(arena, paths, ls_path_directory(arena, path), ls_path_last(path));
    else
        add(arena, paths, path);
}

void ls_configured_plans(ls_arena *arena, const ls_config *config, ls_words *paths) {
    for (LS_EACH(const ls_config_word, plans, config->plans))
        add_plans(arena, paths, ls_configured_path(arena, config, plans->text));
}

bool ls_plan_paths(ls_arena *arena, const ls_command *command, const ls_config *config,
                   ls_words *paths) {
    for (LS_EACH(const char *, argument, command->arguments))
        if (is_directory(arena, *argument))
            add_matching(arena, paths, *argument, "*.y*ml");
        else
            add(arena, paths, *argument);
    if (command->arguments.count == 0)
        ls_configured_plans(arena, config, paths);
    if (paths->count > 0)
        return true;
    if (command->arguments.count > 0)
        ls_complain("%s: there are no plans in it", command->arguments.items[0]);
    else if (config->plans.count > 0)
        ls_complain("%s: there are no such plans as its plans: names", config->file);
    else
        ls_complain("no plan is given, and no lockstep.yaml names plans; try lockstep %s FILE",
                    ls_verb_name(command->verb));
    return false;
}
