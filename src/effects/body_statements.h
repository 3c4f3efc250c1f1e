/*
 * body_statements.h - the other statements of the body that a statement stands in.
 *
 * What a DO block takes away it may make again further down. A body is read for that at the first
 * question: the statements are those that ls_lower makes of its items, with the item's number.
 */
#ifndef LS_EFFECTS_BODY_STATEMENTS_H
#define LS_EFFECTS_BODY_STATEMENTS_H

#include "effects/creations.h"
#include "sql/body.h"

typedef LS_VECTOR(const ls_statement *) ls_statements;

struct ls_body_statements {
    ls_arena *arena;
    const ls_body *body;
    uint32_t present; /* the item that runs */
    bool read;
    ls_statements all; /* what can be read of it, in its order */
    ls_span *around;   /* by item: the steps of the innermost part or loop that it stands in */
    uint32_t *step_of; /* by item */
    ls_map created[LS_CREATION_NONE]; /* keys to ls_statements: creations.c */
    bool creations_listed[LS_CREATION_NONE];
};

/* The arena must live as long as the body runs. */
ls_body_statements *ls_body_statements_new(ls_arena *arena, const ls_body *body);

const ls_statements *ls_body_statements_all(ls_body_statements *of);

/* The body is one transaction, whatever is around it; NULL: no body is none. */
bool ls_runs_in_one(const ls_body_statements *of);

/* The statement stands behind the present one, runs if that one does, and in one transaction with
 * it. One that an exception handler guards counts as one that runs. */
bool ls_follows_in_body(const ls_body_statements *of, const ls_statement *statement);

#endif
