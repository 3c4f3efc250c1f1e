/*
 * recipe.h - SQL that only the catalog can fill in.
 *
 * The help of a rule is a template. Where the safe way takes a statement for every partition or
 * index, or a condition that PostgreSQL would write itself, the family writes it out with these and
 * gives it to the effect as an attribute. Each is NULL where the history does not tell enough, so
 * that a help falls back to words.
 */
#ifndef LS_EFFECTS_RECIPE_H
#define LS_EFFECTS_RECIPE_H

#include "effects/builder.h"

/* What follows the table's name in the CREATE INDEX of such an index: "USING gin (a) WHERE b". */
const char *ls_index_definition(ls_builder *builder, const ls_relation *index);

/* An index of the parent on every partition, built without blocking anybody and attached:
 * `parent_index` is its name, `like` what it is like; with the constraint, if `like` belongs to
 * one. A partition that has such an index only gets it attached. */
const char *ls_partition_recipe(ls_builder *builder, ls_relation_id parent, const ls_relation *like,
                                const char *parent_index);

/* Builds on the table, without blocking anybody, what an index of its parent-to-be is like; a
 * constraint that owns it too. Adds lines to *steps (NULL: none yet). */
void ls_add_index_step(ls_builder *builder, const char **steps, ls_relation_id table,
                       const ls_relation *like);

/* The bound as a condition on the keys, in the form that proves it: with IS NOT NULL, so that rows
 * that fit are those for which it is true. The bound stands in the source at hand. */
const char *ls_bound_condition(ls_builder *builder, const ls_relation *parent,
                               const ls_bound *bound);

/* A name for a CHECK with such a condition. */
const char *ls_bound_constraint(ls_builder *builder, const char *partition);

/* The condition that keeps all rows of the bound out of the DEFAULT partition. */
const char *ls_bound_exclusion(ls_builder *builder, const ls_relation *parent,
                               const ls_bound *bound);

/* FOREIGN KEY (a) REFERENCES t (b) ON DELETE CASCADE */
const char *ls_foreign_key_clause(ls_builder *builder, const ls_catalog_constraint *key);

/* Words joined by commas, quoted where SQL needs it: "a, b". */
const char *ls_column_list(ls_builder *builder, const ls_words *columns);

#endif
