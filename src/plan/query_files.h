/*
 * query_files.h - the statements of an app, as the files that `queries:` names hold them.
 *
 * Plain SQL, the files of sqlc and of what is alike (`-- name: GetUser :one`), and what
 * pg_stat_statements gives, as CSV with a header. Statements that are no queries (definitions,
 * settings, transactions) say nothing of what an app reads and writes, and are passed over; those
 * that cannot be parsed are kept.
 */
#ifndef LS_PLAN_QUERY_FILES_H
#define LS_PLAN_QUERY_FILES_H

#include "input/files.h"
#include "sql/script.h"

typedef struct {
    const ls_statement *statement; /* a query, COPY, TRUNCATE or what PREPARE holds */
    const ls_source *source;       /* the file, which the statement's place is in */
    ls_span at;
    const char *name;       /* of the comment before it; NULL: none */
    bool stars_are_written; /* sqlc writes the columns out that * stands for */
} ls_app_query;

typedef struct {
    const char *path;
    const ls_source *source;
    LS_VECTOR(ls_app_query) queries;
    LS_VECTOR(const ls_statement *) unparsed;
} ls_query_file;

/* NULL with *problem set, which begins with the file's name and the place. */
const ls_query_file *ls_query_file_read(ls_arena *arena, const ls_files *from, const char *path,
                                        const char **problem);

#endif
