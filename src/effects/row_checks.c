/*
 * row_checks.c - see row_checks.h. All measured on 15.
 */
#include "effects/row_checks.h"

#include "catalog/dependencies.h"
#include "effects/families.h"
#include "effects/sources.h"

#include <string.h>

enum { CASCADE_DEPTH = 20 }; /* keys may refer in a circle */

/* --- Foreign keys --------------------------------------------------------------------------- */

/* The queries say ONLY, except of a partitioned table. */
static void lock_for_check(ls_builder *builder, ls_relation_id id, ls_lock_mode mode, ls_span at) {
    const ls_relation *table = ls_relation_of(builder, id);
    if (table)
        ls_lock_planned(builder, id, mode, table->kind != LS_RELATION_PARTITIONED_TABLE, at);
}

void ls_look_up_referenced(ls_builder *builder, ls_relation_id child, ls_span at) {
    for (LS_EACH(const ls_catalog_constraint, key, ls_relation_of(builder, child)->constraints))
        if (key->kind == LS_CONSTRAINT_FOREIGN_KEY)
            lock_for_check(builder, key->referenced, LS_ROW_SHARE, at);
}

ls_references ls_references_to(ls_arena *arena, ls_catalog *catalog, ls_relation_id parent) {
    ls_references found = {0};
    const ls_dependencies dependents = ls_foreign_keys_to(arena, catalog, parent);
    for (LS_EACH(const ls_dependency, dependent, dependents)) {
        const ls_relation *child = ls_catalog_relation(catalog, dependent->relation);
        const ls_reference one = {child,
                                  child ? ls_relation_constraint(child, dependent->name) : NULL};
        if (one.key)
            LS_PUSH(arena, &found, one);
    }
    return found;
}

bool ls_action_changes_rows(char action) {
    return action && strchr("cnd", action);
}

bool ls_action_deletes_rows(char action) {
    return action == 'c';
}

/* NO ACTION and RESTRICT lock the rows. */
static ls_lock_mode mode_of(char action) {
    return ls_action_changes_rows(action) ? LS_ROW_EXCLUSIVE : LS_ROW_SHARE;
}

static void look_up_referencing(ls_builder *builder, ls_relation_id parent, ls_span at, int depth) {
    const ls_references all = ls_references_to(builder->arena, builder->catalog, parent);
    for (LS_EACH(const ls_reference, one, all)) {
        const ls_relation_id child = one->child->id;
        lock_for_check(builder, child, mode_of(one->key->on_delete), at);
        if (ls_action_deletes_rows(one->key->on_delete) && depth < CASCADE_DEPTH)
            look_up_referencing(builder, child, at, depth + 1);
    }
}

void ls_look_up_referencing(ls_builder *builder, ls_relation_id parent, ls_span at) {
    look_up_referencing(builder, parent, at, 0);
}

bool ls_sets_any(const ls_query *update, const ls_words *columns) {
    for (LS_EACH(const ls_target, target, update->targets))
        if (target->name && ls_has_word(columns, target->name))
            return true;
    return false;
}

static bool may_set_key(ls_builder *builder, ls_relation_id table, const ls_query *update) {
    for (LS_EACH(const ls_target, target, update->targets))
        if (target->name && ls_may_be_referenced(builder->catalog, table, target->name))
            return true;
    return false;
}

void ls_look_up_updated(ls_builder *builder, ls_relation_id table, const ls_query *update) {
    const ls_span at = update->target.at;
    for (LS_EACH(const ls_catalog_constraint, key, ls_relation_of(builder, table)->constraints))
        if (key->kind == LS_CONSTRAINT_FOREIGN_KEY && ls_sets_any(update, &key->columns))
            lock_for_check(builder, key->referenced, LS_ROW_SHARE, at);
    if (!may_set_key(builder, table, update))
        return;
    const ls_references all = ls_references_to(builder->arena, builder->catalog, table);
    for (LS_EACH(const ls_reference, one, all))
        if (ls_sets_any(update, &one->key->referenced_columns))
            lock_for_check(builder, one->child->id, mode_of(one->key->on_update), at);
}

/* --- Inserted rows -------------------------------------------------------------------------- */

size_t ls_place_among_values(const ls_query *insert, const char *column, size_t number) {
    if (insert->targets.count == 0)
        return number;
    for (size_t i = 0; i < insert->targets.count; i++)
        if (strcmp(insert->targets.items[i].name, column) == 0)
            return i;
    return SIZE_MAX;
}

static bool takes_default(const ls_query *insert, size_t place) {
    const ls_query *source = insert->source;
    if (!source || place == SIZE_MAX)
        return true;
    if (source->kind != LS_QUERY_VALUES)
        return false;
    const size_t width = ls_values_width(source);
    bool left_out = place >= width;
    for (size_t i = place; !left_out && i < source->values.count; i += width)
        left_out = source->values.items[i]->kind == LS_EXPR_DEFAULT;
    return left_out;
}

static void lock_sequences(ls_builder *builder, const ls_catalog_column *column, ls_span at) {
    if (column->sequence)
        ls_take_lock(builder, column->sequence, LS_ROW_EXCLUSIVE, at);
    else
        ls_lock_sequences(builder, column->default_value);
}

void ls_lock_inserted_defaults(ls_builder *builder, ls_relation_id id, const ls_query *insert) {
    const ls_relation *table = ls_relation_of(builder, id);
    for (size_t i = 0; i < table->columns.count; i++) {
        const ls_catalog_column *column = &table->columns.items[i];
        if (takes_default(insert, ls_place_among_values(insert, column->name, i)))
            lock_sequences(builder, column, insert->target.at);
    }
}

void ls_lock_copied_defaults(ls_builder *builder, ls_relation_id id, const ls_copy *copy) {
    for (LS_EACH(const ls_catalog_column, column, ls_relation_of(builder, id)->columns))
        if (copy->columns.count > 0 && !ls_has_word(&copy->columns, column->name))
            lock_sequences(builder, column, copy->relation.at);
}

/* ON CONFLICT without a target looks for none. With the name of a constraint, PostgreSQL stops
 * looking at its index. */
void ls_lock_arbiters(ls_builder *builder, ls_relation_id id, const ls_query *insert) {
    const ls_conflict *conflict = insert->conflict;
    if (conflict == NULL || (conflict->columns.count == 0 && !conflict->constraint))
        return;
    const ls_relation_ids indexes = ls_relation_of(builder, id)->indexes;
    for (LS_EACH(const ls_relation_id, index, indexes)) {
        ls_take_lock(builder, *index, LS_ROW_EXCLUSIVE, insert->target.at);
        const char *constraint = ls_relation_of(builder, *index)->constraint;
        if (conflict->constraint && constraint && strcmp(conflict->constraint, constraint) == 0)
            return;
    }
}
