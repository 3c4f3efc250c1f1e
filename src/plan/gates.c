#include "plan/gates.h"

#include "catalog/dependencies.h"
#include "plan/rows.h"

#include <string.h>

static bool is_zero(const ls_expression *expression) {
    return expression->kind == LS_EXPR_INTEGER && expression->integer == 0;
}

static bool is_count(const ls_expression *expression) {
    return expression->kind == LS_EXPR_FUNCTION && expression->name.name != NULL &&
           strcmp(expression->name.name, "count") == 0;
}

/* count(*) = 0, either way round. */
static bool asks_for_none(const ls_expression *value) {
    if (value->kind != LS_EXPR_OPERATOR || strcmp(value->text, "=") != 0 ||
        value->arguments.count != 2)
        return false;
    const ls_expression *left = value->arguments.items[0], *right = value->arguments.items[1];
    return (is_count(left) && is_zero(right)) || (is_count(right) && is_zero(left));
}

/* The query of which there must be no row; NULL if the check asks for something else. */
static const ls_query *refuted_by(const ls_query *check) {
    if (check->kind != LS_QUERY_SELECT || check->targets.count != 1)
        return NULL;
    const ls_expression *value = check->targets.items[0].value;
    if (value == NULL)
        return NULL;
    if (asks_for_none(value))
        return check;
    if (value->kind != LS_EXPR_NOT || value->arguments.count != 1)
        return NULL;
    const ls_expression *exists = value->arguments.items[0];
    const ls_query *query = ls_expression_query(exists);
    return query != NULL && exists->text != NULL && strcmp(exists->text, "EXISTS") == 0 ? query
                                                                                        : NULL;
}

/* A condition of another kind is taken for the rule that its columns have to keep. */
static void add_other(ls_plan_facts *facts, ls_stage_facts *stage, const ls_relation *relation,
                      const ls_expression *condition) {
    const ls_words columns = ls_expression_columns(facts->arena, condition);
    for (size_t i = 0; i < columns.count; i++) {
        ls_plan_gate gate = {
            .table = relation->full_name, .column = columns.items[i], .other = true};
        if (gate.column != NULL)
            LS_PUSH(facts->arena, &stage->gates, gate);
    }
}

/* --- Checks that prove nothing --------------------------------------------------------------- */

/* count(*) >= 0 */
static bool is_always_so(const ls_expression *value) {
    return value->kind == LS_EXPR_OPERATOR && strcmp(value->text, ">=") == 0 &&
           value->arguments.count == 2 && is_count(value->arguments.items[0]) &&
           is_zero(value->arguments.items[1]);
}

static bool is_comparison(const ls_expression *term, const char *operator) {
    return term->kind == LS_EXPR_OPERATOR && strcmp(term->text, operator) == 0 &&
           term->arguments.count == 2;
}

static bool is_same_column(const ls_expression *left, const ls_expression *right) {
    if (left->kind != LS_EXPR_COLUMN || right->kind != LS_EXPR_COLUMN || left->star ||
        left->names.count != right->names.count)
        return false;
    for (size_t i = 0; i < left->names.count; i++)
        if (strcmp(left->names.items[i], right->names.items[i]) != 0)
            return false;
    return true;
}

static bool compares_with_itself(const ls_expression *term) {
    bool differs = is_comparison(term, "<>") || (term->kind == LS_EXPR_DISTINCT && !term->negated);
    return differs && term->arguments.count == 2 &&
           is_same_column(term->arguments.items[0], term->arguments.items[1]);
}

static bool are_columns(const ls_expression *term) {
    return term->arguments.count == 2 && term->arguments.items[0]->kind == LS_EXPR_COLUMN &&
           term->arguments.items[1]->kind == LS_EXPR_COLUMN;
}

/* Of a query that must find no row: why it finds none though rows are not filled. */
static const char *finds_nothing(const ls_query *query) {
    const ls_expression *where = query->where;
    if (query->from.count == 1 && query->from.items[0]->kind == LS_FROM_QUERY &&
        query->from.items[0]->query != NULL && query->from.items[0]->query->clauses->limit != NULL)
        return "its LIMIT takes some of the rows only";
    if (where == NULL)
        return NULL;
    if (where->kind == LS_EXPR_BOOLEAN && where->integer == 0)
        return "its condition is never true";
    if (compares_with_itself(where))
        return "it compares a column with itself";
    return where->kind == LS_EXPR_DISTINCT && where->negated && are_columns(where)
               ? "it looks for the rows that are equal, not for those that differ"
               : NULL;
}

