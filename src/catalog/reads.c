/*
 * reads.c - the columns that an expression of a table reads: CHECK, WHEN, USING, an index's
 * expression.
 *
 * Such an expression stands in no query, so every name in it is the table's, with or without a
 * qualification (NEW, OLD, the table's name); except in a subquery, where a name that is qualified
 * with something in the subquery's FROM is that one's.
 */
#include "catalog/dependencies.h"

#include "catalog/internal.h"

typedef struct inner_query inner_query;
struct inner_query {
    const ls_query *query;
    const inner_query *outer;
};

typedef struct {
    ls_arena *arena;
    ls_words columns;
} reading;

static void read_expression(reading *work, const ls_expression *expression,
                            const inner_query *within);
static void read_query(reading *work, const ls_query *query, const inner_query *outer);

static bool names_item(const ls_from *from, const char *name) {
    if (from == NULL)
        return false;
    if (from->alias != NULL)
        return ls_same_name(from->alias, name);
    return ls_same_name(from->name.name, name) || names_item(from->left, name) ||
           names_item(from->right, name);
}

static bool is_of_inner_query(const inner_query *within, const char *qualifier) {
    for (; within != NULL; within = within->outer)
        for (LS_EACH(ls_from *, from, within->query->from))
            if (names_item(*from, qualifier))
                return true;
    return false;
}

static void read_column(reading *work, const ls_expression *column, const inner_query *within) {
    size_t count = column->names.count;
    const char *name = column->star || count == 0 ? NULL : column->names.items[count - 1];
    size_t qualifiers = column->star ? count : count - (count > 0);
    if (qualifiers > 0 && is_of_inner_query(within, column->names.items[qualifiers - 1]))
        return;
    if (column->star && qualifiers == 0)
        return;
    if (!ls_has_word(&work->columns, name))
        LS_PUSH(work->arena, &work->columns, name);
}

static void read_from(reading *work, const ls_from *from, const inner_query *within) {
    if (from == NULL)
        return;
    read_query(work, from->query, within);
    read_expression(work, from->function, within);
    read_expression(work, from->on, within);
    read_from(work, from->left, within);
    read_from(work, from->right, within);
}

static void read_query(reading *work, const ls_query *query, const inner_query *outer) {
    if (query == NULL)
        return;
    const inner_query within = {.query = query, .outer = outer};
    for (LS_EACH(const ls_common_table, table, query->clauses->with))
        read_query(work, table->query, &within);
    for (LS_EACH(ls_from *, from, query->from))
        read_from(work, *from, &within);
    for (LS_EACH(const ls_target, target, query->targets))
        read_expression(work, target->value, &within);
    for (LS_EACH(ls_expression *, value, query->values))
        read_expression(work, *value, &within);
    for (LS_EACH(ls_expression *, key, query->clauses->group_by))
        read_expression(work, *key, &within);
    for (LS_EACH(ls_expression *, key, query->clauses->order_by))
        read_expression(work, *key, &within);
    read_expression(work, query->where, &within);
    read_expression(work, query->clauses->having, &within);
    read_query(work, query->left, &within);
    read_query(work, query->right, &within);
}

static void read_expression(reading *work, const ls_expression *expression,
                            const inner_query *within) {
    if (expression == NULL)
        return;
    if (expression->kind == LS_EXPR_COLUMN)
        read_column(work, expression, within);
    for (LS_EACH(ls_expression *, argument, expression->arguments))
        read_expression(work, *argument, within);
    read_query(work, ls_expression_query(expression), within);
}

ls_words ls_expression_columns(ls_arena *arena, const ls_expression *expression) {
    reading work = {.arena = arena};
    read_expression(&work, expression, NULL);
    return work.columns;
}
