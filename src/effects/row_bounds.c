/*
 * row_bounds.c - how many rows a WHERE takes.
 *
 * A term of AND bounds the rows if it fixes a unique key, keeps it between two ends, or takes it
 * from a list or a query that is bounded itself; the best term decides, of OR the worst arm. Keys
 * are those of the catalog; for a table that it does not know, names decide. A value is anything
 * that does not read the table: constants, parameters, PL/pgSQL variables.
 */
#include "effects/predicates.h"

#include <string.h>

enum {
    SMALL_LIST = 100, /* a list that people still write by hand */
    QUERIES_DEEP = 8,
    KEY_COLUMNS = 32, /* INDEX_MAX_KEYS */
};

typedef struct {
    const ls_catalog *catalog;
    const ls_relation *table; /* NULL if it is not known */
    const ls_query *query;    /* whose WHERE it is */
    int depth;                /* queries entered */
} scope;

static ls_row_bound bound_of(const scope *here, const ls_expression *condition);

static bool same_name(const char *one, const char *other) {
    return one && other && strcmp(one, other) == 0;
}

/* --- Constants and always-true conditions ---------------------------------------------------- */

static bool is_true_literal(const ls_expression *constant) {
    if (constant->kind == LS_EXPR_BOOLEAN)
        return constant->integer != 0;
    if (constant->kind != LS_EXPR_CAST || !constant->type || constant->arguments.count != 1 ||
        strcmp(constant->type->name, "bool") != 0)
        return false;
    const ls_expression *inner = constant->arguments.items[0];
    static const char *const spellings[] = {"t", "true", "yes", "on", "1"};
    for (size_t i = 0; inner->kind == LS_EXPR_STRING && i < 5; i++)
        if (same_name(inner->text, spellings[i]))
            return true;
    return inner->kind == LS_EXPR_INTEGER ? inner->integer != 0 : is_true_literal(inner);
}

static bool is_literal(const ls_expression *expression) {
    return expression->kind == LS_EXPR_INTEGER || expression->kind == LS_EXPR_STRING ||
           expression->kind == LS_EXPR_FLOAT || expression->kind == LS_EXPR_BOOLEAN;
}

static bool compares_literal_with_itself(const ls_expression *condition) {
    return condition->kind == LS_EXPR_OPERATOR && condition->arguments.count == 2 &&
           same_name(condition->text, "=") && is_literal(condition->arguments.items[0]) &&
           ls_expressions_equal(condition->arguments.items[0], condition->arguments.items[1]);
}

bool ls_always_true(const ls_expression *condition) {
    if (!condition)
        return false;
    if (condition->kind != LS_EXPR_AND && condition->kind != LS_EXPR_OR)
        return is_true_literal(condition) || compares_literal_with_itself(condition);
    bool every_one = condition->kind == LS_EXPR_AND;
    for (size_t i = 0; i < condition->arguments.count; i++)
        if (ls_always_true(condition->arguments.items[i]) != every_one)
            return !every_one;
    return every_one && condition->arguments.count > 0;
}

/* --- Columns and values ---------------------------------------------------------------------- */

static const char *column_name(const ls_expression *expression) {
    if (!expression || expression->kind != LS_EXPR_COLUMN || expression->star ||
        expression->names.count == 0)
        return NULL;
    return expression->names.items[expression->names.count - 1];
}

static const char *qualifier_of(const ls_expression *column) {
    return column->names.count > 1 ? column->names.items[column->names.count - 2] : NULL;
}

static bool names_target(const ls_query *query, const char *name) {
    if (query->target_alias)
        return same_name(query->target_alias, name);
    return same_name(query->target.name, name);
}

static bool names_from_item(const ls_query *query, const char *name) {
    for (size_t i = 0; i < query->from.count; i++) {
        const ls_from *item = query->from.items[i];
        const char *item_name = item->alias ? item->alias : item->name.name;
        if (item->kind == LS_FROM_JOIN || same_name(item_name, name))
            return true;
    }
    return false;
}

