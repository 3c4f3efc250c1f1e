/*
 * ahead.h - what the rest of the file does to the same thing.
 *
 * A statement that takes something away is another matter where a later one puts it back. All of
 * these look at what is written, in the statement itself and after it; names are resolved in the
 * catalog as it is now. ls_unrepeatable_before looks back instead.
 */
#ifndef LS_EFFECTS_AHEAD_H
#define LS_EFFECTS_AHEAD_H

#include "effects/body_statements.h"

/* The action of that kind on that column or trigger of the relation, in the ALTER TABLE that is
 * being read or in a later one; NULL if there is none. `name` NULL: all triggers. */
const ls_action *ls_action_ahead(const ls_builder *builder, ls_relation_id relation,
                                 ls_action_kind kind, const char *name);

/* What that action, or any other that is found ahead, is written in. */
const ls_source *ls_source_ahead(const ls_builder *builder, ls_relation_id relation,
                                 const ls_action *action);

/* The same before anybody else can see what the statement has done: in the statement itself, or in
 * a later one of the same transaction or body. */
bool ls_action_at_once(const ls_builder *builder, ls_relation_id relation, ls_action_kind kind,
                       const char *name);

/* Another statement of the same transaction, before this one or after it, is the other half of a
 * swap: in the end a column has the name that this one takes away or gives. */
bool ls_swaps_columns(const ls_builder *builder, const ls_rename *rename);

/* An earlier statement of the file has given the column its name, and said so: it is no half of a
 * swap. */
bool ls_column_was_renamed(const ls_builder *builder, ls_relation_id relation, const char *column);

/* A RENAME of the file, before or after, takes the name from a column of the relation, or gives it
 * to one. */
bool ls_column_changes_name(const ls_builder *builder, ls_relation_id relation, const char *column);

/* The file makes a function that inserts into the table, or a namesake of it. */
bool ls_is_function_inserting(const ls_builder *builder, ls_relation_id relation);

/* A later statement gives another column of the relation that name. */
bool ls_rename_ahead(const ls_builder *builder, ls_relation_id relation, const char *column);

/* A statement of the file, before or after, renames the table, and no view takes the old name: who
 * names the table fails, whatever becomes of its parts. */
bool ls_is_table_renamed(const ls_builder *builder, ls_relation_id relation);

/* The statement that is being read, or a later one, gives the relation a primary key. */
bool ls_primary_key_ahead(const ls_builder *builder, ls_relation_id relation);

/* The statement that is being read adds a key over these columns, in whatever order, or a later one
 * of the same transaction or body. */
bool ls_key_at_once(const ls_builder *builder, ls_relation_id relation, const ls_words *columns);

/* The later statements of the same transaction or body that give the relation a trigger. */
ls_statements ls_triggers_at_once(const ls_builder *builder, ls_relation_id relation);

/* How many policies later statements give the relation. */
size_t ls_policies_ahead(const ls_builder *builder, ls_relation_id relation);

/* A later DROP of a table, view, index or the like names the relation. */
bool ls_drop_ahead(const ls_builder *builder, ls_relation_id relation);

/* A later ALTER TABLE gives the table a primary key or sets its replica identity. */
bool ls_identity_ahead(const ls_builder *builder, ls_relation_id table);

/* A later CREATE INDEX, outside the transaction that is open, makes an index on the table whose
 * first key is that of the index; NULL if there is none. */
const ls_statement *ls_index_ahead(ls_builder *builder, const ls_relation *index);

/* The same within the transaction that is open, so that nobody sees it without. */
bool ls_index_at_once(ls_builder *builder, const ls_relation *index);

/* A statement of the file that is committed by now and fails if it is run again, as "ALTER TABLE
 * on line 3"; NULL if there is none, or the transaction would undo it. */
const char *ls_unrepeatable_before(ls_builder *builder);

/* A later ALTER SEQUENCE ... AS gives the sequence another type. */
bool ls_sequence_type_ahead(const ls_builder *builder, ls_relation_id sequence);

/* A later statement gives the table a primary key or a comment; `written` is its name in the
 * statement at hand. */
bool ls_is_given_ahead(const ls_builder *builder, ls_creation_kind kind, const ls_name *written,
                       ls_relation_id relation);

#endif
