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
 * empty; label "key", "pkey", "idx", "excl", "seq". */
const char *ls_choose_relation_name(ls_catalog *catalog, const char *schema, const char *table,
                                    const ls_words *columns, const char *label);

/* A free constraint name on the table; label "fkey", "check", "not_null". */
const char *ls_choose_constraint_name(ls_catalog *catalog, const ls_relation *table,
                                      const ls_words *columns, const char *label);

#endif
