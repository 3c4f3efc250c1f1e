/*
 * alter_key.c - UNIQUE, PRIMARY KEY and EXCLUDE: constraints that an index enforces.
 *
 * The index is built under the lock of the statement, or an existing one is taken over (USING
 * INDEX). On a partitioned table every partition gets its own, built while SHARE is held on the
 * partition, ACCESS EXCLUSIVE on 18 (measured on 12 to 18).
 */
#include "effects/alter.h"

#include "catalog/names.h"
#include "effects/doubt.h"
#include "effects/recipe.h"

#include <string.h>

/* --- Columns that may be null ---------------------------------------------------------------- */

const char *ls_nullable_column(const ls_relation *table, const ls_words *columns) {
    for (size_t i = 0; i < columns->count; i++)
        if (!ls_is_proven_not_null(table, columns->items[i]))
            return columns->items[i];
    return NULL;
}

/* 18 does not make a key of a column whose NOT NULL is NOT VALID (measured). */
static bool refuse_unproven(ls_alteration *alteration, const ls_constraint *constraint,
                            const ls_words *columns) {
    ls_builder *builder = alteration->builder;
    for (size_t i = 0; i < columns->count; i++) {
        const ls_catalog_column *column =
            ls_relation_column(ls_altered(alteration), columns->items[i]);
        if (column == NULL || !column->not_null_unproven)
            continue;
        ls_refuse(builder, constraint->at,
                  "cannot create primary key on column %s: its NOT NULL constraint is NOT VALID",
                  ls_quoted(builder, columns->items[i]));
        return true;
    }
    return false;
}

/* A primary key makes its columns NOT NULL, in all that inherits from the table too (measured). */
static ls_work make_columns_not_null(ls_alteration *alteration, const ls_constraint *constraint,
                                     const ls_words *columns) {
    ls_work work = LS_WORK_NONE;
    for (size_t i = 0; i < columns->count; i++) {
        const ls_catalog_column *column =
            ls_relation_column(ls_altered(alteration), columns->items[i]);
        if (column != NULL && column->not_null)
            continue;
        ls_lock_children(alteration, constraint->at);
        if (ls_make_not_null(alteration, columns->items[i], constraint->at) == LS_WORK_SCAN)
            work = LS_WORK_SCAN;
    }
    return work;
}

/* --- An index of its own --------------------------------------------------------------------- */

/* Exclusion reads the table a second time to check what the index holds (measured). */
static bool excludes(const ls_constraint *constraint) {
    return constraint->kind == LS_CONSTRAINT_EXCLUDE || constraint->without_overlaps;
}

static void build(ls_alteration *alteration, const ls_constraint *constraint, ls_relation_id table,
                  const char *index) {
    if (!ls_has_storage(ls_relation_of(alteration->builder, table)))
        return;
    ls_build_index(alteration->builder, table, 0, index, constraint->at);
    if (excludes(constraint))
        ls_scan(alteration->builder, table, constraint->at);
}

/* The partition's own constraint of the same form, that is attached instead of building one. */
static const ls_relation *equal_key(const ls_builder *builder, const ls_relation *partition,
                                    const ls_relation *like) {
    for (size_t i = 0; i < partition->indexes.count; i++) {
        const ls_relation *index = ls_relation_of(builder, partition->indexes.items[i]);
        if (index->constraint != NULL && index->parent_index == 0 &&
            index->unique == like->unique && index->primary == like->primary &&
            ls_same_index(index, like))
            return index;
    }
    return NULL;
}

