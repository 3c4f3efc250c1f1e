/*
 * alter_drop_column.c - DROP COLUMN, and all that goes with the column.
 *
 * Its indexes and constraints vanish, those of several columns too, and a foreign key takes ACCESS
 * EXCLUSIVE on the table that it references (measured). What is not part of the table (views,
 * foreign keys of others, policies, triggers on the column) needs CASCADE.
 */
#include "effects/ahead.h"
#include "effects/alter.h"

#include "catalog/dependencies.h"
#include "effects/recipe.h"

#include <string.h>

typedef struct {
    ls_alteration *alteration;
    const ls_action *action;
    ls_effect *effect;
    ls_relation_id table; /* the relation or one below it */
} column_drop;

/* --- Others that depend on the column -------------------------------------------------------- */

static const char *shown_dependent(ls_builder *builder, const ls_dependency *dependency) {
    const char *relation = dependency->relation == 0 ? "" : ls_shown(builder, dependency->relation);
    const char *name = dependency->name == NULL ? "" : ls_quoted(builder, dependency->name);
    switch (dependency->kind) {
    case LS_DEPENDS_VIEW:
        return ls_arena_format(builder->arena, "view %s", relation);
    case LS_DEPENDS_FOREIGN_KEY:
        return ls_arena_format(builder->arena, "constraint %s on table %s", name, relation);
    case LS_DEPENDS_TRIGGER:
        return ls_arena_format(builder->arena, "trigger %s on table %s", name, relation);
    case LS_DEPENDS_POLICY:
        return ls_arena_format(builder->arena, "policy %s on table %s", name, relation);
    case LS_DEPENDS_GENERATED:
        return ls_arena_format(builder->arena, "column %s of table %s", name, relation);
    case LS_DEPENDS_FUNCTION:
        return ls_arena_format(builder->arena, "function %s", name);
    default:
        return relation;
    }
}

/* Generated columns went silently with the column that they are made of up to 14 (measured). */
static bool needs_cascade(const column_drop *dropping, const ls_dependency *dependency) {
    switch (dependency->kind) {
    case LS_DEPENDS_VIEW:
    case LS_DEPENDS_TRIGGER:
    case LS_DEPENDS_POLICY:
    case LS_DEPENDS_FUNCTION:
        return true;
    case LS_DEPENDS_FOREIGN_KEY:
        return dependency->relation != dropping->table;
    case LS_DEPENDS_GENERATED:
        return dropping->alteration->builder->postgres >= 15;
    default:
        return false;
    }
}

static bool refuse_dependents(const column_drop *dropping, const ls_dependencies *dependents) {
    ls_builder *builder = dropping->alteration->builder;
    for (LS_EACH(const ls_dependency, dependent, *dependents)) {
        if (dropping->action->cascade || !needs_cascade(dropping, dependent))
            continue;
        ls_refuse(builder, dropping->action->at,
                  "cannot drop column %s of table %s because %s depends on it",
                  ls_quoted(builder, dropping->action->name), ls_shown(builder, dropping->table),
                  shown_dependent(builder, dependent));
        return true;
    }
    return false;
}

/* --- Taking them away ------------------------------------------------------------------------ */

/* The keys before the column: what the index is still asked for when the column is not. */
static ls_relation *without_column(ls_builder *builder, const ls_relation *index,
                                   const char *column) {
    ls_relation *rest = LS_NEW(builder->arena, ls_relation);
    *rest = (ls_relation){
        .table = index->table, .method = index->method, .predicate = index->predicate};
    for (LS_EACH(const ls_index_element, element, index->elements)) {
        if (element->column == NULL || strcmp(element->column, column) == 0)
            break;
        LS_PUSH(builder->arena, &rest->elements, *element);
    }
    return rest;
}

static bool is_served_otherwise(const ls_builder *builder, const ls_relation *table,
                                const ls_relation *rest, const char *column) {
    for (LS_EACH(const ls_relation_id, id, table->indexes)) {
        const ls_relation *other = ls_relation_of(builder, *id);
        if (other != NULL && other->valid && !ls_indexes_column(other, column) &&
            ls_serves_all_of(other, rest))
            return true;
    }
    return false;
}

/* An index over other columns too goes with this one, and leaves their queries without any. */
static void describe_shared_index(const column_drop *dropping, const ls_relation *index) {
    ls_builder *builder = dropping->alteration->builder;
    const char *column = dropping->action->name;
    ls_relation *rest = without_column(builder, index, column);
    const ls_relation *table = ls_relation_of(builder, dropping->table);
    if (rest->elements.count == 0 || dropping->table != dropping->alteration->relation ||
        is_served_otherwise(builder, table, rest, column) || ls_index_at_once(builder, rest))
        return;
    ls_add_word(builder, dropping->effect, LS_ATTRIBUTE_SHARED_INDEXES,
                ls_shown(builder, index->id));
    const char *steps = ls_effect_text(dropping->effect, LS_ATTRIBUTE_INDEX_STEPS);
    ls_add_index_step(builder, &steps, dropping->table, rest);
    ls_set_text(builder, dropping->effect, LS_ATTRIBUTE_INDEX_STEPS, steps);
}

