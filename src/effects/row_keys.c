/*
 * row_keys.c - columns, values and unique keys, as the terms of a WHERE use them.
 *
 * A name is a column of a table or a variable of PL/pgSQL: what is qualified by something that no
 * query around it has in FROM is a variable, and so is a name that a completely known table does
 * not have.
 */
#include "effects/row_keys.h"

#include "support/same.h"

#include <string.h>

bool ls_names_match(const char *one, const char *other) {
    return one && other && ls_same_text(one, other);
}

/* --- Columns and values ---------------------------------------------------------------------- */

const char *ls_column_name(const ls_expression *expression) {
    if (!expression || expression->kind != LS_EXPR_COLUMN || expression->star ||
        expression->names.count == 0)
        return NULL;
    return expression->names.items[expression->names.count - 1];
}

const char *ls_column_qualifier(const ls_expression *column) {
    return column->names.count > 1 ? column->names.items[column->names.count - 2] : NULL;
}

static bool names_target(const ls_query *query, const char *name) {
    if (query->target_alias)
        return ls_names_match(query->target_alias, name);
    return ls_names_match(query->target.name, name);
}

static bool names_from_item(const ls_query *query, const char *name) {
    for (size_t i = 0; i < query->from.count; i++) {
        const ls_from *item = query->from.items[i];
        const char *item_name = item->alias ? item->alias : item->name.name;
        if (item->kind == LS_FROM_JOIN || ls_names_match(item_name, name))
            return true;
    }
    return false;
}

static bool is_relation_in_scope(const ls_row_scope *here, const char *name) {
    for (; here; here = here->outer)
        if (names_target(here->query, name) || names_from_item(here->query, name))
            return true;
    return false;
}

static bool has_column(const ls_relation *table, const char *name) {
    for (size_t i = 0; i < table->columns.count; i++)
        if (ls_names_match(table->columns.items[i].name, name))
            return true;
    return false;
}

bool ls_is_variable(const ls_row_scope *here, const ls_expression *column) {
    const char *qualifier = ls_column_qualifier(column), *name = ls_column_name(column);
    if (!name)
        return false;
    if (qualifier)
        return !is_relation_in_scope(here, qualifier);
    return !here->outer && here->query->from.count == 0 && here->table &&
           here->table->columns_complete && !has_column(here->table, name) &&
           !ls_same_text(name, "ctid");
}

bool ls_is_value(const ls_row_scope *here, const ls_expression *expression) {
    if (!expression || expression->cut || expression->kind == LS_EXPR_SUBQUERY)
        return false;
    if (expression->kind == LS_EXPR_COLUMN)
        return ls_is_variable(here, expression);
    for (size_t i = 0; i < expression->arguments.count; i++)
        if (!ls_is_value(here, expression->arguments.items[i]))
            return false;
    return true;
}

bool ls_mentions(const ls_expression *expression, const char *column) {
    if (!expression || expression->cut)
        return true;
    if (expression->kind == LS_EXPR_COLUMN)
        return expression->star || ls_names_match(ls_column_name(expression), column);
    for (size_t i = 0; i < expression->arguments.count; i++)
        if (ls_mentions(expression->arguments.items[i], column))
            return true;
    return false;
}

/* --- Keys ------------------------------------------------------------------------------------ */

static bool read_unique_index(const ls_relation *index, ls_unique_key *key) {
    if (!index || !index->unique || !index->valid || index->predicate ||
        index->elements.count > LS_KEY_COLUMNS)
        return false;
    key->count = index->elements.count;
    for (size_t i = 0; i < key->count; i++)
        key->columns[i] = index->elements.items[i].column;
    for (size_t i = 0; i < key->count; i++)
        if (!key->columns[i])
            return false;
    return key->count > 0;
}

static bool read_unique_constraint(const ls_catalog_constraint *constraint, ls_unique_key *key) {
    if ((constraint->kind != LS_CONSTRAINT_PRIMARY_KEY &&
         constraint->kind != LS_CONSTRAINT_UNIQUE) ||
        constraint->columns.count > LS_KEY_COLUMNS)
        return false;
    key->count = constraint->columns.count;
    for (size_t i = 0; i < key->count; i++)
        key->columns[i] = constraint->columns.items[i];
    return key->count > 0;
}

bool ls_next_key(const ls_row_scope *here, size_t number, ls_unique_key *key) {
    const ls_relation *table = here->table;
    key->count = 0;
    if (!table || number >= table->constraints.count + table->indexes.count)
        return false;
    bool found;
    if (number < table->constraints.count)
        found = read_unique_constraint(&table->constraints.items[number], key);
    else
        found = read_unique_index(
            ls_catalog_relation(here->catalog,
                                table->indexes.items[number - table->constraints.count]),
            key);
    if (!found)
        key->count = 0;
    return true;
}

/* True, false or a constant, and never NULL: `(version IS NOT NULL)`, `(true)`. */
static bool takes_few_values(const ls_index_element *element) {
    const ls_expression *key = element->expression;
    return key && (key->kind == LS_EXPR_IS_NULL || key->kind == LS_EXPR_BOOLEAN ||
                   key->kind == LS_EXPR_INTEGER || key->kind == LS_EXPR_STRING);
}

bool ls_holds_few_rows(const ls_catalog *catalog, const ls_relation *table) {
    for (size_t i = 0; table && i < table->indexes.count; i++) {
        const ls_relation *index = ls_catalog_relation(catalog, table->indexes.items[i]);
        if (index && index->unique && index->valid && !index->predicate &&
            index->elements.count == 1 && takes_few_values(&index->elements.items[0]))
            return true;
    }
    return false;
}

bool ls_keys_are_known(const ls_row_scope *here) {
    if (here->table && here->table->columns_complete)
        return true;
    ls_unique_key key;
    for (size_t i = 0; ls_next_key(here, i, &key); i++)
        if (key.count > 0)
            return true;
    return false;
}

bool ls_ends_in_id(const char *name) {
    size_t length = strlen(name);
    return length > 3 && ls_same_text(name + length - 3, "_id");
}

bool ls_is_key_column(const ls_row_scope *here, const char *name) {
    if (!name)
        return false;
    if (ls_same_text(name, "ctid"))
        return true;
    if (!ls_keys_are_known(here))
        return ls_same_text(name, "id") || ls_ends_in_id(name);
    ls_unique_key key;
    for (size_t i = 0; ls_next_key(here, i, &key); i++)
        if (key.count == 1 && ls_names_match(key.columns[0], name))
            return true;
    return false;
}
