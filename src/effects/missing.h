/*
 * missing.h - relations that a statement names and that are not there: dropped by an earlier
 * migration, or created only by a later one.
 *
 * A relation that the history does not show is taken to be there, for most schemas are older than
 * their first migration. Only two things say that it is not: a DROP or RENAME before, or a plain
 * CREATE TABLE later, which would fail if it were. Both count for nothing where something between
 * may have made or dropped it unseen: dynamic SQL, a function that is called, what could not be
 * read, another search_path, a rollback.
 */
#ifndef LS_EFFECTS_MISSING_H
#define LS_EFFECTS_MISSING_H

#include "effects/builder.h"

/* Of a name that is in no catalog: tells of it if it is missing for certain. */
void ls_note_missing(ls_builder *builder, const ls_name *name);

/* Whether it was told so of a name in the statement, which PostgreSQL then refuses. */
bool ls_names_missing(const ls_outcome *outcome);

/* After each statement: which names it has taken away, and whether it may have done more. */
void ls_note_gone(ls_builder *builder);

/* What is gone is not known any more. */
void ls_forget_gone(ls_replay *replay);

#endif
