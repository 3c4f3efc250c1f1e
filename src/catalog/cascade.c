/*
 * cascade.c - taking dependents away, as CASCADE does.
 *
 * What depends on a dependent is found before it goes and put on a list, so that views over views
 * over views need no recursion. An entry whose object has gone meanwhile does nothing.
 */
#include "catalog/dependencies.h"

#include "catalog/internal.h"

static void push_all(ls_arena *arena, ls_dependencies *list, ls_dependencies more) {
    for (LS_EACH(const ls_dependency, dependency, more))
        LS_PUSH(arena, list, *dependency);
}

static void drop_relation(ls_catalog *catalog, ls_relation_id id, ls_dependencies *more) {
    push_all(catalog->arena, more, ls_dependents_of_relation(catalog->arena, catalog, id));
    ls_catalog_drop(catalog, id);
}

/* --- Parts of a table ----------------------------------------------------------------------- */

static void remove_constraint(ls_catalog *catalog, ls_relation_id id, const char *name,
                              bool inherited) {
    const ls_relation *table = ls_catalog_relation(catalog, id);
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        const ls_catalog_constraint *constraint = &table->constraints.items[i];
        if (!ls_same_name(constraint->name, name) || (inherited && !constraint->inherited))
            continue;
        ls_relation_id own_index =
            constraint->kind == LS_CONSTRAINT_FOREIGN_KEY ? 0 : constraint->index;
        ls_catalog_remove_constraint(catalog, id, constraint);
        ls_catalog_drop(catalog, own_index);
        return;
    }
}

static void drop_constraint(ls_catalog *catalog, const ls_dependency *dependency,
                            ls_dependencies *more) {
    const ls_relation *table = ls_catalog_relation(catalog, dependency->relation);
    const ls_catalog_constraint *constraint =
        table == NULL ? NULL : ls_relation_constraint(table, dependency->name);
    if (constraint == NULL)
        return;
    if (constraint->kind == LS_CONSTRAINT_PRIMARY_KEY || constraint->kind == LS_CONSTRAINT_UNIQUE)
        push_all(catalog->arena, more,
                 ls_dependents_of_key(catalog->arena, catalog, table->id, constraint));
    ls_relation_ids below = ls_relation_descendants(catalog->arena, catalog, table->id);
    for (LS_EACH(const ls_relation_id, child, below))
        remove_constraint(catalog, *child, dependency->name, true);
    remove_constraint(catalog, dependency->relation, dependency->name, false);
}

static void drop_trigger(ls_catalog *catalog, const ls_dependency *dependency) {
    const ls_relation *table = ls_catalog_relation(catalog, dependency->relation);
    const ls_catalog_trigger *trigger =
        table == NULL ? NULL : ls_relation_trigger(table, dependency->name);
    if (trigger != NULL)
        ls_catalog_remove_trigger(catalog, table->id, trigger);
}

static void drop_policy(ls_catalog *catalog, const ls_dependency *dependency) {
    const ls_relation *table = ls_catalog_relation(catalog, dependency->relation);
    const ls_catalog_policy *policy =
        table == NULL ? NULL : ls_relation_policy(table, dependency->name);
    if (policy != NULL)
        ls_catalog_remove_policy(catalog, table->id, policy);
}

static void drop_default(ls_catalog *catalog, const ls_dependency *dependency) {
    ls_relation *table = ls_catalog_edit(catalog, dependency->relation);
    for (size_t i = 0; table != NULL && i < table->columns.count; i++) {
        ls_catalog_column *column = &table->columns.items[i];
        if (!ls_same_name(column->name, dependency->name))
            continue;
        column->default_value = NULL;
        column->sequence = 0;
        column->serial = false;
        column->identity = 0;
        return;
    }
}

/* NOT NULL is no dependent of its column: it is there and goes with it. */
static void remove_not_null(ls_catalog *catalog, const ls_relation *table, const char *column) {
    for (LS_EACH(const ls_catalog_constraint, constraint, table->constraints)) {
        if (constraint->kind != LS_CONSTRAINT_NOT_NULL ||
            !ls_has_word(&constraint->columns, column))
            continue;
        ls_catalog_remove_constraint(catalog, table->id, constraint);
        return;
    }
}

static void drop_column(ls_catalog *catalog, const ls_dependency *dependency,
                        ls_dependencies *more) {
    push_all(
        catalog->arena, more,
        ls_dependents_of_column(catalog->arena, catalog, dependency->relation, dependency->name));
    const ls_relation *table = ls_catalog_relation(catalog, dependency->relation);
    const ls_catalog_column *column =
        table == NULL ? NULL : ls_relation_column(table, dependency->name);
    if (column == NULL)
        return;
    ls_relation_id sequence = column->sequence;
    remove_not_null(catalog, table, dependency->name);
    ls_catalog_remove_column(catalog, table->id, column);
    ls_catalog_drop(catalog, sequence);
}

/* --- Other objects -------------------------------------------------------------------------- */

static void drop_domain(ls_catalog *catalog, const ls_dependency *dependency,
                        ls_dependencies *more) {
    const ls_catalog_type *domain =
        ls_catalog_find_type(catalog, dependency->schema, dependency->name);
    if (domain == NULL)
        return;
    push_all(catalog->arena, more, ls_dependents_of_type(catalog->arena, catalog, domain));
    ls_catalog_drop_type(catalog, domain);
}

static void drop_function(ls_catalog *catalog, const ls_dependency *dependency,
                          ls_dependencies *more) {
    push_all(catalog->arena, more,
             ls_dependents_of_function(catalog->arena, catalog, dependency->function));
    ls_catalog_drop_function(catalog, dependency->function);
}

static void drop_statistics(ls_catalog *catalog, const ls_dependency *dependency) {
    const ls_catalog_statistics *statistics =
        ls_catalog_find_statistics(catalog, dependency->schema, dependency->name);
    if (statistics != NULL)
        ls_catalog_drop_statistics(catalog, statistics);
}

static void drop_one(ls_catalog *catalog, const ls_dependency *dependency, ls_dependencies *more) {
    switch (dependency->kind) {
    case LS_DEPENDS_VIEW:
    case LS_DEPENDS_TABLE:
        drop_relation(catalog, dependency->relation, more);
        return;
    case LS_DEPENDS_FOREIGN_KEY:
    case LS_DEPENDS_CONSTRAINT:
        drop_constraint(catalog, dependency, more);
        return;
    case LS_DEPENDS_TRIGGER:
        drop_trigger(catalog, dependency);
        return;
    case LS_DEPENDS_POLICY:
        drop_policy(catalog, dependency);
        return;
    case LS_DEPENDS_DEFAULT:
        drop_default(catalog, dependency);
        return;
    case LS_DEPENDS_GENERATED:
    case LS_DEPENDS_COLUMN:
        drop_column(catalog, dependency, more);
        return;
    case LS_DEPENDS_INDEX:
        ls_catalog_drop(catalog, dependency->relation);
        return;
    case LS_DEPENDS_FUNCTION:
        drop_function(catalog, dependency, more);
        return;
    case LS_DEPENDS_STATISTICS:
        drop_statistics(catalog, dependency);
        return;
    case LS_DEPENDS_TYPE:
        drop_domain(catalog, dependency, more);
        return;
    }
}

void ls_catalog_drop_dependent(ls_catalog *catalog, const ls_dependency *dependency) {
    ls_dependencies dropped = {0};
    LS_PUSH(catalog->arena, &dropped, *dependency);
    for (size_t i = 0; i < dropped.count; i++) {
        ls_dependency next = dropped.items[i];
        drop_one(catalog, &next, &dropped);
    }
}
