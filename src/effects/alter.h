/*
 * alter.h - what the parts of ALTER TABLE share.
 *
 * alter_table.c takes the statement apart and hands every action, in PostgreSQL's order of passes,
 * to one function of the other files. An action asks the catalog, notes its locks, work and effect,
 * and applies itself to the catalog at once, so that the next one sees it.
 *
 * PostgreSQL reads a table's rows once for all the checks that one ALTER TABLE asks for, and not
 * at all beyond the rewrite if there is one ("phase 3"). So checks of rows are collected here
 * (ls_check_rows) and become scans when the last action is done. Index builds and the queries that
 * verify foreign keys are passes of their own.
 */
#ifndef LS_EFFECTS_ALTER_H
#define LS_EFFECTS_ALTER_H

#include "effects/families.h"

typedef struct {
    ls_relation_id table;
    ls_span at;
} ls_row_check;

typedef struct {
    ls_builder *builder;
    const ls_alter_table *statement;
    ls_relation_id relation;
    ls_relation_ids tables; /* the relation and, without ONLY, all that inherit from it */
    ls_lock_mode mode;      /* of the strongest action */
    LS_VECTOR(ls_row_check) row_checks;
    LS_VECTOR(ls_catalog_constraint) dropped_checks; /* of the relation, valid until now */
} ls_alteration;

/* --- The relation and its parts (alter_common.c) -------------------------------------------- */

/* The present state of the relation that is altered. */
const ls_relation *ls_altered(const ls_alteration *alteration);

/* True if the history has all columns and constraints of the relation: what is not there does not
 * exist. */
bool ls_is_complete(const ls_relation *relation);

/* Rows live in it: a table or materialized view, no partitioned or foreign table. */
bool ls_has_storage(const ls_relation *relation);

/* It surely holds rows: the history wrote some to it or to a table below it. */
bool ls_surely_holds_rows(const ls_builder *builder, ls_relation_id table);

/* Refuses a column that is surely not there and returns false; otherwise its state, of unknown
 * type and birth where the history does not have it. */
bool ls_find_column(ls_alteration *alteration, const char *name, ls_span at,
                    ls_catalog_column *column);

/* The column of a table, writable until the next edit; added to a table of which the history does
 * not know all columns; NULL if a complete one does not have it. */
ls_catalog_column *ls_edit_column(ls_builder *builder, ls_relation_id table, const char *name);

void ls_remove_column(ls_builder *builder, ls_relation_id table, const char *name);

/* A column that is NOT NULL without anything that gives a value: no row that is there can have
 * one. */
bool ls_needs_value(const ls_column *added);

/* What the altered table references is another one, and was there before. */
bool ls_references_existing(const ls_alteration *alteration, ls_relation_id referenced);

/* serial in any of its spellings. */
bool ls_is_serial_type(const ls_type_name *type);

/* Refuses identity on a table whose children cannot have it. */
void ls_refuse_identity_below(ls_alteration *alteration, ls_span at);

/* Takes the index away with those attached to it and the constraints that they back. */
void ls_drop_index_tree(ls_alteration *alteration, ls_relation_id index, ls_span at);

/* Refuses what lacks columns or CHECKs of the parent that it is to inherit from. */
bool ls_refuse_unlike_child(ls_builder *builder, ls_relation_id parent, ls_relation_id child,
                            ls_span at);

/* The index becomes the partition's part of the parent's. */
void ls_attach_index(ls_builder *builder, ls_relation_id parent, ls_relation_id child);

/* Refuses to change or drop alone what a partition or child has from its parent. */
bool ls_refuse_inherited_column(ls_alteration *alteration, const ls_action *action,
                                const char *verb);
bool ls_refuse_partition_key(ls_alteration *alteration, const ls_action *action, const char *verb);

/* The constraint that the action names; NULL if unknown, or refused because surely absent. */
const ls_catalog_constraint *ls_find_constraint(ls_alteration *alteration, const ls_action *action);

/* Adds a constraint to the catalog's table. */
void ls_push_constraint(ls_builder *builder, ls_relation_id table,
                        const ls_catalog_constraint *constraint);
void ls_remove_constraint(ls_builder *builder, ls_relation_id table, const char *name);

/* Adds a written constraint to the relation, and to what inherits it with `below`; gives its state.
 * `column` is the column that it is written at, or NULL. */
const ls_catalog_constraint *ls_define_everywhere(ls_alteration *alteration,
                                                  const ls_constraint *constraint,
                                                  const char *column, bool below);

/* "table", "materialized view", ... for people. */
const char *ls_relation_kind_words(ls_relation_kind kind);

/* --- Locks and work -------------------------------------------------------------------------- */

/* The alteration's own lock on all tables below the relation. */
void ls_lock_children(ls_alteration *alteration, ls_span at);

