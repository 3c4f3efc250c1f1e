/*
 * alter_drop_constraint.c - DROP CONSTRAINT, VALIDATE CONSTRAINT, ALTER CONSTRAINT.
 *
 * Dropping a foreign key takes ACCESS EXCLUSIVE on the referenced table too, whose triggers go;
 * dropping a key takes its index away. VALIDATE reads under SHARE UPDATE EXCLUSIVE, and a foreign
 * key's only needs ROW SHARE on the referenced table (measured on 12 to 18).
 */
#include "effects/ahead.h"
#include "effects/alter.h"

#include "catalog/dependencies.h"

#include <string.h>

static void describe(ls_alteration *alteration, ls_effect *effect, const ls_action *action,
                     const ls_catalog_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, action->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT_KIND,
                constraint == NULL ? "unknown" : ls_constraint_kind_name(constraint->kind));
    if (constraint != NULL && constraint->referenced != 0)
        ls_set_text(builder, effect, LS_ATTRIBUTE_REFERENCED,
                    ls_shown(builder, constraint->referenced));
}

static void describe_columns(ls_alteration *alteration, ls_effect *effect,
                             const ls_catalog_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    if (constraint == NULL)
        return;
    ls_words columns = constraint->columns;
    if (constraint->kind == LS_CONSTRAINT_CHECK)
        columns = ls_expression_columns(builder->arena, constraint->expression);
    for (size_t i = 0; i < columns.count; i++)
        if (columns.items[i] != NULL)
            ls_add_word(builder, effect, LS_ATTRIBUTE_COLUMNS,
                        ls_quoted(builder, columns.items[i]));
}

/* --- DROP ------------------------------------------------------------------------------------ */

void ls_drop_view_of(ls_alteration *alteration, ls_relation_id view, ls_span at) {
    ls_builder *builder = alteration->builder;
    if (ls_relation_of(builder, view) == NULL)
        return;
    ls_take_lock(builder, view, LS_ACCESS_EXCLUSIVE, at);
    ls_dependencies above = ls_dependents_of_relation(builder->arena, builder->catalog, view);
    for (LS_EACH(const ls_dependency, dependent, above))
        if (dependent->kind == LS_DEPENDS_VIEW)
            ls_drop_view_of(alteration, dependent->relation, at);
    ls_dependency itself = {.kind = LS_DEPENDS_VIEW, .relation = view};
    if (ls_relation_of(builder, view) != NULL)
        ls_catalog_drop_dependent(builder->catalog, &itself);
}

/* Triggers go from both tables, and from each partition of both (measured). */
void ls_drop_foreign_key(ls_alteration *alteration, ls_relation_id table, const char *name,
                         ls_span at) {
    ls_builder *builder = alteration->builder;
    const ls_catalog_constraint *constraint =
        ls_relation_constraint(ls_relation_of(builder, table), name);
    if (constraint == NULL)
        return;
    ls_relation_id referenced = constraint->referenced;
    ls_relation_id both[] = {table, referenced};
    for (size_t i = 0; i < 2; i++) {
        const ls_relation *side = ls_relation_of(builder, both[i]);
        if (side == NULL)
            continue;
        ls_take_lock(builder, both[i], LS_ACCESS_EXCLUSIVE, at);
        if (side->kind == LS_RELATION_PARTITIONED_TABLE)
            ls_take_lock_below(builder, both[i], LS_ACCESS_EXCLUSIVE, at);
    }
    ls_relation_ids below = ls_relation_descendants(builder->arena, builder->catalog, table);
    ls_remove_constraint(builder, table, name);
    for (size_t i = 0; i < below.count; i++) {
        const ls_catalog_constraint *copy =
            ls_relation_constraint(ls_relation_of(builder, below.items[i]), name);
        if (copy != NULL && copy->inherited && copy->referenced == referenced)
            ls_remove_constraint(builder, below.items[i], name);
    }
}

static bool refuse_key_in_use(ls_alteration *alteration, const ls_action *action,
                              const ls_dependencies *users) {
    ls_builder *builder = alteration->builder;
    if (users->count == 0 || action->cascade)
        return false;
    const ls_dependency *user = &users->items[0];
    ls_refuse(builder, action->at,
              "cannot drop constraint %s on table %s because constraint %s on table %s depends on "
              "it",
              ls_quoted(builder, action->name), ls_shown(builder, alteration->relation),
              ls_quoted(builder, user->name), ls_shown(builder, user->relation));
    return true;
}

