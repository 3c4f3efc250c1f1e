/*
 * scope.c - --since compares the working tree with where HEAD parted from a branch; --staged
 * compares the index with HEAD.
 *
 * What is applied is another question. For --since it is what the base holds. What HEAD holds may
 * be a branch that nobody has merged yet, so for --staged it is what the branch has in common with
 * --since, else with the remote's default branch, and only without a remote what HEAD holds.
 */
#include "cli/scope.h"

#include "cli/terminal.h"
#include "git/base.h"
#include "input/order.h"
#include "input/path.h"

#include <string.h>

/* --- Opening --------------------------------------------------------------------------------- */

static const char *open_base(ls_scope *scope) {
    const ls_command *command = scope->command;
    if (command->since != NULL)
        return ls_base_of(&scope->repository, command->since, &scope->base);
    scope->base = ls_base_of_branch(&scope->repository);
    if (scope->base == NULL)
        scope->base = ls_repository_commit(&scope->repository, "HEAD");
    return NULL;
}

/* A merge brings what was judged where it comes from: only what differs from both sides is new. */
static const char *open_index(ls_scope *scope) {
    const ls_repository *repository = &scope->repository;
    const char *problem = ls_index_read(&scope->index, &scope->repository, scope->blobs);
    if (problem == NULL)
        problem = ls_changes_in_index(repository, ls_repository_commit(repository, "HEAD"),
                                      &scope->changes);
    for (LS_EACH(const ls_change, change, scope->changes.items))
        if (problem == NULL)
            ls_index_keep_directory(&scope->index, change->old_path);
    const char *merged = ls_repository_commit(repository, "MERGE_HEAD");
    scope->is_merge = merged != NULL;
    if (problem == NULL && merged != NULL)
        problem = ls_changes_in_index(repository, merged, &scope->merged);
    return problem;
}

static const char *open_all(ls_scope *scope, ls_arena *arena, const ls_words *paths) {
    const char *problem = ls_repository_open(&scope->repository, arena, paths->items, paths->count);
    if (problem != NULL)
        return problem;
    scope->blobs = ls_blobs_new(&scope->repository);
    problem = open_base(scope);
    if (problem == NULL)
        problem = ls_files_of_commit(&scope->repository, scope->base, &scope->applied);
    if (problem == NULL)
        problem = scope->command->staged
                      ? open_index(scope)
                      : ls_changes_in_tree(&scope->repository, scope->base, &scope->changes);
    return problem;
}

static const ls_files *files_of_today(const ls_scope *scope) {
    return scope->command->staged ? &scope->index.files : &ls_files_on_disk;
}

static void open_schema(ls_scope *scope, ls_arena *arena, const char *path) {
    const char *key = ls_repository_path(&scope->repository, path);
    if (key == NULL || !ls_scope_is_applied(scope, key))
        return;
    ls_past_file_open(&scope->schema, files_of_today(scope), scope->blobs, path,
                      ls_arena_join(arena, scope->base, ":", key, NULL));
}

bool ls_scope_open(ls_scope *scope, ls_arena *arena, const ls_command *command,
                   const ls_words *paths, const char *schema) {
    *scope = (ls_scope){.command = command, .open = command->staged || command->since != NULL};
    const char *problem = scope->open ? open_all(scope, arena, paths) : NULL;
    if (problem == NULL && scope->open && schema != NULL)
        open_schema(scope, arena, schema);
    if (problem == NULL)
        return true;
    if (command->since != NULL)
        ls_complain("--since %s: %s", command->since, problem);
    else
        ls_complain("--staged: %s", problem);
    return false;
}

void ls_scope_close(ls_scope *scope) {
    if (scope->blobs != NULL)
        ls_blobs_free(scope->blobs);
}

const ls_files *ls_scope_files(const ls_scope *scope) {
    if (!scope->open)
        return &ls_files_on_disk;
    return scope->schema.path != NULL ? &scope->schema.files : files_of_today(scope);
}

/* --- What is new ----------------------------------------------------------------------------- */

bool ls_scope_is_applied(const ls_scope *scope, const char *path) {
    return ls_map_get(&scope->applied, path) != NULL;
}

bool ls_scope_is_ours(const ls_scope *scope, const ls_change *change) {
    return !scope->is_merge || ls_map_get(&scope->merged.by_path, change->path) != NULL;
}

const ls_change *ls_scope_change(ls_scope *scope, const char *path) {
    const char *key =
        scope->open && path != NULL ? ls_repository_file(&scope->repository, path) : NULL;
    const ls_change *change = key == NULL ? NULL : ls_map_get(&scope->changes.by_path, key);
    return change != NULL && ls_scope_is_ours(scope, change) ? change : NULL;
}

/* Nothing of it is left where it was. */
static bool has_moved_as_a_whole(ls_scope *scope, const char *directory) {
    const ls_files *files = ls_scope_files(scope);
    ls_directory_entries entries = {0};
    if (files->list_directory(files, scope->repository.arena,
                              ls_repository_shown(&scope->repository, directory), &entries) != 0)
        return true;
    for (LS_EACH(const ls_directory_entry, entry, entries))
        if (ls_is_sql_file(entry->name))
            return false;
    return true;
}

/* A file under another name is the same migration; one that comes from elsewhere under its own
 * name, a draft for example, is not, unless all its directory has come. */
static bool is_same_migration(ls_scope *scope, const ls_change *change) {
    ls_arena *arena = scope->repository.arena;
    const char *from = ls_path_directory(arena, change->old_path);
    return change->same_content && (strcmp(from, ls_path_directory(arena, change->path)) == 0 ||
                                    has_moved_as_a_whole(scope, from));
}

static bool is_new(ls_scope *scope, const char *path) {
    const char *key = ls_repository_file(&scope->repository, path);
    if (key == NULL)
        return true;
    const ls_change *change = ls_map_get(&scope->changes.by_path, key);
    if (change == NULL)
        return !scope->command->staged && !ls_scope_is_applied(scope, key);
    return ls_scope_is_ours(scope, change) && !is_same_migration(scope, change);
}

void ls_scope_mark(ls_scope *scope, ls_input *input) {
    for (uint32_t i = 0; scope->open && i < input->files.count; i++) {
        ls_migration *file = &input->files.items[i];
        file->judged = file->judged && is_new(scope, file->path);
    }
}