static bool has_column(const ls_relation *table, const char *name) {
    for (size_t i = 0; i < table->columns.count; i++)
        if (same_name(table->columns.items[i].name, name))
            return true;
    return false;
}

/* A PL/pgSQL variable or record field, as far as can be told from outside of its block. */
static bool is_variable(const scope *here, const ls_expression *column) {
    const char *qualifier = qualifier_of(column), *name = column_name(column);
    if (!name)
        return false;
    if (qualifier)
        return !names_target(here->query, qualifier) && !names_from_item(here->query, qualifier);
    return here->query->from.count == 0 && here->table && here->table->columns_complete &&
           !has_column(here->table, name) && strcmp(name, "ctid") != 0;
}

static bool is_value(const scope *here, const ls_expression *expression) {
    if (!expression || expression->cut || expression->kind == LS_EXPR_SUBQUERY)
        return false;
    if (expression->kind == LS_EXPR_COLUMN)
        return is_variable(here, expression);
    for (size_t i = 0; i < expression->arguments.count; i++)
        if (!is_value(here, expression->arguments.items[i]))
            return false;
    return true;
}

static bool mentions(const ls_expression *expression, const char *column) {
    if (!expression || expression->cut)
        return true;
    if (expression->kind == LS_EXPR_COLUMN)
        return expression->star || same_name(column_name(expression), column);
    for (size_t i = 0; i < expression->arguments.count; i++)
        if (mentions(expression->arguments.items[i], column))
            return true;
    return false;
}

/* --- Keys ------------------------------------------------------------------------------------ */

typedef struct {
    const char *columns[KEY_COLUMNS];
    size_t count;
} unique_key;

static bool read_unique_index(const ls_relation *index, unique_key *key) {
    if (!index || !index->unique || !index->valid || index->predicate ||
        index->elements.count > KEY_COLUMNS)
        return false;
    key->count = index->elements.count;
    for (size_t i = 0; i < key->count; i++)
        key->columns[i] = index->elements.items[i].column;
    for (size_t i = 0; i < key->count; i++)
        if (!key->columns[i])
            return false;
    return key->count > 0;
}

static bool read_unique_constraint(const ls_catalog_constraint *constraint, unique_key *key) {
    if ((constraint->kind != LS_CONSTRAINT_PRIMARY_KEY &&
         constraint->kind != LS_CONSTRAINT_UNIQUE) ||
        constraint->columns.count > KEY_COLUMNS)
        return false;
    key->count = constraint->columns.count;
    for (size_t i = 0; i < key->count; i++)
        key->columns[i] = constraint->columns.items[i];
    return key->count > 0;
}

/* The `number`th of the table's unique keys, constraints first; false past the last. Those that
 * are not unique keys at all come out empty. */