/* Phase 3 has to look at every row of the table, or of all the tables. */
void ls_check_rows(ls_alteration *alteration, ls_relation_id table, ls_span at);
void ls_check_all_rows(ls_alteration *alteration, ls_span at);
void ls_rewrite_all(ls_alteration *alteration, ls_span at);
void ls_finish_row_checks(ls_alteration *alteration);

/* The mode on each index of the relation. */
/* --- Foreign keys (alter_foreign_key.c) ------------------------------------------------------ */

/* Reads both tables as the query does that verifies a foreign key. */
void ls_verify_foreign_key(ls_builder *builder, ls_relation_id table, ls_relation_id referenced,
                           ls_span at);

/* Adds the constraint. `column` is the new column that it is written at, or NULL for one of the
 * table; *name becomes its name. Gives the work that its verification is. */
ls_work ls_add_foreign_key(ls_alteration *alteration, const ls_constraint *constraint,
                           const char *column, bool verify, const char **name);

/* --- Keys (alter_key.c) ---------------------------------------------------------------------- */

/* Adds UNIQUE, PRIMARY KEY or EXCLUDE. `column` and *name as above. */
ls_work ls_add_key(ls_alteration *alteration, const ls_constraint *constraint, const char *column,
                   const char **name);

/* The columns of a key, be they written or those of its USING INDEX. */
ls_words ls_key_columns(const ls_alteration *alteration, const ls_constraint *constraint);

/* The SQL that gives every partition the key without blocking anybody, to be attached to the key of
 * ONLY the parent; NULL where there is no partition. Asked before the key is added. */
const char *ls_key_recipe(const ls_alteration *alteration, const ls_constraint *constraint);

/* Code that runs while the column is forbidden to be NULL does not give it a value, for it is new,
 * and nothing else does. */
bool ls_becomes_required(const ls_alteration *alteration, const ls_catalog_column *column);

/* An index that ADD CONSTRAINT ... USING INDEX can make the key's own; NULL: there is none. */
const ls_relation *ls_index_for_key(const ls_alteration *alteration,
                                    const ls_constraint *constraint);

/* The first of the columns that may hold NULL; NULL if none may. */
const char *ls_nullable_column(const ls_relation *table, const ls_words *columns);

/* --- Constraints ----------------------------------------------------------------------------- */

/* Adds a CHECK to all tables; *name becomes its name. */
ls_work ls_add_check(ls_alteration *alteration, const ls_constraint *constraint, const char **name);

/* A valid CHECK, or the column itself, guarantees that it is not null. */
bool ls_is_proven_not_null(const ls_relation *table, const char *column);

/* The column is NOT NULL from now on in all tables: checks the rows where nothing proves it. */
ls_work ls_make_not_null(ls_alteration *alteration, const char *column, ls_span at);

/* Takes a foreign key away, with the locks on the referenced side. */
void ls_drop_foreign_key(ls_alteration *alteration, ls_relation_id table, const char *name,
                         ls_span at);

/* Takes a view away, with the lock, as CASCADE does. */
void ls_drop_view_of(ls_alteration *alteration, ls_relation_id view, ls_span at);

/* --- The actions ----------------------------------------------------------------------------- */

typedef void ls_alter_function(ls_alteration *alteration, const ls_action *action);

ls_alter_function ls_alter_add_column;
ls_alter_function ls_alter_drop_column;
ls_alter_function ls_alter_column_type;

ls_alter_function ls_alter_set_default;
ls_alter_function ls_alter_drop_default;
ls_alter_function ls_alter_set_not_null;
ls_alter_function ls_alter_drop_not_null;
ls_alter_function ls_alter_set_expression;
ls_alter_function ls_alter_drop_expression;
ls_alter_function ls_alter_add_identity;
ls_alter_function ls_alter_set_identity;
ls_alter_function ls_alter_drop_identity;
ls_alter_function ls_alter_column_property;

ls_alter_function ls_alter_add_constraint;
ls_alter_function ls_alter_validate_constraint;
ls_alter_function ls_alter_alter_constraint;
ls_alter_function ls_alter_drop_constraint;

ls_alter_function ls_alter_attach;
ls_alter_function ls_alter_detach;
ls_alter_function ls_alter_inherit;
ls_alter_function ls_alter_no_inherit;

ls_alter_function ls_alter_options;
ls_alter_function ls_alter_persistence;
ls_alter_function ls_alter_tablespace;
ls_alter_function ls_alter_access_method;
ls_alter_function ls_alter_cluster_on;
ls_alter_function ls_alter_trigger;
ls_alter_function ls_alter_rule;
ls_alter_function ls_alter_owner;
ls_alter_function ls_alter_replica_identity;
ls_alter_function ls_alter_row_security;
ls_alter_function ls_alter_of_type;
ls_alter_function ls_alter_unanalysed;

/* ALTER TYPE of a composite type: its attributes (alter_composite.c). */
void ls_alter_composite(ls_alteration *alteration);

/* Lock mode of SET and RESET (...) on a table, view or index (alter_options.c). */
ls_lock_mode ls_options_lock(const ls_options *options);

#endif
