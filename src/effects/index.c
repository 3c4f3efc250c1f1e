/*
 * index.c - CREATE INDEX.
 *
 * A plain CREATE INDEX holds SHARE on the table while it reads it; on a partitioned table it does
 * so on every partition and builds one index on each, unless a partition has one that fits, which
 * is then attached (measured; the last on 15). CONCURRENTLY takes SHARE UPDATE EXCLUSIVE and reads
 * the table twice. ON ONLY builds nothing.
 */
#include "effects/ahead.h"
#include "effects/families.h"
#include "effects/recipe.h"
#include "effects/volatility.h"

#include "catalog/dependencies.h"
#include "catalog/names.h"

#include <string.h>

static ls_lock_mode table_lock(const ls_create_index *create) {
    return create->concurrently ? LS_SHARE_UPDATE_EXCLUSIVE : LS_SHARE;
}

static const char *method_of(const ls_create_index *create) {
    return create->method ? create->method : "btree";
}

static ls_span definition_place(const ls_create_index *create, ls_span statement) {
    const bool placed = !ls_span_empty(create->relation.at);
    return ls_span_of(placed ? create->relation.at.end : create->elements_at.begin, statement.end);
}

const ls_relation *ls_index_as_written(ls_builder *builder, const ls_create_index *create,
                                       ls_span statement) {
    ls_relation *index = LS_NEW(builder->arena, ls_relation);
    index->kind = LS_RELATION_INDEX;
    index->unique = create->unique;
    index->valid = true;
    index->method = method_of(create);
    index->elements = create->elements;
    index->include = create->include;
    index->predicate = create->where;
    index->nulls_not_distinct = create->nulls_not_distinct;
    index->definition_source = builder->source;
    index->definition_at = definition_place(create, statement);
    return index;
}

/* --- What PostgreSQL refuses ---------------------------------------------------------------- */

static void check_immutable(ls_builder *builder, const ls_expression *expression,
                            const char *where) {
    if (!expression)
        return;
    const ls_volatility_verdict verdict =
        ls_expression_volatility(builder->catalog, expression, builder->postgres);
    if (verdict.volatility != LS_IMMUTABLE && !verdict.assumed)
        ls_refuse(builder, verdict.culprit ? verdict.culprit->at : expression->at,
                  "functions in index %s must be marked IMMUTABLE", where);
}

static void check_expressions(ls_builder *builder, const ls_create_index *create,
                              const ls_relation *table) {
    for (LS_EACH(const ls_index_element, element, create->elements)) {
        check_immutable(builder, element->expression, "expression");
        ls_check_enum_condition(builder, element->expression, table);
    }
    check_immutable(builder, create->where, "predicate");
    ls_check_enum_condition(builder, create->where, table);
}

static ls_words key_columns(ls_builder *builder, const ls_create_index *create) {
    ls_words columns = {0};
    for (LS_EACH(const ls_index_element, element, create->elements))
        if (element->column)
            LS_PUSH(builder->arena, &columns, element->column);
    return columns;
}

static void check_partitioned(ls_builder *builder, const ls_create_index *create,
                              const ls_relation *table) {
    if (create->concurrently)
        ls_refuse(builder, create->concurrently_at,
                  "cannot create index on partitioned table \"%s\" concurrently", table->name);
    const ls_words columns = key_columns(builder, create);
    if (create->unique && ls_uncovered_partition_key(&table->partitioning, &columns))
        ls_refuse(builder, create->elements_at,
                  "unique constraint on partitioned table must include all partitioning columns");
}

static void check_table(ls_builder *builder, const ls_create_index *create,
                        const ls_relation *table) {
    if (table->kind == LS_RELATION_PARTITIONED_TABLE)
        check_partitioned(builder, create, table);
    if (table->birth.known &&
        (table->kind == LS_RELATION_VIEW || table->kind == LS_RELATION_FOREIGN_TABLE))
        ls_refuse(builder, create->relation.at, "cannot create index on relation \"%s\"",
                  table->name);
}

static void check_columns(ls_builder *builder, const ls_create_index *create,
                          const ls_relation *table) {
    if (!table->columns_complete)
        return;
    for (LS_EACH(const ls_index_element, element, create->elements))
        if (element->column && !ls_relation_column(table, element->column))
            ls_refuse(builder, element->at, "column \"%s\" does not exist", element->column);
}

/* --- Building ------------------------------------------------------------------------------- */

static ls_relation_id define_index(ls_builder *builder, const ls_create_index *create,
                                   ls_relation_id table, const char *name) {
    ls_birth birth = builder->birth;
    birth.if_not_exists = create->if_not_exists;
    birth.known = birth.known && (!create->if_not_exists ||
                                  ls_is_new(builder, &ls_relation_of(builder, table)->birth));
    ls_relation *index = ls_catalog_create_index(builder->catalog, table, name, birth);
    index->unique = create->unique;
    index->valid = !create->only;
    index->only_parent = create->only;
    index->method = method_of(create);
    index->elements = create->elements;
    index->include = create->include;
    index->column_names = ls_index_column_names(ls_catalog_arena(builder->catalog),
                                                &create->elements, &create->include);
    index->predicate = create->where;
    index->nulls_not_distinct = create->nulls_not_distinct;
    index->definition_source = builder->source;
    index->definition_at = definition_place(create, builder->statement->at);
    return index->id;
}

