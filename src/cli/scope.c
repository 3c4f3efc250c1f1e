/*
 * scope.c - --since compares the working tree with where HEAD parted from a branch; --staged
 * compares the index with HEAD.
 *
 * What is applied is another question. For --since it is what the base holds. What HEAD holds may
 * be a branch that nobody has merged yet, so for --staged it is what the branch has in common with
 * --since, else with the remote's default branch, and only without a remote what HEAD holds.
 *
 * To compare a working tree costs git more than all else that it is asked. Mostly a branch has only
 * added migrations; that is seen from what the base holds, and from the bytes of the files, which
 * are read anyway. git compares where they say that anything else has happened.
 */
#include "cli/scope.h"

#include "cli/terminal.h"
#include "git/base.h"
#include "git/object_id.h"
#include "input/order.h"
#include "support/path.h"

#include <string.h>

/* --- Opening --------------------------------------------------------------------------------- */

static const char *open_base(ls_scope *scope) {
    const ls_command *command = scope->command;
    if (command->since != NULL)
        return ls_base_of(&scope->repository, command->since, &scope->base);
    scope->base = ls_base_of_branch(&scope->repository, scope->blobs);
    if (scope->base == NULL)
        scope->base = ls_blobs_commit(scope->blobs, "HEAD");
    return NULL;
}

/* A merge brings what was judged where it comes from: only what differs from both sides is new. */
static const char *open_index(ls_scope *scope) {
    const ls_repository *repository = &scope->repository;
    const char *problem = ls_index_read(&scope->index, &scope->repository, scope->blobs);
    if (problem == NULL)
        problem =
            ls_changes_in_index(repository, ls_blobs_commit(scope->blobs, "HEAD"), &scope->changes);
    for (LS_EACH(const ls_change, change, scope->changes.items))
        if (problem == NULL)
            ls_index_keep_directory(&scope->index, change->old_path);
    const char *merged = ls_blobs_commit(scope->blobs, "MERGE_HEAD");
    scope->is_merge = merged != NULL;
    if (problem == NULL && merged != NULL)
        problem = ls_changes_in_index(repository, merged, &scope->merged);
    return problem;
}

static void find_asked(ls_scope *scope, ls_arena *arena, const ls_words *paths) {
    for (LS_EACH(const char *, path, *paths)) {
        const char *asked = ls_repository_path(&scope->repository, *path);
        if (asked != NULL)
            LS_PUSH(arena, &scope->asked, asked);
    }
}

/* What is going to be asked anyway. */
static void ask_ahead(const ls_scope *scope) {
    if (!scope->command->staged)
        return;
    ls_tree_ask_ahead(&scope->repository, scope->base);
    ls_index_ask_ahead(&scope->repository);
    ls_changes_ask_ahead(&scope->repository, ls_blobs_commit(scope->blobs, "HEAD"));
}

