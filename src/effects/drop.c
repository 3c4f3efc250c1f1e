/*
 * drop.c - DROP: what goes, what it takes with it, and what it locks. See drop.h.
 *
 * ACCESS EXCLUSIVE is taken on everything that goes and on every table that loses something: the
 * referenced table of a foreign key, the parent of a partition with its DEFAULT partition, the
 * table of a dropped default or column (measured on 12 to 18; the DEFAULT partition on 15).
 */
#include "effects/drop.h"

#include "effects/families.h"

#include <string.h>

bool ls_drop_has(const ls_dropping *dropping, ls_relation_id id) {
    for (LS_EACH(const ls_relation_id, known, dropping->relations))
        if (*known == id)
            return true;
    return false;
}

void ls_drop_add(ls_dropping *dropping, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(dropping->builder, id);
    if (!relation || ls_drop_has(dropping, id))
        return;
    LS_PUSH(dropping->builder->arena, &dropping->relations, id);
    for (LS_EACH(const ls_relation_id, child, relation->children)) {
        const ls_relation *below = ls_relation_of(dropping->builder, *child);
        if (below && below->is_partition)
            ls_drop_add(dropping, *child);
    }
}

/* --- Dependents ----------------------------------------------------------------------------- */

/* Goes away with what the statement names anyway. */
static bool goes_anyway(const ls_dropping *dropping, const ls_dependency *dependent) {
    if (!dependent->relation)
        return false;
    if (ls_drop_has(dropping, dependent->relation))
        return true;
    const ls_relation *index = ls_relation_of(dropping->builder, dependent->relation);
    return index && index->kind == LS_RELATION_INDEX && ls_drop_has(dropping, index->table);
}

static bool is_noted(const ls_dropping *dropping, const ls_dependency *dependent) {
    for (LS_EACH(const ls_dependency, known, dropping->dependents))
        if (known->kind == dependent->kind && known->relation == dependent->relation &&
            (known->name == dependent->name ||
             (known->name && dependent->name && strcmp(known->name, dependent->name) == 0)))
            return true;
    return false;
}

static void take_dependent(ls_dropping *dropping, const ls_dependency *dependent) {
    const bool is_relation =
        dependent->kind == LS_DEPENDS_VIEW || dependent->kind == LS_DEPENDS_TABLE;
    if (is_relation)
        ls_drop_add(dropping, dependent->relation);
    else if (!is_noted(dropping, dependent))
        LS_PUSH(dropping->builder->arena, &dropping->dependents, *dependent);
}

void ls_drop_dependents(ls_dropping *dropping, const ls_dependencies *dependents, const char *what,
                        ls_span at) {
    for (LS_EACH(const ls_dependency, dependent, *dependents)) {
        if (goes_anyway(dropping, dependent))
            continue;
        if (!dropping->drop->cascade) {
            ls_refuse(dropping->builder, at, "cannot drop %s because other objects depend on it",
                      what);
            return;
        }
        take_dependent(dropping, dependent);
    }
}

static const char *kind_in_message(ls_relation_kind kind) {
    static const char *const words[] = {
        [LS_RELATION_TABLE] = "table",
        [LS_RELATION_PARTITIONED_TABLE] = "table",
        [LS_RELATION_FOREIGN_TABLE] = "foreign table",
        [LS_RELATION_VIEW] = "view",
        [LS_RELATION_MATERIALIZED_VIEW] = "materialized view",
        [LS_RELATION_INDEX] = "index",
        [LS_RELATION_SEQUENCE] = "sequence",
        [LS_RELATION_COMPOSITE_TYPE] = "type",
        [LS_RELATION_UNKNOWN] = "relation",
    };
    return words[kind];
}

static void find_dependents(ls_dropping *dropping, ls_relation_id id, ls_span at) {
    ls_builder *builder = dropping->builder;
    const ls_relation *relation = ls_relation_of(builder, id);
    const char *what = ls_arena_format(builder->arena, "%s %s", kind_in_message(relation->kind),
                                       ls_shown(builder, id));
    const ls_dependencies dependents =
        ls_dependents_of_relation(builder->arena, builder->catalog, id);
    ls_drop_dependents(dropping, &dependents, what, at);
    const ls_relation_ids sequences = ls_owned_sequences(builder, relation);
    for (LS_EACH(const ls_relation_id, sequence, sequences)) {
        const ls_dependencies users =
            ls_dependents_of_relation(builder->arena, builder->catalog, *sequence);
        ls_drop_dependents(dropping, &users, what, at);
    }
}

void ls_drop_closure(ls_dropping *dropping, ls_span at) {
    for (size_t i = 0; i < dropping->relations.count; i++)
        find_dependents(dropping, dropping->relations.items[i], at);
}