static void build_on_partitions(ls_alteration *alteration, const ls_constraint *constraint,
                                ls_relation_id table, ls_relation_id parent) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_relation_of(builder, table);
    ls_lock_mode mode = builder->postgres >= 18 ? LS_ACCESS_EXCLUSIVE : LS_SHARE;
    ls_relation_ids partitions = relation->children;
    for (size_t i = 0; i < partitions.count; i++) {
        ls_relation_id partition = partitions.items[i];
        ls_take_lock(builder, partition, mode, constraint->at);
        const ls_relation *like = ls_relation_of(builder, parent);
        const ls_relation *known = equal_key(builder, ls_relation_of(builder, partition), like);
        if (known != NULL) {
            ls_take_lock(builder, known->id, mode, constraint->at);
            ls_attach_index(builder, parent, known->id);
            continue;
        }
        ls_relation_id made = ls_define_index_like(builder, partition, like, NULL);
        ls_relation *index = ls_catalog_edit(builder->catalog, made);
        index->birth = builder->birth;
        build(alteration, constraint, partition, index->name);
        ls_attach_index(builder, parent, made);
        build_on_partitions(alteration, constraint, partition, made);
    }
}

static bool refuse_partitioning(ls_alteration *alteration, const ls_constraint *constraint,
                                const ls_words *columns) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    if (relation->kind != LS_RELATION_PARTITIONED_TABLE)
        return false;
    if (constraint->kind == LS_CONSTRAINT_EXCLUDE) {
        if (builder->postgres < 17)
            ls_refuse(builder, constraint->at,
                      "exclusion constraints are not supported on partitioned tables");
        return builder->postgres < 17;
    }
    const char *missing = ls_uncovered_partition_key(&relation->partitioning, columns);
    if (missing == NULL)
        return false;
    ls_refuse(builder, constraint->at,
              "unique constraint on partitioned table %s must include all partitioning columns%s%s",
              ls_shown(builder, relation->id), *missing == '\0' ? "" : ": it lacks ",
              *missing == '\0' ? "" : ls_quoted(builder, missing));
    return true;
}

static bool refuse_key_columns(ls_alteration *alteration, const ls_constraint *constraint,
                               const ls_words *columns) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    for (size_t i = 0; ls_is_complete(relation) && i < columns->count; i++) {
        if (ls_relation_column(relation, columns->items[i]) != NULL)
            continue;
        ls_refuse(builder, constraint->at, "column %s named in key does not exist",
                  ls_quoted(builder, columns->items[i]));
        return true;
    }
    return false;
}

static bool refuse_second_primary_key(ls_alteration *alteration, const ls_constraint *constraint) {
    if (constraint->kind != LS_CONSTRAINT_PRIMARY_KEY)
        return false;
    for (LS_EACH(const ls_catalog_constraint, known, ls_altered(alteration)->constraints)) {
        if (known->kind != LS_CONSTRAINT_PRIMARY_KEY)
            continue;
        if (known->doubted) {
            ls_clear_doubted(alteration->builder, alteration->relation, known->name);
            return false;
        }
        ls_refuse(alteration->builder, constraint->at,
                  "multiple primary keys for table %s are not allowed",
                  ls_shown(alteration->builder, alteration->relation));
        return true;
    }
    return false;
}

static ls_work add_with_new_index(ls_alteration *alteration, const ls_constraint *constraint,
                                  const char *column, const ls_words *columns, const char **name) {
    ls_builder *builder = alteration->builder;
    if (refuse_key_columns(alteration, constraint, columns) ||
        refuse_partitioning(alteration, constraint, columns))
        return LS_WORK_NONE;
    const ls_catalog_constraint *made = ls_define_everywhere(alteration, constraint, column, false);
    *name = made->name;
    ls_relation *index = ls_catalog_edit(builder->catalog, made->index);
    if (constraint->without_overlaps)
        index->method = "gist";
    if (ls_altered(alteration)->kind != LS_RELATION_PARTITIONED_TABLE) {
        build(alteration, constraint, alteration->relation, index->name);
        return LS_WORK_BUILD;
    }
    if (alteration->statement->only) {
        index->valid = false;
        index->only_parent = true;
        return LS_WORK_NONE;
    }
    build_on_partitions(alteration, constraint, alteration->relation, index->id);
    return LS_WORK_BUILD;
}

/* --- Partition by partition ------------------------------------------------------------------ */

