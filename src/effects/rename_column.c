/*
 * rename_column.c - RENAME COLUMN.
 *
 * ACCESS EXCLUSIVE on the table and on every partition or child (measured). PostgreSQL refers to
 * columns by number, so that constraints, indexes, views, triggers and foreign keys follow by
 * themselves; the catalog refers to them by name, and every place has to be visited. Expressions
 * are copied before they are changed: they belong to the statement that wrote them.
 */
#include "effects/ahead.h"
#include "effects/rename.h"
#include "effects/replacement.h"

#include "catalog/dependencies.h"
#include "effects/families.h"
#include "effects/type_facts.h"

#include <string.h>

typedef struct {
    ls_builder *builder;
    const char *from, *to;
} column_renaming;

/* --- Names in parts ------------------------------------------------------------------------- */

static bool is_old(const column_renaming *change, const char *name) {
    return name && strcmp(name, change->from) == 0;
}

static void rename_word(const column_renaming *change, const char **word) {
    if (is_old(change, *word))
        *word = change->to;
}

/* Lists may be shared with the statement that wrote them, or with another relation. */
static void rename_words(const column_renaming *change, ls_words *words) {
    ls_words copy = {0};
    for (LS_EACH(const char *, word, *words)) {
        const char *name = is_old(change, *word) ? change->to : *word;
        LS_PUSH(ls_catalog_arena(change->builder->catalog), &copy, name);
    }
    *words = copy;
}

/* A copy of the expression in which the column has its new name. */
static ls_expression *renamed(const column_renaming *change, const ls_expression *expression) {
    if (!expression)
        return NULL;
    ls_arena *arena = ls_catalog_arena(change->builder->catalog);
    ls_expression *copy = LS_NEW(arena, ls_expression);
    *copy = *expression;
    memset(&copy->arguments, 0, sizeof copy->arguments);
    for (LS_EACH(ls_expression *, argument, expression->arguments)) {
        ls_expression *below = renamed(change, *argument);
        LS_PUSH(arena, &copy->arguments, below);
    }
    if (copy->kind != LS_EXPR_COLUMN || copy->star || copy->names.count == 0)
        return copy;
    memset(&copy->names, 0, sizeof copy->names);
    for (LS_EACH(const char *, name, expression->names))
        LS_PUSH(arena, &copy->names, *name);
    rename_word(change, &copy->names.items[copy->names.count - 1]);
    return copy;
}

static bool mentions(const column_renaming *change, const ls_expression *expression) {
    const ls_words columns = ls_expression_columns(change->builder->arena, expression);
    return ls_has_word(&columns, change->from);
}

static void rename_expression(const column_renaming *change, const ls_expression **expression) {
    if (*expression && mentions(change, *expression))
        *expression = renamed(change, *expression);
}

static void rename_elements(const column_renaming *change, ls_index_elements *elements) {
    ls_index_elements copy = {0};
    for (LS_EACH(const ls_index_element, element, *elements)) {
        ls_index_element changed = *element;
        rename_word(change, &changed.column);
        if (changed.expression && mentions(change, changed.expression))
            changed.expression = renamed(change, changed.expression);
        LS_PUSH(ls_catalog_arena(change->builder->catalog), &copy, changed);
    }
    *elements = copy;
}

/* --- The table's own parts ------------------------------------------------------------------ */

static void rename_in_columns(const column_renaming *change, ls_relation *table) {
    for (LS_EACH(ls_catalog_column, column, table->columns)) {
        rename_word(change, &column->name);
        rename_expression(change, &column->generation);
    }
}

static void rename_in_constraints(const column_renaming *change, ls_relation *table) {
    for (LS_EACH(ls_catalog_constraint, constraint, table->constraints)) {
        rename_words(change, &constraint->columns);
        if (constraint->expression && mentions(change, constraint->expression))
            constraint->text = NULL;
        rename_expression(change, &constraint->expression);
        if (constraint->referenced == table->id)
            rename_words(change, &constraint->referenced_columns);
    }
}

static void rename_in_triggers(const column_renaming *change, ls_relation *table) {
    for (LS_EACH(ls_catalog_trigger, trigger, table->triggers)) {
        rename_words(change, &trigger->columns);
        rename_words(change, &trigger->when_columns);
    }
    for (LS_EACH(ls_catalog_policy, policy, table->policies))
        rename_words(change, &policy->columns);
}

