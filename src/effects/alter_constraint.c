/*
 * alter_constraint.c - ADD CONSTRAINT, and what a new CHECK or NOT NULL has to look at.
 *
 * Foreign keys and keys with an index have files of their own; this one chooses between them and
 * says what was added.
 */
#include "effects/alter.h"
#include "effects/check.h"
#include "effects/doubt.h"
#include "effects/later.h"

#include "catalog/dependencies.h"
#include "effects/predicates.h"

#include <string.h>

/* --- CHECK ----------------------------------------------------------------------------------- */

/* The child has the same constraint already, and it holds: they are merged without a look at the
 * rows (tablecmds.c: MergeWithExistingConstraint). */
static bool is_merged(const ls_relation *child, const char *name) {
    const ls_catalog_constraint *known = name == NULL ? NULL : ls_relation_constraint(child, name);
    return known != NULL && known->kind == LS_CONSTRAINT_CHECK && known->valid;
}

ls_work ls_add_check(ls_alteration *alteration, const ls_constraint *constraint,
                     const char **name) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    if (alteration->statement->only && relation->children.count > 0 && !constraint->no_inherit) {
        ls_refuse(builder, constraint->at, "constraint must be added to child tables too");
        return LS_WORK_NONE;
    }
    ls_check_enum_condition(builder, constraint->expression, relation);
    bool verify = !constraint->not_valid && !constraint->not_enforced;
    size_t reached = constraint->no_inherit ? 1 : alteration->tables.count;
    for (size_t i = 0; verify && i < reached; i++) {
        ls_relation_id table = alteration->tables.items[i];
        if (i == 0 || !is_merged(ls_relation_of(builder, table), constraint->name))
            ls_check_rows(alteration, table, constraint->at);
    }
    *name = ls_define_everywhere(alteration, constraint, NULL, !constraint->no_inherit)->name;
    ls_note_check(builder, alteration->relation, constraint, *name);
    return verify ? LS_WORK_SCAN : LS_WORK_NONE;
}

/* --- NOT NULL -------------------------------------------------------------------------------- */

bool ls_is_proven_not_null(const ls_relation *table, const char *column) {
    const ls_catalog_column *known = ls_relation_column(table, column);
    if (known != NULL && known->not_null)
        return true;
    for (LS_EACH(const ls_catalog_constraint, constraint, table->constraints))
        if (constraint->kind == LS_CONSTRAINT_CHECK && constraint->valid && constraint->enforced &&
            !constraint->doubted && ls_check_proves_not_null(constraint->expression, column))
            return true;
    return false;
}

ls_work ls_make_not_null(ls_alteration *alteration, const char *column, ls_span at) {
    ls_builder *builder = alteration->builder;
    ls_work work = LS_WORK_NONE;
    for (size_t i = 0; i < alteration->tables.count; i++) {
        ls_relation_id table = alteration->tables.items[i];
        if (!ls_is_proven_not_null(ls_relation_of(builder, table), column)) {
            ls_check_rows(alteration, table, at);
            work = LS_WORK_SCAN;
        }
        ls_catalog_column *known = ls_edit_column(builder, table, column);
        if (known != NULL) {
            known->not_null = true;
            known->not_null_unproven = false;
        }
    }
    return work;
}

/* 18: NOT NULL as a table constraint with a name. */
static ls_work add_not_null(ls_alteration *alteration, const ls_constraint *constraint,
                            const char **name) {
    if (constraint->columns.count == 0)
        return LS_WORK_NONE;
    const char *column = constraint->columns.items[0];
    ls_work work = LS_WORK_NONE;
    bool proven = ls_is_proven_not_null(ls_altered(alteration), column);
    if (!constraint->not_valid)
        work = ls_make_not_null(alteration, column, constraint->at);
    *name = ls_define_everywhere(alteration, constraint, NULL, !constraint->no_inherit)->name;
    for (size_t i = 0; constraint->not_valid && i < alteration->tables.count; i++) {
        ls_catalog_column *known =
            ls_edit_column(alteration->builder, alteration->tables.items[i], column);
        if (known == NULL)
            continue;
        known->not_null = proven;
        known->not_null_unproven = !proven;
    }
    return work;
}

