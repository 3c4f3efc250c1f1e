/*
 * states.h - the tables as each stage left them.
 *
 * The catalog knows only the present. Before the first stage every relation is copied, and after a
 * stage those that it touched; what a copy points to lives as long as the catalog.
 */
#ifndef LS_PLAN_STATES_H
#define LS_PLAN_STATES_H

#include "catalog/catalog.h"

typedef struct ls_plan_states ls_plan_states;

/* Copies every relation that there is. */
ls_plan_states *ls_states_new(ls_arena *arena, ls_catalog *catalog);

/* Copies the relation as it is when so many stages are done; one that is gone is noted as gone. */
void ls_states_note(ls_plan_states *states, ls_relation_id id, unsigned done);

/* The relation when so many stages were done; NULL: it was not there. */
const ls_relation *ls_states_at(const ls_plan_states *states, ls_relation_id id, unsigned done);

/* The one of that name; schema NULL: public, or any. */
const ls_relation *ls_states_named(const ls_plan_states *states, const char *schema,
                                   const char *name, unsigned done);

/* All relations of which there is a state. */
ls_relation_ids ls_states_relations(const ls_plan_states *states);

/* Those that were noted when a stage was done: what the plan touches. */
ls_relation_ids ls_states_touched(const ls_plan_states *states);

#endif