/* bool_and passes nulls over. */
static bool is_all_equal(const ls_expression *value) {
    return value->kind == LS_EXPR_FUNCTION && value->name.name != NULL &&
           (strcmp(value->name.name, "bool_and") == 0 || strcmp(value->name.name, "every") == 0) &&
           value->arguments.count == 1 && is_comparison(value->arguments.items[0], "=") &&
           are_columns(value->arguments.items[0]);
}

/* count(*) > 0 */
static bool asks_for_some(const ls_expression *value) {
    return is_comparison(value, ">") && is_count(value->arguments.items[0]) &&
           is_zero(value->arguments.items[1]);
}

static const char *asks_nothing(const ls_query *check) {
    if (check->kind != LS_QUERY_SELECT || check->targets.count != 1 ||
        check->targets.items[0].value == NULL)
        return NULL;
    const ls_expression *value = check->targets.items[0].value;
    if (value->kind == LS_EXPR_BOOLEAN && check->from.count == 0)
        return "it reads no table";
    if (is_always_so(value))
        return "no count is below zero";
    if (is_count(value))
        return "it compares its count with nothing";
    if (asks_for_some(value))
        return "one row is enough for it";
    if (is_all_equal(value))
        return "bool_and passes over the rows in which = finds a null";
    const ls_query *query = refuted_by(check);
    return query == NULL ? NULL : finds_nothing(query);
}

/* a <> b is not true where one of them is null, so such a row is not seen. */
static bool is_blind_to_null(const ls_relation *relation, const ls_row_tests *tests,
                             const ls_row_test *test) {
    if (test->source == NULL || test->null_safe)
        return false;
    for (LS_EACH(const ls_row_test, other, *tests))
        if (other->source == NULL &&
            (strcmp(other->column, test->column) == 0 || strcmp(other->column, test->source) == 0))
            return false;
    const ls_catalog_column *column = ls_relation_column(relation, test->column);
    const ls_catalog_column *source = ls_relation_column(relation, test->source);
    return column != NULL && source != NULL && !(column->not_null && source->not_null);
}

/* One of the terms compares two columns; another leaves rows out that are not about their nulls. */
static const char *left_out_by(const ls_expression *condition, ls_row_test *compared) {
    const char *left_out = NULL;
    if (condition->kind != LS_EXPR_AND)
        return NULL;
    for (size_t i = 0; i < condition->arguments.count; i++) {
        const ls_expression *term = condition->arguments.items[i];
        ls_row_test test = {0};
        if (ls_row_test_of(term, &test))
            *compared = test;
        else if (term->kind != LS_EXPR_IS_NULL)
            left_out = "it looks at some of the rows only";
    }
    return compared->column == NULL ? NULL : left_out;
}

static void note_empty(ls_stage_facts *stage, const ls_relation *relation, const char *column,
                       const char *why) {
    stage->empty_gate.why = why;
    stage->empty_gate.column = column;
    stage->empty_gate.relation = relation == NULL ? 0 : relation->id;
}

/* --- Gates ----------------------------------------------------------------------------------- */

void ls_read_gates(ls_plan_facts *facts, ls_stage_facts *stage, const ls_plan_step *step) {
    if (step->statement->kind != LS_STATEMENT_QUERY || step->statement->query == NULL)
        return;
    const char *nothing = asks_nothing(step->statement->query);
    if (nothing != NULL) {
        note_empty(stage, NULL, NULL, nothing);
        return;
    }
    const ls_query *query = refuted_by(step->statement->query);
    if (query == NULL || query->where == NULL || query->from.count != 1 ||
        query->from.items[0]->kind != LS_FROM_RELATION)
        return;
    const ls_name *name = &query->from.items[0]->name;
    const ls_relation *relation =
        ls_state_named(facts, name->schema, name->name, stage->stage->number);
    ls_row_tests tests = {0};
    if (relation == NULL)
        return;
    if (!ls_row_tests_of(facts->arena, query->where, true, &tests)) {
        ls_row_test compared = {0};
        const char *left_out = left_out_by(query->where, &compared);
        if (left_out != NULL) {
            note_empty(stage, relation, compared.column, left_out);
            return;
        }
        add_other(facts, stage, relation, query->where);
        return;
    }
    for (LS_EACH(const ls_row_test, test, tests)) {
        if (is_blind_to_null(relation, &tests, test)) {
            note_empty(stage, relation, test->column, "<> is not true of a null");
            continue;
        }
        ls_plan_gate gate = {
            .table = relation->full_name, .column = test->column, .source = test->source};
        LS_PUSH(facts->arena, &stage->gates, gate);
    }
}
