/*
 * create_table.c - CREATE TABLE in its forms, PARTITION OF excepted (partition.c).
 *
 * A new table is nobody's yet: what counts is what its definition takes from others. The locks on
 * them are measured on 12 to 18 (CREATE TABLE, with FK, LIKE, INHERITS; OF a type on 15) and stand
 * where they are taken.
 */
#include "effects/ahead.h"
#include "effects/check.h"
#include "effects/create_table_like.h"
#include "effects/families.h"
#include "effects/foreign_key.h"
#include "effects/partition.h"
#include "effects/sources.h"

#include "catalog/dependencies.h"
#include "sql/placeholder.h"
#include "support/same.h"

static const char *persistence_name(ls_persistence persistence) {
    static const char *const names[] = {
        [LS_PERMANENT] = "permanent",
        [LS_UNLOGGED] = "unlogged",
        [LS_TEMPORARY] = "temporary",
    };
    return names[persistence];
}

/* --- What it takes from others -------------------------------------------------------------- */

static bool is_itself(const ls_builder *builder, const ls_create_table *create,
                      const ls_name *name) {
    return ls_same_text(create->name.name, name->name) &&
           ls_same_text(ls_schema_of(builder, &create->name), ls_schema_of(builder, name));
}

/* A foreign key adds triggers to the referenced table, and to its partitions (measured). */
static void lock_referenced(ls_builder *builder, const ls_create_table *create,
                            const ls_constraint *key) {
    if (is_itself(builder, create, &key->reference->relation))
        return;
    const ls_relation_id referenced =
        ls_named(builder, &key->reference->relation, LS_RELATION_TABLE);
    ls_take_lock(builder, referenced, LS_SHARE_ROW_EXCLUSIVE, key->at);
    if (ls_relation_of(builder, referenced)->kind == LS_RELATION_PARTITIONED_TABLE)
        ls_take_lock_below(builder, referenced, LS_SHARE_ROW_EXCLUSIVE, key->at);
}

static void lock_others(ls_builder *builder, const ls_create_table *create) {
    for (LS_EACH(const ls_like, like, create->likes))
        ls_take_lock(builder, ls_named(builder, &like->relation, LS_RELATION_UNKNOWN),
                     LS_ACCESS_SHARE, like->relation.at);
    for (LS_EACH(const ls_name, parent, create->inherits))
        ls_take_lock(builder, ls_named(builder, parent, LS_RELATION_TABLE),
                     LS_SHARE_UPDATE_EXCLUSIVE, parent->at);
    if (create->of_type.name)
        ls_take_lock(builder, ls_known(builder, &create->of_type), LS_ACCESS_SHARE,
                     create->of_type.at);
    for (LS_EACH(const ls_column, column, create->columns))
        for (LS_EACH(const ls_constraint, constraint, column->constraints))
            if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY)
                lock_referenced(builder, create, constraint);
    for (LS_EACH(const ls_constraint, constraint, create->constraints))
        if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY)
            lock_referenced(builder, create, constraint);
}

/* --- What PostgreSQL refuses ---------------------------------------------------------------- */

/* The table as far as it is written, to look up its columns before it is there. */
static const ls_relation *as_written(ls_builder *builder, const ls_create_table *create) {
    ls_relation *table = LS_NEW(builder->arena, ls_relation);
    table->name = create->name.name;
    for (LS_EACH(const ls_column, column, create->columns)) {
        ls_catalog_column known = {.name = column->name};
        if (column->type)
            known.type = ls_catalog_resolve_type(builder->catalog, column->type);
        LS_PUSH(builder->arena, &table->columns, known);
    }
    return table;
}

static void check_key(ls_builder *builder, const ls_create_table *create,
                      const ls_constraint *constraint, const ls_words *columns) {
    const char *uncovered = ls_uncovered_partition_key(&create->partitioning, columns);
    if (uncovered)
        ls_refuse(builder, constraint->at,
                  "unique constraint on partitioned table must include all partitioning columns");
}

static void check_reference(ls_builder *builder, const ls_create_table *create,
                            const ls_relation *written, const ls_constraint *key,
                            const ls_words *columns) {
    if (is_itself(builder, create, &key->reference->relation))
        return;
    const ls_relation *referenced =
        ls_relation_of(builder, ls_known(builder, &key->reference->relation));
    if (create->persistence == LS_TEMPORARY && ls_surely_exists(builder, referenced->id) &&
        referenced->persistence != LS_TEMPORARY)
        ls_refuse(builder, key->at,
                  "constraints on temporary tables may reference only temporary tables");
    ls_refuse_bad_reference(builder, written, key, columns);
}