static const char *open_all(ls_scope *scope, ls_arena *arena, const ls_words *paths) {
    const char *since = scope->command->since;
    bool is_revision = since != NULL && strcmp(since, LS_BASE_AUTO) != 0;
    const char *problem = ls_repository_open(&scope->repository, arena, paths->items, paths->count,
                                             is_revision ? since : NULL);
    if (problem != NULL)
        return problem;
    scope->blobs = ls_blobs_new(&scope->repository);
    find_asked(scope, arena, paths);
    problem = open_base(scope);
    if (problem == NULL)
        ask_ahead(scope);
    if (problem == NULL)
        problem = ls_tree_of_commit(&scope->repository, scope->base, &scope->applied);
    if (problem == NULL && scope->command->staged)
        problem = open_index(scope);
    ls_repository_drop_ahead(&scope->repository);
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

static bool complain(const ls_command *command, const char *problem) {
    if (command->since != NULL)
        ls_complain("--since %s: %s", command->since, problem);
    else
        ls_complain("--staged: %s", problem);
    return false;
}

bool ls_scope_open(ls_scope *scope, ls_arena *arena, const ls_command *command,
                   const ls_words *paths, const char *schema) {
    *scope = (ls_scope){.command = command, .open = command->staged || command->since != NULL};
    const char *problem = scope->open ? open_all(scope, arena, paths) : NULL;
    if (problem == NULL && scope->open && schema != NULL)
        open_schema(scope, arena, schema);
    return problem == NULL || complain(command, problem);
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

/* --- A dump that nobody names ---------------------------------------------------------------- */

/* Rails keeps structure.sql beside db/migrate, dbmate schema.sql beside db/migrations (the guides
 * "Active Record Migrations", README "Exporting Schema File"). */
static const struct {
    const char *directory, *dump;
} kept_dumps[] = {{"migrate", "structure.sql"}, {"migrations", "schema.sql"}};

/* NULL: none is kept for a directory of that name. */
static const char *dump_beside(ls_arena *arena, const char *directory) {
    const char *shown = ls_path_shown(arena, directory);
    for (size_t i = 0; i < sizeof kept_dumps / sizeof *kept_dumps; i++)
        if (strcmp(ls_path_last(shown), kept_dumps[i].directory) == 0)
            return ls_path_shown(
                arena, ls_path_join(arena, ls_path_directory(arena, shown), kept_dumps[i].dump));
    return NULL;
}

static bool has_applied_sql(const ls_scope *scope, ls_arena *arena, const char *directory) {
    for (LS_EACH(const ls_tree_file, file, scope->applied.files))
        if (ls_is_sql_file(file->path) && ls_path_below(arena, directory, file->path) != NULL)
            return true;
    return false;
}

const char *ls_scope_find_schema(ls_scope *scope, ls_arena *arena, const ls_words *paths) {
    const char *dump = paths->count == 1 ? dump_beside(arena, paths->items[0]) : NULL;
    const char *directory = dump == NULL ? NULL : ls_scope_path(scope, paths->items[0]);
    const char *key = dump == NULL ? NULL : ls_scope_path(scope, dump);
    if (directory == NULL || key == NULL || !ls_scope_is_applied(scope, key) ||
        has_applied_sql(scope, arena, directory))
        return NULL;
    open_schema(scope, arena, dump);
    return dump;
}

const char *ls_unused_schema(ls_arena *arena, const ls_words *paths) {
    const char *dump = paths->count == 1 ? dump_beside(arena, paths->items[0]) : NULL;
    ls_directory_entries entries = {0};
    ls_file_status status;
    if (dump == NULL || ls_files_on_disk.look_at(&ls_files_on_disk, arena, dump, &status) != 0 ||
        ls_files_on_disk.list_directory(&ls_files_on_disk, arena, paths->items[0], &entries) != 0)
        return NULL;
    for (LS_EACH(const ls_directory_entry, entry, entries)) {
        const char *ending = strrchr(entry->name, '.');
        if (ending != NULL && strcmp(ending, ".rb") == 0)
            return dump;
    }
    return NULL;
}

/* --- What is new ----------------------------------------------------------------------------- */

const char *ls_scope_path(ls_scope *scope, const char *path) {
    return scope->open ? ls_repository_file(&scope->repository, path) : NULL;
}

bool ls_scope_is_applied(const ls_scope *scope, const char *path) {
    return ls_map_get(&scope->applied.by_path, path) != NULL;
}

bool ls_scope_is_asked_for(const ls_scope *scope, const char *path) {
    for (LS_EACH(const char *, asked, scope->asked)) {
        size_t length = strlen(*asked);
        if (strncmp(*asked, path, length) == 0 && (length == 0 || path[length] == '/'))
            return true;
    }
    return false;
}

bool ls_scope_is_ours(const ls_scope *scope, const ls_change *change) {
    return !scope->is_merge || ls_map_get(&scope->merged.by_path, change->path) != NULL;
}

const ls_change *ls_scope_change(const ls_scope *scope, const char *path) {
    const ls_change *change = path == NULL ? NULL : ls_map_get(&scope->changes.by_path, path);
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
    if (path == NULL)
        return true;
    const ls_change *change = ls_map_get(&scope->changes.by_path, path);
    if (change == NULL)
        return !scope->command->staged && !ls_scope_is_applied(scope, path);
    return ls_scope_is_ours(scope, change) && !is_same_migration(scope, change);
}

static void meet(ls_scope *scope, ls_input *input) {
    scope->might_judge = LS_NEW_ARRAY(scope->repository.arena, bool, input->files.count + 1);
    for (uint32_t i = 0; i < input->files.count; i++) {
        ls_migration *file = &input->files.items[i];
        scope->might_judge[i] = file->judged;
        if (file->path != NULL)
            file->tracked = ls_repository_file(&scope->repository, file->path);
    }
}

void ls_scope_mark(ls_scope *scope, ls_input *input) {
    if (!scope->open)
        return;
    if (scope->might_judge == NULL)
        meet(scope, input);
    for (uint32_t i = 0; i < input->files.count; i++) {
        ls_migration *file = &input->files.items[i];
        file->judged = scope->might_judge[i] && is_new(scope, file->tracked);
    }
}

/* --- Whether there is more than new files ---------------------------------------------------- */

/* The base has the same bytes there; of a path that it does not have, no other file has them, which
 * might have been renamed. */
static bool is_settled(const ls_scope *scope, const char *path, const ls_source *source) {
    char id[LS_OBJECT_ID_LENGTH + 1];
    if (path == NULL || source == NULL)
        return false;
    ls_object_id_of(source->text, source->length, id);
    const ls_tree_file *applied = ls_map_get(&scope->applied.by_path, path);
    return applied == NULL ? ls_map_get(&scope->applied.by_id, id) == NULL
                           : strcmp(applied->id, id) == 0;
}

static bool are_settled(ls_scope *scope, const ls_migration *file) {
    if (!is_settled(scope, file->tracked, file->source))
        return false;
    for (uint32_t i = 1; i < file->script->texts.count; i++) {
        const ls_source *included = file->script->texts.items[i]->source;
        if (!is_settled(scope, ls_scope_path(scope, included->name), included))
            return false;
    }
    return true;
}

/* A migration of the base that the run has not met, and that is not left out of it: what is there
 * may be for another database, or in no index. */
static bool is_missing(ls_scope *scope, const char *path, const ls_map *met) {
    const ls_files *files = ls_scope_files(scope);
    const char *name = ls_path_last(path);
    ls_file_status status;
    return ls_is_sql_file(name) && !ls_is_down_migration(name) && ls_map_get(met, path) == NULL &&
           ls_scope_is_asked_for(scope, path) &&
           files->look_at(files, scope->repository.arena,
                          ls_repository_shown(&scope->repository, path), &status) != 0;
}

bool ls_scope_sees_changes(ls_scope *scope, const ls_input *input) {
    ls_map met = {0};
    if (!scope->open || scope->command->staged)
        return false;
    for (LS_EACH(const ls_migration, file, input->files)) {
        if (file->is_stdin || file->is_schema)
            continue;
        if (!are_settled(scope, file))
            return true;
        ls_map_set(scope->repository.arena, &met, file->tracked, scope);
    }
    for (LS_EACH(const ls_tree_file, file, scope->applied.files))
        if (is_missing(scope, file->path, &met))
            return true;
    return false;
}

bool ls_scope_ask_for_changes(ls_scope *scope) {
    const char *problem = ls_changes_in_tree(&scope->repository, scope->base, &scope->changes);
    return problem == NULL || complain(scope->command, problem);
}
