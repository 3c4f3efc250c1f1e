/*
 * partition.c - see partition.h.
 *
 * PARTITION OF takes ACCESS EXCLUSIVE on the parent on every version, unlike ATTACH PARTITION. What
 * else it locks was measured: the DEFAULT partition and the parent's foreign keys on 12 to 18, the
 * parent's indexes and the tables that reference the parent on 15.20.
 */
#include "effects/partition.h"

#include "catalog/dependencies.h"
#include "effects/families.h"
#include "effects/predicates.h"
#include "effects/recipe.h"

#include <string.h>

/* --- Before --------------------------------------------------------------------------------- */

static void scan_leaves(ls_builder *builder, ls_relation_id table, ls_span at) {
    const ls_relation *relation = ls_relation_of(builder, table);
    if (relation->kind != LS_RELATION_PARTITIONED_TABLE) {
        ls_scan(builder, table, at);
        return;
    }
    const ls_relation_ids children = relation->children;
    for (LS_EACH(const ls_relation_id, child, children))
        scan_leaves(builder, *child, at);
}

/* A list has values, a range its ends, a hash a modulus. */
static void refuse_other_strategy(ls_builder *builder, const ls_relation *parent,
                                  const ls_bound *bound) {
    static const struct {
        char strategy;
        ls_bound_kind bound;
        const char *name;
    } strategies[] = {
        {'l', LS_BOUND_LIST, "list"}, {'r', LS_BOUND_RANGE, "range"}, {'h', LS_BOUND_HASH, "hash"}};
    if (bound->kind == LS_BOUND_DEFAULT && parent->partitioning.strategy == 'h')
        ls_refuse(builder, bound->at, "a hash-partitioned table may not have a default partition");
    if (bound->kind == LS_BOUND_DEFAULT || bound->kind == LS_BOUND_NONE)
        return;
    for (size_t i = 0; i < sizeof strategies / sizeof *strategies; i++)
        if (strategies[i].strategy == parent->partitioning.strategy &&
            strategies[i].bound != bound->kind)
            ls_refuse(builder, bound->at, "invalid bound specification for a %s partition",
                      strategies[i].name);
}

/* Rows of the DEFAULT partition might belong into the new one. True if it is read for them. */
static bool check_default(ls_builder *builder, const ls_relation *parent,
                          ls_relation_id default_partition, const ls_bound *bound) {
    ls_take_lock(builder, default_partition, LS_ACCESS_EXCLUSIVE, bound->at);
    ls_take_lock_below(builder, default_partition, LS_ACCESS_EXCLUSIVE, bound->at);
    if (ls_default_excludes_bound(ls_relation_of(builder, default_partition), &parent->partitioning,
                                  bound))
        return false;
    scan_leaves(builder, default_partition, bound->at);
    return true;
}

static void note_default(ls_builder *builder, ls_effect *effect, const ls_relation *parent,
                         const ls_create_table *create) {
    const ls_relation_id there = ls_default_partition(builder->catalog, parent);
    if (!there)
        return;
    if (create->bound.kind == LS_BOUND_DEFAULT) {
        ls_refuse(builder, create->bound.at,
                  "partition \"%s\" conflicts with existing default partition \"%s\"",
                  create->name.name, ls_relation_of(builder, there)->name);
        return;
    }
    const bool scanned = check_default(builder, parent, there, &create->bound);
    ls_set_text(builder, effect, LS_ATTRIBUTE_DEFAULT_PARTITION, ls_shown(builder, there));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_DEFAULT_SCANNED,
                scanned && ls_existed(builder, there));
    if (scanned)
        ls_set_work(builder, effect, LS_WORK_SCAN);
}

static void lock_foreign_keys(ls_builder *builder, const ls_relation *parent, ls_span at) {
    for (LS_EACH(const ls_catalog_constraint, key, parent->constraints)) {
        if (key->kind != LS_CONSTRAINT_FOREIGN_KEY)
            continue;
        ls_take_lock(builder, key->referenced, LS_SHARE_ROW_EXCLUSIVE, at);
        const ls_relation *referenced = ls_relation_of(builder, key->referenced);
        if (referenced && referenced->kind == LS_RELATION_PARTITIONED_TABLE)
            ls_take_lock_below(builder, key->referenced, LS_SHARE_ROW_EXCLUSIVE, at);
    }
    const ls_dependencies dependents =
        ls_foreign_keys_to(builder->arena, builder->catalog, parent->id);
    for (LS_EACH(const ls_dependency, dependent, dependents))
        ls_take_lock(builder, dependent->relation, LS_SHARE_ROW_EXCLUSIVE, at);
}

