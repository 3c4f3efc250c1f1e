/*
 * row_keys.h - columns, values and unique keys, as the terms of a WHERE use them.
 *
 * For row_bounds.c only.
 */
#ifndef LS_EFFECTS_ROW_KEYS_H
#define LS_EFFECTS_ROW_KEYS_H

#include "catalog/catalog.h"

typedef struct ls_row_scope ls_row_scope;
struct ls_row_scope {
    const ls_catalog *catalog;
    const ls_relation *table;  /* NULL if it is not known */
    const ls_query *query;     /* whose WHERE it is */
    const ls_row_scope *outer; /* of the query around it; NULL for the statement itself */
    int depth;                 /* queries entered */
};

enum { LS_KEY_COLUMNS = 32 }; /* INDEX_MAX_KEYS */

typedef struct {
    const char *columns[LS_KEY_COLUMNS];
    size_t count;
} ls_unique_key;

/* Both names are there and the same. */
bool ls_names_match(const char *one, const char *other);

/* The column's name without its qualification, NULL if the expression is no column. */
const char *ls_column_name(const ls_expression *expression);
const char *ls_column_qualifier(const ls_expression *column);

/* A PL/pgSQL variable or record field, as far as can be told from outside of its block. */
bool ls_is_variable(const ls_row_scope *here, const ls_expression *column);

/* An expression that reads no table. */
bool ls_is_value(const ls_row_scope *here, const ls_expression *expression);

/* True unless the expression surely does not read the column. */
bool ls_mentions(const ls_expression *expression, const char *column);

/* The `number`th of the table's unique keys; false past the last. Some come out empty. */
bool ls_next_key(const ls_row_scope *here, size_t number, ls_unique_key *key);

/* The catalog knows the table's unique keys, so that names need not decide. */
bool ls_keys_are_known(const ls_row_scope *here);

/* True if the column alone is a unique key, or by its name looks like one where keys are not
 * known. Every row has its own ctid. */
bool ls_is_key_column(const ls_row_scope *here, const char *name);

/* A name that ends in _id: perhaps a key, perhaps a reference to one. */
bool ls_ends_in_id(const char *name);

/* A unique index on an expression of two values lets one row in, or two: how a table is made that
 * holds the version of something. */
bool ls_holds_few_rows(const ls_catalog *catalog, const ls_relation *table);

#endif
