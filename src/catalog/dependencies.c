/*
 * dependencies.c - who depends on what.
 *
 * The hints name the relations that may refer to the object asked about; each is then asked for its
 * present state. What the hints are and how they are kept: see references.c.
 */
#include "catalog/dependencies.h"

#include "catalog/internal.h"

static void add(ls_arena *arena, ls_dependencies *found, ls_dependency_kind kind,
                ls_relation_id relation, const char *name) {
    LS_PUSH(arena, found, ((ls_dependency){.kind = kind, .relation = relation, .name = name}));
}

/* The relations that may refer to this one; references are indexed before. */
static ls_relation_ids referring(ls_catalog *catalog, const ls_relation *relation) {
    return ls_swept_relations(catalog, &relation->dependents);
}

static bool reads(ls_arena *arena, const ls_expression *expression, const char *column) {
    if (expression == NULL)
        return false;
    ls_words columns = ls_expression_columns(arena, expression);
    return ls_has_word(&columns, column);
}

/* True if one of the uses is of the relation, and of the column if one is given. */
static bool uses(const ls_column_use *items, size_t count, ls_relation_id relation,
                 const char *column) {
    for (size_t i = 0; i < count; i++)
        if (items[i].relation == relation &&
            (column == NULL || ls_same_name(items[i].column, column)))
            return true;
    return false;
}

/* Functions whose SQL-standard body reads the relation, or its column. */
static void add_functions(ls_arena *arena, ls_catalog *catalog, ls_relation_id id,
                          const char *column, ls_dependencies *found) {
    ls_cells cells = ls_living_cells(arena, catalog, &ls_relation_slot_of(catalog, id)->functions);
    for (size_t at = 0; at < cells.count; at++) {
        const ls_functions *overloads = cells.items[at]->value;
        for (size_t i = 0; i < overloads->count; i++) {
            const ls_catalog_function *function = overloads->items[i];
            if (!uses(function->uses.items, function->uses.count, id, column))
                continue;
            LS_PUSH(arena, found,
                    ((ls_dependency){.kind = LS_DEPENDS_FUNCTION,
                                     .name = function->name,
                                     .schema = function->schema,
                                     .function = function}));
        }
    }
}

/* Functions that take or return the type; a table is one, too. */
static void add_functions_of(ls_arena *arena, ls_catalog *catalog, const char *schema,
                             const char *name, ls_dependencies *found) {
    const ls_data_type type = {.schema = schema, .name = name};
    const ls_functions functions = ls_functions_of_type(arena, catalog, &type);
    for (LS_EACH(const ls_catalog_function *, function, functions))
        LS_PUSH(arena, found,
                ((ls_dependency){.kind = LS_DEPENDS_FUNCTION,
                                 .name = (*function)->name,
                                 .schema = (*function)->schema,
                                 .function = *function}));
}

/* --- Of a relation -------------------------------------------------------------------------- */

static void add_foreign_keys_to(ls_arena *arena, const ls_relation *from, ls_relation_id referenced,
                                ls_dependencies *found) {
    for (LS_EACH(const ls_catalog_constraint, constraint, from->constraints))
        if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY && constraint->referenced == referenced &&
            !constraint->inherited)
            add(arena, found, LS_DEPENDS_FOREIGN_KEY, from->id, constraint->name);
}

static void add_columns_over(ls_arena *arena, const ls_catalog *catalog, const ls_relation *from,
                             const ls_relation *relation, ls_dependencies *found) {
    const ls_data_type row_type = {.schema = relation->schema, .name = relation->name};
    for (LS_EACH(const ls_catalog_column, column, from->columns)) {
        if (ls_is_type(&column->type, &row_type))
            add(arena, found, LS_DEPENDS_COLUMN, from->id, column->name);
        bool takes_values = column->serial || column->identity != 0;
        if ((takes_values && column->sequence == relation->id) ||
            ls_sequence_of_default(catalog, column->default_value) == relation->id)
            add(arena, found, LS_DEPENDS_DEFAULT, from->id, column->name);
    }
}

