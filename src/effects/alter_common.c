/*
 * alter_common.c - what every part of ALTER TABLE asks and notes.
 */
#include "effects/alter.h"

#include "catalog/dependencies.h"
#include "support/same.h"

/* --- The relation and its parts ------------------------------------------------------------- */

const ls_relation *ls_altered(const ls_alteration *alteration) {
    return ls_relation_of(alteration->builder, alteration->relation);
}

bool ls_is_complete(const ls_relation *relation) {
    return relation->birth.known && relation->columns_complete;
}

bool ls_has_storage(const ls_relation *relation) {
    return relation->kind == LS_RELATION_TABLE || relation->kind == LS_RELATION_UNKNOWN ||
           relation->kind == LS_RELATION_MATERIALIZED_VIEW;
}

bool ls_surely_holds_rows(const ls_builder *builder, ls_relation_id table) {
    const ls_relation *relation = ls_relation_of(builder, table);
    if (relation == NULL)
        return false;
    if (relation->rows_written)
        return true;
    for (size_t i = 0; i < relation->children.count; i++)
        if (ls_surely_holds_rows(builder, relation->children.items[i]))
            return true;
    return false;
}

bool ls_find_column(ls_alteration *alteration, const char *name, ls_span at,
                    ls_catalog_column *column) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    const ls_catalog_column *known = ls_relation_column(relation, name);
    if (known == NULL && ls_is_complete(relation)) {
        ls_refuse(builder, at, "column %s of relation %s does not exist", ls_quoted(builder, name),
                  ls_shown(builder, alteration->relation));
        return false;
    }
    *column = known != NULL ? *known : (ls_catalog_column){.name = name};
    return true;
}

ls_catalog_column *ls_edit_column(ls_builder *builder, ls_relation_id table, const char *name) {
    const ls_catalog_column *known = ls_relation_column(ls_relation_of(builder, table), name);
    if (known != NULL)
        return ls_catalog_edit_column(builder->catalog, table, known);
    if (ls_is_complete(ls_relation_of(builder, table)))
        return NULL;
    ls_relation *relation = ls_catalog_amend(builder->catalog, table);
    ls_catalog_column unknown = {.name = ls_catalog_intern(builder->catalog, name)};
    LS_PUSH(ls_catalog_arena(builder->catalog), &relation->columns, unknown);
    return &relation->columns.items[relation->columns.count - 1];
}

void ls_remove_column(ls_builder *builder, ls_relation_id table, const char *name) {
    ls_drop_not_null(builder, table, name, false);
    const ls_catalog_column *column = ls_relation_column(ls_relation_of(builder, table), name);
    if (column != NULL)
        ls_catalog_remove_column(builder->catalog, table, column);
}

bool ls_is_serial_type(const ls_type_name *type) {
    static const char *const names[] = {"serial",  "serial4",     "bigserial",
                                        "serial8", "smallserial", "serial2"};
    if (type == NULL || type->schema != NULL)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ls_same_text(type->name, names[i]))
            return true;
    return false;
}

bool ls_needs_value(const ls_column *added) {
    bool needs = false;
    for (LS_EACH(const ls_constraint, clause, added->constraints)) {
        if (clause->kind == LS_CONSTRAINT_DEFAULT || clause->kind == LS_CONSTRAINT_IDENTITY ||
            clause->kind == LS_CONSTRAINT_GENERATED)
            return false;
        needs = needs || clause->kind == LS_CONSTRAINT_NOT_NULL ||
                clause->kind == LS_CONSTRAINT_PRIMARY_KEY;
    }
    return needs && !ls_is_serial_type(added->type);
}

void ls_attach_index(ls_builder *builder, ls_relation_id parent, ls_relation_id child) {
    ls_catalog_amend(builder->catalog, child)->parent_index = parent;
    ls_relation *index = ls_catalog_amend(builder->catalog, parent);
    LS_PUSH(ls_catalog_arena(builder->catalog), &index->child_indexes, child);
}

