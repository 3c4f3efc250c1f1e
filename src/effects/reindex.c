/*
 * reindex.c - REINDEX.
 *
 * SHARE on the table and ACCESS EXCLUSIVE on the index, which keeps even readers waiting that do
 * not use the index; CONCURRENTLY takes SHARE UPDATE EXCLUSIVE on both (measured on 12 to 18).
 */
#include "effects/families.h"

#include "catalog/dependencies.h"

#include <string.h>

typedef struct {
    ls_builder *builder;
    const ls_reindex *reindex;
    ls_span at;
} reindex_run;

static void rebuild_index(const reindex_run *run, ls_relation_id table, ls_relation_id index) {
    const bool concurrently = run->reindex->concurrently;
    ls_take_lock(run->builder, table, concurrently ? LS_SHARE_UPDATE_EXCLUSIVE : LS_SHARE, run->at);
    ls_take_lock(run->builder, index,
                 concurrently ? LS_SHARE_UPDATE_EXCLUSIVE : LS_ACCESS_EXCLUSIVE, run->at);
    ls_build_index(run->builder, table, index, NULL, run->at);
}

static void rebuild_indexes(const reindex_run *run, ls_relation_id id) {
    const ls_relation *table = ls_relation_of(run->builder, id);
    if (table->kind == LS_RELATION_PARTITIONED_TABLE)
        return;
    ls_take_lock(run->builder, id,
                 run->reindex->concurrently ? LS_SHARE_UPDATE_EXCLUSIVE : LS_SHARE, run->at);
    for (LS_EACH(const ls_relation_id, index, table->indexes))
        rebuild_index(run, id, *index);
}

static ls_effect *describe(const reindex_run *run, ls_relation_id table, const char *target,
                           const char *kind) {
    ls_builder *builder = run->builder;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_REINDEX, run->at, table);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TARGET, target);
    ls_set_text(builder, effect, LS_ATTRIBUTE_INDEX, target);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TARGET_KIND, kind);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_CONCURRENTLY, run->reindex->concurrently);
    ls_set_work(builder, effect, LS_WORK_BUILD);
    return effect;
}

/* Before 14 a partitioned table is skipped with a warning, a partitioned index refused; from 14 on
 * each partition is a transaction of its own. */
static void reindex_partitioned_index(const reindex_run *run, const ls_relation *index) {
    ls_builder *builder = run->builder;
    if (builder->postgres < 14) {
        ls_refuse(builder, run->at, "REINDEX is not yet implemented for partitioned indexes");
        return;
    }
    ls_forbid_in_transaction(builder, "REINDEX INDEX");
    const ls_relation_ids children = index->child_indexes;
    for (LS_EACH(const ls_relation_id, id, children)) {
        const ls_relation *child = ls_relation_of(builder, *id);
        if (child && child->child_indexes.count)
            reindex_partitioned_index(run, child);
        else if (child)
            rebuild_index(run, child->table, *id);
    }
}

static void reindex_index(const reindex_run *run) {
    ls_builder *builder = run->builder;
    const ls_name *name = &run->reindex->name;
    const ls_relation_id id = ls_named(builder, name, LS_RELATION_INDEX);
    const ls_relation *index = ls_relation_of(builder, id);
    if (ls_refuse_other_kind(builder, id, LS_RELATION_INDEX, name->at))
        return;
    describe(run, index->table, ls_shown(builder, id), "index");
    const ls_relation *table = ls_relation_of(builder, index->table);
    if (table && table->kind == LS_RELATION_PARTITIONED_TABLE)
        reindex_partitioned_index(run, index);
    else
        rebuild_index(run, index->table, id);
}

static void reindex_partitions(const reindex_run *run, ls_relation_id id) {
    ls_builder *builder = run->builder;
    if (builder->postgres < 14)
        return;
    ls_forbid_in_transaction(builder, "REINDEX TABLE");
    const ls_relation_ids below = ls_relation_descendants(builder->arena, builder->catalog, id);
    for (LS_EACH(const ls_relation_id, partition, below))
        rebuild_indexes(run, *partition);
}

static void reindex_table(const reindex_run *run) {
    ls_builder *builder = run->builder;
    const ls_relation_id id = ls_named(builder, &run->reindex->name, LS_RELATION_TABLE);
    describe(run, id, ls_shown(builder, id), "table");
    if (ls_relation_of(builder, id)->kind == LS_RELATION_PARTITIONED_TABLE)
        reindex_partitions(run, id);
    else
        rebuild_indexes(run, id);
}

static bool has_storage(const ls_relation *relation) {
    return relation->kind == LS_RELATION_TABLE || relation->kind == LS_RELATION_MATERIALIZED_VIEW;
}

/* schema NULL: every schema. */
static void reindex_all(const reindex_run *run, const char *schema) {
    ls_builder *builder = run->builder;
    const ls_relation_ids meant = ls_schema_relations(builder->arena, builder->catalog, schema);
    for (LS_EACH(const ls_relation_id, id, meant))
        if (has_storage(ls_relation_of(builder, *id)))
            rebuild_indexes(run, *id);
}

static void reindex_several(const reindex_run *run) {
    static const struct {
        const char *statement, *kind;
    } names[] = {
        [LS_REINDEX_SCHEMA] = {"REINDEX SCHEMA", "schema"},
        [LS_REINDEX_DATABASE] = {"REINDEX DATABASE", "database"},
        [LS_REINDEX_SYSTEM] = {"REINDEX SYSTEM", "system"},
    };
    const ls_reindex_kind kind = run->reindex->kind;
    ls_builder *builder = run->builder;
    const char *name = run->reindex->name.name;
    if (!run->reindex->concurrently)
        ls_forbid_in_transaction(builder, names[kind].statement);
    describe(run, 0, name ? ls_quoted(builder, name) : NULL, names[kind].kind);
    if (kind == LS_REINDEX_SCHEMA)
        reindex_all(run, name);
    else if (kind == LS_REINDEX_DATABASE)
        reindex_all(run, NULL);
}

void ls_effects_of_reindex(ls_builder *builder, const ls_reindex *reindex) {
    const reindex_run all = {builder, reindex, builder->statement->at};
    if (reindex->concurrently)
        ls_forbid_in_transaction(builder, "REINDEX CONCURRENTLY");
    if (reindex->kind == LS_REINDEX_INDEX)
        reindex_index(&all);
    else if (reindex->kind == LS_REINDEX_TABLE)
        reindex_table(&all);
    else
        reindex_several(&all);
}