static void attach(ls_builder *builder, ls_relation_id parent, ls_relation_id child) {
    if (!parent)
        return;
    ls_catalog_amend(builder->catalog, child)->parent_index = parent;
    ls_relation *above = ls_catalog_amend(builder->catalog, parent);
    LS_PUSH(ls_catalog_arena(builder->catalog), &above->child_indexes, child);
}

static const char *chosen_name(ls_builder *builder, const ls_create_index *create,
                               const ls_relation *table) {
    return ls_choose_index_name(builder->catalog, table, &create->elements, &create->include,
                                "idx");
}

/* Builds on the table and, where it is partitioned, on each partition. `parent` is the index of the
 * partitioned table above, or 0. Returns the index on this table. */
static ls_relation_id build(ls_builder *builder, const ls_create_index *create,
                            ls_relation_id table_id, const char *name, ls_relation_id parent) {
    const ls_relation table = *ls_relation_of(builder, table_id);
    const ls_relation_id fits =
        parent ? ls_duplicate_index(builder, &table,
                                    ls_index_as_written(builder, create, builder->statement->at))
               : 0;
    if (fits) {
        ls_take_lock(builder, fits, LS_SHARE, builder->statement->at);
        attach(builder, parent, fits);
        return fits;
    }
    const bool partitioned = table.kind == LS_RELATION_PARTITIONED_TABLE;
    if (!name)
        name = chosen_name(builder, create, &table);
    if (!partitioned)
        ls_build_index(builder, table_id, 0, name, builder->statement->at);
    const ls_relation_id index = define_index(builder, create, table_id, name);
    attach(builder, parent, index);
    if (partitioned && !create->only)
        for (LS_EACH(const ls_relation_id, child, table.children))
            build(builder, create, *child, NULL, index);
    return index;
}

/* --- The statement -------------------------------------------------------------------------- */

static void describe_keys(ls_builder *builder, ls_effect *effect, const ls_create_index *create) {
    bool expression = false;
    for (LS_EACH(const ls_index_element, element, create->elements)) {
        if (element->column)
            ls_add_word(builder, effect, LS_ATTRIBUTE_COLUMNS, ls_quoted(builder, element->column));
        expression = expression || element->expression;
    }
    ls_set_number(builder, effect, LS_ATTRIBUTE_COUNT, create->elements.count);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_EXPRESSION, expression);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PARTIAL, create->where != NULL);
    ls_set_text(builder, effect, LS_ATTRIBUTE_METHOD, method_of(create));
    ls_set_written(builder, effect, LS_ATTRIBUTE_DEFINITION,
                   definition_place(create, builder->statement->at));
}

static bool goes_later(const ls_builder *builder, ls_relation_id index) {
    return ls_drop_ahead(builder, index);
}

/* A generated table with more indexes than this would cost the square of their number. */
enum { MOST_NEIGHBOURS = 200 };

/* Indexes of the table beside which the new one is of no use, or that are of no use beside it;
 * unless the migration goes on to drop them. */
static void describe_neighbours(ls_builder *builder, ls_effect *effect,
                                const ls_create_index *create, const ls_relation *table) {
    if (table->indexes.count > MOST_NEIGHBOURS)
        return;
    const ls_relation *wanted = ls_index_as_written(builder, create, builder->statement->at);
    const ls_relation_id same = ls_duplicate_index(builder, table, wanted);
    if (same && !goes_later(builder, same))
        ls_set_text(builder, effect, LS_ATTRIBUTE_DUPLICATE_OF, ls_shown(builder, same));
    if (same)
        return;
    const ls_relation_id covering = ls_covering_index(builder, table, wanted);
    if (covering && !goes_later(builder, covering))
        ls_set_text(builder, effect, LS_ATTRIBUTE_COVERED_BY, ls_shown(builder, covering));
    const ls_relation_id covered = ls_covered_index(builder, table, wanted);
    if (!covering && covered && !goes_later(builder, covered))
        ls_set_text(builder, effect, LS_ATTRIBUTE_COVERS, ls_shown(builder, covered));
}

static const char *name_of(ls_builder *builder, const ls_create_index *create,
                           const ls_relation *table) {
    return create->name.name ? create->name.name : chosen_name(builder, create, table);
}

/* Indexes live in the schema of their table. */
static ls_name full_name(const ls_relation *table, const char *index) {
    return (ls_name){.schema = table->schema, .name = index};
}

