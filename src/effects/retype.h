/*
 * retype.h - a column that gets another type, between what the change does (alter_type.c) and what
 * is told of it (retype.c).
 */
#ifndef LS_EFFECTS_RETYPE_H
#define LS_EFFECTS_RETYPE_H

#include "effects/alter.h"
#include "effects/types.h"

typedef struct {
    ls_alteration *alteration;
    const ls_action *action;
    ls_effect *effect;
    ls_catalog_column column; /* before */
    ls_data_type to;
    const char *collation; /* after */
    ls_type_change change;
    ls_work work; /* the strongest so far */
} ls_column_retype;

/* Gives the effect the types, what they do to values, and what an online change needs. */
void ls_describe_retype(const ls_column_retype *retyping);

#endif