static bool has_from_parent(const ls_builder *builder, const ls_relation *relation,
                            const char *column) {
    for (size_t i = 0; i < relation->parents.count; i++) {
        const ls_relation *parent = ls_relation_of(builder, relation->parents.items[i]);
        if (parent != NULL && ls_relation_column(parent, column) != NULL)
            return true;
    }
    return false;
}

bool ls_refuse_inherited_column(ls_alteration *alteration, const ls_action *action,
                                const char *verb) {
    ls_builder *builder = alteration->builder;
    if (!has_from_parent(builder, ls_altered(alteration), action->name))
        return false;
    ls_refuse(builder, action->at, "cannot %s inherited column %s", verb,
              ls_quoted(builder, action->name));
    return true;
}

bool ls_refuse_partition_key(ls_alteration *alteration, const ls_action *action, const char *verb) {
    ls_builder *builder = alteration->builder;
    for (size_t i = 0; i < alteration->tables.count; i++) {
        const ls_relation *table = ls_relation_of(builder, alteration->tables.items[i]);
        for (LS_EACH(const ls_index_element, key, table->partitioning.keys)) {
            ls_words columns = {0};
            if (key->expression != NULL)
                columns = ls_expression_columns(builder->arena, key->expression);
            bool named = key->column != NULL && ls_same_text(key->column, action->name);
            if (!named && !ls_has_word(&columns, action->name))
                continue;
            ls_refuse(builder, action->at,
                      "cannot %s column %s because it is part of the partition key of relation %s",
                      verb, ls_quoted(builder, action->name), ls_shown(builder, table->id));
            return true;
        }
    }
    return false;
}

/* --- Constraints ---------------------------------------------------------------------------- */

const ls_catalog_constraint *ls_find_constraint(ls_alteration *alteration,
                                                const ls_action *action) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    const ls_catalog_constraint *known = ls_relation_constraint(relation, action->name);
    if (known == NULL && ls_is_complete(relation) && !relation->constraints_open &&
        !action->if_exists)
        ls_refuse(builder, action->at, "constraint %s of relation %s does not exist",
                  ls_quoted(builder, action->name), ls_shown(builder, relation->id));
    return known;
}

void ls_push_constraint(ls_builder *builder, ls_relation_id table,
                        const ls_catalog_constraint *constraint) {
    ls_relation *relation = ls_catalog_amend(builder->catalog, table);
    LS_PUSH(ls_catalog_arena(builder->catalog), &relation->constraints, *constraint);
}

void ls_remove_constraint(ls_builder *builder, ls_relation_id table, const char *name) {
    const ls_catalog_constraint *known =
        ls_relation_constraint(ls_relation_of(builder, table), name);
    if (known != NULL)
        ls_catalog_remove_constraint(builder->catalog, table, known);
}

/* A definition takes its table for as new as itself; here the table was there before. */
static ls_catalog_constraint *date_last_constraint(ls_alteration *alteration,
                                                   const ls_constraint *written) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    ls_catalog_constraint *made =
        ls_catalog_edit_constraint(builder->catalog, relation->id,
                                   &relation->constraints.items[relation->constraints.count - 1]);
    made->birth = builder->birth;
    made->valid = !written->not_valid && !written->not_enforced;
    made->validated = made->valid ? builder->birth : (ls_birth){0};
    if (ls_has_own_index(made->kind) && made->index != 0)
        ls_catalog_amend(builder->catalog, made->index)->birth = builder->birth;
    return made;
}

/* A child that has a constraint of the name keeps it, and so does one whose column has a NOT NULL
 * by another name: that is inherited, too, from now on (MergeWithExistingConstraint and
 * AdjustNotNullInheritance of PostgreSQL 18). */
