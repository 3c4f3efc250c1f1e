/*
 * maintenance.c - CLUSTER, VACUUM, ANALYZE, TRUNCATE, LOCK TABLE.
 *
 * Measured on 12 to 18, apart from VACUUM's locks on indexes (ROW EXCLUSIVE, as the server takes
 * them: it cannot be measured from inside a transaction), partitions and inheritance (on 15).
 */
#include "effects/families.h"
#include "effects/sources.h"

#include "catalog/dependencies.h"

/* --- CLUSTER -------------------------------------------------------------------------------- */

/* The rows are read in the order of the index. */
static void rewrite_leaves(ls_builder *builder, ls_relation_id id, ls_span at) {
    const ls_relation *table = ls_relation_of(builder, id);
    ls_take_lock(builder, id, LS_ACCESS_EXCLUSIVE, at);
    if (table->kind != LS_RELATION_PARTITIONED_TABLE) {
        ls_refill(builder, id, at);
        return;
    }
    const ls_relation_ids children = table->children;
    for (LS_EACH(const ls_relation_id, child, children))
        rewrite_leaves(builder, *child, at);
}

/* A partitioned table is clustered partition by partition, each in a transaction of its own; before
 * 15 not at all (documentation: CLUSTER). */
static void cluster_partitioned(ls_builder *builder, const ls_cluster *cluster) {
    if (builder->postgres < 15)
        ls_refuse(builder, cluster->relation.at, "cannot cluster a partitioned table");
    else
        ls_forbid_in_transaction(builder, "CLUSTER");
}

void ls_effects_of_cluster(ls_builder *builder, const ls_cluster *cluster) {
    const ls_span at = builder->statement->at;
    if (!cluster->relation.name) {
        ls_forbid_in_transaction(builder, "CLUSTER");
        ls_effect *all = ls_add_effect(builder, LS_EFFECT_CLUSTER, at, 0);
        ls_set_text(builder, all, LS_ATTRIBUTE_RELATION, "every table that was clustered before");
        ls_set_work(builder, all, LS_WORK_REWRITE);
        return;
    }
    const ls_relation_id id = ls_named(builder, &cluster->relation, LS_RELATION_TABLE);
    if (ls_relation_of(builder, id)->kind == LS_RELATION_PARTITIONED_TABLE)
        cluster_partitioned(builder, cluster);
    if (ls_is_refused(builder))
        return;
    rewrite_leaves(builder, id, at);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_CLUSTER, at, id);
    if (cluster->index)
        ls_set_text(builder, effect, LS_ATTRIBUTE_INDEX, ls_quoted(builder, cluster->index));
    ls_set_work(builder, effect, LS_WORK_REWRITE);
}

/* --- VACUUM and ANALYZE --------------------------------------------------------------------- */

static bool has_storage(const ls_relation *relation) {
    return relation->kind == LS_RELATION_TABLE || relation->kind == LS_RELATION_MATERIALIZED_VIEW ||
           relation->kind == LS_RELATION_UNKNOWN;
}

static void vacuum_table(ls_builder *builder, const ls_vacuum *vacuum, ls_relation_id id) {
    const ls_span at = builder->statement->at;
    if (vacuum->vacuum && vacuum->full)
        ls_rewrite(builder, id, at);
    else
        ls_take_lock_with_indexes(builder, id, LS_SHARE_UPDATE_EXCLUSIVE,
                                  vacuum->vacuum ? LS_ROW_EXCLUSIVE : LS_ACCESS_SHARE, at);
}

/* Partitions are vacuumed as tables of their own; ANALYZE of an inheritance parent also reads its
 * children. */
static void vacuum_below(ls_builder *builder, const ls_vacuum *vacuum, ls_relation_id id) {
    const ls_relation_ids below = ls_relation_descendants(builder->arena, builder->catalog, id);
    for (LS_EACH(const ls_relation_id, child, below)) {
        const ls_relation *relation = ls_relation_of(builder, *child);
        if (relation->kind == LS_RELATION_PARTITIONED_TABLE)
            ls_take_lock(builder, *child, LS_SHARE_UPDATE_EXCLUSIVE, builder->statement->at);
        else if (relation->is_partition)
            vacuum_table(builder, vacuum, *child);
        else if (!vacuum->vacuum || vacuum->analyze)
            ls_take_lock(builder, *child, LS_ACCESS_SHARE, builder->statement->at);
    }
}

static const char every_table[] = "every table";

static void describe_vacuum(ls_builder *builder, const ls_vacuum *vacuum, ls_relation_id id,
                            ls_span at) {
    if (!vacuum->vacuum) {
        ls_set_work(builder, ls_add_effect(builder, LS_EFFECT_ANALYZE, at, id), LS_WORK_ROWS);
        return;
    }
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_VACUUM, at, id);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_FULL, vacuum->full);
    if (id == 0)
        ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION, every_table);
    ls_set_work(builder, effect, vacuum->full ? LS_WORK_REWRITE : LS_WORK_ROWS);
}

static void vacuum_everything(ls_builder *builder, const ls_vacuum *vacuum) {
    const ls_relation_ids all = ls_catalog_relations(builder->arena, builder->catalog);
    for (LS_EACH(const ls_relation_id, id, all)) {
        const ls_relation *relation = ls_relation_of(builder, *id);
        if (relation && has_storage(relation))
            vacuum_table(builder, vacuum, *id);
    }
    describe_vacuum(builder, vacuum, 0, builder->statement->at);
}