static void drop_index(const column_drop *dropping, ls_relation_id index) {
    ls_builder *builder = dropping->alteration->builder;
    if (ls_relation_of(builder, index) == NULL)
        return;
    describe_shared_index(dropping, ls_relation_of(builder, index));
    ls_add_word(builder, dropping->effect, LS_ATTRIBUTE_INDEXES, ls_shown(builder, index));
    ls_drop_index_tree(dropping->alteration, index, dropping->action->at);
}

static void drop_foreign_key(const column_drop *dropping, const ls_dependency *dependent) {
    ls_builder *builder = dropping->alteration->builder;
    const ls_relation *table = ls_relation_of(builder, dependent->relation);
    const ls_catalog_constraint *constraint = ls_relation_constraint(table, dependent->name);
    if (constraint == NULL)
        return;
    if (dependent->relation == dropping->table) {
        ls_set_text(builder, dropping->effect, LS_ATTRIBUTE_FOREIGN_KEY,
                    ls_quoted(builder, dependent->name));
        ls_set_text(builder, dropping->effect, LS_ATTRIBUTE_REFERENCED,
                    ls_shown(builder, constraint->referenced));
    }
    ls_drop_foreign_key(dropping->alteration, dependent->relation, dependent->name,
                        dropping->action->at);
}

static void drop_constraint(const column_drop *dropping, const char *name) {
    ls_builder *builder = dropping->alteration->builder;
    const ls_catalog_constraint *constraint =
        ls_relation_constraint(ls_relation_of(builder, dropping->table), name);
    if (constraint == NULL)
        return;
    ls_relation_id index = constraint->index;
    bool owns_index = constraint->kind != LS_CONSTRAINT_FOREIGN_KEY;
    ls_remove_constraint(builder, dropping->table, name);
    if (owns_index)
        drop_index(dropping, index);
}

static void drop_dependent(const column_drop *dropping, const ls_dependency *dependent) {
    ls_builder *builder = dropping->alteration->builder;
    switch (dependent->kind) {
    case LS_DEPENDS_INDEX:
        drop_index(dropping, dependent->relation);
        break;
    case LS_DEPENDS_CONSTRAINT:
        drop_constraint(dropping, dependent->name);
        break;
    case LS_DEPENDS_FOREIGN_KEY:
        drop_foreign_key(dropping, dependent);
        break;
    case LS_DEPENDS_VIEW:
        ls_drop_view_of(dropping->alteration, dependent->relation, dropping->action->at);
        break;
    default:
        ls_catalog_drop_dependent(builder->catalog, dependent);
    }
}

static ls_relation_ids sequences_of(const column_drop *dropping) {
    ls_builder *builder = dropping->alteration->builder;
    const ls_relation *table = ls_relation_of(builder, dropping->table);
    const ls_relation_ids owned = ls_owned_sequences(builder, table);
    ls_relation_ids sequences = {0};
    for (LS_EACH(const ls_relation_id, id, owned)) {
        const char *owner = ls_relation_of(builder, *id)->owner_column;
        if (owner != NULL && strcmp(owner, dropping->action->name) == 0)
            LS_PUSH(builder->arena, &sequences, *id);
    }
    return sequences;
}

/* Its own, and those that ALTER SEQUENCE ... OWNED BY gave to it, with what else they are the
 * default of. */
static void drop_sequences(const column_drop *dropping, const ls_relation_ids *sequences) {
    ls_builder *builder = dropping->alteration->builder;
    for (LS_EACH(const ls_relation_id, sequence, *sequences)) {
        if (ls_relation_of(builder, *sequence) == NULL)
            continue;
        ls_take_lock(builder, *sequence, LS_ACCESS_EXCLUSIVE, dropping->action->at);
        const ls_dependencies users =
            ls_dependents_of_relation(builder->arena, builder->catalog, *sequence);
        for (LS_EACH(const ls_dependency, user, users))
            ls_catalog_drop_dependent(builder->catalog, user);
        ls_catalog_drop(builder->catalog, *sequence);
    }
}