void ls_drop_index_tree(ls_alteration *alteration, ls_relation_id id, ls_span at) {
    ls_builder *builder = alteration->builder;
    const ls_relation *index = ls_relation_of(builder, id);
    if (index == NULL)
        return;
    ls_take_lock(builder, id, LS_ACCESS_EXCLUSIVE, at);
    ls_relation_id table = index->table;
    const char *constraint = index->constraint;
    ls_relation_ids children = index->child_indexes;
    ls_note_drop(builder, index->name);
    ls_take_lock(builder, table, LS_ACCESS_EXCLUSIVE, at);
    if (constraint != NULL)
        ls_remove_constraint(builder, table, constraint);
    for (size_t i = 0; i < children.count; i++)
        ls_drop_index_tree(alteration, children.items[i], at);
    if (ls_relation_of(builder, id) != NULL)
        ls_catalog_drop(builder->catalog, id);
}

static void drop_key(ls_alteration *alteration, const ls_action *action,
                     const ls_catalog_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    ls_relation_id index = constraint->index;
    ls_dependencies users =
        ls_dependents_of_key(builder->arena, builder->catalog, alteration->relation, constraint);
    if (refuse_key_in_use(alteration, action, &users))
        return;
    for (LS_EACH(const ls_dependency, user, users))
        ls_drop_foreign_key(alteration, user->relation, user->name, action->at);
    ls_remove_constraint(builder, alteration->relation, action->name);
    ls_drop_index_tree(alteration, index, action->at);
}

static bool is_inherited(const ls_builder *builder, const ls_relation *relation,
                         const ls_catalog_constraint *constraint) {
    const ls_relation *index = ls_relation_of(builder, constraint->index);
    if (ls_has_own_index(constraint->kind))
        return index != NULL && index->parent_index != 0;
    return constraint->inherited && relation->parents.count > 0;
}

static bool refuse_drop(ls_alteration *alteration, const ls_action *action,
                        const ls_catalog_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    if (constraint != NULL && is_inherited(builder, relation, constraint))
        ls_refuse(builder, action->at, "cannot drop inherited constraint %s of relation %s",
                  ls_quoted(builder, action->name), ls_shown(builder, relation->id));
    else if (alteration->statement->only && relation->kind == LS_RELATION_PARTITIONED_TABLE &&
             relation->children.count > 0 &&
             (constraint == NULL || constraint->kind == LS_CONSTRAINT_CHECK))
        ls_refuse(builder, action->at,
                  "cannot remove constraint from only the partitioned table when partitions exist");
    return ls_is_refused(builder);
}

/* It is the child's own as well, or another parent has it still. */
static bool outlives(ls_alteration *alteration, ls_relation_id child, const char *name) {
    ls_builder *builder = alteration->builder;
    const ls_relation *table = ls_relation_of(builder, child);
    const ls_catalog_constraint *constraint = ls_relation_constraint(table, name);
    bool above = false;
    for (LS_EACH(const ls_relation_id, parent, table->parents))
        above |= ls_relation_constraint(ls_relation_of(builder, *parent), name) != NULL;
    if (constraint == NULL || (!constraint->local && !above))
        return false;
    ls_catalog_edit_constraint(builder->catalog, child, constraint)->inherited = above;
    return true;
}

/* CHECK and NOT NULL go from the children too, unless they are NO INHERIT. */
static void drop_inheritable(ls_alteration *alteration, const ls_action *action,
                             const ls_catalog_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    const char *not_null =
        constraint->kind == LS_CONSTRAINT_NOT_NULL ? constraint->columns.items[0] : NULL;
    const size_t count = constraint->no_inherit ? 1 : alteration->tables.count;
    for (size_t i = 0; i < count; i++) {
        ls_relation_id table = alteration->tables.items[i];
        if (i > 0)
            ls_take_lock(builder, table, alteration->mode, action->at);
        if (not_null != NULL)
            ls_drop_not_null(builder, table, not_null, i > 0);
        else if (i == 0 || !outlives(alteration, table, action->name))
            ls_remove_constraint(builder, table, action->name);
    }
}

/* INSERT ... ON CONFLICT needs the unique constraint that it names. */
static bool breaks_writers(const ls_builder *builder, const ls_catalog_constraint *constraint) {
    return constraint != NULL && ls_has_own_index(constraint->kind) &&
           !ls_is_new(builder, &constraint->birth);
}

/* ON CONFLICT and foreign keys find another key over the same columns. */
static bool is_replaced(const ls_alteration *alteration, const ls_catalog_constraint *constraint) {
    if (constraint->kind != LS_CONSTRAINT_UNIQUE && constraint->kind != LS_CONSTRAINT_PRIMARY_KEY)
        return false;
    return ls_stays_unique(alteration->builder, ls_altered(alteration), &constraint->columns,
                           constraint->index) ||
           ls_key_at_once(alteration->builder, alteration->relation, &constraint->columns);
}