/* --- The effect ------------------------------------------------------------------------------ */

static const char *keywords_of(ls_constraint_kind kind) {
    switch (kind) {
    case LS_CONSTRAINT_PRIMARY_KEY:
        return "PRIMARY KEY";
    case LS_CONSTRAINT_UNIQUE:
        return "UNIQUE";
    default:
        return NULL;
    }
}

static void describe_reference(ls_alteration *alteration, ls_effect *effect,
                               const ls_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    ls_relation_id id = ls_known(builder, &constraint->reference->relation);
    const ls_relation *referenced = ls_relation_of(builder, id);
    if (referenced == NULL)
        return;
    ls_set_text(builder, effect, LS_ATTRIBUTE_REFERENCED, ls_shown(builder, id));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REFERENCED_EXISTED,
                ls_references_existing(alteration, id));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REFERENCED_HOT, ls_is_hot(builder, id));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REFERENCED_SMALL, ls_is_small(builder, id));
    ls_set_words(builder, effect, LS_ATTRIBUTE_REFERENCED_COLUMNS, &constraint->reference->columns);
}

/* All columns that the constraint is about were added in this migration. */
static bool has_new_columns(const ls_alteration *alteration, const ls_words *columns) {
    for (size_t i = 0; i < columns->count; i++) {
        const ls_catalog_column *column =
            ls_relation_column(ls_altered(alteration), columns->items[i]);
        if (column == NULL || !ls_is_new(alteration->builder, &column->birth))
            return false;
    }
    return columns->count > 0;
}

/* One of them is added by the statement at hand. */
static bool has_columns_of_this_statement(const ls_alteration *alteration,
                                          const ls_words *columns) {
    for (LS_EACH(const ls_action, action, alteration->statement->actions))
        if (action->kind == LS_ALTER_ADD_COLUMN && ls_has_word(columns, action->column->name))
            return true;
    return false;
}

static ls_words columns_of(ls_builder *builder, const ls_constraint *constraint) {
    ls_words columns = constraint->columns;
    if (constraint->kind == LS_CONSTRAINT_CHECK)
        columns = ls_expression_columns(builder->arena, constraint->expression);
    ls_words named = {0};
    for (size_t i = 0; i < columns.count; i++)
        if (columns.items[i] != NULL)
            LS_PUSH(builder->arena, &named, columns.items[i]);
    for (LS_EACH(const ls_index_element, element, ls_constraint_index(constraint)->elements))
        if (element->column != NULL)
            LS_PUSH(builder->arena, &named, element->column);
    return named;
}

static ls_words quoted(ls_builder *builder, const ls_words *names) {
    ls_words shown = {0};
    for (size_t i = 0; i < names->count; i++)
        LS_PUSH(builder->arena, &shown, ls_quoted(builder, names->items[i]));
    return shown;
}

static const char *none_is_null(ls_builder *builder, const ls_relation *table,
                                const ls_words *columns) {
    const char *condition = NULL;
    for (size_t i = 0; i < columns->count; i++) {
        if (ls_is_proven_not_null(table, columns->items[i]))
            continue;
        const char *column = ls_quoted(builder, columns->items[i]);
        condition = condition == NULL ? ls_arena_format(builder->arena, "%s IS NOT NULL", column)
                                      : ls_arena_format(builder->arena, "%s AND %s IS NOT NULL",
                                                        condition, column);
    }
    return condition;
}

/* Whoever inserts has to give the column a value from now on. */
static bool requires(const ls_alteration *alteration, const ls_constraint *constraint,
                     const char *name) {
    const ls_catalog_column *column = ls_relation_column(ls_altered(alteration), name);
    const bool forbids_null = constraint->kind == LS_CONSTRAINT_PRIMARY_KEY ||
                              constraint->kind == LS_CONSTRAINT_NOT_NULL ||
                              (constraint->kind == LS_CONSTRAINT_CHECK &&
                               ls_check_proves_not_null(constraint->expression, name));
    return column != NULL && forbids_null && ls_becomes_required(alteration, column);
}

