/*
 * doubt.h - the constraints that SQL which cannot be followed may have dropped or named anew.
 */
#ifndef LS_EFFECTS_DOUBT_H
#define LS_EFFECTS_DOUBT_H

#include "effects/builder.h"

/* EXECUTE in a body ran the expression at `at`, of which nobody knows what it gives: the
 * constraints that it may be about are doubted. */
void ls_doubt_constraints(ls_builder *builder, const char *body, ls_span at);

/* The index goes with a constraint that is doubted. */
bool ls_is_doubted_index(const ls_builder *builder, const ls_relation *index);

/* The table's doubted constraint of that name is gone, or has another name: what cannot stand
 * beside it is about to be made. Does nothing if it is not doubted. */
void ls_clear_doubted(ls_builder *builder, ls_relation_id table, const char *name);

#endif
