/*
 * migration.h - an ordered unit that a runner runs.
 *
 * It is found by name (which file, where in the order, what takes it back) and then read: which
 * bytes of the file are its up part, and how its runner sends them to the server.
 */
#ifndef LS_INPUT_MIGRATION_H
#define LS_INPUT_MIGRATION_H

#include "sql/script.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct ls_framework ls_framework;

/* How a runner sends statements to the server. */
typedef enum {
    LS_RUNS_STATEMENTS,     /* one by one, each a transaction of its own */
    LS_RUNS_ONE_QUERY,      /* in one query: several are one transaction, a single one is in none */
    LS_RUNS_IN_TRANSACTION, /* between a BEGIN and a COMMIT of the runner's */
    LS_RUNS_ALL_TOGETHER,   /* so, with all that are run with it */
} ls_running;

/* What a migration's own file of settings asks of the runner. */
typedef enum { LS_WISHES_NOTHING, LS_WISHES_TRANSACTION, LS_WISHES_NO_TRANSACTION } ls_wish;

/* What of the up part is run in one way, until the next section starts. */
typedef struct {
    uint32_t at; /* its first byte */
    ls_running running;
} ls_section;

/* The same of what takes a migration back, whose statements may be run in another order. */
typedef struct {
    uint32_t first; /* number of its first statement */
    ls_running running;
} ls_down_section;

typedef struct {
    const char *name; /* as shown: relative to the working directory where it lies in it, '/' */
    const char *path; /* to open; NULL for standard input */
    bool judged;      /* else history */
    bool is_stdin;
    bool is_schema; /* no migration, but the state before the first of them */
    const ls_framework *framework;
    const struct ls_layout *layout; /* those of one are run together; NULL: it stands alone */
    const char *version;            /* as the name has it; NULL: none */
    bool repeatable;                /* runs again whenever it has changed */
    const char *down_path; /* the file that takes it back, itself perhaps; NULL: none known */
    const char *tracked;   /* its path from the root of the repository; NULL: it does not lie in it,
                              or nobody asks git; set by who asks */

    /* Set by ls_input_parse. */
    ls_source *source;       /* NULL if it could not be read, or the text cannot be a source */
    ls_script *script;       /* of the up part; NULL where source is */
    int read_error;          /* errno, if it could not be read */
    ls_text_problem problem; /* message NULL if the text is fine */
    LS_VECTOR(ls_span) down; /* the down part in the same file */
    LS_VECTOR(ls_section) sections; /* of the up part, in order; at least one */
    ls_running down_running;        /* how the down part in the same file is run */
    ls_script *down_script; /* of what takes it back, if it is judged; NULL: there is none, or it
                               cannot be read */
    LS_VECTOR(ls_down_section) down_sections; /* of it, in order; at least one */
    const char *foreign; /* the other database that the text is for; NULL: none */
    bool is_checkpoint;  /* it makes what those before it have made, where none of them has run */
    ls_wish wish;        /* of its own settings */
    bool is_unfilled;    /* so too: its placeholders are none */
} ls_migration;

/* Whether a statement of a migration's script, which a file that it includes may hold, comes before
 * a place in the migration's own text. */
bool ls_stands_before(const ls_statement *statement, const ls_source *own, uint32_t place);

#endif
