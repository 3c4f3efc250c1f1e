/*
 * directory.c - walking a directory.
 *
 * The names of a directory are sorted before any is looked at, so that the result does not depend
 * on the order in which the file system gives them, not even where two links lead to one place.
 */
#include "input/directory.h"

#include "input/foreign.h"
#include "input/order.h"
#include "support/path.h"
#include "support/sort.h"

#include <string.h>

static int compare_names(const void *left, const void *right) {
    return strcmp(((const ls_directory_entry *)left)->name,
                  ((const ls_directory_entry *)right)->name);
}

static void add_error(ls_listing *listing, const char *path, const char *reason) {
    LS_PUSH(listing->arena, &listing->errors,
            ls_arena_format(listing->arena, "%s: %s", path, reason));
}

const char *ls_file_identity(ls_arena *arena, const char *directory_identity, const char *name) {
    return ls_arena_join(arena, directory_identity, "/", name, NULL);
}

const char *ls_version_key(ls_arena *arena, const char *path) {
    const char *name = ls_path_last(path);
    if (!ls_has_version(name))
        return NULL;
    return ls_arena_copy(arena, path, (size_t)(name - path) + ls_version_length(name));
}

typedef struct {
    const char *path, *relative, *identity;
    uint32_t depth; /* how many directories further down are entered */
} place;

static void list(ls_listing *listing, place at);

static void add_file(ls_listing *listing, const place *at, const char *name, const char *path,
                     ls_file_kind kind) {
    ls_arena *arena = listing->arena;
    if (kind != LS_FILE_REGULAR) {
        add_error(listing, path, "is not a regular file");
        return;
    }
    ls_found_file file = {.path = path,
                          .relative = ls_path_join(arena, at->relative, name),
                          .identity = ls_file_identity(arena, at->identity, name)};
    LS_PUSH(arena, &listing->files, file);
}

/* Of several of one version the last is kept: a name with a database in it comes behind the same
 * name without, and runners prefer it too. */
static void note_down(ls_listing *listing, const char *path) {
    const char *key = ls_version_key(listing->arena, path);
    listing->down_files++;
    ls_map_set(listing->arena, &listing->downs, path, listing);
    if (key != NULL)
        ls_map_set(listing->arena, &listing->downs_by_version, key, (void *)(uintptr_t)path);
}

/* Counts what is left out for its name. */
static bool is_left_out(ls_listing *listing, const place *at, const char *name,
                        const ls_directory_entries *beside) {
    bool is_sql = ls_is_sql_file(name);
    const char *database = is_sql ? ls_foreign_file(name) : ls_foreign_directory(name, beside);
    if (database != NULL) {
        ls_note_database(listing->arena, &listing->foreign, database);
    } else if (is_sql && ls_is_down_migration(name)) {
        note_down(listing, ls_path_join(listing->arena, at->path, name));
    } else {
        return false;
    }
    return true;
}

static void visit(ls_listing *listing, const place *at, const ls_directory_entry *entry) {
    const char *name = entry->name, *path = ls_path_join(listing->arena, at->path, name);
    bool is_sql = ls_is_sql_file(name);
    ls_file_status status = {.kind = entry->kind};
    int error = 0;
    if (entry->kind == LS_FILE_UNSEEN)
        error = listing->from->look_at(listing->from, listing->arena, path, &status);
    if (error != 0) {
        if (is_sql)
            add_error(listing, path, strerror(error));
    } else if (status.kind == LS_FILE_DIRECTORY) {
        if (at->depth > 0)
            list(listing, (place){.path = path,
                                  .relative = ls_path_join(listing->arena, at->relative, name),
                                  .identity = status.identity,
                                  .depth = at->depth - 1});
    } else if (is_sql) {
        add_file(listing, at, name, path, status.kind);
    }
}

static void list(ls_listing *listing, place at) {
    ls_directory_entries entries = {0};
    if (ls_map_get(&listing->seen, at.identity) != NULL)
        return;
    ls_map_set(listing->arena, &listing->seen, at.identity, listing);
    int error = listing->from->list_directory(listing->from, listing->arena, at.path, &entries);
    if (error != 0) {
        add_error(listing, at.path, strerror(error));
        return;
    }
    ls_sort(entries.items, entries.count, sizeof *entries.items, compare_names);
    for (LS_EACH(const ls_directory_entry, entry, entries))
        if (entry->name[0] != '.' && !is_left_out(listing, &at, entry->name, &entries))
            visit(listing, &at, entry);
}

void ls_list_directory(ls_listing *listing, const char *directory, uint32_t depth) {
    ls_file_status status;
    int error = listing->from->look_at(listing->from, listing->arena, directory, &status);
    if (error != 0) {
        add_error(listing, directory, strerror(error));
        return;
    }
    list(listing,
         (place){.path = directory, .relative = ".", .identity = status.identity, .depth = depth});
}
