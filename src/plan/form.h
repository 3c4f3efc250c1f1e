/*
 * form.h - the keys of a plan: the one place that knows them.
 *
 * libcyaml's schema says how they nest and of which type they are; what it cannot say, the forms of
 * values and which key belongs to which verb, stands beside it in tables.
 */
#ifndef LS_PLAN_FORM_H
#define LS_PLAN_FORM_H

#include "config/form.h"
#include "plan/plan.h"

extern const cyaml_schema_value_t ls_plan_schema;

/* As ls_config_key_at, for a plan. */
const ls_config_key *ls_plan_key_at(const char *key);

/* The verbs that a modifier can stand beside, a bit for each; 0 if the key is no modifier. */
unsigned ls_plan_verbs_with(const char *modifier);

#define LS_PLAN_BIT(verb) (1u << (verb))

#endif
