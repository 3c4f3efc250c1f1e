/*
 * psql.h - what a backslash command says: its name and its arguments, as psql reads them.
 */
#ifndef LS_SQL_PSQL_H
#define LS_SQL_PSQL_H

#include "sql/variables.h"

typedef enum {
    LS_PSQL_OTHER, /* changes nothing that is read */
    LS_PSQL_SET,
    LS_PSQL_UNSET,
    LS_PSQL_IF,
    LS_PSQL_ELIF,
    LS_PSQL_ELSE,
    LS_PSQL_ENDIF,
    LS_PSQL_INCLUDE,          /* \i */
    LS_PSQL_INCLUDE_RELATIVE, /* \ir */
    LS_PSQL_CONNECT,
    LS_PSQL_COPY,
    LS_PSQL_RUN_RESULT, /* \gexec */
} ls_psql_kind;

typedef struct {
    ls_psql_kind kind;
    ls_span at;   /* from the backslash on */
    ls_span rest; /* what stands behind the name */
} ls_psql_command;

ls_psql_command ls_psql_read(const char *text, ls_span command);

/* An argument: its text, NULL if that is not known (a variable without a known value, what a shell
 * prints). */
typedef LS_VECTOR(const char *) ls_psql_arguments;

ls_psql_arguments ls_psql_arguments_of(const ls_variables *variables, const char *text,
                                       const ls_psql_command *command);

/* The arguments behind the first `skipped` put together, by `between`; NULL if one is not known. */
const char *ls_psql_joined(ls_arena *arena, const ls_psql_arguments *arguments, uint32_t skipped,
                           const char *between);

#endif
