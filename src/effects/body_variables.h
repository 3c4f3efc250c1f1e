/*
 * body_variables.h - what PL/pgSQL's variables hold, as far as the text of a body says it.
 *
 * A value is known only of a variable whose declaration was seen, whose type keeps a text as it is,
 * and which no other block declares again.
 */
#ifndef LS_EFFECTS_BODY_VARIABLES_H
#define LS_EFFECTS_BODY_VARIABLES_H

#include "support/vector.h"

#include <stdbool.h>

typedef LS_VECTOR(const char *) ls_texts;

typedef struct {
    const char *name, *type;
    const char *field; /* of a record, the one whose value is known; NULL: it is no record */
    ls_texts values;   /* of an array its elements, else the one value; empty: not known */
    bool is_declared_again;
} ls_body_variable;

typedef struct {
    LS_VECTOR(ls_body_variable) items; /* the innermost last */
} ls_body_variables;

void ls_body_variables_declare(ls_arena *arena, ls_body_variables *variables, const char *name,
                               const char *type);

/* The type of those that a loop over numbers has of its own. */
extern const char LS_LOOP_COUNTER[];

/* A text, or the value of a record's only field. */
void ls_body_variables_set(ls_arena *arena, ls_body_variables *variables, const char *name,
                           const char *field, const char *value);
void ls_body_variables_set_array(ls_body_variables *variables, const char *name, ls_texts values);

/* Of all that the text names. */
void ls_body_variables_forget(ls_body_variables *variables, const char *text);

/* The value of a variable, or of a record's field; NULL if it is not known. */
const char *ls_body_variables_text(const ls_body_variables *variables, const char *name,
                                   const char *field);
/* The elements of an array; empty if they are not known. */
ls_texts ls_body_variables_array(const ls_body_variables *variables, const char *name);

#endif
