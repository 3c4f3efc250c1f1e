/*
 * row_checks.h - what the server locks elsewhere when rows of a table change.
 *
 * The checks and actions of foreign keys are queries of their own, planned like any other.
 */
#ifndef LS_EFFECTS_ROW_CHECKS_H
#define LS_EFFECTS_ROW_CHECKS_H

#include "effects/builder.h"

/* Rows that come into the table are looked up in the tables that it references. */
void ls_look_up_referenced(ls_builder *builder, ls_relation_id child, ls_span at);

/* Rows that are deleted from the table are looked for in those that reference it, and change them
 * where the key says so. */
void ls_look_up_referencing(ls_builder *builder, ls_relation_id parent, ls_span at);

/* A foreign key that references a table, and the table that it is on. */
typedef struct {
    const ls_relation *child;
    const ls_catalog_constraint *key;
} ls_reference;
typedef LS_VECTOR(ls_reference) ls_references;

/* Those of other tables. */
ls_references ls_references_to(ls_arena *arena, ls_catalog *catalog, ls_relation_id parent);

/* What a key's ON DELETE or ON UPDATE, by PostgreSQL's letter (pg_constraint.confdeltype), does to
 * the rows that refer to the one that goes: CASCADE, SET NULL and SET DEFAULT change them, and the
 * others refuse; CASCADE of ON DELETE deletes them. */
bool ls_action_changes_rows(char action);
bool ls_action_deletes_rows(char action);

/* UPDATE looks up on both sides of the keys whose columns it sets. */
void ls_look_up_updated(ls_builder *builder, ls_relation_id table, const ls_query *update);

/* The UPDATE sets one of the columns. */
bool ls_sets_any(const ls_query *update, const ls_words *columns);

/* Where a column, the table's `number`th, stands among the inserted values; SIZE_MAX if it is left
 * out. */
size_t ls_place_among_values(const ls_query *insert, const char *column, size_t number);

/* The sequences of the columns that INSERT or COPY gives no value. */
void ls_lock_inserted_defaults(ls_builder *builder, ls_relation_id table, const ls_query *insert);
void ls_lock_copied_defaults(ls_builder *builder, ls_relation_id table, const ls_copy *copy);

/* The indexes that ON CONFLICT looks for its arbiter in. */
void ls_lock_arbiters(ls_builder *builder, ls_relation_id table, const ls_query *insert);

#endif
