/*
 * scope.h - the names in sight at one place of a query; for the files of this room only.
 *
 * A scope holds what the FROM clause of one query brings, and the common table expressions of its
 * WITH; around it lies the scope of the query that it stands in. Columns remember which relation's
 * column they are, through aliases and joins; those of subqueries do not, since the subquery has
 * itself read what it needs.
 */
#ifndef LS_CATALOG_SCOPE_H
#define LS_CATALOG_SCOPE_H

#include "catalog/meaning.h"

typedef struct {
    const char *name; /* by which the query knows it */
    ls_data_type type;
    const char *collation;   /* as the table has it; NULL: the type's */
    ls_relation_id relation; /* 0: the column of no relation, or of one read before */
    const char *column;      /* its name in the relation */
} ls_scope_column;

/* Columns in order; not complete if there are others that are not known. */
typedef struct {
    LS_VECTOR(ls_scope_column) columns;
    bool complete;
} ls_row;

/* One item of FROM, or one common table expression. */
typedef struct {
    const char *schema; /* of a relation without an alias; NULL */
    const char *name;   /* alias, or the name itself; NULL: it can only be meant by its columns */
    ls_relation_id relation; /* that its unknown columns would be of; 0 */
    ls_row row;
    ls_words merged; /* columns that a join has made one with those of an item before */
} ls_scope_item;

typedef struct ls_scope ls_scope;
struct ls_scope {
    const ls_scope *outer;
    LS_VECTOR(ls_scope_item) items;
    LS_VECTOR(ls_scope_item) common_tables;
};

/* What is found out about a query, the queries inside of it included. */
typedef struct {
    ls_arena *arena;
    ls_catalog *catalog;
    bool declares; /* relations that are not known are declared */
    ls_column_uses uses;
    ls_map seen; /* uses by "id.column" */
    bool complete;
    ls_query_meaning *meaning; /* NULL: is not wanted */
    const ls_query *query;     /* that is being read: the innermost */
    unsigned unread;           /* inside of so many EXISTS, which read no column of their result */
} ls_analysis;

/* Notes what a name means, where that is wanted. */
void ls_note_meaning(ls_analysis *analysis, ls_name_meaning meaning);

/* Notes that all columns of a row are read by the reference. */
void ls_note_row(ls_analysis *analysis, const void *reference, const ls_row *row);

void ls_use(ls_analysis *analysis, ls_relation_id relation, const char *column);
void ls_use_row(ls_analysis *analysis, const ls_row *row);

/* The type of the column that a column reference means, and the use of it. */
ls_data_type ls_resolve_column(ls_analysis *analysis, const ls_scope *scope,
                               const ls_expression *reference);

/* The collation that a value has from the column which it is, or from COLLATE; NULL: the type's. */
const char *ls_value_collation(const ls_scope *scope, const ls_expression *value);

/* The item that `t` or `s.t` in a qualified name means, here or further out; NULL if none. */
const ls_scope_item *ls_find_item(const ls_scope *scope, const char *schema, const char *name);

/* The common table expression of that name; NULL if none. */
const ls_scope_item *ls_find_common_table(const ls_scope *scope, const char *name);

const ls_scope_column *ls_row_column(const ls_row *row, const char *name);

/* Gives the first columns of a row new names. Which columns those are cannot be told if not all are
 * known. */
void ls_rename_columns(ls_analysis *analysis, ls_row *row, const char *const *names, size_t count);

/* The type of an expression as far as it can be told, and the uses of what it reads. NULL allowed.
 */
ls_data_type ls_analyse_expression(ls_analysis *analysis, const ls_scope *scope,
                                   const ls_expression *expression);

/* The rows of a query, and the uses of what it reads. NULL allowed. */
ls_row ls_analyse_query(ls_analysis *analysis, const ls_scope *outer, const ls_query *query);

/* The columns of a query that is done: they are of no relation any more. */
ls_row ls_given_row(ls_analysis *analysis, const ls_row *inner);

/* Adds an item of FROM to the scope; `outside` is what is in sight where a subquery is not LATERAL.
 * Returns the row that `*` stands for. */
ls_row ls_analyse_from(ls_analysis *analysis, ls_scope *scope, const ls_scope *outside,
                       const ls_from *from);

/* Adds a relation under its alias. */
ls_row ls_add_relation(ls_analysis *analysis, ls_scope *scope, const ls_name *name,
                       const char *alias);

#endif
