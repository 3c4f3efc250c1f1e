/*
 * row_bounds.c - how many rows a WHERE takes.
 *
 * A term of AND bounds the rows if it fixes a unique key, keeps it between two ends, or takes it
 * from a list or a query that is bounded itself; the best term decides, of OR the worst arm. Keys
 * are those of the catalog; for a table that it does not know, names decide. A value is anything
 * that does not read the table: constants, parameters, PL/pgSQL variables.
 */
#include "effects/predicates.h"

#include "effects/row_keys.h"

#include <string.h>

enum {
    SMALL_LIST = 100, /* a list that people still write by hand */
    QUERIES_DEEP = 8,
};

static ls_row_bound bound_of(const ls_row_scope *here, const ls_expression *condition);

/* --- Bounded sources ------------------------------------------------------------------------- */

static bool query_is_bounded(const ls_row_scope *outer, const ls_query *query);

static const ls_query *common_table(const ls_row_scope *here, const char *name) {
    for (; here; here = here->outer)
        for (LS_EACH(const ls_common_table, table, here->query->clauses->with))
            if (ls_names_match(table->name, name))
                return table->query;
    return NULL;
}

static bool source_is_bounded(const ls_row_scope *outer, const ls_from *item) {
    if (item->kind == LS_FROM_QUERY)
        return query_is_bounded(outer, item->query);
    if (item->kind != LS_FROM_RELATION || item->name.schema)
        return false;
    const ls_query *query = common_table(outer, item->name.name);
    return query && query_is_bounded(outer, query);
}

static bool query_is_bounded(const ls_row_scope *outer, const ls_query *query) {
    if (!query || outer->depth >= QUERIES_DEEP)
        return false;
    if (query->clauses->limit || query->kind == LS_QUERY_VALUES)
        return true;
    ls_row_scope inner = {outer->catalog, NULL, query, outer, outer->depth + 1};
    bool one_source = query->kind == LS_QUERY_SELECT && query->from.count == 1;
    if (one_source && source_is_bounded(&inner, query->from.items[0]))
        return true;
    if (one_source && query->from.items[0]->kind == LS_FROM_RELATION)
        inner.table = ls_catalog_find(outer->catalog, query->from.items[0]->name.schema,
                                      query->from.items[0]->name.name);
    bool changes = query->kind == LS_QUERY_UPDATE || query->kind == LS_QUERY_DELETE;
    return (one_source || changes) && query->where &&
           bound_of(&inner, query->where) >= LS_ROWS_BOUNDED;
}