static void rename_in_index(const column_renaming *change, ls_relation_id id) {
    ls_relation *index = ls_catalog_edit(change->builder->catalog, id);
    rename_elements(change, &index->elements);
    rename_words(change, &index->include);
    rename_expression(change, &index->predicate);
    index->definition_source = NULL;
}

static void rename_in_statistics(const column_renaming *change, ls_relation_id id) {
    ls_catalog *catalog = change->builder->catalog;
    const ls_statistics_list all = ls_catalog_statistics_objects(change->builder->arena, catalog);
    for (LS_EACH(const ls_catalog_statistics *, statistics, all)) {
        if ((*statistics)->relation != id || !ls_has_word(&(*statistics)->columns, change->from))
            continue;
        ls_catalog_statistics renamed = **statistics;
        rename_words(change, &renamed.columns);
        ls_catalog_drop_statistics(catalog, *statistics);
        ls_catalog_add_statistics(catalog, &renamed);
    }
}

static void rename_in_table(const column_renaming *change, ls_relation_id id) {
    ls_relation *table = ls_catalog_edit(change->builder->catalog, id);
    rename_in_columns(change, table);
    rename_in_constraints(change, table);
    rename_in_triggers(change, table);
    rename_elements(change, &table->partitioning.keys);
    rename_in_statistics(change, id);
    const ls_relation_ids indexes = table->indexes;
    for (LS_EACH(const ls_relation_id, index, indexes))
        rename_in_index(change, *index);
}

/* --- What hangs on it ----------------------------------------------------------------------- */

static void rename_in_dependent(const column_renaming *change, ls_relation_id table,
                                ls_relation_id dependent) {
    const ls_relation *known = ls_relation_of(change->builder, dependent);
    if (!known || known->kind == LS_RELATION_INDEX)
        return;
    ls_relation *relation = ls_catalog_edit(change->builder->catalog, dependent);
    for (LS_EACH(ls_column_use, use, relation->uses))
        if (use->relation == table)
            rename_word(change, &use->column);
    for (LS_EACH(ls_catalog_constraint, key, relation->constraints))
        if (key->referenced == table && dependent != table)
            rename_words(change, &key->referenced_columns);
    if (relation->kind == LS_RELATION_SEQUENCE && relation->owner_table == table)
        rename_word(change, &relation->owner_column);
}

static void rename_in_dependents(const column_renaming *change, ls_relation_id table) {
    const ls_relation_ids dependents = ls_relation_of(change->builder, table)->dependents;
    for (LS_EACH(const ls_relation_id, dependent, dependents))
        rename_in_dependent(change, table, *dependent);
    const ls_relation_ids sequences =
        ls_owned_sequences(change->builder, ls_relation_of(change->builder, table));
    for (LS_EACH(const ls_relation_id, sequence, sequences))
        rename_in_dependent(change, table, *sequence);
}

static void apply(const column_renaming *change, ls_relation_id id) {
    rename_in_dependents(change, id);
    rename_in_table(change, id);
    const ls_relation_ids below =
        ls_relation_descendants(change->builder->arena, change->builder->catalog, id);
    for (LS_EACH(const ls_relation_id, child, below)) {
        rename_in_dependents(change, *child);
        rename_in_table(change, *child);
    }
}

/* --- The statement -------------------------------------------------------------------------- */

static bool is_inherited(const ls_builder *builder, const ls_relation *table, const char *column) {
    for (LS_EACH(const ls_relation_id, id, table->parents)) {
        const ls_relation *parent = ls_relation_of(builder, *id);
        if (parent && ls_relation_column(parent, column))
            return true;
    }
    return false;
}

static void check(ls_builder *builder, const ls_rename *rename, const ls_relation *table) {
    if (table->columns_complete && !ls_relation_column(table, rename->member))
        ls_refuse(builder, rename->member_at, "column \"%s\" does not exist", rename->member);
    if (ls_relation_column(table, rename->new_name))
        ls_refuse(builder, rename->new_name_at, "column \"%s\" of relation \"%s\" already exists",
                  rename->new_name, table->name);
    if (is_inherited(builder, table, rename->member))
        ls_refuse(builder, rename->member_at, "cannot rename inherited column \"%s\"",
                  rename->member);
}

