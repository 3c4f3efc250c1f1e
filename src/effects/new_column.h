/*
 * new_column.h - a column that is added, between what it costs (alter_add_column.c) and the steps
 * that the same can be done in (new_column.c).
 */
#ifndef LS_EFFECTS_NEW_COLUMN_H
#define LS_EFFECTS_NEW_COLUMN_H

#include "effects/alter.h"
#include "effects/types.h"
#include "effects/volatility.h"

typedef struct {
    const ls_action *action;
    const ls_column *written;
    ls_data_type type;
    ls_domain_facts domain;
    const ls_constraint *not_null, *default_value, *identity, *generated, *check, *unique,
        *primary_key, *reference;
    const ls_expression *value; /* the default, its own or the domain's */
    ls_volatility_verdict volatility;
    bool serial, has_default, is_volatile, rewrites;
    bool lacks_values; /* no row can have a value for it: an error as soon as there is a row */
    bool fails;        /* there are rows, or may be */
    ls_span hurts;     /* the clause that costs most */
} ls_new_column;

/* Gives the effect the definition without what costs, and names and conditions for the rest. */
void ls_describe_steps(ls_alteration *alteration, ls_effect *effect, const ls_new_column *column);

#endif
