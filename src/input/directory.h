/*
 * directory.h - the migrations below a directory.
 */
#ifndef LS_INPUT_DIRECTORY_H
#define LS_INPUT_DIRECTORY_H

#include "input/files.h"
#include "support/map.h"

/* A file found. */
typedef struct {
    const char *path;     /* as it is opened and shown */
    const char *relative; /* to the directory that was asked for: what decides the order */
    const char *identity; /* equal for the same file however it was reached */
    bool named;           /* asked for by name */
    bool is_stdin;

    /* Set by ls_lay_out. */
    const struct ls_layout *layout;
    uint32_t place; /* in an index; 0: it has none */
} ls_found_file;

typedef struct {
    ls_arena *arena;
    const ls_files *from;
    LS_VECTOR(ls_found_file) files;
    LS_VECTOR(const char *) errors; /* "path: reason" */
    uint32_t down_files;            /* left out */
    ls_map downs;                   /* their paths */
    ls_map downs_by_version;        /* so too, by ls_version_key */
    ls_file_names foreign;          /* the databases of what is for another one: left out */
    ls_map seen;                    /* directories, by identity: links may lead back */
} ls_listing;

/*
 * Adds the .sql files in `directory`, and down to `depth` directories below it, in no order. Left
 * out: down migrations and what is named after another database, which are counted, and what is
 * hidden. A directory that was met before, by whatever path, is not entered again.
 */
void ls_list_directory(ls_listing *listing, const char *directory, uint32_t depth);

/* What all files of one version in one directory have in common; NULL if the path has no version.
 */
const char *ls_version_key(ls_arena *arena, const char *path);

/* A name for a file that does not depend on the path to its directory: links to files count as
 * files of their own. */
const char *ls_file_identity(ls_arena *arena, const char *directory_identity, const char *name);

#endif
