/*
 * not_null.c - NOT NULL as 18 keeps it: a constraint of its own for every column that has it.
 *
 * Whatever makes a column NOT NULL gives it one: the words themselves, PRIMARY KEY, serial,
 * identity, a parent. It is called as the parent's is, else after table and column, and keeps that
 * name when either is renamed (documentation of 18: CREATE TABLE; measured). Those of a table that
 * the history does not show may be called anything: none are made up.
 */
#include "effects/alter.h"
#include "effects/families.h"

#include "catalog/names.h"

enum { FIRST_WITH_CONSTRAINTS = 18 };

const ls_catalog_constraint *ls_not_null_of(const ls_relation *table, const char *column) {
    for (LS_EACH(const ls_catalog_constraint, constraint, table->constraints))
        if (constraint->kind == LS_CONSTRAINT_NOT_NULL && ls_has_word(&constraint->columns, column))
            return constraint;
    return NULL;
}

static const ls_catalog_constraint *
not_null_of_parent(const ls_builder *builder, const ls_relation *table, const char *column) {
    for (LS_EACH(const ls_relation_id, id, table->parents)) {
        const ls_relation *parent = ls_relation_of(builder, *id);
        const ls_catalog_constraint *found = parent ? ls_not_null_of(parent, column) : NULL;
        if (found && !found->no_inherit)
            return found;
    }
    return NULL;
}

static void add(ls_builder *builder, const ls_relation *table, const char *column) {
    const ls_catalog_constraint *above = not_null_of_parent(builder, table, column);
    const bool is_free = above && !ls_relation_constraint(table, above->name);
    const ls_words columns = ls_one_word(builder, column);
    ls_catalog_constraint constraint = {
        .kind = LS_CONSTRAINT_NOT_NULL,
        .name = is_free ? above->name
                        : ls_catalog_intern(builder->catalog,
                                            ls_choose_constraint_name(builder->catalog, table,
                                                                      &columns, "not_null")),
        .valid = true,
        .enforced = true,
        .inherited = above != NULL,
        .local = above == NULL,
        .birth = builder->birth,
        .validated = builder->birth,
    };
    LS_PUSH(ls_catalog_arena(builder->catalog), &constraint.columns, column);
    ls_push_constraint(builder, table->id, &constraint);
}

/* One that the table has by itself is inherited, too, once a parent has it. */
static void merge(ls_builder *builder, const ls_relation *table, const ls_catalog_constraint *own) {
    if (own->inherited || !not_null_of_parent(builder, table, own->columns.items[0]))
        return;
    ls_catalog_edit_constraint(builder->catalog, table->id, own)->inherited = true;
}

static bool is_table(const ls_relation *relation) {
    return relation->kind == LS_RELATION_TABLE || relation->kind == LS_RELATION_PARTITIONED_TABLE ||
           relation->kind == LS_RELATION_FOREIGN_TABLE;
}

/* LIKE copies them with their names, whatever it includes. */
void ls_copy_not_null(ls_builder *builder, ls_relation_id id, const ls_relation *source) {
    for (LS_EACH(const ls_catalog_constraint, constraint, source->constraints)) {
        const ls_relation *table = ls_relation_of(builder, id);
        if (constraint->kind != LS_CONSTRAINT_NOT_NULL ||
            ls_not_null_of(table, constraint->columns.items[0]) ||
            ls_relation_constraint(table, constraint->name))
            continue;
        ls_catalog_constraint copy = *constraint;
        copy.inherited = false;
        copy.local = true;
        copy.birth = copy.validated = builder->birth;
        ls_push_constraint(builder, id, &copy);
    }
}

void ls_keep_not_null(ls_builder *builder, ls_relation_id id) {
    const ls_relation *table = ls_relation_of(builder, id);
    if (builder->postgres < FIRST_WITH_CONSTRAINTS || !table || !ls_is_complete(table) ||
        !is_table(table))
        return;
    for (size_t i = 0; i < ls_relation_of(builder, id)->columns.count; i++) {
        table = ls_relation_of(builder, id);
        const ls_catalog_column *column = &table->columns.items[i];
        const ls_catalog_constraint *own = ls_not_null_of(table, column->name);
        if (own)
            merge(builder, table, own);
        else if (column->not_null)
            add(builder, table, column->name);
    }
    const ls_relation_ids children = ls_relation_of(builder, id)->children;
    for (LS_EACH(const ls_relation_id, child, children))
        ls_keep_not_null(builder, *child);
}

void ls_drop_not_null(ls_builder *builder, ls_relation_id table, const char *column, bool below) {
    const ls_catalog_constraint *constraint =
        ls_not_null_of(ls_relation_of(builder, table), column);
    if (constraint && below && constraint->local) {
        ls_catalog_edit_constraint(builder->catalog, table, constraint)->inherited = false;
        return;
    }
    if (constraint)
        ls_remove_constraint(builder, table, constraint->name);
    ls_catalog_column *known = ls_edit_column(builder, table, column);
    if (known)
        known->not_null = known->not_null_unproven = false;
}