/* A column of it goes in the same transaction, and with it what there was to keep apart. */
static bool loses_column(const ls_alteration *alteration, const ls_catalog_constraint *constraint) {
    for (LS_EACH(const char *const, column, constraint->columns))
        if (*column != NULL && ls_action_at_once(alteration->builder, alteration->relation,
                                                 LS_ALTER_DROP_COLUMN, *column))
            return true;
    return false;
}

static void describe_loss(ls_alteration *alteration, ls_effect *effect,
                          const ls_catalog_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    const ls_relation *referenced = ls_relation_of(builder, constraint->referenced);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REPLACED, is_replaced(alteration, constraint));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_DROPS_COLUMNS, loses_column(alteration, constraint));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_WITH_TABLE,
                ls_is_table_renamed(builder, alteration->relation));
    if (constraint->kind == LS_CONSTRAINT_PRIMARY_KEY)
        ls_set_flag(builder, effect, LS_ATTRIBUTE_RECREATED,
                    ls_primary_key_ahead(builder, alteration->relation));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_DROPPED_LATER,
                ls_drop_ahead(builder, alteration->relation));
    if (referenced == NULL || referenced->id == alteration->relation)
        return;
    ls_set_text(builder, effect, LS_ATTRIBUTE_OTHER, ls_shown(builder, referenced->id));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_OTHER_EXISTED, ls_existed(builder, referenced->id));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_OTHER_HOT, ls_is_hot(builder, referenced->id));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_OTHER_SMALL, ls_is_small(builder, referenced->id));
}

static ls_effect *describe_drop(ls_alteration *alteration, const ls_action *action,
                                const ls_catalog_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_DROP_CONSTRAINT, action->at, alteration->relation);
    describe(alteration, effect, action, constraint);
    describe_columns(alteration, effect, constraint);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_CASCADE, action->cascade);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IF_EXISTS, action->if_exists);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_CONSTRAINT,
                constraint != NULL && ls_is_new(builder, &constraint->birth));
    ls_set_breaks(builder, effect, false, breaks_writers(builder, constraint));
    if (constraint != NULL)
        describe_loss(alteration, effect, constraint);
    return effect;
}

void ls_alter_drop_constraint(ls_alteration *alteration, const ls_action *action) {
    const ls_catalog_constraint *known = ls_find_constraint(alteration, action);
    if (known == NULL &&
        (ls_is_refused(alteration->builder) || ls_is_complete(ls_altered(alteration))))
        return;
    describe_drop(alteration, action, known);
    if (refuse_drop(alteration, action, known))
        return;
    if (known == NULL) {
        ls_lock_children(alteration, action->at);
        return;
    }
    const ls_catalog_constraint constraint = *known;
    if (constraint.kind == LS_CONSTRAINT_CHECK && constraint.valid)
        LS_PUSH(alteration->builder->arena, &alteration->dropped_checks, constraint);
    if (constraint.kind == LS_CONSTRAINT_FOREIGN_KEY)
        ls_drop_foreign_key(alteration, alteration->relation, action->name, action->at);
    else if (ls_has_own_index(constraint.kind))
        drop_key(alteration, action, &constraint);
    else
        drop_inheritable(alteration, action, &constraint);
}

/* --- VALIDATE -------------------------------------------------------------------------------- */

static bool is_of_this_statement(const ls_builder *builder, const ls_birth *birth) {
    return birth->known && birth->file == builder->birth.file && birth->source == builder->source &&
           birth->at.begin == builder->birth.at.begin;
}

static void mark_valid(ls_builder *builder, ls_relation_id table, const char *name) {
    const ls_catalog_constraint *known =
        ls_relation_constraint(ls_relation_of(builder, table), name);
    if (known == NULL)
        return;
    ls_catalog_constraint *constraint = ls_catalog_edit_constraint(builder->catalog, table, known);
    constraint->valid = true;
    constraint->validated = builder->birth;
}

/* Of a partitioned table: a foreign key's partitions are reached on 18, where it can be NOT VALID
 * there at all. */
static void validate_foreign_key(ls_alteration *alteration, const ls_action *action,
                                 const ls_catalog_constraint *constraint) {
    ls_builder *builder = alteration->builder;
    ls_relation_id referenced = constraint->referenced;
    bool partitioned = ls_altered(alteration)->kind == LS_RELATION_PARTITIONED_TABLE;
    if (partitioned)
        ls_lock_children(alteration, action->at);
    ls_take_lock(builder, referenced, LS_ROW_SHARE, action->at);
    ls_verify_foreign_key(builder, alteration->relation, referenced, action->at);
    for (size_t i = 0; i < alteration->tables.count; i++)
        if (i == 0 || partitioned)
            mark_valid(builder, alteration->tables.items[i], action->name);
}

