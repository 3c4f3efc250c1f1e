/*
 * creations.h - what the file that is replayed creates, by name.
 */
#ifndef LS_EFFECTS_CREATIONS_H
#define LS_EFFECTS_CREATIONS_H

#include "effects/builder.h"

typedef enum {
    LS_CREATION_TABLE,
    LS_CREATION_VIEW,
    LS_CREATION_FUNCTION,
    LS_CREATION_TYPE, /* also a domain */
    LS_CREATION_PRIMARY_KEY,
    LS_CREATION_COMMENT, /* of a table */
    LS_CREATION_TRIGGER,
    LS_CREATION_POLICY,
    LS_CREATION_NONE, /* and how many kinds there are */
} ls_creation_kind;

/* A statement of the file, or of the body that the present one stands in, before that or after it,
 * creates such a thing of that name or gives it the name. Schema NULL: public, as it is for what a
 * statement names without one. A primary key and a comment go by their table; a trigger and a
 * policy by "table.name". */
bool ls_is_created(const ls_builder *builder, ls_creation_kind kind, const char *schema,
                   const char *name);

/* A later statement, of the same transaction if there is one, creates what the statement takes
 * away: "schema.name"; of a trigger or policy "schema.table.name". In a body, one of the body that
 * runs too counts as well. */
bool ls_is_made_again(const ls_builder *builder, ls_creation_kind kind, const char *name);

/* The same in whatever transaction. */
bool ls_is_created_ahead(const ls_builder *builder, ls_creation_kind kind, const char *schema,
                         const char *name);

/* The earlier statement, of the body or of the file, that gave the table or type its name: it
 * created or renamed it. NULL if there is none. */
const ls_statement *ls_naming_before(const ls_builder *builder, ls_creation_kind kind,
                                     const char *schema, const char *name);

#endif
