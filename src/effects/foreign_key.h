/*
 * foreign_key.h - what a new foreign key costs later: the index that it needs, the types it joins.
 *
 * However it is written: in CREATE TABLE, with a new column, or by ADD CONSTRAINT.
 */
#ifndef LS_EFFECTS_FOREIGN_KEY_H
#define LS_EFFECTS_FOREIGN_KEY_H

#include "effects/builder.h"

/* The words begin with the wanted ones, in whatever order. */
bool ls_words_lead(const ls_words *words, const ls_words *wanted);

/* An index of that method finds rows by these columns: it leads with them, and where it is partial
 * its condition says no more than that they are not null. */
bool ls_index_leads(const char *method, const ls_index_elements *elements,
                    const ls_expression *predicate, const ls_words *columns);

/* Tells of the foreign key that the table has got. `column` is the one that it is written at, or
 * NULL; `name` is its constraint's. */
void ls_note_foreign_key(ls_builder *builder, ls_relation_id table, const ls_constraint *written,
                         const char *column, const char *name);

#endif