static bool merges_with_own(ls_builder *builder, const ls_relation *child,
                            const ls_catalog_constraint *made) {
    const ls_catalog_constraint *own = ls_relation_constraint(child, made->name);
    if (own == NULL && made->kind == LS_CONSTRAINT_NOT_NULL)
        own = ls_not_null_of(child, made->columns.items[0]);
    if (own != NULL && !own->inherited) {
        ls_catalog_constraint *merged =
            ls_catalog_edit_constraint(builder->catalog, child->id, own);
        merged->inherited = true;
        merged->local = !child->is_partition;
    }
    return own != NULL;
}

const ls_catalog_constraint *ls_define_everywhere(ls_alteration *alteration,
                                                  const ls_constraint *constraint,
                                                  const char *column, bool below) {
    ls_builder *builder = alteration->builder;
    ls_define_constraint(builder, alteration->relation, constraint, column);
    ls_catalog_constraint made = *date_last_constraint(alteration, constraint);
    made.inherited = true;
    made.local = false;
    for (size_t i = 1; below && i < alteration->tables.count; i++) {
        const ls_relation *child = ls_relation_of(builder, alteration->tables.items[i]);
        if (!merges_with_own(builder, child, &made))
            ls_push_constraint(builder, child->id, &made);
    }
    const ls_relation *relation = ls_altered(alteration);
    return &relation->constraints.items[relation->constraints.count - 1];
}

const char *ls_constraint_kind_name(ls_constraint_kind kind) {
    static const char *const names[] = {
        [LS_CONSTRAINT_NOT_NULL] = "not_null",       [LS_CONSTRAINT_CHECK] = "check",
        [LS_CONSTRAINT_PRIMARY_KEY] = "primary_key", [LS_CONSTRAINT_UNIQUE] = "unique",
        [LS_CONSTRAINT_EXCLUDE] = "exclude",         [LS_CONSTRAINT_FOREIGN_KEY] = "foreign_key",
    };
    return names[kind] != NULL ? names[kind] : "unknown";
}

const char *ls_relation_kind_words(ls_relation_kind kind) {
    switch (kind) {
    case LS_RELATION_PARTITIONED_TABLE:
        return "partitioned table";
    case LS_RELATION_FOREIGN_TABLE:
        return "foreign table";
    case LS_RELATION_VIEW:
        return "view";
    case LS_RELATION_MATERIALIZED_VIEW:
        return "materialized view";
    case LS_RELATION_INDEX:
        return "index";
    case LS_RELATION_SEQUENCE:
        return "sequence";
    case LS_RELATION_COMPOSITE_TYPE:
        return "composite type";
    default:
        return "table";
    }
}

/* --- Locks and work ------------------------------------------------------------------------- */

void ls_lock_children(ls_alteration *alteration, ls_span at) {
    for (size_t i = 1; i < alteration->tables.count; i++)
        ls_take_lock(alteration->builder, alteration->tables.items[i], alteration->mode, at);
}

void ls_check_rows(ls_alteration *alteration, ls_relation_id table, ls_span at) {
    const ls_relation *relation = ls_relation_of(alteration->builder, table);
    if (!ls_has_storage(relation))
        return;
    for (LS_EACH(const ls_row_check, check, alteration->row_checks))
        if (check->table == table)
            return;
    ls_row_check check = {.table = table, .at = at};
    LS_PUSH(alteration->builder->arena, &alteration->row_checks, check);
}

void ls_check_all_rows(ls_alteration *alteration, ls_span at) {
    for (size_t i = 0; i < alteration->tables.count; i++)
        ls_check_rows(alteration, alteration->tables.items[i], at);
}

void ls_rewrite_all(ls_alteration *alteration, ls_span at) {
    for (size_t i = 0; i < alteration->tables.count; i++) {
        ls_relation_id table = alteration->tables.items[i];
        if (ls_has_storage(ls_relation_of(alteration->builder, table)))
            ls_rewrite(alteration->builder, table, at);
    }
}

void ls_finish_row_checks(ls_alteration *alteration) {
    for (LS_EACH(const ls_row_check, check, alteration->row_checks))
        if (!ls_is_rewritten(alteration->builder, check->table))
            ls_scan(alteration->builder, check->table, check->at);
}