static void validate_rows(ls_alteration *alteration, const ls_action *action,
                          const ls_catalog_constraint *known) {
    ls_builder *builder = alteration->builder;
    bool alone = known != NULL && known->no_inherit;
    ls_words columns = {0};
    if (known != NULL && known->kind == LS_CONSTRAINT_NOT_NULL)
        columns = known->columns;
    for (size_t i = 0; i < (alone ? 1 : alteration->tables.count); i++) {
        ls_relation_id table = alteration->tables.items[i];
        ls_take_lock(builder, table, alteration->mode, action->at);
        const ls_catalog_constraint *here =
            ls_relation_constraint(ls_relation_of(builder, table), action->name);
        if (here == NULL || !here->valid)
            ls_check_rows(alteration, table, action->at);
        mark_valid(builder, table, action->name);
        for (size_t j = 0; j < columns.count; j++) {
            ls_catalog_column *column = ls_edit_column(builder, table, columns.items[j]);
            if (column == NULL)
                continue;
            column->not_null = true;
            column->not_null_unproven = false;
        }
    }
}

/* The clause of the same statement that adds the constraint. */
static void describe_addition(ls_alteration *alteration, ls_effect *effect, const char *name) {
    for (LS_EACH(const ls_action, action, alteration->statement->actions)) {
        const ls_constraint *added = action->constraint;
        if (action->kind == LS_ALTER_ADD_CONSTRAINT && added->name != NULL &&
            strcmp(added->name, name) == 0)
            ls_set_written(alteration->builder, effect, LS_ATTRIBUTE_DEFINITION, added->at);
    }
}

void ls_alter_validate_constraint(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    const ls_catalog_constraint *known = ls_find_constraint(alteration, action);
    if (known != NULL && ls_has_own_index(known->kind))
        ls_refuse(builder, action->at,
                  "constraint %s of relation %s is not a foreign key or check constraint",
                  ls_quoted(builder, action->name), ls_shown(builder, alteration->relation));
    if (ls_is_refused(builder))
        return;
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_VALIDATE_CONSTRAINT, action->at, alteration->relation);
    describe(alteration, effect, action, known);
    describe_columns(alteration, effect, known);
    bool already = known != NULL && known->valid;
    bool same_statement = known != NULL && is_of_this_statement(builder, &known->birth);
    if (same_statement)
        describe_addition(alteration, effect, action->name);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_ALREADY_VALID, already);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_SAME_STATEMENT, same_statement);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_SAME_TRANSACTION,
                same_statement ||
                    (known != NULL && ls_is_of_this_transaction(builder, &known->birth)));
    if (already)
        return;
    if (known == NULL)
        ls_assume(builder, "constraint %s is not in the history: assumed to be NOT VALID",
                  ls_quoted(builder, action->name));
    ls_set_work(builder, effect, LS_WORK_SCAN);
    if (known != NULL && known->kind == LS_CONSTRAINT_FOREIGN_KEY) {
        const ls_catalog_constraint constraint = *known;
        validate_foreign_key(alteration, action, &constraint);
        return;
    }
    validate_rows(alteration, action, known);
}

/* --- ALTER CONSTRAINT ------------------------------------------------------------------------ */

/* 18: ENFORCED on a foreign key that was not: it is verified as a new one is (measured). */
static bool becomes_enforced(const ls_catalog_constraint *known, const ls_constraint *written) {
    return known != NULL && !known->enforced && known->referenced != 0 && written != NULL &&
           !written->not_enforced && !written->deferrable && !written->initially_deferred;
}

void ls_alter_alter_constraint(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    const ls_catalog_constraint *known = ls_find_constraint(alteration, action);
    if (known != NULL && ls_has_own_index(known->kind))
        ls_refuse(builder, action->at,
                  "constraint %s of relation %s is not a foreign key constraint",
                  ls_quoted(builder, action->name), ls_shown(builder, alteration->relation));
    if (ls_is_refused(builder))
        return;
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_ALTER_CONSTRAINT, action->at, alteration->relation);
    describe(alteration, effect, action, known);
    if (known == NULL || action->constraint == NULL)
        return;
    bool enforce = becomes_enforced(known, action->constraint);
    if (enforce) {
        ls_take_lock(builder, known->referenced, LS_SHARE_ROW_EXCLUSIVE, action->at);
        ls_verify_foreign_key(builder, alteration->relation, known->referenced, action->at);
        ls_set_work(builder, effect, LS_WORK_SCAN);
        mark_valid(builder, alteration->relation, action->name);
    }
    ls_catalog_constraint *constraint =
        ls_catalog_edit_constraint(builder->catalog, alteration->relation, known);
    constraint->enforced = constraint->enforced || enforce;
    constraint->deferrable = action->constraint->deferrable;
    constraint->initially_deferred = action->constraint->initially_deferred;
}
