/*
 * alter_foreign_key.c - foreign keys that are added to tables with rows.
 *
 * SHARE ROW EXCLUSIVE on both tables, then one query for each table that holds rows: a join of it
 * with the referenced one (ri_triggers.c: RI_Initial_Check). Planning that query opens every index
 * of both with ACCESS SHARE (measured). No join reads the other side where this one has no row: the
 * referenced table is not read for a new table (measured on 15). On partitioned tables the locks
 * reach all partitions (measured on 12 to 18).
 */
#include "effects/alter.h"
#include "effects/foreign_key.h"

#include "catalog/dependencies.h"

#include <string.h>

bool ls_references_existing(const ls_alteration *alteration, ls_relation_id referenced) {
    const ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_relation_of(builder, referenced);
    return relation != NULL && referenced != alteration->relation &&
           !ls_is_new(builder, &relation->birth) && !ls_may_be_new(builder, &relation->birth);
}

/* --- The verifying query --------------------------------------------------------------------- */

static void lock_indexes(ls_builder *builder, const ls_relation *relation, ls_span at) {
    for (size_t i = 0; i < relation->indexes.count; i++)
        ls_take_lock(builder, relation->indexes.items[i], LS_ACCESS_SHARE, at);
}

/* The tree below a relation with the relation itself. */
static ls_relation_ids tree_of(ls_builder *builder, ls_relation_id root) {
    ls_relation_ids tree = {0};
    LS_PUSH(builder->arena, &tree, root);
    if (ls_relation_of(builder, root)->kind != LS_RELATION_PARTITIONED_TABLE)
        return tree; /* the query says ONLY */
    ls_relation_ids below = ls_relation_descendants(builder->arena, builder->catalog, root);
    for (size_t i = 0; i < below.count; i++)
        LS_PUSH(builder->arena, &tree, below.items[i]);
    return tree;
}

/* The planner opens the indexes of a partitioned table itself on 16 and newer (measured). */
static void read_tree(ls_builder *builder, ls_relation_id root, bool rows, ls_span at) {
    ls_relation_ids tree = tree_of(builder, root);
    for (size_t i = 0; i < tree.count; i++) {
        const ls_relation *relation = ls_relation_of(builder, tree.items[i]);
        bool stored = ls_has_storage(relation);
        if (stored && rows)
            ls_scan(builder, relation->id, at);
        if (stored || builder->postgres >= 16)
            lock_indexes(builder, relation, at);
    }
}

/* New, or made IF NOT EXISTS by this migration where earlier ones did not: without rows. */
static bool is_empty(const ls_builder *builder, const ls_relation *table) {
    const bool is_new = ls_is_new(builder, &table->birth) ||
                        (ls_may_be_new(builder, &table->birth) && builder->birth.file > 0);
    return (is_new && !table->rows_possible) || ls_is_emptied(builder, table->id);
}

void ls_verify_foreign_key(ls_builder *builder, ls_relation_id table, ls_relation_id referenced,
                           ls_span at) {
    ls_relation_ids tables = tree_of(builder, table);
    for (size_t i = 0; i < tables.count; i++) {
        const ls_relation *referencing = ls_relation_of(builder, tables.items[i]);
        if (!ls_has_storage(referencing))
            continue;
        ls_scan(builder, referencing->id, at);
        lock_indexes(builder, referencing, at);
        read_tree(builder, referenced, !is_empty(builder, referencing), at);
    }
}

/* --- Partitions that have the key already ---------------------------------------------------- */

typedef struct {
    ls_alteration *alteration;
    ls_catalog_constraint wanted;
    bool verifies; /* some table has to be looked at */
} new_key;

static bool is_same_list(const ls_words *one, const ls_words *other) {
    for (size_t i = 0; i < one->count && one->count == other->count; i++)
        if (strcmp(one->items[i], other->items[i]) != 0)
            return false;
    return one->count == other->count;
}

static bool is_equal(const ls_catalog_constraint *one, const ls_catalog_constraint *other) {
    return one->kind == LS_CONSTRAINT_FOREIGN_KEY && one->referenced == other->referenced &&
           one->enforced && is_same_list(&one->columns, &other->columns) &&
           is_same_list(&one->referenced_columns, &other->referenced_columns) &&
           one->on_delete == other->on_delete && one->on_update == other->on_update &&
           one->deferrable == other->deferrable &&
           one->initially_deferred == other->initially_deferred;
}

static const ls_catalog_constraint *equal_key(const new_key *key, const ls_relation *partition) {
    for (LS_EACH(const ls_catalog_constraint, constraint, partition->constraints))
        if (is_equal(constraint, &key->wanted))
            return constraint;
    return NULL;
}

/* A partition's own valid key of the same form becomes part of the parent's without a look at the
 * rows; its triggers on the referenced table go, under ACCESS EXCLUSIVE (measured on 15, 17, 18).
 */
static void verify_below(new_key *key, ls_relation_id table, ls_span at) {
    ls_builder *builder = key->alteration->builder;
    const ls_relation *relation = ls_relation_of(builder, table);
    const ls_catalog_constraint *own =
        table == key->alteration->relation ? NULL : equal_key(key, relation);
    if (own != NULL && own->valid) {
        ls_take_lock(builder, key->wanted.referenced, LS_ACCESS_EXCLUSIVE, at);
        return;
    }
    if (relation->kind != LS_RELATION_PARTITIONED_TABLE) {
        ls_verify_foreign_key(builder, table, key->wanted.referenced, at);
        key->verifies = true;
        return;
    }
    const ls_relation_ids partitions = relation->children;
    for (LS_EACH(const ls_relation_id, partition, partitions))
        verify_below(key, *partition, at);
}