ls_effect *ls_note_partition(ls_builder *builder, const ls_create_table *create) {
    const ls_span at = create->partition_of.at;
    const ls_relation_id id =
        ls_named(builder, &create->partition_of, LS_RELATION_PARTITIONED_TABLE);
    const ls_relation *parent = ls_relation_of(builder, id);
    if (parent->birth.known && parent->kind != LS_RELATION_PARTITIONED_TABLE)
        ls_refuse(builder, at, "\"%s\" is not partitioned", parent->name);
    refuse_other_strategy(builder, parent, &create->bound);
    ls_take_lock_with_indexes(builder, id, LS_ACCESS_EXCLUSIVE, LS_SHARE_UPDATE_EXCLUSIVE, at);
    lock_foreign_keys(builder, parent, at);
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_CREATE_PARTITION, builder->statement->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_OTHER, ls_shown(builder, id));
    ls_set_text(builder, effect, LS_ATTRIBUTE_BOUND,
                create->bound.kind == LS_BOUND_DEFAULT ? "DEFAULT"
                                                       : ls_text_of(builder, create->bound.at));
    ls_set_written(builder, effect, LS_ATTRIBUTE_DEFINITION,
                   ls_span_of(create->bound.at.end, builder->statement->at.end));
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT,
                ls_bound_constraint(builder, create->name.name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_EXCLUSION,
                ls_bound_exclusion(builder, parent, &create->bound));
    note_default(builder, effect, parent, create);
    return effect;
}

/* --- After ---------------------------------------------------------------------------------- */

void ls_link_child(ls_builder *builder, ls_relation_id parent, ls_relation_id child) {
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    ls_relation *above = ls_catalog_amend(builder->catalog, parent);
    LS_PUSH(arena, &above->children, child);
    ls_relation *below = ls_catalog_amend(builder->catalog, child);
    LS_PUSH(arena, &below->parents, parent);
}

static void inherit_constraint(ls_builder *builder, ls_relation_id table,
                               const ls_catalog_constraint *of_parent) {
    if (of_parent->kind != LS_CONSTRAINT_CHECK && of_parent->kind != LS_CONSTRAINT_FOREIGN_KEY)
        return;
    ls_relation *relation = ls_catalog_amend(builder->catalog, table);
    ls_catalog_constraint constraint = *of_parent;
    constraint.inherited = true;
    constraint.local = false;
    constraint.valid = true;
    constraint.birth = constraint.validated = relation->birth;
    LS_PUSH(ls_catalog_arena(builder->catalog), &relation->constraints, constraint);
    if (constraint.kind == LS_CONSTRAINT_FOREIGN_KEY)
        ls_catalog_note_dependent(builder->catalog, constraint.referenced, table);
}

static void inherit_index(ls_builder *builder, ls_relation_id table, ls_relation_id of_parent) {
    const ls_relation_id id =
        ls_define_index_like(builder, table, ls_relation_of(builder, of_parent), NULL);
    ls_catalog_amend(builder->catalog, id)->parent_index = of_parent;
    ls_relation *above = ls_catalog_amend(builder->catalog, of_parent);
    LS_PUSH(ls_catalog_arena(builder->catalog), &above->child_indexes, id);
}

static void inherit_triggers(ls_builder *builder, ls_relation_id table, const ls_relation *parent) {
    for (LS_EACH(const ls_catalog_trigger, trigger, parent->triggers)) {
        ls_relation *relation = ls_catalog_amend(builder->catalog, table);
        if (trigger->row)
            LS_PUSH(ls_catalog_arena(builder->catalog), &relation->triggers, *trigger);
    }
}

void ls_make_partition(ls_builder *builder, ls_relation_id table, ls_relation_id parent_id,
                       const ls_bound *bound) {
    const ls_relation parent = *ls_relation_of(builder, parent_id);
    for (LS_EACH(const ls_catalog_column, column, parent.columns))
        ls_add_column_like(builder, table, column);
    for (LS_EACH(const ls_catalog_constraint, constraint, parent.constraints))
        inherit_constraint(builder, table, constraint);
    for (LS_EACH(const ls_relation_id, index, parent.indexes))
        inherit_index(builder, table, *index);
    inherit_triggers(builder, table, &parent);
    ls_link_child(builder, parent_id, table);
    ls_relation *relation = ls_catalog_amend(builder->catalog, table);
    relation->is_partition = true;
    relation->bound = bound;
    relation->columns_complete = relation->columns_complete && parent.columns_complete;
}
