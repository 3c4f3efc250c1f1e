/*
 * rows.h - what the data changes of a stage assign, to which rows, and in which portions.
 */
#ifndef LS_PLAN_ROWS_H
#define LS_PLAN_ROWS_H

#include "plan/facts.h"

/* Adds the data changes of the statement to the stage: those in a WITH and in a DO block, too. */
void ls_read_row_changes(ls_plan_facts *facts, ls_stage_facts *stage, const ls_plan_step *step);

/* A condition on one row that a plan understands: `column IS NULL`, or `column IS DISTINCT FROM
 * source` (<> as well). */
typedef struct {
    const char *column, *source; /* source NULL: IS NULL */
    bool null_safe;              /* IS DISTINCT FROM: true also where one of the two is null */
} ls_row_test;
typedef LS_VECTOR(ls_row_test) ls_row_tests;

/* False: the term is no such condition. */
bool ls_row_test_of(const ls_expression *term, ls_row_test *test);

/* The tests among the terms that AND (or, if `any`, OR) joins; false if there are other terms. */
bool ls_row_tests_of(ls_arena *arena, const ls_expression *condition, bool any,
                     ls_row_tests *tests);

/* The sub-select that says which rows a change takes: `id IN (SELECT ...)`, or a FROM item or WITH
 * query that is limited; NULL: none. */
const ls_query *ls_key_query(const ls_query *change);

/* The column that a reference names, without its table; NULL if the expression is none. */
const char *ls_column_of(const ls_expression *expression);

#endif
