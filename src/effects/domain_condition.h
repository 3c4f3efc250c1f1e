/*
 * domain_condition.h - what a domain asks of its values, said of a column.
 *
 * A domain is checked under strong locks; a CHECK of the table that says the same is not. Its
 * condition is the domain's own, with the column in the place of VALUE.
 */
#ifndef LS_EFFECTS_DOMAIN_CONDITION_H
#define LS_EFFECTS_DOMAIN_CONDITION_H

#include "effects/builder.h"

/* The condition on VALUE as one on the column; NULL for NULL. */
const char *ls_condition_on(ls_builder *builder, const char *text, const char *column);

/* `domain`, its `base` type, and what it asks of the column: `condition`, with a free name for a
 * `constraint` of the table. */
void ls_describe_domain(ls_builder *builder, ls_effect *effect, const ls_relation *table,
                        const ls_data_type *type, const char *column);

#endif
