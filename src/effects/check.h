/*
 * check.h - CHECK constraints whose answer can change by itself.
 */
#ifndef LS_EFFECTS_CHECK_H
#define LS_EFFECTS_CHECK_H

#include "effects/builder.h"

/* Tells of a new CHECK of the table that calls a volatile function; of others nothing. */
void ls_note_check(ls_builder *builder, ls_relation_id table, const ls_constraint *written,
                   const char *name);

#endif
