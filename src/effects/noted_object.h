/*
 * noted_object.h - the objects that are no relations, by the names that statements give them.
 */
#ifndef LS_EFFECTS_NOTED_OBJECT_H
#define LS_EFFECTS_NOTED_OBJECT_H

#include "effects/builder.h"

/* The object as the catalog has it now, or as the statement names it. The signature is a
 * function's.
 */
ls_noted_object ls_noted_object_of(ls_builder *builder, ls_object_kind kind, const ls_name *name,
                                   const ls_signature *signature);

/* "function app.total(integer)" */
const char *ls_noted_object_text(ls_arena *arena, const ls_noted_object *object);

#endif
