/*
 * index_needs.c - which columns filter, join and sort.
 *
 * The terms that AND joins narrow each other: one index among their columns is enough. Of the arms
 * of an OR each needs its own. A column counts where it stands by itself on one side of a
 * comparison that an index can answer.
 */
#include "plan/index_needs.h"

#include "plan/judging.h"

#include <string.h>

typedef struct {
    ls_arena *arena;
    const ls_query_meaning *meaning;
    ls_index_needs needs; /* of the terms that are being read */
} need_reading;

/* --- Columns --------------------------------------------------------------------------------- */

/* What the column of the innermost query means; NULL if it is none of a relation's there. */
static const ls_name_meaning *column_meant(const need_reading *work,
                                           const ls_expression *expression) {
    while (expression->kind == LS_EXPR_CAST && expression->arguments.count == 1)
        expression = expression->arguments.items[0];
    if (expression->kind != LS_EXPR_COLUMN || expression->star)
        return NULL;
    for (LS_EACH(const ls_name_meaning, name, work->meaning->names))
        if (name->reference == expression)
            return name->kind == LS_MEANS_COLUMN && name->relation != 0 && name->level == 0 ? name
                                                                                            : NULL;
    return NULL;
}

static void need(need_reading *work, const ls_name_meaning *column) {
    for (LS_EACH(ls_index_need, known, work->needs))
        if (known->relation == column->relation && known->item != NULL && column->item != NULL &&
            strcmp(known->item, column->item) == 0) {
            LS_PUSH(work->arena, &known->columns, column->column);
            return;
        }
    ls_index_need fresh = {.relation = column->relation, .item = column->item};
    LS_PUSH(work->arena, &fresh.columns, column->column);
    LS_PUSH(work->arena, &work->needs, fresh);
}

/* --- Terms ----------------------------------------------------------------------------------- */

static bool is_indexable(const char *operator) {
    static const char *const operators[] = {"=", "<", "<=", ">", ">=", "@>", "<@", "&&", "@@"};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (strcmp(operators[i], operator) == 0)
            return true;
    return false;
}

static void read_sides(need_reading *work, const ls_expression *term, size_t sides) {
    const ls_name_meaning *found[2] = {NULL, NULL};
    for (size_t i = 0; i < sides && i < term->arguments.count; i++)
        found[i] = column_meant(work, term->arguments.items[i]);
    bool within_one = found[0] != NULL && found[1] != NULL && found[0]->item != NULL &&
                      found[1]->item != NULL && strcmp(found[0]->item, found[1]->item) == 0;
    for (size_t i = 0; i < 2; i++)
        if (found[i] != NULL && !within_one)
            need(work, found[i]);
}

static void read_term(need_reading *work, const ls_expression *term) {
    switch (term->kind) {
    case LS_EXPR_AND:
        for (LS_EACH(ls_expression *const, part, term->arguments))
            read_term(work, *part);
        break;
    case LS_EXPR_OPERATOR:
        if (term->arguments.count == 2 && is_indexable(term->text))
            read_sides(work, term, 2);
        break;
    case LS_EXPR_IN:
    case LS_EXPR_BETWEEN:
        if (!term->negated)
            read_sides(work, term, 1);
        break;
    case LS_EXPR_ANY:
        if (is_indexable(term->text))
            read_sides(work, term, 1);
        break;
    case LS_EXPR_SUBQUERY:
        if (term->text != NULL && strcmp(term->text, "IN") == 0 && !term->negated)
            read_sides(work, term, 1);
        break;
    default:
        break;
    }
}

/* --- Queries --------------------------------------------------------------------------------- */

static void read_joins(need_reading *work, const ls_from *from) {
    if (from->kind != LS_FROM_JOIN)
        return;
    if (from->on != NULL)
        read_term(work, from->on);
    if (from->left != NULL)
        read_joins(work, from->left);
    if (from->right != NULL)
        read_joins(work, from->right);
}

static void finish(need_reading *work, ls_index_needs *all) {
    for (LS_EACH(const ls_index_need, one, work->needs))
        LS_PUSH(work->arena, all, *one);
    work->needs = (ls_index_needs){0};
}

static void read_query(need_reading *work, const ls_query *query, ls_index_needs *all) {
    const ls_expression *where = query->where;
    bool has_arms = where != NULL && where->kind == LS_EXPR_OR;
    for (size_t i = 0; has_arms && i < where->arguments.count; i++) {
        read_term(work, where->arguments.items[i]);
        finish(work, all);
    }
    for (LS_EACH(ls_from *const, from, query->from))
        read_joins(work, *from);
    if (where != NULL && !has_arms)
        read_term(work, where);
    const ls_query_clauses *clauses = query->clauses;
    bool takes_first = clauses->limit != NULL && clauses->order_by.count > 0;
    if (takes_first && work->needs.count == 0 && !has_arms) {
        const ls_name_meaning *key = column_meant(work, clauses->order_by.items[0]);
        if (key != NULL)
            need(work, key);
    }
    finish(work, all);
}

ls_index_needs ls_index_needs_of(ls_arena *arena, const ls_query_meaning *meaning) {
    need_reading work = {.arena = arena, .meaning = meaning};
    ls_index_needs all = {0};
    for (LS_EACH(const ls_query_width, one, meaning->queries))
        read_query(&work, one->query, &all);
    return all;
}

bool ls_index_need_met(const ls_plan_facts *facts, const ls_index_need *need, unsigned done) {
    const ls_relation *table = ls_state_of(facts, need->relation, done);
    for (size_t i = 0; table != NULL && i < need->columns.count; i++)
        if (ls_has_index_on(facts, table, need->columns.items[i], done))
            return true;
    return false;
}