static bool has_partitions(const ls_relation *table) {
    return table->kind == LS_RELATION_PARTITIONED_TABLE && table->children.count > 0;
}

/* The index that a constraint of these columns builds. */
static ls_relation *index_of(ls_builder *builder, const ls_constraint *constraint) {
    ls_relation *like = LS_NEW(builder->arena, ls_relation);
    *like = (ls_relation){.unique = true,
                          .primary = constraint->kind == LS_CONSTRAINT_PRIMARY_KEY,
                          .nulls_not_distinct = constraint->nulls_not_distinct,
                          .method = "btree",
                          .include = ls_constraint_index(constraint)->include};
    for (LS_EACH(const char *, column, constraint->columns)) {
        const ls_index_element element = {.column = *column};
        LS_PUSH(builder->arena, &like->elements, element);
    }
    return like;
}

const char *ls_key_recipe(const ls_alteration *alteration, const ls_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    const ls_relation *table = ls_altered(alteration);
    const bool primary = constraint->kind == LS_CONSTRAINT_PRIMARY_KEY;
    if ((!primary && constraint->kind != LS_CONSTRAINT_UNIQUE) || !has_partitions(table) ||
        alteration->statement->only || constraint->without_overlaps ||
        constraint->nulls_not_distinct)
        return NULL;
    ls_relation *like = index_of(builder, constraint);
    const ls_index_elements none = {0};
    const ls_words nothing = {0};
    like->constraint = constraint->name;
    if (like->constraint == NULL)
        like->constraint =
            ls_choose_index_name(builder->catalog, table, primary ? &none : &like->elements,
                                 primary ? &nothing : &like->include, primary ? "pkey" : "key");
    return ls_partition_recipe(builder, table->id, like, like->constraint);
}

/* --- USING INDEX ----------------------------------------------------------------------------- */

/* Why the index cannot become the constraint's; NULL if it can (measured). */
static const char *unfit(const ls_relation *table, const ls_relation *index) {
    if (index->table != table->id)
        return "does not belong to the table";
    if (index->constraint != NULL)
        return "is already associated with a constraint";
    if (!index->valid)
        return "is not valid";
    if (!index->unique)
        return "is not a unique index";
    if (index->predicate != NULL)
        return "is a partial index";
    for (LS_EACH(const ls_index_element, element, index->elements)) {
        if (element->expression != NULL)
            return "contains expressions";
        if (element->descending || element->nulls_first || element->operator_class != NULL ||
            element->collation != NULL)
            return "does not have default sorting behavior";
    }
    return NULL;
}

const ls_relation *ls_index_for_key(const ls_alteration *alteration,
                                    const ls_constraint *constraint) {
    const ls_builder *builder = alteration->builder;
    const ls_relation *table = ls_altered(alteration);
    if (constraint->without_overlaps || constraint->columns.count == 0)
        return NULL;
    const ls_relation *like = index_of(alteration->builder, constraint);
    for (LS_EACH(const ls_relation_id, id, table->indexes)) {
        const ls_relation *index = ls_relation_of(builder, *id);
        if (index != NULL && unfit(table, index) == NULL && ls_same_index(index, like) &&
            index->nulls_not_distinct == like->nulls_not_distinct)
            return index;
    }
    return NULL;
}

static bool refuse_index(ls_alteration *alteration, const ls_constraint *constraint,
                         const ls_relation *index) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    if (relation->kind == LS_RELATION_PARTITIONED_TABLE) {
        ls_refuse(builder, constraint->at,
                  "ALTER TABLE / ADD CONSTRAINT USING INDEX is not "
                  "supported on partitioned tables");
        return true;
    }
    const char *why = index == NULL ? NULL : unfit(relation, index);
    if (why != NULL)
        ls_refuse(builder, constraint->at, "index %s %s",
                  ls_quoted(builder, ls_constraint_index(constraint)->used), why);
    return why != NULL;
}

