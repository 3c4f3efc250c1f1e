/*
 * names.h - the names that PostgreSQL chooses itself.
 *
 * t_a_key, t_pkey, t_a_idx, t_a_fkey, t_a_check, t_a_excl, t_a_seq: made of the table, up to two
 * columns and a label, cut to 63 bytes as makeObjectName does, with a number where the name is
 * taken (documentation: CREATE INDEX, "name"; measured on 15).
 */
#ifndef LS_CATALOG_NAMES_H
#define LS_CATALOG_NAMES_H

#include "catalog/catalog.h"

/* A free relation name (index or sequence) in the schema; `columns` as pg joins them, may be
 * empty, and NULL stands for an expression without a name; label "key", "pkey", "idx", "excl",
 * "seq". */
const char *ls_choose_relation_name(ls_catalog *catalog, const char *schema, const char *table,
                                    const ls_words *columns, const char *label);

/* The names that an index gives its own columns, INCLUDE columns last: those of the table's columns
 * when it is made, an expression's own, each distinct. Copies of it are named for them, whatever
 * became of the table's columns since (generateClonedIndexStmt; measured on 15). */
ls_words ls_index_column_names(ls_arena *arena, const ls_index_elements *elements,
                               const ls_words *include);

/* A free name for an index on the table with these key elements and INCLUDE columns; label "idx",
 * "key" or "excl". */
const char *ls_choose_index_name(ls_catalog *catalog, const ls_relation *table,
                                 const ls_index_elements *elements, const ls_words *include,
                                 const char *label);

/* A free constraint name on the table; label "fkey", "check", "not_null". A check
 * of several columns is named after none. */
const char *ls_choose_constraint_name(ls_catalog *catalog, const ls_relation *table,
                                      const ls_words *columns, const char *label);

/* A free name for a statistics object on the table: t_a_b_stat. */
const char *ls_choose_statistics_name(ls_catalog *catalog, const ls_relation *table,
                                      const ls_words *columns);

/* The name that PostgreSQL gives to the result of an expression: its column, function, type or
 * construct (lower, case, int4); NULL where it gives none (?column? in a query, expr in an
 * index). */
const char *ls_expression_name(const ls_expression *expression);

#endif
