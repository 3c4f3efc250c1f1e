/*
 * create_table_like.h - what a new table takes from others: LIKE and its options; INHERITS in part.
 *
 * LIKE copies columns where it is written, and the rest once the table is there, after the table's
 * own keys (expandTableLikeClause; measured on 15).
 */
#ifndef LS_EFFECTS_CREATE_TABLE_LIKE_H
#define LS_EFFECTS_CREATE_TABLE_LIKE_H

#include "effects/builder.h"

void ls_copy_like_columns(ls_builder *builder, ls_relation_id table, const ls_like *like);

/* Checks, indexes and statistics objects, as far as the clause includes them. */
void ls_copy_like_parts(ls_builder *builder, ls_relation_id table, const ls_like *like);

/* The CHECKs of a table: inherited, as INHERITS does, or as the new table's own. */
void ls_copy_checks(ls_builder *builder, ls_relation_id table, const ls_relation *source,
                    bool inherited);

/* The table may have columns that are not known. */
void ls_forget_completeness(ls_builder *builder, ls_relation_id table);

#endif
