/*
 * partition.h - a new table becomes a partition: CREATE TABLE ... PARTITION OF.
 */
#ifndef LS_EFFECTS_PARTITION_H
#define LS_EFFECTS_PARTITION_H

#include "effects/builder.h"

/* Notes what it takes from the parent and from what hangs on it, and refuses what PostgreSQL
 * refuses; before the partition is there. The effect is about the parent and lacks only the
 * partition's name. */
ls_effect *ls_note_partition(ls_builder *builder, const ls_create_table *create);

/* Gives the new table the parent's columns, constraints, indexes and triggers. */
void ls_make_partition(ls_builder *builder, ls_relation_id table, ls_relation_id parent,
                       const ls_bound *bound);

/* The child takes its place under the parent: partitions and inheritance. */
void ls_link_child(ls_builder *builder, ls_relation_id parent, ls_relation_id child);

#endif