/* A second column of a domain would be checked in every row: its base type is not. */
static void describe_type(ls_builder *builder, ls_effect *effect, const ls_data_type *type) {
    const ls_data_type base = ls_base_type(builder->catalog, type);
    const char *base_text = ls_type_text(builder->arena, &base);
    const char *text = ls_type_text(builder->arena, type);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE, text);
    ls_set_text(builder, effect, LS_ATTRIBUTE_BASE, base_text);
    if (strcmp(text, base_text) != 0)
        ls_set_text(builder, effect, LS_ATTRIBUTE_DOMAIN, text);
}

/* What the rest of the file makes of the old name and of the new one. */
static void describe_sequel(ls_builder *builder, ls_effect *effect, const ls_rename *rename,
                            ls_relation_id id) {
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REPLACED, ls_swaps_columns(builder, rename));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_RECREATED,
                ls_action_ahead(builder, id, LS_ALTER_ADD_COLUMN, rename->member) != NULL ||
                    ls_rename_ahead(builder, id, rename->member));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_WITH_TABLE, ls_is_table_renamed(builder, id));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_DROPPED_LATER,
                ls_action_ahead(builder, id, LS_ALTER_DROP_COLUMN, rename->new_name) != NULL);
}

static void describe(ls_builder *builder, const ls_rename *rename, ls_relation_id id) {
    const ls_relation *table = ls_relation_of(builder, id);
    const bool is_view =
        table->kind == LS_RELATION_VIEW || table->kind == LS_RELATION_MATERIALIZED_VIEW;
    ls_effect *effect =
        ls_add_effect(builder, is_view ? LS_EFFECT_RENAME_VIEW : LS_EFFECT_RENAME_COLUMN,
                      builder->statement->at, id);
    const ls_catalog_column *column = ls_relation_column(table, rename->member);
    const bool is_new = column && ls_is_new(builder, &column->birth);
    ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, rename->member));
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_NAME, ls_quoted(builder, rename->new_name));
    if (!is_view) {
        ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_COLUMN, is_new);
        describe_sequel(builder, effect, rename, id);
        ls_describe_key(builder, effect, id);
        ls_describe_trigger(builder, effect, table, rename->member);
        if (column && column->type.known)
            describe_type(builder, effect, &column->type);
    }
    if (!is_new)
        ls_break_users(builder, effect, &table->birth);
}

static column_renaming renaming_of(ls_builder *builder, const ls_rename *rename) {
    return (column_renaming){
        .builder = builder,
        .from = rename->member,
        .to = ls_catalog_intern(builder->catalog, rename->new_name),
    };
}

void ls_rename_column(ls_builder *builder, const ls_rename *rename) {
    const ls_relation_id id = ls_named(builder, &rename->name, LS_RELATION_UNKNOWN);
    check(builder, rename, ls_relation_of(builder, id));
    ls_take_lock(builder, id, LS_ACCESS_EXCLUSIVE, builder->statement->at);
    ls_take_lock_below(builder, id, LS_ACCESS_EXCLUSIVE, builder->statement->at);
    describe(builder, rename, id);
    if (ls_is_refused(builder))
        return;
    const column_renaming change = renaming_of(builder, rename);
    apply(&change, id);
    ls_catalog_rename_notes(builder->catalog, id, change.from, change.to);
}

/* With CASCADE, and only then, an attribute of a type with typed tables can be renamed; they are
 * locked with it (measured on 15). */
void ls_rename_attribute(ls_builder *builder, const ls_rename *rename) {
    const ls_catalog_type *type =
        ls_catalog_find_type(builder->catalog, rename->name.schema, rename->name.name);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_ALTER_TYPE, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE, ls_shown_name(builder, &rename->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_ACTION, "rename_attribute");
    ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, rename->member));
    if (!type || !ls_relation_of(builder, type->relation))
        return;
    const ls_span at = builder->statement->at;
    const column_renaming change = renaming_of(builder, rename);
    ls_take_lock(builder, type->relation, LS_ACCESS_EXCLUSIVE, at);
    const ls_dependencies dependents =
        ls_dependents_of_type(builder->arena, builder->catalog, type);
    for (LS_EACH(const ls_dependency, dependent, dependents)) {
        if (dependent->kind != LS_DEPENDS_TABLE)
            continue;
        ls_take_lock(builder, dependent->relation, LS_ACCESS_EXCLUSIVE, at);
        apply(&change, dependent->relation);
    }
    apply(&change, type->relation);
}
