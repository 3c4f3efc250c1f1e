/*
 * replacement.h - names and expressions for doing online what a rewrite does at once.
 *
 * A column that cannot be changed in place gets a successor: a new column that a trigger keeps
 * current, that is filled in batches, and that takes the old one's name in the end. The help of the
 * rules shows those steps; here are the parts of them that depend on the table.
 */
#ifndef LS_EFFECTS_REPLACEMENT_H
#define LS_EFFECTS_REPLACEMENT_H

#include "effects/builder.h"

/* `key`: a NOT NULL column with a unique index, by which the rows can be taken in batches. */
void ls_describe_key(ls_builder *builder, ls_effect *effect, ls_relation_id table);

/* `trigger` and `trigger_function`: names for what keeps a second column like the first. */
void ls_describe_trigger(ls_builder *builder, ls_effect *effect, const ls_relation *table,
                         const char *column);

/* `key`, and for the successor of the column: `new_name`, `trigger`, `trigger_function`, and the
 * `value` that it gets (NULL: the column's own) with its `row_value` in a trigger. */
void ls_describe_replacement(ls_builder *builder, ls_effect *effect, ls_relation_id table,
                             const char *column, const char *value);

#endif