static void describe_name(ls_builder *builder, ls_effect *effect, const ls_create_index *create,
                          const ls_relation *table) {
    const char *name = name_of(builder, create, table);
    const ls_name full = full_name(table, name);
    ls_set_text(builder, effect, LS_ATTRIBUTE_INDEX, ls_quoted(builder, name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_INDEX_SHOWN, ls_shown_name(builder, &full));
    if (table->kind == LS_RELATION_PARTITIONED_TABLE && !create->only)
        ls_set_text(builder, effect, LS_ATTRIBUTE_PARTITION_STEPS,
                    ls_partition_recipe(
                        builder, table->id,
                        ls_index_as_written(builder, create, builder->statement->at), name));
}

static bool is_unique_by(const ls_builder *builder, const ls_relation *table,
                         const ls_words *columns) {
    for (LS_EACH(const ls_relation_id, id, table->indexes)) {
        const ls_relation *index = ls_relation_of(builder, *id);
        bool covered = index && index->unique && index->valid && !index->predicate;
        for (size_t i = 0; covered && i < index->elements.count; i++)
            covered = index->elements.items[i].column &&
                      ls_has_word(columns, index->elements.items[i].column);
        if (covered)
            return true;
    }
    return false;
}

/* Nothing keeps two rows from being the same in what is to be unique: no key over some of the
 * columns, and no new column, which holds NULL in every row. */
static bool may_repeat(ls_builder *builder, const ls_create_index *create,
                       const ls_relation *table) {
    const ls_words columns = key_columns(builder, create);
    for (LS_EACH(const char *, name, columns)) {
        const ls_catalog_column *column = ls_relation_column(table, *name);
        if (column && ls_is_new(builder, &column->birth) && !column->default_value)
            return false;
    }
    return create->unique && !is_unique_by(builder, table, &columns);
}

static ls_effect *describe(ls_builder *builder, const ls_create_index *create,
                           ls_relation_id table_id) {
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_CREATE_INDEX, builder->statement->at, table_id);
    const ls_relation *table = ls_relation_of(builder, table_id);
    const bool named = create->name.name != NULL;
    ls_set_flag(builder, effect, LS_ATTRIBUTE_CONCURRENTLY, create->concurrently);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_UNIQUE, create->unique);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IF_NOT_EXISTS, create->if_not_exists);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_ONLY, create->only);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NAMED, named);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PARTITIONED,
                table->kind == LS_RELATION_PARTITIONED_TABLE);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PRECEDED_BY_DROP,
                named && ls_was_dropped(builder, create->name.name));
    describe_name(builder, effect, create, table);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_MAY_REPEAT, may_repeat(builder, create, table));
    if (create->where)
        ls_set_written(builder, effect, LS_ATTRIBUTE_CONDITION, create->where->at);
    describe_keys(builder, effect, create);
    describe_neighbours(builder, effect, create, table);
    ls_set_text(builder, effect, LS_ATTRIBUTE_EARLIER, ls_unrepeatable_before(builder));
    return effect;
}

static ls_relation_id in_the_way(const ls_builder *builder, const ls_create_index *create,
                                 const ls_relation *table) {
    if (!create->name.name)
        return 0;
    const ls_name name = full_name(table, create->name.name);
    return ls_known(builder, &name);
}

/* True if the statement ends here, with nothing built. What has the name of its own table is surely
 * taken: where there is no such table, the statement fails for that. */
static bool is_taken(ls_builder *builder, const ls_create_index *create, ls_relation_id table,
                     ls_effect *effect) {
    const ls_relation_id there = in_the_way(builder, create, ls_relation_of(builder, table));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_EXISTS, there != 0 && create->if_not_exists);
    if (there && create->if_not_exists)
        return true;
    if (there && (there == table || ls_surely_exists(builder, there)))
        ls_refuse(builder, create->name.at, "relation \"%s\" already exists", create->name.name);
    return false;
}

static void lock_table(ls_builder *builder, const ls_create_index *create, ls_relation_id id) {
    const ls_span at = builder->statement->at;
    ls_take_lock(builder, id, table_lock(create), at);
    if (!create->only && ls_relation_of(builder, id)->kind == LS_RELATION_PARTITIONED_TABLE)
        ls_take_lock_below(builder, id, table_lock(create), at);
}

void ls_effects_of_create_index(ls_builder *builder, const ls_create_index *create) {
    if (create->concurrently)
        ls_forbid_in_transaction(builder, "CREATE INDEX CONCURRENTLY");
    const ls_relation_id id = ls_named(builder, &create->relation, LS_RELATION_TABLE);
    const ls_relation *table = ls_relation_of(builder, id);
    ls_effect *effect = describe(builder, create, id);
    check_table(builder, create, table);
    if (create->if_not_exists && !create->name.name)
        ls_refuse(builder, builder->statement->at, "an index name is needed with IF NOT EXISTS");
    if (ls_is_refused(builder))
        return;
    lock_table(builder, create, id);
    if (is_taken(builder, create, id, effect))
        return;
    check_columns(builder, create, table);
    ls_refuse_unfit_method(builder, create, table);
    check_expressions(builder, create, table);
    if (ls_is_refused(builder))
        return;
    if (!create->only)
        ls_set_work(builder, effect, LS_WORK_BUILD);
    build(builder, create, id, name_of(builder, create, table), 0);
}