static void check_constraint(ls_builder *builder, const ls_create_table *create,
                             const ls_relation *written, const ls_constraint *constraint,
                             const char *column) {
    const ls_words columns = column ? ls_one_word(builder, column) : constraint->columns;
    switch (constraint->kind) {
    case LS_CONSTRAINT_PRIMARY_KEY:
    case LS_CONSTRAINT_UNIQUE:
        check_key(builder, create, constraint, &columns);
        break;
    case LS_CONSTRAINT_FOREIGN_KEY:
        check_reference(builder, create, written, constraint, &columns);
        break;
    case LS_CONSTRAINT_CHECK:
        ls_check_enum_condition(builder, constraint->expression, written);
        break;
    case LS_CONSTRAINT_DEFAULT:
        ls_check_enum_use(builder, constraint->expression,
                          &ls_relation_column(written, column)->type);
        break;
    default:
        break;
    }
}

static void refuse_repeated_column(ls_builder *builder, const ls_create_table *create) {
    ls_map seen = {0};
    for (LS_EACH(ls_column, column, create->columns)) {
        if (ls_map_get(&seen, column->name) != NULL)
            ls_refuse(builder, column->at, "column \"%s\" specified more than once", column->name);
        ls_map_set(builder->arena, &seen, column->name, column);
    }
}

static void check_definition(ls_builder *builder, const ls_create_table *create) {
    refuse_repeated_column(builder, create);
    if (create->partitioning.strategy == 'l' && create->partitioning.keys.count > 1)
        ls_refuse(builder, create->partitioning.keys.items[1].at,
                  "cannot use \"list\" partition strategy with more than one column");
    const ls_relation *written = as_written(builder, create);
    for (LS_EACH(const ls_column, column, create->columns))
        for (LS_EACH(const ls_constraint, constraint, column->constraints))
            check_constraint(builder, create, written, constraint, column->name);
    for (LS_EACH(const ls_constraint, constraint, create->constraints))
        check_constraint(builder, create, written, constraint, NULL);
}

/* --- Columns of others ---------------------------------------------------------------------- */

static void inherit(ls_builder *builder, ls_relation_id table, const ls_name *name) {
    const ls_relation parent = *ls_relation_of(builder, ls_known(builder, name));
    for (LS_EACH(const ls_catalog_column, column, parent.columns))
        ls_add_column_like(builder, table, column);
    if (!parent.columns_complete)
        ls_forget_completeness(builder, table);
    ls_copy_checks(builder, table, &parent, true);
    ls_link_child(builder, parent.id, table);
}

static void take_type_columns(ls_builder *builder, ls_relation_id table, const ls_name *name) {
    ls_relation *relation = ls_catalog_amend(builder->catalog, table);
    relation->of_type_schema = name->schema;
    relation->of_type = name->name;
    const ls_relation_id type_id = ls_known(builder, name);
    const ls_catalog_type *type = ls_catalog_find_type(builder->catalog, name->schema, name->name);
    if (!type_id || !type) {
        ls_forget_completeness(builder, table);
        return;
    }
    relation->of_type_schema = type->schema;
    const ls_relation row = *ls_relation_of(builder, type_id);
    for (LS_EACH(const ls_catalog_column, column, row.columns))
        ls_add_column_like(builder, table, column);
    const ls_data_type as_type = {.schema = type->schema, .name = type->name, .known = true};
    ls_catalog_note_type_user(builder->catalog, &as_type, table);
}

/* --- Keys ----------------------------------------------------------------------------------- */

typedef LS_VECTOR(ls_constraint) table_keys;

static bool are_same_columns(const ls_words *one, const ls_words *other) {
    bool same = one->count == other->count;
    for (size_t i = 0; same && i < one->count; i++)
        same = ls_same_text(one->items[i], other->items[i]);
    return same;
}

static bool are_same_keys(const ls_constraint *one, const ls_constraint *other) {
    return are_same_columns(&one->columns, &other->columns) &&
           are_same_columns(&ls_constraint_index(one)->include,
                            &ls_constraint_index(other)->include) &&
           one->deferrable == other->deferrable &&
           one->initially_deferred == other->initially_deferred &&
           one->nulls_not_distinct == other->nulls_not_distinct;
}