ls_dependencies ls_dependents_of_relation(ls_arena *arena, ls_catalog *catalog, ls_relation_id id) {
    ls_dependencies found = {0};
    ls_index_references(catalog);
    const ls_relation *relation = ls_catalog_relation(catalog, id);
    if (relation == NULL)
        return found;
    ls_relation_ids candidates = referring(catalog, relation);
    for (LS_EACH(const ls_relation_id, candidate, candidates)) {
        const ls_relation *from = ls_catalog_relation(catalog, *candidate);
        if (uses(from->uses.items, from->uses.count, id, NULL))
            add(arena, &found, LS_DEPENDS_VIEW, from->id, from->name);
        add_foreign_keys_to(arena, from, id, &found);
        add_columns_over(arena, catalog, from, relation, &found);
    }
    for (LS_EACH(const ls_relation_id, child, relation->children)) {
        const ls_relation *heir = ls_catalog_relation(catalog, *child);
        if (heir != NULL && !heir->is_partition)
            add(arena, &found, LS_DEPENDS_TABLE, heir->id, heir->name);
    }
    add_functions(arena, catalog, id, NULL, &found);
    if (ls_has_row_type(relation))
        add_functions_of(arena, catalog, relation->schema, relation->name, &found);
    return found;
}

ls_dependencies ls_foreign_keys_to(ls_arena *arena, ls_catalog *catalog, ls_relation_id id) {
    ls_dependencies found = {0};
    ls_index_references(catalog);
    const ls_relation *relation = ls_catalog_relation(catalog, id);
    if (relation == NULL)
        return found;
    ls_relation_ids candidates = referring(catalog, relation);
    for (LS_EACH(const ls_relation_id, candidate, candidates))
        add_foreign_keys_to(arena, ls_catalog_relation(catalog, *candidate), id, &found);
    return found;
}

/* --- Of a column ---------------------------------------------------------------------------- */

/* A question about one column, and the answer so far. */
typedef struct {
    ls_arena *arena;
    ls_catalog *catalog;
    const ls_relation *relation;
    const char *column;
    ls_dependencies found;
} column_search;

static bool index_reads(const column_search *search, const ls_relation *index) {
    for (LS_EACH(const ls_index_element, element, index->elements))
        if (ls_same_name(element->column, search->column) ||
            reads(search->arena, element->expression, search->column))
            return true;
    return ls_has_word(&index->include, search->column) ||
           reads(search->arena, index->predicate, search->column);
}

static void search_triggers_and_policies(column_search *search) {
    const ls_relation *table = search->relation;
    for (LS_EACH(const ls_catalog_trigger, trigger, table->triggers))
        if (ls_has_word(&trigger->columns, search->column) ||
            ls_has_word(&trigger->when_columns, search->column))
            add(search->arena, &search->found, LS_DEPENDS_TRIGGER, table->id, trigger->name);
    for (LS_EACH(const ls_catalog_policy, policy, table->policies))
        if (ls_has_word(&policy->columns, search->column))
            add(search->arena, &search->found, LS_DEPENDS_POLICY, table->id, policy->name);
}

static void search_generated_columns(column_search *search) {
    const ls_relation *table = search->relation;
    for (LS_EACH(const ls_catalog_column, column, table->columns))
        if (column->generated != 0 && reads(search->arena, column->generation, search->column))
            add(search->arena, &search->found, LS_DEPENDS_GENERATED, table->id, column->name);
}

/* An index that backs a constraint is found as the constraint. */
static void search_indexes(column_search *search) {
    for (LS_EACH(const ls_relation_id, id, search->relation->indexes)) {
        const ls_relation *index = ls_catalog_relation(search->catalog, *id);
        if (index != NULL && index->constraint == NULL && index_reads(search, index))
            add(search->arena, &search->found, LS_DEPENDS_INDEX, index->id, index->name);
    }
}

/* True if the foreign key references the column; one without a list references the primary key. */
static bool references_column(const column_search *search, const ls_catalog_constraint *foreign) {
    if (foreign->referenced != search->relation->id)
        return false;
    if (foreign->referenced_columns.count > 0)
        return ls_has_word(&foreign->referenced_columns, search->column);
    const ls_catalog_constraint *key = ls_relation_primary_key(search->relation);
    return key != NULL && ls_has_word(&key->columns, search->column);
}

static bool constraint_reads(const column_search *search, const ls_catalog_constraint *constraint) {
    if (ls_has_word(&constraint->columns, search->column) ||
        reads(search->arena, constraint->expression, search->column))
        return true;
    const ls_relation *index = constraint->kind == LS_CONSTRAINT_EXCLUDE
                                   ? ls_catalog_relation(search->catalog, constraint->index)
                                   : NULL;
    return index != NULL && index_reads(search, index);
}

