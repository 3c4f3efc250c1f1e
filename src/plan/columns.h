/*
 * columns.h - what a table asks of one of its columns.
 */
#ifndef LS_PLAN_COLUMNS_H
#define LS_PLAN_COLUMNS_H

#include "catalog/catalog.h"

/* The columns that it is about. */
ls_words ls_constrained_columns(ls_arena *arena, const ls_catalog_constraint *constraint);

/* The column that the constraint wants not to be null; NULL if it asks for something else. */
const char *ls_not_null_check(ls_arena *arena, const ls_catalog_constraint *constraint);

/* Writers have to give a value: by NOT NULL or by a CHECK, proven for old rows or not. */
bool ls_wants_value(ls_arena *arena, const ls_relation *relation, const ls_catalog_column *column);

/* The same expression, apart from places. */
bool ls_same_expression(const ls_expression *one, const ls_expression *other);

#endif