static void describe_columns(ls_alteration *alteration, ls_effect *effect,
                             const ls_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    ls_words columns = columns_of(builder, constraint);
    ls_words shown = quoted(builder, &columns);
    ls_set_words(builder, effect, LS_ATTRIBUTE_COLUMNS, &shown);
    if (shown.count == 1)
        ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, shown.items[0]);
    bool required = false;
    for (LS_EACH(const char *const, name, columns))
        if (columns.count == 1 && requires(alteration, constraint, *name))
            required = true;
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REQUIRED, required);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_COLUMN, has_new_columns(alteration, &columns));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_SAME_STATEMENT,
                has_columns_of_this_statement(alteration, &columns));
}

/* What a primary key adds to its columns, and what its index has beside them. */
static void describe_key(ls_alteration *alteration, ls_effect *effect,
                         const ls_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    const ls_relation *table = ls_altered(alteration);
    ls_words columns = ls_key_columns(alteration, constraint);
    const char *nullable = ls_nullable_column(table, &columns);
    if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY && nullable != NULL)
        ls_set_text(builder, effect, LS_ATTRIBUTE_NULLABLE_COLUMN, ls_quoted(builder, nullable));
    if (constraint->kind == LS_CONSTRAINT_PRIMARY_KEY && nullable != NULL) {
        ls_set_text(builder, effect, LS_ATTRIBUTE_NULLABLE_COLUMN, ls_quoted(builder, nullable));
        ls_set_text(builder, effect, LS_ATTRIBUTE_CONDITION,
                    none_is_null(builder, table, &columns));
    }
    ls_words included = quoted(builder, &ls_constraint_index(constraint)->include);
    ls_set_words(builder, effect, LS_ATTRIBUTE_INCLUDE, &included);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NULLS_NOT_DISTINCT, constraint->nulls_not_distinct);
    if (constraint->deferrable)
        ls_set_text(builder, effect, LS_ATTRIBUTE_DEFERRAL,
                    constraint->initially_deferred ? "DEFERRABLE INITIALLY DEFERRED"
                                                   : "DEFERRABLE");
}

static bool is_there(const ls_relation *table, const ls_constraint *constraint) {
    const ls_catalog_constraint *known =
        constraint->name == NULL ? NULL : ls_relation_constraint(table, constraint->name);
    return known != NULL && !known->doubted;
}

static void describe_table(ls_alteration *alteration, ls_effect *effect,
                           const ls_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PARTITIONED,
                relation->kind == LS_RELATION_PARTITIONED_TABLE);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PUBLISHED,
                ls_catalog_is_published(builder->catalog, relation));
    if (ls_effect_asks(effect, LS_ATTRIBUTE_PARTITION_STEPS))
        ls_set_text(builder, effect, LS_ATTRIBUTE_PARTITION_STEPS,
                    ls_key_recipe(alteration, constraint));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_EXISTS, is_there(relation, constraint));
}

static ls_effect *describe(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    const ls_constraint *constraint = action->constraint;
    ls_span at = ls_span_empty(constraint->at) ? action->at : constraint->at;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_ADD_CONSTRAINT, at, alteration->relation);
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT_KIND,
                ls_constraint_kind_name(constraint->kind));
    ls_set_text(builder, effect, LS_ATTRIBUTE_KIND, keywords_of(constraint->kind));
    ls_set_written(builder, effect, LS_ATTRIBUTE_DEFINITION, at);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_BLOCKS_READS, ls_lock_blocks_reads(alteration->mode));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NOT_VALID, constraint->not_valid);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_ENFORCED, !constraint->not_enforced);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NAMED, constraint->name != NULL);
    if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY)
        ls_set_text(builder, effect, LS_ATTRIBUTE_ON_DELETE,
                    ls_written_on_delete(builder, constraint));
    const char *used = ls_constraint_index(constraint)->used;
    ls_set_flag(builder, effect, LS_ATTRIBUTE_USING_INDEX, used != NULL);
    if (used != NULL)
        ls_set_text(builder, effect, LS_ATTRIBUTE_INDEX, ls_quoted(builder, used));
    describe_columns(alteration, effect, constraint);
    if (keywords_of(constraint->kind) != NULL)
        describe_key(alteration, effect, constraint);
    describe_table(alteration, effect, constraint);
    return effect;
}