static bool next_key(const scope *here, size_t number, unique_key *key) {
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

static bool keys_are_known(const scope *here) {
    if (here->table && here->table->columns_complete)
        return true;
    unique_key key;
    for (size_t i = 0; next_key(here, i, &key); i++)
        if (key.count > 0)
            return true;
    return false;
}

static bool ends_in_id(const char *name) {
    size_t length = strlen(name);
    return length > 3 && strcmp(name + length - 3, "_id") == 0;
}

/* True if the column alone is a unique key, or by its name looks like one where keys are not
 * known. Every row has its own ctid. */
static bool is_key_column(const scope *here, const char *name) {
    if (!name)
        return false;
    if (strcmp(name, "ctid") == 0)
        return true;
    if (!keys_are_known(here))
        return strcmp(name, "id") == 0 || ends_in_id(name);
    unique_key key;
    for (size_t i = 0; next_key(here, i, &key); i++)
        if (key.count == 1 && same_name(key.columns[0], name))
            return true;
    return false;
}

/* --- Bounded sources ------------------------------------------------------------------------- */

static bool query_is_bounded(const scope *outer, const ls_query *query);

static const ls_query *common_table(const ls_query *query, const char *name) {
    for (size_t i = 0; i < query->with.count; i++)
        if (same_name(query->with.items[i].name, name))
            return query->with.items[i].query;
    return NULL;
}

static bool source_is_bounded(const scope *outer, const ls_from *item) {
    if (item->kind == LS_FROM_QUERY)
        return query_is_bounded(outer, item->query);
    if (item->kind != LS_FROM_RELATION || item->name.schema)
        return false;
    const ls_query *query = common_table(outer->query, item->name.name);
    return query && query_is_bounded(outer, query);
}

static bool query_is_bounded(const scope *outer, const ls_query *query) {
    if (!query || outer->depth >= QUERIES_DEEP)
        return false;
    if (query->limit || query->kind == LS_QUERY_VALUES)
        return true;
    scope inner = {outer->catalog, NULL, outer->query, outer->depth + 1};
    bool one_source = query->kind == LS_QUERY_SELECT && query->from.count == 1;
    if (one_source && source_is_bounded(&inner, query->from.items[0]))
        return true;
    inner.query = query;
    if (one_source && query->from.items[0]->kind == LS_FROM_RELATION)
        inner.table = ls_catalog_find(outer->catalog, query->from.items[0]->name.schema,
                                      query->from.items[0]->name.name);
    bool changes = query->kind == LS_QUERY_UPDATE || query->kind == LS_QUERY_DELETE;
    return (one_source || changes) && query->where &&
           bound_of(&inner, query->where) >= LS_ROWS_BOUNDED;
}

/* t.id = batch.id, where batch is a bounded FROM item */
static bool joins_bounded_source(const scope *here, const ls_expression *left,
                                 const ls_expression *right) {
    if (!is_key_column(here, column_name(left)) || !column_name(right))
        return false;
    const char *qualifier = qualifier_of(right);
    for (size_t i = 0; i < here->query->from.count; i++) {
        const ls_from *item = here->query->from.items[i];
        bool meant =
            !qualifier || same_name(item->alias ? item->alias : item->name.name, qualifier);
        if (meant && source_is_bounded(here, item))
            return true;
    }
    return false;
}

/* --- Terms ----------------------------------------------------------------------------------- */

static ls_row_bound few_or_bounded(bool few) {
    return few ? LS_ROWS_FEW : LS_ROWS_BOUNDED;
}

/* A column that is equal to one value, by `=` with either side first. */
static const char *fixed_column(const scope *here, const ls_expression *term) {
    if (term->kind != LS_EXPR_OPERATOR || term->arguments.count != 2 || !same_name(term->text, "="))
        return NULL;
    const ls_expression *left = term->arguments.items[0], *right = term->arguments.items[1];
    if (column_name(left) && !is_variable(here, left) && is_value(here, right))
        return column_name(left);
    if (column_name(right) && !is_variable(here, right) && is_value(here, left))
        return column_name(right);
    return NULL;
}

static ls_row_bound bound_of_equality(const scope *here, const ls_expression *term) {
    if (term->arguments.count != 2 || !same_name(term->text, "="))
        return LS_ROWS_MANY;
    const ls_expression *left = term->arguments.items[0], *right = term->arguments.items[1];
    const char *fixed = fixed_column(here, term);
    if (fixed && is_key_column(here, fixed))
        return few_or_bounded(keys_are_known(here) || !ends_in_id(fixed));
    bool one_row = right->kind == LS_EXPR_SUBQUERY && same_name(right->text, "");
    if (one_row && is_key_column(here, column_name(left)))
        return LS_ROWS_BOUNDED;
    bool joined =
        joins_bounded_source(here, left, right) || joins_bounded_source(here, right, left);
    return joined ? LS_ROWS_BOUNDED : LS_ROWS_MANY;
}

static ls_row_bound bound_of_list(const scope *here, const ls_expression *left, size_t length) {
    if (!is_key_column(here, column_name(left)))
        return LS_ROWS_MANY;
    return few_or_bounded(length <= SMALL_LIST && keys_are_known(here));
}

static ls_row_bound bound_of_in(const scope *here, const ls_expression *term) {
    if (term->negated || term->arguments.count < 2)
        return LS_ROWS_MANY;
    for (size_t i = 1; i < term->arguments.count; i++)
        if (!is_value(here, term->arguments.items[i]))
            return LS_ROWS_MANY;
    return bound_of_list(here, term->arguments.items[0], term->arguments.count - 1);
}

static ls_row_bound bound_of_any(const scope *here, const ls_expression *term) {
    if (term->negated || term->arguments.count != 2 || !same_name(term->text, "="))
        return LS_ROWS_MANY;
    const ls_expression *left = term->arguments.items[0], *array = term->arguments.items[1];
    if (!is_key_column(here, column_name(left)))
        return LS_ROWS_MANY;
    if (array->kind == LS_EXPR_ARRAY && is_value(here, array))
        return bound_of_list(here, left, array->arguments.count);
    if (array->kind == LS_EXPR_SUBQUERY)
        return query_is_bounded(here, array->query) ? LS_ROWS_BOUNDED : LS_ROWS_MANY;
    return LS_ROWS_BOUNDED;
}

static bool joins_any(const scope *here, const ls_expression *condition) {
    if (!condition)
        return false;
    if (condition->kind == LS_EXPR_OPERATOR && condition->arguments.count == 2)
        return same_name(condition->text, "=") && column_name(condition->arguments.items[0]) &&
               column_name(condition->arguments.items[1]);
    for (size_t i = 0; condition->kind == LS_EXPR_AND && i < condition->arguments.count; i++)
        if (joins_any(here, condition->arguments.items[i]))
            return true;
    return false;
}

static ls_row_bound bound_of_subquery(const scope *here, const ls_expression *term) {
    const ls_query *query = term->query;
    if (term->negated || !query)
        return LS_ROWS_MANY;
    if (same_name(term->text, "EXISTS")) {
        bool bounded = query->from.count == 1 && joins_any(here, query->where) &&
                       source_is_bounded(here, query->from.items[0]);
        return bounded ? LS_ROWS_BOUNDED : LS_ROWS_MANY;
    }
    bool is_list = same_name(term->text, "IN") || same_name(term->text, "ANY");
    return is_list && query_is_bounded(here, query) ? LS_ROWS_BOUNDED : LS_ROWS_MANY;
}

static ls_row_bound bound_of_between(const scope *here, const ls_expression *term) {
    if (term->negated || term->arguments.count != 3)
        return LS_ROWS_MANY;
    const char *column = column_name(term->arguments.items[0]);
    bool ends = column && !mentions(term->arguments.items[1], column) &&
                !mentions(term->arguments.items[2], column);
    return ends && is_key_column(here, column) ? LS_ROWS_BOUNDED : LS_ROWS_MANY;
}

/* The worst arm; an arm that can never be true would not be written. */
static ls_row_bound bound_of_arms(const scope *here, const ls_expression *condition) {
    ls_row_bound worst = LS_ROWS_FEW;
    for (size_t i = 0; i < condition->arguments.count; i++) {
        ls_row_bound arm = bound_of(here, condition->arguments.items[i]);
        worst = arm < worst ? arm : worst;
    }
    return worst;
}

/* --- Terms of AND together ------------------------------------------------------------------- */

static bool fixes(const scope *here, const ls_expression *conjunction, const char *column) {
    for (size_t i = 0; i < conjunction->arguments.count; i++) {
        const ls_expression *term = conjunction->arguments.items[i];
        if (same_name(fixed_column(here, term), column))
            return true;
        bool listed = term->kind == LS_EXPR_IN && !term->negated && term->arguments.count > 1 &&
                      term->arguments.count <= SMALL_LIST &&
                      same_name(column_name(term->arguments.items[0]), column);
        for (size_t j = 1; listed && j < term->arguments.count; j++)
            listed = is_value(here, term->arguments.items[j]);
        if (listed)
            return true;
    }
    return false;
}

static bool fixes_whole_key(const scope *here, const ls_expression *conjunction) {
    unique_key key;
    for (size_t i = 0; next_key(here, i, &key); i++) {
        bool whole = key.count > 0;
        for (size_t j = 0; whole && j < key.count; j++)
            whole = fixes(here, conjunction, key.columns[j]);
        if (whole)
            return true;
    }
    return false;
}

/* `column > value` counts as a lower end, `column < value` as an upper one. */
static bool has_end(const ls_expression *conjunction, const char *column, char less_or_greater) {
    char commuted = less_or_greater == '<' ? '>' : '<';
    for (size_t i = 0; i < conjunction->arguments.count; i++) {
        const ls_expression *term = conjunction->arguments.items[i];
        if (term->kind != LS_EXPR_OPERATOR || term->arguments.count != 2 || !term->text ||
            strspn(term->text, "<>=") != strlen(term->text) || strcmp(term->text, "<>") == 0)
            continue;
        const ls_expression *left = term->arguments.items[0], *right = term->arguments.items[1];
        if (term->text[0] == less_or_greater && same_name(column_name(left), column) &&
            !mentions(right, column))
            return true;
        if (term->text[0] == commuted && same_name(column_name(right), column) &&
            !mentions(left, column))
            return true;
    }
    return false;
}

static bool is_range_of_key(const scope *here, const ls_expression *conjunction) {
    for (size_t i = 0; i < conjunction->arguments.count; i++) {
        const ls_expression *term = conjunction->arguments.items[i];
        for (size_t j = 0; term->kind == LS_EXPR_OPERATOR && j < term->arguments.count; j++) {
            const char *column = column_name(term->arguments.items[j]);
            if (is_key_column(here, column) && has_end(conjunction, column, '<') &&
                has_end(conjunction, column, '>'))
                return true;
        }
    }
    return false;
}

static ls_row_bound bound_of_terms(const scope *here, const ls_expression *conjunction) {
    if (fixes_whole_key(here, conjunction))
        return LS_ROWS_FEW;
    ls_row_bound best = is_range_of_key(here, conjunction) ? LS_ROWS_BOUNDED : LS_ROWS_MANY;
    for (size_t i = 0; i < conjunction->arguments.count; i++) {
        ls_row_bound term = bound_of(here, conjunction->arguments.items[i]);
        best = term > best ? term : best;
    }
    return best;
}

static ls_row_bound bound_of(const scope *here, const ls_expression *condition) {
    if (!condition || condition->cut)
        return LS_ROWS_MANY;
    if (ls_always_true(condition))
        return LS_ROWS_ALL;
    switch (condition->kind) {
    case LS_EXPR_AND:
        return bound_of_terms(here, condition);
    case LS_EXPR_OR:
        return bound_of_arms(here, condition);
    case LS_EXPR_OPERATOR:
        return bound_of_equality(here, condition);
    case LS_EXPR_IN:
        return bound_of_in(here, condition);
    case LS_EXPR_ANY:
        return bound_of_any(here, condition);
    case LS_EXPR_SUBQUERY:
        return bound_of_subquery(here, condition);
    case LS_EXPR_BETWEEN:
        return bound_of_between(here, condition);
    case LS_EXPR_CURRENT_OF:
        return LS_ROWS_BOUNDED;
    default:
        return LS_ROWS_MANY;
    }
}

ls_row_bound ls_where_bound(const ls_catalog *catalog, const ls_relation *table,
                            const ls_query *query) {
    if (!query->where || ls_always_true(query->where))
        return query->limit ? LS_ROWS_BOUNDED : LS_ROWS_ALL;
    if (query->limit)
        return LS_ROWS_BOUNDED;
    const scope here = {catalog, table, query, 0};
    return bound_of(&here, query->where);
}
