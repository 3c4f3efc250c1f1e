/*
 * families.h - what the families of statements share: births, parts of tables, and the columns,
 * constraints and indexes that a definition makes.
 */
#ifndef LS_EFFECTS_FAMILIES_H
#define LS_EFFECTS_FAMILIES_H

#include "effects/builder.h"

/* --- Births and existence ------------------------------------------------------------------- */

/* The birth of what the statement creates. IF NOT EXISTS proves nothing: the thing may have been
 * there, so that its birth is not known. */
ls_birth ls_birth_under(const ls_builder *builder, bool if_not_exists);

/* The relation that stands in the way of creating one of that name; 0 if none is known. */
ls_relation_id ls_in_the_way(const ls_builder *builder, const ls_name *name,
                             ls_persistence persistence);

/* True if creating something of that name ends here: `there` stands in the way, and the statement
 * either says IF NOT EXISTS or is refused. */
bool ls_is_taken(ls_builder *builder, const ls_name *name, ls_relation_id there,
                 bool if_not_exists);

/* What kind of relation a statement takes a name for that it calls so; unknown for kinds that are
 * no relations. */
ls_relation_kind ls_relation_kind_meant(ls_object_kind kind);

/* Whether a statement about objects of the kind names relations; a composite type is none here. */
bool ls_is_kind_of_relation(ls_object_kind kind);

/* An earlier statement of the history created it for certain. */
bool ls_surely_exists(const ls_builder *builder, ls_relation_id id);

/* What breaks for running code that uses the relation: nothing if it is new in this migration. */
void ls_break_users(ls_builder *builder, ls_effect *effect, const ls_birth *birth);

/* Refuses if the relation is surely of another kind: `"v" is not a table`. */
bool ls_refuse_other_kind(ls_builder *builder, ls_relation_id id, ls_relation_kind wanted,
                          ls_span at);

/* The schema in which a name stands or is created. */
const char *ls_schema_of(const ls_builder *builder, const ls_name *name);

/* "table", "materialized view", ...: the kind of object in words. */
const char *ls_object_words(ls_object_kind kind);

/* --- Constraints ----------------------------------------------------------------------------- */

/* PRIMARY KEY and UNIQUE; and with them EXCLUDE, the others that an index of their own enforces. */
bool ls_is_key(ls_constraint_kind kind);
bool ls_has_own_index(ls_constraint_kind kind);

/* --- Words ---------------------------------------------------------------------------------- */

ls_words ls_one_word(ls_builder *builder, const char *word);
/* True if both hold the same words, in whatever order. */
bool ls_same_words(const ls_words *one, const ls_words *other);

/* --- Locks on parts ------------------------------------------------------------------------- */

/* The mode on the relation, another on its indexes. */
void ls_take_lock_with_indexes(ls_builder *builder, ls_relation_id relation, ls_lock_mode mode,
                               ls_lock_mode index_mode, ls_span at);

/* The sequences that an expression takes values from: nextval('s.q') locks s.q with ROW EXCLUSIVE
 * (measured). */
void ls_lock_sequences(ls_builder *builder, const ls_expression *value);

/* The sequences that serial or identity columns of the table own. */
ls_relation_ids ls_owned_sequences(ls_builder *builder, const ls_relation *table);

/* --- Definitions ---------------------------------------------------------------------------- */

/* Adds a column as CREATE TABLE writes it: type, default, NOT NULL, identity or serial with its
 * sequence, generation. Its other constraints are ls_define_constraint's. */
void ls_define_column(ls_builder *builder, ls_relation_id table, const ls_column *column);

/* Adds a constraint with its name and, if it has one, its index. `column` is the column that it is
 * written at, or NULL for one of the table. */
void ls_define_constraint(ls_builder *builder, ls_relation_id table,
                          const ls_constraint *constraint, const char *column);

/* Adds the column to the table under a birth of this statement. */
void ls_add_column_like(ls_builder *builder, ls_relation_id table, const ls_catalog_column *like);

/* A sequence that a serial or identity column owns. */
void ls_define_owned_sequence(ls_builder *builder, ls_relation_id table, const char *column,
                              bool identity);

/* Adds an index to `table` with the definition of `like`. name NULL: PostgreSQL's choice. A
 * constraint that backs the index is added too. Returns its id. */
ls_relation_id ls_define_index_like(ls_builder *builder, ls_relation_id table,
                                    const ls_relation *like, const char *name);

/* True if both index the same things in the same way, names and uniqueness apart. */
bool ls_same_index(const ls_relation *one, const ls_relation *other);

/* The index as it would stand in the catalog, to be compared with those that do. */
const ls_relation *ls_index_as_written(ls_builder *builder, const ls_create_index *create,
                                       ls_span statement);

/* A valid index of the table that does all that the wanted one would do; 0 if there is none. The
 * second begins with the same keys and has more; the third is not unique and does nothing that the
 * wanted one would not do. */
ls_relation_id ls_duplicate_index(const ls_builder *builder, const ls_relation *table,
                                  const ls_relation *wanted);
ls_relation_id ls_covering_index(const ls_builder *builder, const ls_relation *table,
                                 const ls_relation *wanted);