static void drop_from(const column_drop *dropping) {
    ls_builder *builder = dropping->alteration->builder;
    const char *name = dropping->action->name;
    ls_dependencies dependents =
        ls_dependents_of_column(builder->arena, builder->catalog, dropping->table, name);
    if (refuse_dependents(dropping, &dependents))
        return;
    const ls_relation_ids sequences = sequences_of(dropping);
    for (LS_EACH(const ls_dependency, dependent, dependents))
        drop_dependent(dropping, dependent);
    ls_remove_column(builder, dropping->table, name);
    drop_sequences(dropping, &sequences);
}

/* --- The action ------------------------------------------------------------------------------ */

static bool refuse(ls_alteration *alteration, const ls_action *action) {
    if (ls_refuse_inherited_column(alteration, action, "drop") ||
        ls_refuse_partition_key(alteration, action, "drop"))
        return true;
    const ls_relation *relation = ls_altered(alteration);
    if (!alteration->statement->only || relation->children.count == 0 ||
        relation->kind != LS_RELATION_PARTITIONED_TABLE)
        return false;
    ls_refuse(alteration->builder, action->at,
              "cannot drop column from only the partitioned table when partitions exist");
    return true;
}

static void describe_clause(ls_builder *builder, ls_effect *effect, const ls_source *source,
                            const ls_constraint *clause) {
    if (clause->kind == LS_CONSTRAINT_GENERATED)
        ls_set_text(builder, effect, LS_ATTRIBUTE_GENERATED,
                    clause->generated_virtual ? "virtual" : "stored");
    else if (clause->kind == LS_CONSTRAINT_DEFAULT && clause->expression != NULL)
        ls_set_text(builder, effect, LS_ATTRIBUTE_DEFAULT,
                    ls_text_in(builder, source, clause->expression->at));
}

/* A column of the same name that is added later on is another one, and empty. */
static void describe_successor(ls_alteration *alteration, ls_effect *effect,
                               const ls_action *action, const ls_catalog_column *column) {
    ls_builder *builder = alteration->builder;
    const ls_action *added =
        ls_action_ahead(builder, alteration->relation, LS_ALTER_ADD_COLUMN, action->name);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_RECREATED, added != NULL);
    if (added == NULL || added->column->type == NULL)
        return;
    const ls_source *source = ls_source_ahead(builder, alteration->relation, added);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_FAILS, ls_needs_value(added->column));
    for (LS_EACH(const ls_constraint, clause, added->column->constraints))
        describe_clause(builder, effect, source, clause);
    ls_data_type type = ls_catalog_resolve_type(builder->catalog, added->column->type);
    const char *text = ls_type_text(builder->arena, &type);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE, text);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_SAME,
                column->type.known &&
                    strcmp(text, ls_type_text(builder->arena, &column->type)) == 0);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_HAS_DEFAULT, column->default_value != NULL);
}

/* An INSERT has to give it a value. */
static bool is_required(const ls_catalog_column *column) {
    return column->not_null && column->default_value == NULL && column->identity == 0 &&
           column->generated == 0 && !column->serial;
}

/* Another table above has the column still. */
static bool has_other_parent(const column_drop *dropping) {
    ls_builder *builder = dropping->alteration->builder;
    const ls_relation *table = ls_relation_of(builder, dropping->table);
    for (LS_EACH(const ls_relation_id, parent, table->parents))
        if (ls_relation_column(ls_relation_of(builder, *parent), dropping->action->name) != NULL)
            return true;
    return false;
}

void ls_alter_drop_column(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    if (action->if_exists && ls_is_complete(relation) &&
        ls_relation_column(relation, action->name) == NULL)
        return;
    ls_catalog_column column;
    if (!ls_find_column(alteration, action->name, action->at, &column) ||
        refuse(alteration, action))
        return;
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_DROP_COLUMN, action->at, alteration->relation);
    ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, action->name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_CASCADE, action->cascade);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IF_EXISTS, action->if_exists);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_COLUMN, ls_is_new(builder, &column.birth));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_NAME_GIVEN,
                ls_column_was_renamed(builder, alteration->relation, action->name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REPLACED,
                ls_rename_ahead(builder, alteration->relation, action->name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_WITH_TABLE,
                ls_is_table_renamed(builder, alteration->relation));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REQUIRED, is_required(&column));
    const ls_catalog_constraint *key = ls_relation_primary_key(relation);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PRIMARY_KEY,
                key != NULL && ls_has_word(&key->columns, action->name));
    describe_successor(alteration, effect, action, &column);
    ls_break_users(builder, effect, &column.birth);
    for (size_t i = 0; i < alteration->tables.count && !ls_is_refused(builder); i++) {
        column_drop dropping = {alteration, action, effect, alteration->tables.items[i]};
        if (i == 0 || !has_other_parent(&dropping))
            drop_from(&dropping);
    }
}