/* A column that the same statement drops takes the index of that name along. */
static bool goes_with_column(const ls_alteration *alteration, const char *constraint) {
    ls_builder *builder = alteration->builder;
    const ls_name name = {.schema = ls_altered(alteration)->schema, .name = constraint};
    const char *shown = ls_shown_name(builder, &name);
    for (size_t i = 0; i < builder->outcome->effects.count; i++) {
        const ls_effect *effect = builder->outcome->effects.items[i];
        if (effect->kind != LS_EFFECT_DROP_COLUMN)
            continue;
        const ls_attribute_value *indexes = ls_effect_value(effect, LS_ATTRIBUTE_INDEXES);
        if (indexes != NULL && ls_has_word(indexes->words, shown))
            return true;
    }
    return false;
}

/* The same statement drops one of that name. */
static bool replaces(const ls_alteration *alteration, const char *constraint) {
    if (goes_with_column(alteration, constraint))
        return true;
    for (LS_EACH(const ls_action, action, alteration->statement->actions))
        if (action->kind == LS_ALTER_DROP_CONSTRAINT && strcmp(action->name, constraint) == 0)
            return true;
    return false;
}

static void describe_name(ls_alteration *alteration, ls_effect *effect,
                          const ls_constraint *constraint, const char *name) {
    ls_builder *builder = alteration->builder;
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REPLACES, replaces(alteration, name));
    if (constraint->not_valid)
        ls_set_flag(builder, effect, LS_ATTRIBUTE_VALIDATED_LATER,
                    ls_settled_later(builder, alteration->relation, name));
}

/* What an index that is built beforehand can be called: as the constraint, unless one of that name
 * goes only in this migration. */
static const char *free_index_name(const ls_alteration *alteration, const char *constraint) {
    if (replaces(alteration, constraint) || ls_was_dropped(alteration->builder, constraint))
        return ls_arena_format(alteration->builder->arena, "%s_new", constraint);
    return constraint;
}

/* The index to give to the constraint: one that is there, or one to build beforehand. */
static void describe_index(const ls_alteration *alteration, ls_effect *effect,
                           const ls_constraint *constraint, const char *name) {
    ls_builder *builder = alteration->builder;
    if (ls_constraint_index(constraint)->used != NULL || keywords_of(constraint->kind) == NULL)
        return;
    const ls_relation *there = ls_index_for_key(alteration, constraint);
    if (there != NULL)
        ls_set_text(builder, effect, LS_ATTRIBUTE_OTHER, ls_quoted(builder, there->name));
    ls_set_text(
        builder, effect, LS_ATTRIBUTE_INDEX,
        ls_quoted(builder, there != NULL ? there->name : free_index_name(alteration, name)));
}

static ls_work add(ls_alteration *alteration, const ls_constraint *constraint, const char **name) {
    switch (constraint->kind) {
    case LS_CONSTRAINT_CHECK:
        return ls_add_check(alteration, constraint, name);
    case LS_CONSTRAINT_NOT_NULL:
        return add_not_null(alteration, constraint, name);
    case LS_CONSTRAINT_FOREIGN_KEY:
        return ls_add_foreign_key(alteration, constraint, NULL, true, name);
    case LS_CONSTRAINT_PRIMARY_KEY:
    case LS_CONSTRAINT_UNIQUE:
    case LS_CONSTRAINT_EXCLUDE:
        return ls_add_key(alteration, constraint, NULL, name);
    default:
        return LS_WORK_NONE;
    }
}

void ls_alter_add_constraint(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    const ls_constraint *constraint = action->constraint;
    ls_effect *effect = describe(alteration, action);
    if (is_there(ls_altered(alteration), constraint)) {
        ls_refuse(builder, constraint->at, "constraint %s for relation %s already exists",
                  ls_quoted(builder, constraint->name), ls_shown(builder, alteration->relation));
        return;
    }
    const char *name = constraint->name;
    ls_clear_doubted(builder, alteration->relation, name);
    ls_set_work(builder, effect, add(alteration, constraint, &name));
    if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY)
        describe_reference(alteration, effect, constraint);
    if (name == NULL)
        return;
    describe_name(alteration, effect, constraint, name);
    describe_index(alteration, effect, constraint, name);
}