ls_relation_id ls_covered_index(const ls_builder *builder, const ls_relation *table,
                                const ls_relation *wanted);

/* Every query that `narrow` serves is served by `wide`, which begins with the same keys, and
 * `narrow` guarantees nothing of its own. */
bool ls_serves_all_of(const ls_relation *wide, const ls_relation *narrow);

/* The column is among its keys or included. */
bool ls_indexes_column(const ls_relation *index, const char *column);

/* Their first keys are the same. */
bool ls_leads_alike(const ls_relation *one, const ls_relation *other);

/* The partition key has a column that the unique key does not: PostgreSQL refuses it. NULL if all
 * are covered, else the column's name ("" for an expression). */
const char *ls_uncovered_partition_key(const ls_partitioning *partitioning, const ls_words *key);

/* Refuses a foreign key that PostgreSQL is certain to refuse: no unique constraint on what it
 * references, or types that cannot be compared. `table` is looked at for its columns only. */
void ls_refuse_bad_reference(ls_builder *builder, const ls_relation *table,
                             const ls_constraint *key, const ls_words *columns);

/* What ON DELETE says, in words; NULL where it is left out. */
const char *ls_written_on_delete(const ls_builder *builder, const ls_constraint *key);

/* The effects of what CREATE TABLE writes; the table has it already. */
void ls_describe_definition(ls_builder *builder, const ls_create_table *create,
                            ls_relation_id table);

/* The effect of a constraint in a definition; `column` is the one it is written at, or NULL. */
void ls_describe_defined_constraint(ls_builder *builder, ls_relation_id table,
                                    const ls_constraint *constraint, const char *column);

/* "check", "foreign_key", ...: the attribute constraint_kind. */
const char *ls_constraint_kind_name(ls_constraint_kind kind);

/* The index that keeps exactly these columns of the table unique; 0 if there is none. */
ls_relation_id ls_unique_index_on(const ls_builder *builder, const ls_relation *table,
                                  const ls_words *columns);

/* Another index keeps the columns unique, in whatever order, when this one is gone. */
bool ls_stays_unique(const ls_builder *builder, const ls_relation *table, const ls_words *columns,
                     ls_relation_id without);

/* The default that the server keeps for a column: none where it is NULL, unless it has to be
 * converted (to a length, into a domain) first. Measured on 15. */
const ls_expression *ls_kept_default(ls_builder *builder, const ls_data_type *type,
                                     const ls_expression *value);

/* Notes that the table's default uses a sequence. */
void ls_note_default(ls_builder *builder, ls_relation_id table, const ls_expression *value);

/* Gives every NOT NULL of the table and its children a constraint, as 18 does; before it there are
 * none. In not_null.c. */
void ls_keep_not_null(ls_builder *builder, ls_relation_id table);
void ls_copy_not_null(ls_builder *builder, ls_relation_id table, const ls_relation *source);

/* Takes a column's NOT NULL away. `below`: because a parent lost it, which one of a child's own
 * outlives (measured on 18; before it nobody knows whose it is). */
void ls_drop_not_null(ls_builder *builder, ls_relation_id table, const char *column, bool below);

/* The constraint that is the NOT NULL of the column; NULL: there is none, as before 18. */
const ls_catalog_constraint *ls_not_null_of(const ls_relation *table, const char *column);

/* The function that is meant: of several with the name the one with these arguments. NULL: none,
 * or no telling. In function.c. */
const ls_catalog_function *ls_function_meant(ls_builder *builder, const ls_name *name,
                                             const ls_signature *signature);

/* Refuses columns that the table does not have, or that are given twice. In targets.c. */
void ls_refuse_targets(ls_builder *builder, const ls_query *query, const ls_relation *table);

/* Refuses an UPDATE of the table alone that compares an integer with a word. In literals.c. */
void ls_refuse_literals(ls_builder *builder, const ls_query *query, const ls_relation *table);

/* Refuses an index that its access method cannot be. In access_method.c. */
void ls_refuse_unfit_method(ls_builder *builder, const ls_create_index *create,
                            const ls_relation *table);

/* Keeps what the statement says of an object and nothing else in the catalog holds: comments,
 * privileges, owners, options. In notes.c. */
void ls_note_said(ls_builder *builder, const ls_statement *statement);

/* Of a trigger that is dropped: another one of the table that does the same, or another that takes
 * its place in the same transaction. In trigger.c. */
void ls_describe_trigger_successor(ls_builder *builder, ls_effect *effect, const ls_relation *table,
                                   const char *name);

/* --- Replication (publication.c) ------------------------------------------------------------ */

/* UPDATE and DELETE fail once the table is published: it has no primary key and no other replica
 * identity, and no later statement of the migration gives it one. False where that is unknown. */
bool ls_is_unidentified(const ls_builder *builder, const ls_relation *table);

/* --- Enum values (type.c) ------------------------------------------------------------------- */

/* The same as ls_check_enum_use for every comparison of a column of the table in a condition. */
void ls_check_enum_condition(ls_builder *builder, const ls_expression *condition,
                             const ls_relation *table);

#endif
