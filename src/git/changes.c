/*
 * changes.c - git's list of changes, read.
 *
 * `git diff` and not its plumbing compares with the working tree: it looks at the content of a file
 * whose times alone have changed.
 */
#include "git/changes.h"

#include <string.h>

enum { OLD_MODE = 1, NEW_MODE = 8, OLD_ID = 15, MODE_LENGTH = 6 };

/* Compares with a commit, or what is --cached with one. */
static const char *const *comparison(ls_arena *arena, const char *first, const char *second) {
    static const char *const always[] = {
        "diff",          "--raw",      "-z",
        "--no-abbrev",   "-M",         "--no-ext-diff",
        "--no-textconv", "--no-color", "--ignore-submodules=all",
    };
    ls_git_arguments arguments = {0};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        LS_PUSH(arena, &arguments, always[i]);
    LS_PUSH(arena, &arguments, first);
    if (second != NULL)
        LS_PUSH(arena, &arguments, second);
    LS_PUSH(arena, &arguments, "--");
    LS_PUSH(arena, &arguments, NULL);
    return arguments.items;
}

static const char *diff(const ls_repository *repository, const char *first, const char *second,
                        ls_process_result *result) {
    return ls_repository_run(repository, comparison(repository->arena, first, second), result);
}

static ls_change_kind kind_of(char status) {
    switch (status) {
    case 'A':
        return LS_CHANGE_ADDED;
    case 'D':
        return LS_CHANGE_DELETED;
    case 'R':
        return LS_CHANGE_RENAMED;
    default:
        return LS_CHANGE_EDITED;
    }
}

/* Reads ":OLDMODE NEWMODE OLDID NEWID STATUS", NUL, the path, NUL, and of a renaming the new path,
 * NUL; gives what stands behind it, or NULL. */
static const char *read_change(ls_arena *arena, const char *at, const char *end,
                               ls_change *change) {
    const char *status = strrchr(at, ' ');
    size_t length = strlen(at);
    const char *path = at + length + 1;
    if (at[0] != ':' || length < OLD_ID || status == NULL || path >= end)
        return NULL;
    size_t id_length = strcspn(at + OLD_ID, " ");
    const char *new_id = at + OLD_ID + id_length + 1;
    *change = (ls_change){.kind = kind_of(status[1]), .path = path, .old_path = path};
    if (change->kind != LS_CHANGE_ADDED)
        change->old_id = ls_arena_copy(arena, at + OLD_ID, id_length);
    if (change->kind == LS_CHANGE_RENAMED) {
        change->path = path + strlen(path) + 1;
        change->same_content = strcmp(status + 1, "R100") == 0;
        return change->path >= end ? NULL : change->path + strlen(change->path) + 1;
    }
    /* Only the mode has changed. */
    change->same_content = strncmp(at + OLD_ID, new_id, id_length) == 0 &&
                           strncmp(at + OLD_MODE, at + NEW_MODE, MODE_LENGTH) != 0;
    return path + strlen(path) + 1;
}

static const char *read_changes(const ls_repository *repository, const ls_process_result *result,
                                ls_changes *changes) {
    ls_arena *arena = repository->arena;
    const char *end = result->output + result->length;
    for (const char *at = result->output; at < end;) {
        ls_change change;
        at = read_change(arena, at, end, &change);
        if (at == NULL)
            return "git diff gave what cannot be understood";
        if (change.kind != LS_CHANGE_EDITED || !change.same_content)
            LS_PUSH(arena, &changes->items, change);
    }
    for (LS_EACH(ls_change, change, changes->items))
        ls_map_set(arena, &changes->by_path, change->path, change);
    return NULL;
}

const char *ls_changes_in_tree(const ls_repository *repository, const char *commit,
                               ls_changes *changes) {
    ls_process_result result;
    const char *problem = diff(repository, commit, NULL, &result);
    return problem != NULL ? problem : read_changes(repository, &result, changes);
}

void ls_changes_ask_ahead(const ls_repository *repository, const char *commit) {
    ls_repository_ask_ahead(repository, comparison(repository->arena, "--cached", commit));
}

const char *ls_changes_in_index(const ls_repository *repository, const char *commit,
                                ls_changes *changes) {
    ls_process_result result;
    const char *problem = diff(repository, "--cached", commit, &result);
    return problem != NULL ? problem : read_changes(repository, &result, changes);
}

/* Reads "MODE TYPE ID", a tab, the path, NUL; gives what stands behind it, or NULL. */
static const char *read_file(ls_arena *arena, const char *line, ls_tree_file *file) {
    enum { MODE = 6 };
    const char *tab = strchr(line, '\t');
    const char *id = tab == NULL || tab - line <= MODE ? NULL : strchr(line + MODE + 1, ' ');
    if (id == NULL || id > tab)
        return NULL;
    *file = (ls_tree_file){tab + 1, ls_arena_copy(arena, id + 1, (size_t)(tab - id - 1))};
    return tab + strlen(tab) + 1;
}

static const char *read_tree(ls_arena *arena, const ls_process_result *result, ls_tree *tree) {
    const char *end = result->output + result->length;
    for (const char *at = result->output; at < end;) {
        ls_tree_file file;
        at = read_file(arena, at, &file);
        if (at == NULL)
            return "git ls-tree gave what cannot be understood";
        LS_PUSH(arena, &tree->files, file);
    }
    for (LS_EACH(ls_tree_file, file, tree->files)) {
        ls_map_set(arena, &tree->by_path, file->path, file);
        ls_map_set(arena, &tree->by_id, file->id, file);
    }
    return NULL;
}

static const char *const *listing(ls_arena *arena, const char *commit) {
    const char *const question[] = {"ls-tree", "-r", "-z", "--full-tree", commit, NULL};
    return memcpy(ls_arena_alloc(arena, sizeof question), question, sizeof question);
}

void ls_tree_ask_ahead(const ls_repository *repository, const char *commit) {
    if (commit != NULL)
        ls_repository_ask_ahead(repository, listing(repository->arena, commit));
}

const char *ls_tree_of_commit(const ls_repository *repository, const char *commit, ls_tree *tree) {
    ls_process_result result;
    if (commit == NULL)
        return NULL;
    const char *const *question = listing(repository->arena, commit);
    const char *problem = ls_repository_run(repository, question, &result);
    return problem != NULL ? problem : read_tree(repository->arena, &result, tree);
}
