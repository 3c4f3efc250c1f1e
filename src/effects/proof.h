/*
 * proof.h - what a CHECK says about one key.
 *
 * For predicates.c only. A key is a column or an expression that a table is partitioned by; a goal
 * is one thing to be shown of it. A condition proves goals if one of them holds for every row that
 * the condition does not refuse, as far as PostgreSQL's own prover (predicate_implied_by) sees.
 */
#ifndef LS_EFFECTS_PROOF_H
#define LS_EFFECTS_PROOF_H

#include "catalog/catalog.h"

typedef struct {
    const char *column;              /* NULL for an expression */
    const ls_expression *expression; /* NULL for a column */
    const char *type;                /* of the column, internal name; NULL if unknown */
} ls_key;

typedef enum {
    LS_GOAL_LESS,
    LS_GOAL_LESS_OR_EQUAL,
    LS_GOAL_EQUAL,
    LS_GOAL_GREATER_OR_EQUAL,
    LS_GOAL_GREATER,
    LS_GOAL_NOT_EQUAL,
    LS_GOAL_NULL,
    LS_GOAL_NOT_NULL,
} ls_goal_kind;

typedef struct {
    ls_goal_kind kind;
    const ls_expression *constant; /* of comparisons */
} ls_goal;

/* True if the condition proves that one of the goals holds. */
bool ls_proves(const ls_key *key, const ls_expression *condition, const ls_goal *goals,
               size_t count);

/* True if the two constants are surely the same value of the key's type. */
bool ls_same_constant(const ls_key *key, const ls_expression *one, const ls_expression *other);

/* True if the term says just this, with the key and the constant on either side. */
bool ls_says(const ls_key *key, const ls_expression *term, ls_goal goal);

#endif