/* --- Locks ---------------------------------------------------------------------------------- */

static void lock_parents(ls_builder *builder, const ls_relation *relation, ls_span at) {
    if (!relation->is_partition)
        return;
    for (LS_EACH(const ls_relation_id, id, relation->parents)) {
        const ls_relation *parent = ls_relation_of(builder, *id);
        if (!parent)
            continue;
        ls_take_lock(builder, *id, LS_ACCESS_EXCLUSIVE, at);
        ls_take_lock(builder, ls_default_partition(builder->catalog, parent), LS_ACCESS_EXCLUSIVE,
                     at);
    }
}

/* A partition's copy of its parent's foreign key goes without a lock on the referenced table
 * (measured on 15). */
static void lock_relation(ls_builder *builder, ls_relation_id id, ls_span at) {
    const ls_relation *relation = ls_relation_of(builder, id);
    ls_take_lock_with_indexes(builder, id, LS_ACCESS_EXCLUSIVE, LS_ACCESS_EXCLUSIVE, at);
    for (LS_EACH(const ls_catalog_constraint, key, relation->constraints))
        if (key->kind == LS_CONSTRAINT_FOREIGN_KEY && !key->inherited)
            ls_take_lock(builder, key->referenced, LS_ACCESS_EXCLUSIVE, at);
    const ls_relation_ids sequences = ls_owned_sequences(builder, relation);
    for (LS_EACH(const ls_relation_id, sequence, sequences))
        ls_take_lock(builder, *sequence, LS_ACCESS_EXCLUSIVE, at);
    lock_parents(builder, relation, at);
}

/* What loses a part: the index's table, the referenced table of a foreign key that goes. */
static void lock_dependent(ls_builder *builder, const ls_dependency *dependent, ls_span at) {
    const ls_relation *relation = ls_relation_of(builder, dependent->relation);
    if (!relation)
        return;
    ls_take_lock(builder, dependent->relation, LS_ACCESS_EXCLUSIVE, at);
    if (relation->kind == LS_RELATION_INDEX)
        ls_take_lock(builder, relation->table, LS_ACCESS_EXCLUSIVE, at);
    if (dependent->kind != LS_DEPENDS_FOREIGN_KEY)
        return;
    const ls_catalog_constraint *key = ls_relation_constraint(relation, dependent->name);
    if (key)
        ls_take_lock(builder, key->referenced, LS_ACCESS_EXCLUSIVE, at);
}

void ls_drop_locks(ls_dropping *dropping, ls_span at) {
    for (LS_EACH(const ls_relation_id, id, dropping->relations))
        lock_relation(dropping->builder, *id, at);
    for (LS_EACH(const ls_dependency, dependent, dropping->dependents))
        lock_dependent(dropping->builder, dependent, at);
}

void ls_drop_apply(ls_dropping *dropping) {
    for (LS_EACH(const ls_dependency, dependent, dropping->dependents))
        ls_catalog_drop_dependent(dropping->builder->catalog, dependent);
    for (LS_EACH(const ls_relation_id, id, dropping->relations))
        if (ls_relation_of(dropping->builder, *id))
            ls_catalog_drop(dropping->builder->catalog, *id);
}

void ls_describe_drop(ls_builder *builder, ls_effect *effect, const ls_drop *drop) {
    ls_set_flag(builder, effect, LS_ATTRIBUTE_CASCADE, drop->cascade);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IF_EXISTS, drop->if_exists);
}

/* --- The statement -------------------------------------------------------------------------- */

void ls_effects_of_drop(ls_builder *builder, const ls_drop *drop) {
    switch (drop->kind) {
    case LS_OBJECT_TABLE:
    case LS_OBJECT_FOREIGN_TABLE:
    case LS_OBJECT_VIEW:
    case LS_OBJECT_MATERIALIZED_VIEW:
    case LS_OBJECT_SEQUENCE:
        ls_drop_relations(builder, drop);
        break;
    case LS_OBJECT_INDEX:
        ls_drop_indexes(builder, drop);
        break;
    case LS_OBJECT_TYPE:
    case LS_OBJECT_DOMAIN:
        ls_drop_types(builder, drop);
        break;
    case LS_OBJECT_FUNCTION:
        ls_drop_functions(builder, drop);
        break;
    case LS_OBJECT_SCHEMA:
        ls_drop_schemas(builder, drop);
        break;
    case LS_OBJECT_TRIGGER:
    case LS_OBJECT_RULE:
    case LS_OBJECT_POLICY:
        ls_drop_table_parts(builder, drop);
        break;
    default:
        ls_drop_others(builder, drop);
        break;
    }
}
