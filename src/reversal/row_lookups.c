#include "reversal/row_lookups.h"

#include "effects/predicates.h"
#include "reversal/describing.h"

#include <string.h>

/* --- Finding --------------------------------------------------------------------------------- */

static bool is_constant(const ls_expression *expression) {
    return expression->kind == LS_EXPR_STRING || expression->kind == LS_EXPR_INTEGER ||
           expression->kind == LS_EXPR_BOOLEAN;
}

static bool is_equality(const ls_expression *term) {
    return term->kind == LS_EXPR_OPERATOR && strcmp(term->text, "=") == 0 &&
           term->arguments.count == 2 && term->arguments.items[0]->kind == LS_EXPR_COLUMN &&
           is_constant(term->arguments.items[1]);
}

/* The column of an equality, without its qualification. */
static const char *column_of(const ls_expression *term) {
    const ls_expression *column = term->arguments.items[0];
    return column->names.count == 0 ? "" : column->names.items[column->names.count - 1];
}

/* False where something else is asked as well. */
static bool add_terms(const ls_row_lookups *lookups, ls_row_lookup *lookup,
                      const ls_expression *condition) {
    if (condition->kind != LS_EXPR_AND) {
        LS_PUSH(lookups->arena, &lookup->terms, condition);
        return is_equality(condition);
    }
    for (LS_EACH(ls_expression *const, part, condition->arguments))
        if (!add_terms(lookups, lookup, *part))
            return false;
    return true;
}

/* An aggregate gives one row whatever there is, and so does a LIMIT. */
static bool gives_every_row(const ls_query *query) {
    return query->kind == LS_QUERY_SELECT && query->from.count == 1 &&
           query->from.items[0]->kind == LS_FROM_RELATION && query->where != NULL &&
           query->clauses->group_by.count == 0 && query->clauses->limit == NULL &&
           query->targets.count == 1 && query->targets.items[0].value != NULL &&
           query->targets.items[0].value->kind == LS_EXPR_COLUMN;
}

static void add_lookup(ls_row_lookups *lookups, const ls_query *query, bool by_down) {
    const ls_name *name = &query->from.items[0]->name;
    const ls_relation *table = ls_catalog_find(lookups->catalog, name->schema, name->name);
    if (table == NULL)
        return;
    ls_row_lookup lookup = {
        .table = table->id,
        .table_name = ls_without_public(table->full_name),
        .by_key = ls_where_bound(lookups->catalog, table, query) == LS_ROWS_FEW,
        .by_down = by_down,
    };
    if (add_terms(lookups, &lookup, query->where))
        LS_PUSH(lookups->arena, &lookups->found, lookup);
}

static void look_in_query(ls_row_lookups *lookups, const ls_query *query, bool by_down);

static void look_in(ls_row_lookups *lookups, const ls_expression *expression, bool by_down) {
    if (expression == NULL)
        return;
    for (LS_EACH(ls_expression *const, argument, expression->arguments))
        look_in(lookups, *argument, by_down);
    const ls_query *query = ls_expression_query(expression);
    if (query == NULL)
        return;
    if (expression->text != NULL && expression->text[0] == 0 && gives_every_row(query))
        add_lookup(lookups, query, by_down);
    look_in_query(lookups, query, by_down);
}

static void look_in_query(ls_row_lookups *lookups, const ls_query *query, bool by_down) {
    look_in(lookups, query->where, by_down);
    for (LS_EACH(const ls_target, target, query->targets))
        look_in(lookups, target->value, by_down);
    for (LS_EACH(ls_expression *const, value, query->values))
        look_in(lookups, *value, by_down);
    if (query->source != NULL)
        look_in_query(lookups, query->source, by_down);
}

void ls_note_lookups(ls_row_lookups *lookups, const ls_statement *statement, bool by_down) {
    if (statement->kind == LS_STATEMENT_QUERY)
        look_in_query(lookups, statement->query, by_down);
}

/* --- Comparing ------------------------------------------------------------------------------- */

static bool has_term(const ls_row_lookup *lookup, const ls_expression *term) {
    for (LS_EACH(const ls_expression *const, own, lookup->terms))
        if (ls_expressions_equal(*own, term))
            return true;
    return false;
}

/* The column by which `other` tells apart what `lookup` takes for one row; NULL: by none. */
static const char *further_column(const ls_row_lookup *lookup, const ls_row_lookup *other) {
    if (other->table != lookup->table || other->terms.count <= lookup->terms.count)
        return NULL;
    for (LS_EACH(const ls_expression *const, term, lookup->terms))
        if (!has_term(other, *term))
            return NULL;
    for (LS_EACH(const ls_expression *const, term, other->terms))
        if (!has_term(lookup, *term))
            return column_of(*term);
    return NULL;
}

static void add_clause(const ls_row_lookups *lookups, const ls_row_lookup *lookup,
                       ls_words *clauses) {
    const char *further = NULL;
    for (LS_EACH(const ls_row_lookup, other, lookups->found))
        if (further == NULL)
            further = further_column(lookup, other);
    if (further == NULL)
        return;
    const char *clause = ls_arena_format(
        lookups->arena,
        "whether a subquery finds one row of %s by its %s alone is not known: another asks for "
        "the %s as well",
        lookup->table_name, column_of(lookup->terms.items[0]), further);
    if (!ls_has_word(clauses, clause))
        LS_PUSH(lookups->arena, clauses, clause);
}

ls_words ls_lookup_clauses(const ls_row_lookups *lookups) {
    ls_words clauses = {0};
    for (LS_EACH(const ls_row_lookup, lookup, lookups->found))
        if (lookup->by_down && !lookup->by_key)
            add_clause(lookups, lookup, &clauses);
    return clauses;
}
