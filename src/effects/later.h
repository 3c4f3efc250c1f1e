/*
 * later.h - what later statements of the run make good.
 *
 * A foreign key without an index, or a constraint that is NOT VALID, is only half of a change: the
 * other half may stand further down, or in a later migration of the same run. The statements that
 * can be such a half are listed by the table that they name, at the first question; names are
 * resolved in the catalog as it is when somebody asks.
 */
#ifndef LS_EFFECTS_LATER_H
#define LS_EFFECTS_LATER_H

#include "effects/builder.h"
#include "sql/script.h"

/* The statements of the script, which is the run's file of that number, may be asked about. */
void ls_later_list(ls_replay *replay, const ls_script *script, uint32_t file);

/* An index that leads with these columns, in whatever order, is built later. */
bool ls_indexed_later(const ls_builder *builder, ls_relation_id table, const ls_words *columns);

/* The constraint is validated by this statement or later, or dropped, or its table is. */
bool ls_settled_later(const ls_builder *builder, ls_relation_id table, const char *constraint);

/* The table is analyzed later. */
bool ls_analyzed_later(const ls_builder *builder, ls_relation_id table);

/* The plain CREATE TABLE of a name that comes later, where nothing before it drops or renames what
 * bears the name, nor may do so unseen; NULL: there is none. */
const ls_statement *ls_created_later(const ls_builder *builder, const ls_name *name);

#endif