static void vacuum_named(ls_builder *builder, const ls_vacuum *vacuum, const ls_name *name) {
    const ls_relation_id id = ls_named(builder, name, LS_RELATION_TABLE);
    if (ls_relation_of(builder, id)->kind == LS_RELATION_PARTITIONED_TABLE)
        ls_take_lock(builder, id, LS_SHARE_UPDATE_EXCLUSIVE, builder->statement->at);
    else
        vacuum_table(builder, vacuum, id);
    vacuum_below(builder, vacuum, id);
    describe_vacuum(builder, vacuum, id, name->at);
}

void ls_effects_of_vacuum(ls_builder *builder, const ls_vacuum *vacuum) {
    if (vacuum->vacuum)
        ls_forbid_in_transaction(builder, "VACUUM");
    if (vacuum->relations.count == 0)
        vacuum_everything(builder, vacuum);
    for (LS_EACH(const ls_name, name, vacuum->relations))
        vacuum_named(builder, vacuum, name);
}

/* --- TRUNCATE ------------------------------------------------------------------------------- */

typedef struct {
    ls_builder *builder;
    const ls_truncate *truncate;
    ls_relation_ids tables; /* that lose their rows */
} truncation;

static bool is_truncated(const truncation *run, ls_relation_id id) {
    for (LS_EACH(const ls_relation_id, table, run->tables))
        if (*table == id)
            return true;
    return false;
}

static void add_truncated(truncation *run, ls_relation_id id) {
    const ls_relation *table = ls_relation_of(run->builder, id);
    if (!table || is_truncated(run, id))
        return;
    LS_PUSH(run->builder->arena, &run->tables, id);
    const ls_relation_ids children = table->children;
    for (LS_EACH(const ls_relation_id, child, children))
        add_truncated(run, *child);
}

/* Tables that reference a truncated one go with it by CASCADE, and are in the way without. */
static void add_referencing(truncation *run, ls_relation_id id) {
    ls_builder *builder = run->builder;
    const ls_dependencies dependents = ls_foreign_keys_to(builder->arena, builder->catalog, id);
    for (LS_EACH(const ls_dependency, dependent, dependents)) {
        if (is_truncated(run, dependent->relation))
            continue;
        if (run->truncate->cascade)
            add_truncated(run, dependent->relation);
        else
            ls_refuse(builder, builder->statement->at,
                      "cannot truncate a table referenced in a foreign key constraint");
    }
}

static void truncate_table(truncation *run, ls_relation_id id) {
    ls_builder *builder = run->builder;
    const ls_span at = builder->statement->at;
    ls_take_lock_with_indexes(builder, id, LS_ACCESS_EXCLUSIVE, LS_ACCESS_EXCLUSIVE, at);
    ls_note_emptied(builder, id);
    if (!run->truncate->restart_identity)
        return;
    const ls_relation_ids sequences = ls_owned_sequences(builder, ls_relation_of(builder, id));
    for (LS_EACH(const ls_relation_id, sequence, sequences))
        ls_take_lock(builder, *sequence, LS_ACCESS_EXCLUSIVE, at);
}

void ls_effects_of_truncate(ls_builder *builder, const ls_truncate *truncate) {
    truncation run = {.builder = builder, .truncate = truncate};
    for (LS_EACH(const ls_name, name, truncate->relations)) {
        const ls_relation_id id = ls_named(builder, name, LS_RELATION_TABLE);
        if (ls_refuse_other_kind(builder, id, LS_RELATION_TABLE, name->at))
            return;
        add_truncated(&run, id);
    }
    for (size_t i = 0; i < run.tables.count; i++)
        add_referencing(&run, run.tables.items[i]);
    if (ls_is_refused(builder))
        return;
    for (LS_EACH(const ls_relation_id, id, run.tables))
        truncate_table(&run, *id);
    for (LS_EACH(const ls_name, name, truncate->relations)) {
        ls_effect *effect =
            ls_add_effect(builder, LS_EFFECT_TRUNCATE, name->at, ls_known(builder, name));
        ls_set_flag(builder, effect, LS_ATTRIBUTE_CASCADE, truncate->cascade);
    }
}

/* --- LOCK TABLE ----------------------------------------------------------------------------- */

/* Partitions and children too; of a view, all that it reads (measured on 15). */
static void lock_relation(ls_builder *builder, ls_relation_id id, ls_lock_mode mode, ls_span at) {
    ls_take_lock(builder, id, mode, at);
    ls_take_lock_below(builder, id, mode, at);
    const ls_relation *relation = ls_relation_of(builder, id);
    if (!relation || relation->kind != LS_RELATION_VIEW)
        return;
    const ls_relation_ids sources = ls_view_sources(builder, relation);
    for (LS_EACH(const ls_relation_id, source, sources))
        if (*source != id)
            lock_relation(builder, *source, mode, at);
}

void ls_effects_of_lock_table(ls_builder *builder, const ls_lock_table *lock) {
    const ls_lock_mode mode = (ls_lock_mode)lock->mode;
    for (LS_EACH(const ls_name, name, lock->relations)) {
        const ls_relation_id id = ls_named(builder, name, LS_RELATION_TABLE);
        lock_relation(builder, id, mode, name->at);
        ls_effect *effect = ls_add_effect(builder, LS_EFFECT_LOCK_TABLE, name->at, id);
        ls_set_text(builder, effect, LS_ATTRIBUTE_MODE, ls_lock_name(mode));
    }
}
