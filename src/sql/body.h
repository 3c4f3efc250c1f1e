/*
 * body.h - the statements inside a PL/pgSQL body.
 *
 * A small reader of PL/pgSQL's block structure: it finds the SQL statements, the dynamic ones, the
 * transaction ends and the loops around them, with their places. It does not evaluate anything:
 * a statement in a branch counts as one that runs. The steps say how the items stand to each other
 * and to the variables, for those who want to know what a variable holds.
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

typedef enum {
    LS_BODY_ITEM,    /* runs an item */
    LS_BODY_DECLARE, /* a variable; `type` and what it starts with */
    LS_BODY_ASSIGN,  /* gives a variable a value */
    LS_BODY_FORGET,  /* may give any variable that it names another value */
    LS_BODY_PART,    /* a block, a branch or a handler: what may not run, or not to its end */
    LS_BODY_LOOP,    /* with the variable of its head, if it has one */
} ls_body_step_kind;

typedef struct {
    ls_body_step_kind kind;
    uint32_t item;    /* its number, of LS_BODY_ITEM */
    const char *name; /* of the variable; of LS_BODY_FORGET a text that names them */
    const char *type; /* as written */
    ls_span at;       /* the value, of a loop what stands behind IN; empty: there is none */
    uint32_t end;     /* the step behind the last one in a part or a loop */
    bool leaves;      /* EXIT, CONTINUE or RETURN may end a round of the loop early */
} ls_body_step;

typedef struct {
    /* The body with comments as spaces, and with what PL/pgSQL adds to SQL (PERFORM, INTO
     * variables) blanked; same offsets as the body, writable, NUL-terminated. */
    char *text;
    LS_VECTOR(ls_body_item) items;
    LS_VECTOR(ls_body_step) steps; /* each part or loop before what is in it */
    bool has_loop, has_commit;
} ls_body;

/* Reads a body; the result is in the arena. */
void ls_body_read(ls_arena *arena, const char *body, ls_body *result);

#endif
