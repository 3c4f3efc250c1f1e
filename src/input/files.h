/*
 * files.h - where the files of a run come from.
 *
 * All that input knows of directories and files it asks through this: of the disk, or of something
 * that stands in for it (what is staged, a commit). Paths are those of ls_path_shown; what is
 * handed out lives in the arena given.
 */
#ifndef LS_INPUT_FILES_H
#define LS_INPUT_FILES_H

#include "support/vector.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    LS_FILE_REGULAR,
    LS_FILE_DIRECTORY,
    LS_FILE_OTHER,
    LS_FILE_UNSEEN, /* in a list: only a look at it tells */
} ls_file_kind;

/* What there is under a path, links followed. */
typedef struct {
    ls_file_kind kind;
    uint64_t size;        /* bytes; of a regular file */
    const char *identity; /* of a directory: equal however it was reached */
} ls_file_status;

typedef LS_VECTOR(const char *) ls_file_names;

/* A name in a directory, with what the directory itself tells of it. */
typedef struct {
    const char *name;
    ls_file_kind kind;
} ls_directory_entry;
typedef LS_VECTOR(ls_directory_entry) ls_directory_entries;

/* Each gives 0, or the errno that says why not: ENOENT where there is nothing. */
typedef struct ls_files ls_files;
struct ls_files {
    int (*look_at)(const ls_files *files, ls_arena *arena, const char *path,
                   ls_file_status *status);

    /* What is in a directory in no order, hidden files among it, but not . and .. */
    int (*list_directory)(const ls_files *files, ls_arena *arena, const char *path,
                          ls_directory_entries *entries);

    /* The bytes of a regular file with a NUL behind them. Called from several threads at once, each
     * with an arena of its own. Of a file that is too large for a source only the length is given.
     */
    int (*read_file)(const ls_files *files, ls_arena *arena, const char *path, const char **text,
                     size_t *length);

    void *context; /* of the implementation */
};

/* The working tree, as it lies on the disk. */
extern const ls_files ls_files_on_disk;

#endif