/* PRIMARY KEY (a) and UNIQUE (a) are one index: the primary key's, or the first one's, with the
 * first name that is given to any of them (measured on 15). */
static void add_key(ls_builder *builder, table_keys *keys, const ls_constraint *written,
                    const char *column) {
    ls_constraint added = *written;
    if (column)
        added.columns = ls_one_word(builder, column);
    for (LS_EACH(ls_constraint, key, *keys))
        if (are_same_keys(key, &added)) {
            key->name = key->name ? key->name : added.name;
            return;
        }
    LS_PUSH(builder->arena, keys, added);
}

static void add_keys(ls_builder *builder, table_keys *keys, const ls_create_table *create,
                     ls_constraint_kind kind) {
    for (LS_EACH(const ls_column, column, create->columns))
        for (LS_EACH(const ls_constraint, constraint, column->constraints))
            if (constraint->kind == kind)
                add_key(builder, keys, constraint, column->name);
    for (LS_EACH(const ls_constraint, constraint, create->constraints))
        if (constraint->kind == kind)
            add_key(builder, keys, constraint, NULL);
}

static void define_keys(ls_builder *builder, ls_relation_id table, const ls_create_table *create) {
    table_keys keys = {0};
    add_keys(builder, &keys, create, LS_CONSTRAINT_PRIMARY_KEY);
    add_keys(builder, &keys, create, LS_CONSTRAINT_UNIQUE);
    for (LS_EACH(const ls_constraint, key, keys))
        ls_define_constraint(builder, table, key, NULL);
}

/* --- The table ------------------------------------------------------------------------------ */

static ls_relation_kind kind_of(const ls_create_table *create) {
    if (create->foreign)
        return LS_RELATION_FOREIGN_TABLE;
    return create->partitioning.strategy ? LS_RELATION_PARTITIONED_TABLE : LS_RELATION_TABLE;
}

/* What stands for a column's type may say more than its type: it is a key, it is never null. */
static bool is_left_open(const ls_builder *builder, const ls_create_table *create) {
    for (LS_EACH(const ls_column, column, create->columns))
        if (column->type && !column->type->schema &&
            ls_is_placeholder(builder->source, column->type->at))
            return true;
    return false;
}

static ls_relation_id declare_table(ls_builder *builder, const ls_create_table *create) {
    ls_relation *table = ls_catalog_create(builder->catalog, kind_of(create), create->persistence,
                                           create->name.schema, create->name.name,
                                           ls_birth_under(builder, create->if_not_exists));
    table->columns_complete = !create->if_not_exists && !is_left_open(builder, create);
    table->partitioning = create->partitioning;
    table->access_method = create->access_method;
    table->replica_identity = 'd';
    LS_RESERVE(ls_catalog_arena(builder->catalog), &table->columns, create->columns.count);
    return table->id;
}

static void note_constraint(ls_builder *builder, ls_relation_id table,
                            const ls_constraint *constraint, const char *column) {
    const ls_relation *relation = ls_relation_of(builder, table);
    if (relation->constraints.count == 0)
        return;
    const char *name = relation->constraints.items[relation->constraints.count - 1].name;
    if (constraint->kind == LS_CONSTRAINT_CHECK)
        ls_note_check(builder, table, constraint, name);
    else if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY)
        ls_note_foreign_key(builder, table, constraint, column, name);
}

static void define_other(ls_builder *builder, ls_relation_id table, const ls_constraint *constraint,
                         const char *column) {
    if (ls_is_key(constraint->kind))
        return;
    ls_define_constraint(builder, table, constraint, column);
    note_constraint(builder, table, constraint, column);
}

/* In the order in which they are written, those of LIKE among them. */
static void define_columns(ls_builder *builder, ls_relation_id table,
                           const ls_create_table *create) {
    size_t like = 0;
    for (LS_EACH(const ls_column, column, create->columns)) {
        for (; like < create->likes.count &&
               create->likes.items[like].relation.at.begin < column->at.begin;
             like++)
            ls_copy_like_columns(builder, table, &create->likes.items[like]);
        ls_define_column(builder, table, column);
    }
    for (; like < create->likes.count; like++)
        ls_copy_like_columns(builder, table, &create->likes.items[like]);
}

