/*
 * fill.h - placeholders whose values are known: those that a tool fills in before it reads the SQL.
 */
#ifndef LS_SQL_FILL_H
#define LS_SQL_FILL_H

#include "sql/source.h"

typedef struct {
    const char *name, *text;
} ls_placeholder_value;

typedef struct {
    const char *open, *close; /* the brackets; neither is empty */
    LS_VECTOR(ls_placeholder_value) values;
} ls_placeholders;

/*
 * The statement at `span` of a blanked text with the values filled in, as a source of its own that
 * knows where it comes from; NULL where there is nothing to fill in. NULL as placeholders: none.
 */
ls_source *ls_fill(ls_arena *arena, const ls_placeholders *placeholders, const ls_source *source,
                   const char *blanked, ls_span span);

#endif
