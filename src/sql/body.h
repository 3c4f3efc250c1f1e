/*
 * body.h - the statements inside a PL/pgSQL body.
 *
 * A small reader of PL/pgSQL's block structure: it finds the SQL statements, the dynamic ones, the
 * transaction ends and the loops around them, with their places. It does not evaluate anything:
 * a statement in a branch counts as one that runs.
 */
#ifndef LS_SQL_BODY_H
#define LS_SQL_BODY_H

#include "sql/source.h"
#include "support/vector.h"

typedef enum {
    LS_BODY_SQL,     /* a statement that ls_lower can read, PERFORM written as SELECT */
    LS_BODY_EXECUTE, /* EXECUTE; the span is its expression */
    LS_BODY_COMMIT,  /* COMMIT or ROLLBACK */
} ls_body_item_kind;

typedef struct {
    ls_body_item_kind kind;
    ls_span at; /* in `text` */
    bool in_loop;
    bool loop_commits; /* a loop around it, innermost or not, commits */
    bool guarded;      /* an exception handler of its block catches what fails in it */
    bool conditional;  /* in a branch or an exception handler */
} ls_body_item;

typedef struct {
    /* The body with comments as spaces, and with what PL/pgSQL adds to SQL (PERFORM, INTO
     * variables) blanked; same offsets as the body, writable, NUL-terminated. */
    char *text;
    LS_VECTOR(ls_body_item) items;
    bool has_loop, has_commit;
} ls_body;

/* Reads a body; the result is in the arena. */
void ls_body_read(ls_arena *arena, const char *body, ls_body *result);

#endif