/* The work that the verification of the whole tree is. */
static ls_work verify_tree(ls_alteration *alteration, const ls_constraint *constraint,
                           const ls_words *columns, ls_relation_id referenced) {
    new_key key = {
        .alteration = alteration,
        .wanted = {.kind = LS_CONSTRAINT_FOREIGN_KEY,
                   .columns = *columns,
                   .referenced = referenced,
                   .referenced_columns = constraint->reference->columns,
                   .on_delete = constraint->reference->on_delete,
                   .on_update = constraint->reference->on_update,
                   .deferrable = constraint->deferrable,
                   .initially_deferred = constraint->initially_deferred},
    };
    if (key.wanted.referenced_columns.count == 0) {
        const ls_catalog_constraint *primary =
            ls_relation_primary_key(ls_relation_of(alteration->builder, referenced));
        if (primary)
            key.wanted.referenced_columns = primary->columns;
    }
    verify_below(&key, alteration->relation, constraint->at);
    bool no_partitions = ls_altered(alteration)->children.count == 0;
    return key.verifies || no_partitions ? LS_WORK_SCAN : LS_WORK_NONE;
}

/* --- What PostgreSQL refuses ----------------------------------------------------------------- */

static bool refuse_persistence(ls_alteration *alteration, const ls_constraint *constraint,
                               const ls_relation *referenced) {
    if (ls_altered(alteration)->persistence != LS_PERMANENT || !referenced->birth.known ||
        referenced->persistence == LS_PERMANENT)
        return false;
    ls_refuse(alteration->builder, constraint->at,
              "constraints on permanent tables may reference only permanent tables");
    return true;
}

static bool refuse_columns(ls_alteration *alteration, const ls_constraint *constraint,
                           const ls_words *columns) {
    const ls_relation *relation = ls_altered(alteration);
    size_t referenced = constraint->reference->columns.count;
    if (referenced != 0 && referenced != columns->count) {
        ls_refuse(alteration->builder, constraint->at,
                  "number of referencing and referenced columns for foreign key disagree");
        return true;
    }
    for (size_t i = 0; ls_is_complete(relation) && i < columns->count; i++) {
        if (ls_relation_column(relation, columns->items[i]) != NULL)
            continue;
        ls_refuse(alteration->builder, constraint->at,
                  "column %s referenced in foreign key constraint does not exist",
                  ls_quoted(alteration->builder, columns->items[i]));
        return true;
    }
    return false;
}

/* NOT VALID on a partitioned table: 18 and newer (measured). */
static bool refuse_not_valid(ls_alteration *alteration, const ls_constraint *constraint,
                             ls_relation_id referenced) {
    ls_builder *builder = alteration->builder;
    if (!constraint->not_valid || builder->postgres >= 18 ||
        ls_altered(alteration)->kind != LS_RELATION_PARTITIONED_TABLE)
        return false;
    ls_refuse(builder, constraint->at,
              "cannot add NOT VALID foreign key on partitioned table %s referencing relation %s",
              ls_shown(builder, alteration->relation), ls_shown(builder, referenced));
    return true;
}

/* --- Adding ---------------------------------------------------------------------------------- */

ls_work ls_add_foreign_key(ls_alteration *alteration, const ls_constraint *constraint,
                           const char *column, bool verify, const char **name) {
    ls_builder *builder = alteration->builder;
    ls_words columns = column == NULL ? constraint->columns : ls_one_word(builder, column);
    ls_relation_id referenced =
        ls_named(builder, &constraint->reference->relation, LS_RELATION_TABLE);
    ls_take_lock(builder, referenced, LS_SHARE_ROW_EXCLUSIVE, constraint->at);
    bool partitioned = ls_relation_of(builder, referenced)->kind == LS_RELATION_PARTITIONED_TABLE;
    if (partitioned)
        ls_take_lock_below(builder, referenced, LS_SHARE_ROW_EXCLUSIVE, constraint->at);
    if (refuse_not_valid(alteration, constraint, referenced) ||
        refuse_persistence(alteration, constraint, ls_relation_of(builder, referenced)) ||
        refuse_columns(alteration, constraint, &columns))
        return LS_WORK_NONE;
    ls_refuse_bad_reference(builder, ls_altered(alteration), constraint, &columns);
    if (ls_is_refused(builder))
        return LS_WORK_NONE;
    bool valid = verify && !constraint->not_valid && !constraint->not_enforced;
    ls_work work = valid ? verify_tree(alteration, constraint, &columns, referenced) : LS_WORK_NONE;
    bool below = ls_altered(alteration)->kind == LS_RELATION_PARTITIONED_TABLE;
    *name = ls_define_everywhere(alteration, constraint, column, below)->name;
    for (size_t i = 1; below && i < alteration->tables.count; i++)
        ls_catalog_note_dependent(builder->catalog, referenced, alteration->tables.items[i]);
    ls_note_foreign_key(builder, alteration->relation, constraint, column, *name);
    return work;
}