/* NOT NULL is a property of the column and goes with it. */
static void search_constraints(column_search *search) {
    const ls_relation *table = search->relation;
    for (LS_EACH(const ls_catalog_constraint, constraint, table->constraints)) {
        if (constraint->kind == LS_CONSTRAINT_NOT_NULL)
            continue;
        bool foreign = constraint->kind == LS_CONSTRAINT_FOREIGN_KEY;
        if (constraint_reads(search, constraint) ||
            (foreign && references_column(search, constraint)))
            add(search->arena, &search->found,
                foreign ? LS_DEPENDS_FOREIGN_KEY : LS_DEPENDS_CONSTRAINT, table->id,
                constraint->name);
    }
}

static void search_statistics(column_search *search) {
    const ls_relation_slot *slot = ls_relation_slot_of(search->catalog, search->relation->id);
    ls_cells cells = ls_living_cells(search->arena, search->catalog, &slot->statistics);
    for (LS_EACH(ls_cell *, cell, cells)) {
        const ls_catalog_statistics *object = (*cell)->value;
        if (object->relation == search->relation->id &&
            ls_has_word(&object->columns, search->column))
            LS_PUSH(search->arena, &search->found,
                    ((ls_dependency){.kind = LS_DEPENDS_STATISTICS,
                                     .name = object->name,
                                     .schema = object->schema}));
    }
}

static void search_other_relations(column_search *search) {
    ls_relation_ids candidates = referring(search->catalog, search->relation);
    for (LS_EACH(const ls_relation_id, candidate, candidates)) {
        const ls_relation *from = ls_catalog_relation(search->catalog, *candidate);
        if (uses(from->uses.items, from->uses.count, search->relation->id, search->column))
            add(search->arena, &search->found, LS_DEPENDS_VIEW, from->id, from->name);
        for (LS_EACH(const ls_catalog_constraint, constraint, from->constraints))
            if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY && !constraint->inherited &&
                references_column(search, constraint))
                add(search->arena, &search->found, LS_DEPENDS_FOREIGN_KEY, from->id,
                    constraint->name);
    }
}

ls_dependencies ls_dependents_of_column(ls_arena *arena, ls_catalog *catalog, ls_relation_id id,
                                        const char *column) {
    ls_index_references(catalog);
    column_search search = {.arena = arena,
                            .catalog = catalog,
                            .relation = ls_catalog_relation(catalog, id),
                            .column = column};
    if (search.relation == NULL || column == NULL)
        return search.found;
    search_other_relations(&search);
    search_triggers_and_policies(&search);
    search_generated_columns(&search);
    search_indexes(&search);
    search_constraints(&search);
    search_statistics(&search);
    add_functions(arena, catalog, id, column, &search.found);
    return search.found;
}

/* --- Of a key ------------------------------------------------------------------------------- */

static bool same_columns(const ls_words *left, const ls_words *right) {
    if (left->count != right->count)
        return false;
    for (LS_EACH(const char *, word, *left))
        if (!ls_has_word(right, *word))
            return false;
    return true;
}

static bool rests_on(const ls_catalog_constraint *foreign, ls_relation_id table,
                     const ls_catalog_constraint *key) {
    if (foreign->kind != LS_CONSTRAINT_FOREIGN_KEY || foreign->referenced != table)
        return false;
    if (foreign->index != 0 && key->index != 0)
        return foreign->index == key->index;
    if (foreign->referenced_columns.count == 0)
        return key->kind == LS_CONSTRAINT_PRIMARY_KEY;
    return same_columns(&foreign->referenced_columns, &key->columns);
}

static void add_resting(ls_arena *arena, const ls_relation *from, ls_relation_id table,
                        const ls_catalog_constraint *key, ls_dependencies *found) {
    for (LS_EACH(const ls_catalog_constraint, constraint, from->constraints))
        if (!constraint->inherited && rests_on(constraint, table, key))
            add(arena, found, LS_DEPENDS_FOREIGN_KEY, from->id, constraint->name);
}