/* The index takes the name of the constraint, and that costs another lock (measured). */
static void take_over(ls_alteration *alteration, const ls_constraint *constraint, ls_relation_id id,
                      const char *name) {
    ls_builder *builder = alteration->builder;
    bool renamed = strcmp(ls_relation_of(builder, id)->name, name) != 0;
    ls_take_lock(builder, id, renamed ? LS_SHARE_UPDATE_EXCLUSIVE : LS_ACCESS_SHARE,
                 constraint->at);
    if (renamed)
        ls_catalog_rename(builder->catalog, id, name);
    ls_relation *index = ls_catalog_edit(builder->catalog, id);
    index->constraint = ls_catalog_intern(builder->catalog, name);
    index->primary = constraint->kind == LS_CONSTRAINT_PRIMARY_KEY;
}

static const ls_relation *used_index(const ls_alteration *alteration,
                                     const ls_constraint *constraint) {
    ls_name name = {.schema = ls_altered(alteration)->schema,
                    .name = ls_constraint_index(constraint)->used};
    return ls_relation_of(alteration->builder, ls_known(alteration->builder, &name));
}

ls_words ls_key_columns(const ls_alteration *alteration, const ls_constraint *constraint) {
    if (ls_constraint_index(constraint)->used == NULL)
        return constraint->columns;
    const ls_relation *index = used_index(alteration, constraint);
    ls_words columns = {0};
    for (size_t i = 0; index != NULL && i < index->elements.count; i++)
        if (index->elements.items[i].column != NULL)
            LS_PUSH(ls_catalog_arena(alteration->builder->catalog), &columns,
                    index->elements.items[i].column);
    return columns;
}

static ls_work add_with_index(ls_alteration *alteration, const ls_constraint *constraint,
                              const char **name) {
    ls_builder *builder = alteration->builder;
    const ls_relation *index = used_index(alteration, constraint);
    if (refuse_index(alteration, constraint, index))
        return LS_WORK_NONE;
    ls_relation_id id = index == NULL ? 0 : index->id;
    if (id == 0)
        ls_assume(builder, "index %s is not in the history: assumed to exist and to fit",
                  ls_quoted(builder, ls_constraint_index(constraint)->used));
    ls_catalog_constraint made = {
        .kind = constraint->kind,
        .columns = ls_key_columns(alteration, constraint),
        .valid = true,
        .enforced = true,
        .deferrable = constraint->deferrable,
        .initially_deferred = constraint->initially_deferred,
        .index = id,
        .birth = builder->birth,
        .validated = builder->birth,
    };
    ls_work work = LS_WORK_NONE;
    if (constraint->kind == LS_CONSTRAINT_PRIMARY_KEY) {
        if (refuse_unproven(alteration, constraint, &made.columns))
            return work;
        work = id == 0 ? LS_WORK_UNKNOWN
                       : make_columns_not_null(alteration, constraint, &made.columns);
    }
    *name = constraint->name != NULL ? constraint->name : ls_constraint_index(constraint)->used;
    made.name = ls_catalog_intern(builder->catalog, *name);
    if (id != 0)
        take_over(alteration, constraint, id, made.name);
    ls_push_constraint(builder, alteration->relation, &made);
    return work;
}

/* --- Both ------------------------------------------------------------------------------------ */

ls_work ls_add_key(ls_alteration *alteration, const ls_constraint *constraint, const char *column,
                   const char **name) {
    if (refuse_second_primary_key(alteration, constraint))
        return LS_WORK_NONE;
    if (ls_constraint_index(constraint)->used != NULL)
        return add_with_index(alteration, constraint, name);
    ls_words columns =
        column == NULL ? constraint->columns : ls_one_word(alteration->builder, column);
    if (constraint->kind == LS_CONSTRAINT_PRIMARY_KEY) {
        if (refuse_unproven(alteration, constraint, &columns))
            return LS_WORK_NONE;
        if (column == NULL)
            make_columns_not_null(alteration, constraint, &columns);
    }
    return add_with_new_index(alteration, constraint, column, &columns, name);
}