/* Keys first: a foreign key of the table may reference them. */
static void define_own(ls_builder *builder, ls_relation_id table, const ls_create_table *create) {
    define_columns(builder, table, create);
    define_keys(builder, table, create);
    for (LS_EACH(const ls_column, column, create->columns))
        for (LS_EACH(const ls_constraint, constraint, column->constraints))
            define_other(builder, table, constraint, column->name);
    for (LS_EACH(const ls_constraint, constraint, create->constraints))
        define_other(builder, table, constraint, NULL);
}

static ls_relation_id define_table(ls_builder *builder, const ls_create_table *create) {
    const ls_relation_id table = declare_table(builder, create);
    if (create->partition_of.name)
        ls_make_partition(builder, table, ls_known(builder, &create->partition_of), &create->bound);
    for (LS_EACH(const ls_name, parent, create->inherits))
        inherit(builder, table, parent);
    if (create->of_type.name)
        take_type_columns(builder, table, &create->of_type);
    define_own(builder, table, create);
    for (LS_EACH(const ls_like, like, create->likes))
        ls_copy_like_parts(builder, table, like);
    ls_keep_not_null(builder, table);
    return table;
}

static bool knows_columns(const ls_builder *builder, const ls_name *name) {
    const ls_relation *relation = ls_relation_of(builder, ls_known(builder, name));
    return relation && relation->columns_complete;
}

/* The columns that it takes from others are known. */
static bool is_complete(const ls_builder *builder, const ls_create_table *create) {
    for (LS_EACH(const ls_like, like, create->likes))
        if (!knows_columns(builder, &like->relation))
            return false;
    for (LS_EACH(const ls_name, parent, create->inherits))
        if (!knows_columns(builder, parent))
            return false;
    return !create->of_type.name || knows_columns(builder, &create->of_type);
}

static void describe_contents(ls_builder *builder, const ls_create_table *create,
                              const ls_relation *table, ls_effect *effect) {
    const bool primary =
        ls_relation_primary_key(table) != NULL ||
        ls_is_given_ahead(builder, LS_CREATION_PRIMARY_KEY, &create->name, table->id);
    ls_set_written(builder, effect, LS_ATTRIBUTE_TEXT, builder->statement->at);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_UNIDENTIFIED,
                ls_catalog_publishes_changes(builder->catalog, table) &&
                    ls_is_unidentified(builder, table));
    if (primary || is_complete(builder, create))
        ls_set_flag(builder, effect, LS_ATTRIBUTE_PRIMARY_KEY, primary);
    if (!is_complete(builder, create))
        return;
    for (LS_EACH(const ls_catalog_column, column, table->columns))
        ls_add_word(builder, effect, LS_ATTRIBUTE_COLUMNS, ls_quoted(builder, column->name));
}

static void describe(ls_builder *builder, const ls_create_table *create, ls_relation_id id,
                     bool exists) {
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_CREATE_TABLE, builder->statement->at, id);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IF_NOT_EXISTS, create->if_not_exists);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_EXISTS, exists);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_QUALIFIED, create->name.schema != NULL);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, ls_shown(builder, id));
    ls_set_text(builder, effect, LS_ATTRIBUTE_PERSISTENCE, persistence_name(create->persistence));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_COMMENTED,
                ls_is_given_ahead(builder, LS_CREATION_COMMENT, &create->name, id));
    describe_contents(builder, create, ls_relation_of(builder, id), effect);
}

void ls_effects_of_create_table(ls_builder *builder, const ls_create_table *create) {
    const ls_relation_id there = ls_in_the_way(builder, &create->name, create->persistence);
    if (ls_is_taken(builder, &create->name, there, create->if_not_exists)) {
        if (create->if_not_exists)
            describe(builder, create, there, true);
        return;
    }
    ls_effect *partition = NULL;
    if (create->partition_of.name)
        partition = ls_note_partition(builder, create);
    lock_others(builder, create);
    check_definition(builder, create);
    if (ls_is_refused(builder))
        return;
    const ls_relation_id table = define_table(builder, create);
    if (partition)
        ls_set_text(builder, partition, LS_ATTRIBUTE_NAME, ls_shown(builder, table));
    else
        describe(builder, create, table, false);
    ls_describe_definition(builder, create, table);
}