ls_dependencies ls_dependents_of_key(ls_arena *arena, ls_catalog *catalog, ls_relation_id table,
                                     const ls_catalog_constraint *key) {
    ls_dependencies found = {0};
    ls_index_references(catalog);
    const ls_relation *referenced = ls_catalog_relation(catalog, table);
    if (referenced == NULL || key == NULL)
        return found;
    add_resting(arena, referenced, table, key, &found);
    ls_relation_ids candidates = referring(catalog, referenced);
    for (LS_EACH(const ls_relation_id, candidate, candidates))
        add_resting(arena, ls_catalog_relation(catalog, *candidate), table, key, &found);
    return found;
}

/* --- Of types and functions ----------------------------------------------------------------- */

static void add_columns_of(ls_arena *arena, const ls_relation *user, const ls_catalog_type *type,
                           ls_dependencies *found) {
    const ls_data_type wanted = {.schema = type->schema, .name = type->name};
    if (ls_same_name(user->of_type, type->name) && ls_same_name(user->of_type_schema, type->schema))
        add(arena, found, LS_DEPENDS_TABLE, user->id, user->name);
    for (LS_EACH(const ls_catalog_column, column, user->columns))
        if (ls_is_type(&column->type, &wanted))
            add(arena, found, LS_DEPENDS_COLUMN, user->id, column->name);
}

ls_dependencies ls_dependents_of_type(ls_arena *arena, ls_catalog *catalog,
                                      const ls_catalog_type *type) {
    ls_dependencies found = {0};
    ls_index_references(catalog);
    const ls_catalog_type *present = ls_catalog_find_type(catalog, type->schema, type->name);
    if (present == NULL)
        return found;
    ls_relation_ids users = ls_swept_relations(catalog, &present->users);
    for (LS_EACH(const ls_relation_id, user, users))
        add_columns_of(arena, ls_catalog_relation(catalog, *user), present, &found);
    const ls_data_type wanted = {.schema = present->schema, .name = present->name};
    ls_cells domains = ls_living_cells(arena, catalog, &catalog->domains);
    for (LS_EACH(ls_cell *, cell, domains)) {
        const ls_type_version *domain = (*cell)->value;
        if (ls_is_type(&domain->type.base, &wanted))
            LS_PUSH(arena, &found,
                    ((ls_dependency){.kind = LS_DEPENDS_TYPE,
                                     .name = domain->type.name,
                                     .schema = domain->type.schema}));
    }
    add_functions_of(arena, catalog, present->schema, present->name, &found);
    return found;
}

/* Trigger functions take no arguments; a trigger that names no schema may mean any. */
ls_dependencies ls_dependents_of_function(ls_arena *arena, ls_catalog *catalog,
                                          const ls_catalog_function *function) {
    ls_dependencies found = {0};
    ls_find_callers(arena, catalog, function, &found);
    if (function->arguments.count > 0)
        return found;
    ls_relation_ids tables = ls_trigger_tables(catalog, function->name);
    for (LS_EACH(const ls_relation_id, id, tables)) {
        const ls_relation *table = ls_catalog_relation(catalog, *id);
        for (LS_EACH(const ls_catalog_trigger, trigger, table->triggers))
            if (ls_same_name(trigger->function, function->name) &&
                (trigger->function_schema == NULL ||
                 ls_same_name(trigger->function_schema, function->schema)))
                add(arena, &found, LS_DEPENDS_TRIGGER, table->id, trigger->name);
    }
    return found;
}

/* --- Partition trees ------------------------------------------------------------------------ */

ls_relation_ids ls_relation_descendants(ls_arena *arena, const ls_catalog *catalog,
                                        ls_relation_id id) {
    ls_relation_ids found = {0};
    const ls_relation *relation = ls_catalog_relation(catalog, id);
    for (size_t next = 0; relation != NULL; next++) {
        for (LS_EACH(const ls_relation_id, child, relation->children))
            if (ls_catalog_relation(catalog, *child) != NULL)
                LS_PUSH(arena, &found, *child);
        relation = next < found.count ? ls_catalog_relation(catalog, found.items[next]) : NULL;
    }
    return found;
}

ls_relation_id ls_default_partition(const ls_catalog *catalog, const ls_relation *parent) {
    for (LS_EACH(const ls_relation_id, id, parent->children)) {
        const ls_relation *child = ls_catalog_relation(catalog, *id);
        if (child != NULL && child->is_partition && child->bound->kind == LS_BOUND_DEFAULT)
            return *id;
    }
    return 0;
}
