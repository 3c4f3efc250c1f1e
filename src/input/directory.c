/*
 * directory.c - walking a directory.
 *
 * The names of a directory are sorted before any is looked at, so that the result does not depend
 * on the order in which the file system gives them, not even where two links lead to one place.
 */
#include "input/directory.h"

#include "input/order.h"
#include "input/path.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef LS_VECTOR(const char *) name_list;

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void add_error(ls_listing *listing, const char *path, const char *reason) {
    LS_PUSH(listing->arena, &listing->errors,
            ls_arena_format(listing->arena, "%s: %s", path, reason));
}

/* The names in a directory, sorted; false if it cannot be read. */
static bool read_names(ls_arena *arena, const char *directory, name_list *names) {
    DIR *stream = opendir(directory);
    if (stream == NULL)
        return false;
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;)
        if (entry->d_name[0] != '.')
            LS_PUSH(arena, names, ls_arena_string(arena, entry->d_name));
    closedir(stream);
    if (names->count > 0)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    return true;
}

const char *ls_directory_identity(ls_arena *arena, const struct stat *status) {
    return ls_arena_format(arena, "%ju:%ju", (uintmax_t)status->st_dev, (uintmax_t)status->st_ino);
}

const char *ls_file_identity(ls_arena *arena, const char *directory_identity, const char *name) {
    return ls_arena_join(arena, directory_identity, "/", name, NULL);
}

typedef struct {
    const char *path, *relative, *identity;
    uint32_t depth; /* how many directories further down are entered */
} place;

static void list(ls_listing *listing, place at);

static void add_file(ls_listing *listing, const place *at, const char *name,
                     const struct stat *status) {
    ls_arena *arena = listing->arena;
    const char *path = ls_path_join(arena, at->path, name);
    if (!S_ISREG(status->st_mode)) {
        add_error(listing, path, "is not a regular file");
        return;
    }
    ls_found_file file = {.path = path,
                          .relative = ls_path_join(arena, at->relative, name),
                          .identity = ls_file_identity(arena, at->identity, name),
                          .size = (uint64_t)status->st_size};
    LS_PUSH(arena, &listing->files, file);
}

/* Looks at one name of a directory. */
static void visit(ls_listing *listing, const place *at, const char *name) {
    struct stat status;
    const char *path = ls_path_join(listing->arena, at->path, name);
    bool is_sql = ls_is_sql_file(name);
    if (is_sql && ls_is_down_migration(name)) {
        listing->down_files++;
    } else if (stat(path, &status) != 0) {
        if (is_sql)
            add_error(listing, path, strerror(errno));
    } else if (S_ISDIR(status.st_mode)) {
        if (at->depth > 0)
            list(listing, (place){.path = path,
                                  .relative = ls_path_join(listing->arena, at->relative, name),
                                  .identity = ls_directory_identity(listing->arena, &status),
                                  .depth = at->depth - 1});
    } else if (is_sql) {
        add_file(listing, at, name, &status);
    }
}

static void list(ls_listing *listing, place at) {
    name_list names = {0};
    if (ls_map_get(&listing->seen, at.identity) != NULL)
        return;
    ls_map_set(listing->arena, &listing->seen, at.identity, listing);
    if (!read_names(listing->arena, at.path, &names)) {
        add_error(listing, at.path, strerror(errno));
        return;
    }
    for (size_t i = 0; i < names.count; i++)
        visit(listing, &at, names.items[i]);
}

void ls_list_directory(ls_listing *listing, const char *directory, uint32_t depth) {
    struct stat status;
    if (stat(directory, &status) != 0) {
        add_error(listing, directory, strerror(errno));
        return;
    }
    list(listing, (place){.path = directory,
                          .relative = ".",
                          .identity = ls_directory_identity(listing->arena, &status),
                          .depth = depth});
}