/* t.id = batch.id, where batch is a bounded FROM item */
static bool joins_bounded_source(const ls_row_scope *here, const ls_expression *left,
                                 const ls_expression *right) {
    if (!ls_is_key_column(here, ls_column_name(left)) || !ls_column_name(right))
        return false;
    const char *qualifier = ls_column_qualifier(right);
    for (size_t i = 0; i < here->query->from.count; i++) {
        const ls_from *item = here->query->from.items[i];
        bool meant =
            !qualifier || ls_names_match(item->alias ? item->alias : item->name.name, qualifier);
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
static const char *fixed_column(const ls_row_scope *here, const ls_expression *term) {
    if (term->kind != LS_EXPR_OPERATOR || term->arguments.count != 2 ||
        !ls_names_match(term->text, "="))
        return NULL;
    const ls_expression *left = term->arguments.items[0], *right = term->arguments.items[1];
    if (ls_column_name(left) && !ls_is_variable(here, left) && ls_is_value(here, right))
        return ls_column_name(left);
    if (ls_column_name(right) && !ls_is_variable(here, right) && ls_is_value(here, left))
        return ls_column_name(right);
    return NULL;
}

static ls_row_bound bound_of_equality(const ls_row_scope *here, const ls_expression *term) {
    if (term->arguments.count != 2 || !ls_names_match(term->text, "="))
        return LS_ROWS_MANY;
    const ls_expression *left = term->arguments.items[0], *right = term->arguments.items[1];
    const char *fixed = fixed_column(here, term);
    if (fixed && ls_is_key_column(here, fixed))
        return few_or_bounded(ls_keys_are_known(here) || !ls_ends_in_id(fixed));
    bool one_row = right->kind == LS_EXPR_SUBQUERY && ls_names_match(right->text, "");
    if (one_row && ls_is_key_column(here, ls_column_name(left)))
        return LS_ROWS_BOUNDED;
    bool joined =
        joins_bounded_source(here, left, right) || joins_bounded_source(here, right, left);
    return joined ? LS_ROWS_BOUNDED : LS_ROWS_MANY;
}

static ls_row_bound bound_of_list(const ls_row_scope *here, const ls_expression *left,
                                  size_t length) {
    if (!ls_is_key_column(here, ls_column_name(left)))
        return LS_ROWS_MANY;
    return few_or_bounded(length <= SMALL_LIST && ls_keys_are_known(here));
}

static ls_row_bound bound_of_in(const ls_row_scope *here, const ls_expression *term) {
    if (term->negated || term->arguments.count < 2)
        return LS_ROWS_MANY;
    for (size_t i = 1; i < term->arguments.count; i++)
        if (!ls_is_value(here, term->arguments.items[i]))
            return LS_ROWS_MANY;
    return bound_of_list(here, term->arguments.items[0], term->arguments.count - 1);
}

static ls_row_bound bound_of_any(const ls_row_scope *here, const ls_expression *term) {
    if (term->negated || term->arguments.count != 2 || !ls_names_match(term->text, "="))
        return LS_ROWS_MANY;
    const ls_expression *left = term->arguments.items[0], *array = term->arguments.items[1];
    if (!ls_is_key_column(here, ls_column_name(left)))
        return LS_ROWS_MANY;
    if (array->kind == LS_EXPR_ARRAY && ls_is_value(here, array))
        return bound_of_list(here, left, array->arguments.count);
    if (array->kind == LS_EXPR_SUBQUERY)
        return query_is_bounded(here, array->query) ? LS_ROWS_BOUNDED : LS_ROWS_MANY;
    return LS_ROWS_BOUNDED;
}

static bool joins_any(const ls_row_scope *here, const ls_expression *condition) {
    if (!condition)
        return false;
    if (condition->kind == LS_EXPR_OPERATOR && condition->arguments.count == 2)
        return ls_names_match(condition->text, "=") &&
               ls_column_name(condition->arguments.items[0]) &&
               ls_column_name(condition->arguments.items[1]);
    for (size_t i = 0; condition->kind == LS_EXPR_AND && i < condition->arguments.count; i++)
        if (joins_any(here, condition->arguments.items[i]))
            return true;
    return false;
}

static ls_row_bound bound_of_subquery(const ls_row_scope *here, const ls_expression *term) {
    const ls_query *query = term->query;
    if (term->negated || !query)
        return LS_ROWS_MANY;
    if (ls_names_match(term->text, "EXISTS")) {
        bool bounded = query->from.count == 1 && joins_any(here, query->where) &&
                       source_is_bounded(here, query->from.items[0]);
        return bounded ? LS_ROWS_BOUNDED : LS_ROWS_MANY;
    }
    bool is_list = ls_names_match(term->text, "IN") || ls_names_match(term->text, "ANY");
    return is_list && query_is_bounded(here, query) ? LS_ROWS_BOUNDED : LS_ROWS_MANY;
}

static ls_row_bound bound_of_between(const ls_row_scope *here, const ls_expression *term) {
    if (term->negated || term->arguments.count != 3)
        return LS_ROWS_MANY;
    const char *column = ls_column_name(term->arguments.items[0]);
    bool ends = column && !ls_mentions(term->arguments.items[1], column) &&
                !ls_mentions(term->arguments.items[2], column);
    return ends && ls_is_key_column(here, column) ? LS_ROWS_BOUNDED : LS_ROWS_MANY;
}

/* The worst arm; an arm that can never be true would not be written. */
static ls_row_bound bound_of_arms(const ls_row_scope *here, const ls_expression *condition) {
    ls_row_bound worst = LS_ROWS_FEW;
    for (size_t i = 0; i < condition->arguments.count; i++) {
        ls_row_bound arm = bound_of(here, condition->arguments.items[i]);
        worst = arm < worst ? arm : worst;
    }
    return worst;
}

/* --- Terms of AND together ------------------------------------------------------------------- */

static bool fixes(const ls_row_scope *here, const ls_expression *conjunction, const char *column) {
    for (size_t i = 0; i < conjunction->arguments.count; i++) {
        const ls_expression *term = conjunction->arguments.items[i];
        if (ls_names_match(fixed_column(here, term), column))
            return true;
        bool listed = term->kind == LS_EXPR_IN && !term->negated && term->arguments.count > 1 &&
                      term->arguments.count <= SMALL_LIST &&
                      ls_names_match(ls_column_name(term->arguments.items[0]), column);
        for (size_t j = 1; listed && j < term->arguments.count; j++)
            listed = ls_is_value(here, term->arguments.items[j]);
        if (listed)
            return true;
    }
    return false;
}

static bool fixes_whole_key(const ls_row_scope *here, const ls_expression *conjunction) {
    ls_unique_key key;
    for (size_t i = 0; ls_next_key(here, i, &key); i++) {
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
        if (term->text[0] == less_or_greater && ls_names_match(ls_column_name(left), column) &&
            !ls_mentions(right, column))
            return true;
        if (term->text[0] == commuted && ls_names_match(ls_column_name(right), column) &&
            !ls_mentions(left, column))
            return true;
    }
    return false;
}

static bool is_range_of_key(const ls_row_scope *here, const ls_expression *conjunction) {
    for (size_t i = 0; i < conjunction->arguments.count; i++) {
        const ls_expression *term = conjunction->arguments.items[i];
        for (size_t j = 0; term->kind == LS_EXPR_OPERATOR && j < term->arguments.count; j++) {
            const char *column = ls_column_name(term->arguments.items[j]);
            if (ls_is_key_column(here, column) && has_end(conjunction, column, '<') &&
                has_end(conjunction, column, '>'))
                return true;
        }
    }
    return false;
}

static ls_row_bound bound_of_terms(const ls_row_scope *here, const ls_expression *conjunction) {
    if (fixes_whole_key(here, conjunction))
        return LS_ROWS_FEW;
    ls_row_bound best = is_range_of_key(here, conjunction) ? LS_ROWS_BOUNDED : LS_ROWS_MANY;
    for (size_t i = 0; i < conjunction->arguments.count; i++) {
        ls_row_bound term = bound_of(here, conjunction->arguments.items[i]);
        best = term > best ? term : best;
    }
    return best;
}

static ls_row_bound bound_of(const ls_row_scope *here, const ls_expression *condition) {
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
    if (ls_holds_few_rows(catalog, table))
        return LS_ROWS_FEW;
    if (!query->where || ls_always_true(query->where))
        return query->clauses->limit ? LS_ROWS_BOUNDED : LS_ROWS_ALL;
    if (query->clauses->limit)
        return LS_ROWS_BOUNDED;
    const ls_row_scope here = {catalog, table, query, NULL, 0};
    return bound_of(&here, query->where);
}
