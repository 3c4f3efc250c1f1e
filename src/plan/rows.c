/*
 * rows.c - data changes, read for what a rollout depends on.
 *
 * A backfill goes through a table in portions: its UPDATE names keys that a sub-select limits, or a
 * window of keys given as parameters, or it stands in a loop that commits. Which rows it takes is
 * said by the condition, of the statement or of that sub-select.
 */
#include "plan/rows.h"

#include "catalog/dependencies.h"
#include "plan/words.h"
#include "sql/body.h"
#include "sql/lower/lower.h"

#include <string.h>

typedef struct {
    ls_plan_facts *facts;
    ls_stage_facts *stage;
    const ls_plan_step *step;
    bool in_committing_loop;
    const char *text; /* of the statement */
} row_reading;

/* --- Conditions ------------------------------------------------------------------------------ */

const char *ls_column_of(const ls_expression *expression) {
    while (expression->kind == LS_EXPR_CAST && expression->arguments.count == 1)
        expression = expression->arguments.items[0];
    if (expression->kind != LS_EXPR_COLUMN || expression->star || expression->names.count == 0)
        return NULL;
    return expression->names.items[expression->names.count - 1];
}

static bool is_inequality(const ls_expression *expression) {
    if (expression->kind == LS_EXPR_DISTINCT)
        return !expression->negated && expression->arguments.count == 2;
    return expression->kind == LS_EXPR_OPERATOR && expression->arguments.count == 2 &&
           strcmp(expression->text, "<>") == 0;
}

bool ls_row_test_of(const ls_expression *term, ls_row_test *test) {
    if (term->kind == LS_EXPR_IS_NULL && !term->negated && term->arguments.count == 1) {
        *test = (ls_row_test){.column = ls_column_of(term->arguments.items[0])};
        return test->column != NULL;
    }
    if (!is_inequality(term))
        return false;
    test->null_safe = term->kind == LS_EXPR_DISTINCT;
    test->column = ls_column_of(term->arguments.items[0]);
    test->source = ls_column_of(term->arguments.items[1]);
    return test->column != NULL && test->source != NULL;
}

bool ls_row_tests_of(ls_arena *arena, const ls_expression *condition, bool any,
                     ls_row_tests *tests) {
    if (condition->kind == (any ? LS_EXPR_OR : LS_EXPR_AND)) {
        bool all = true;
        for (size_t i = 0; i < condition->arguments.count; i++)
            all = ls_row_tests_of(arena, condition->arguments.items[i], any, tests) && all;
        return all;
    }
    ls_row_test test;
    if (!ls_row_test_of(condition, &test))
        return false;
    LS_PUSH(arena, tests, test);
    return true;
}

/* --- The keys -------------------------------------------------------------------------------- */

const ls_query *ls_key_query(const ls_query *change) {
    const ls_expression *where = change->where;
    for (LS_EACH(const ls_common_table, table, change->clauses->with))
        if (table->query->clauses->limit != NULL)
            return table->query;
    for (size_t i = 0; i < change->from.count; i++)
        if (change->from.items[i]->kind == LS_FROM_QUERY &&
            change->from.items[i]->query->clauses->limit != NULL)
            return change->from.items[i]->query;
    if (where == NULL)
        return NULL;
    if (where->kind != LS_EXPR_AND)
        return ls_expression_query(where);
    for (size_t i = 0; i < where->arguments.count; i++)
        if (ls_expression_query(where->arguments.items[i]) != NULL)
            return ls_expression_query(where->arguments.items[i]);
    return NULL;
}

static bool is_bound(const ls_expression *term, const char **column) {
    static const char *const operators[] = {">", ">=", "<", "<="};
    if (term->kind == LS_EXPR_BETWEEN) {
        *column = ls_column_of(term->arguments.items[0]);
        return *column != NULL;
    }
    if (term->kind != LS_EXPR_OPERATOR || term->arguments.count != 2)
        return false;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (strcmp(term->text, operators[i]) == 0) {
            *column = ls_column_of(term->arguments.items[0]);
            if (*column == NULL)
                *column = ls_column_of(term->arguments.items[1]);
            return *column != NULL;
        }
    return false;
}

/* The column that is bounded on both sides; NULL if there is none. */
static const char *window_of(const ls_expression *where) {
    const char *column, *other;
    if (where == NULL)
        return NULL;
    if (where->kind == LS_EXPR_BETWEEN)
        return is_bound(where, &column) ? column : NULL;
    for (size_t i = 0; where->kind == LS_EXPR_AND && i < where->arguments.count; i++) {
        const ls_expression *one = where->arguments.items[i];
        if (!is_bound(one, &column))
            continue;
        if (one->kind == LS_EXPR_BETWEEN)
            return column;
        for (size_t j = i + 1; j < where->arguments.count; j++)
            if (is_bound(where->arguments.items[j], &other) && strcmp(column, other) == 0)
                return column;
    }
    return NULL;
}

static void read_batching(const row_reading *reading, const ls_query *query,
                          ls_row_change *change) {
    const ls_query *keys = query->kind == LS_QUERY_INSERT ? query->source : ls_key_query(query);
    const char *window =
        window_of(query->kind == LS_QUERY_INSERT && query->source != NULL ? query->source->where
                                                                          : query->where);
    if (reading->in_committing_loop)
        change->batching = LS_BATCH_LOOP;
    if (window != NULL) {
        change->batching = LS_BATCH_KEYS;
        change->order_key = window;
    }
    const ls_query_clauses *clauses = keys == NULL ? NULL : keys->clauses;
    if (clauses == NULL || clauses->limit == NULL)
        return;
    if (change->batching == LS_BATCH_NONE)
        change->batching = LS_BATCH_KEYS;
    if (clauses->limit->kind == LS_EXPR_INTEGER)
        change->literal_limit = clauses->limit->integer;
    if (clauses->order_by.count > 0)
        change->order_key = ls_column_of(clauses->order_by.items[0]);
}

/* --- Assignments ----------------------------------------------------------------------------- */

static void read_condition(const row_reading *reading, const ls_query *query, ls_row_change *change,
                           ls_row_tests *tests) {
    const ls_query *keys = query->kind == LS_QUERY_INSERT ? query->source : ls_key_query(query);
    const ls_expression *conditions[] = {query->where, keys == NULL ? NULL : keys->where};
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        const ls_expression *condition = conditions[i];
        if (condition == NULL || ls_expression_query(condition) != NULL ||
            (i == 1 && condition == conditions[0]))
            continue;
        ls_row_tests_of(reading->facts->arena, condition, false, tests);
        const ls_words columns = ls_expression_columns(reading->facts->arena, condition);
        for (size_t j = 0; j < columns.count; j++)
            if (columns.items[j] != NULL &&
                (change->order_key == NULL || strcmp(columns.items[j], change->order_key) != 0))
                LS_PUSH(reading->facts->arena, &change->tested, columns.items[j]);
    }
    change->has_condition = change->tested.count > 0;
}

static ls_rows_wanted wanted_rows(const ls_row_change *change, const ls_row_tests *tests,
                                  const ls_assignment *assignment) {
    for (LS_EACH(const ls_row_test, test, *tests)) {
        bool about = strcmp(test->column, assignment->column) == 0;
        if (about && test->source == NULL)
            return LS_ROWS_WANTED_NULL;
        bool turned = test->source != NULL && strcmp(test->source, assignment->column) == 0;
        if (about || turned)
            return LS_ROWS_WANTED_DISTINCT;
    }
    return change->has_condition ? LS_ROWS_WANTED_OTHER : LS_ROWS_WANTED_ALL;
}

static void read_source(const row_reading *reading, const ls_expression *value,
                        ls_assignment *assignment) {
    const ls_words columns = ls_expression_columns(reading->facts->arena, value);
    for (size_t i = 0; i < columns.count; i++) {
        const char *column = columns.items[i];
        if (column != NULL && strcmp(column, assignment->column) == 0)
            assignment->of_itself = true;
        else if (column != NULL && assignment->source == NULL)
            assignment->source = column;
        else
            assignment->of_several = true;
    }
}

static bool is_column(const ls_expression *value) {
    while (value->kind == LS_EXPR_CAST && value->arguments.count == 1)
        value = value->arguments.items[0];
    return value->kind == LS_EXPR_COLUMN && !value->star;
}

/* The one relation that an INSERT's query reads first: where the rows come from. */
static const char *origin_of(const row_reading *reading, const ls_query *insert) {
    if (insert->source == NULL || insert->source->from.count == 0)
        return NULL;
    const ls_from *from = insert->source->from.items[0];
    while (from->kind == LS_FROM_JOIN)
        from = from->left;
    if (from->kind != LS_FROM_RELATION)
        return NULL;
    const ls_relation *relation =
        ls_catalog_find(reading->facts->catalog, from->name.schema, from->name.name);
    return relation == NULL ? NULL : relation->full_name;
}

static void add_assignment(const row_reading *reading, ls_row_change *change,
                           const ls_row_tests *tests, const char *column,
                           const ls_expression *value, const char *source_table) {
    ls_assignment assignment = {.column = column, .source_table = source_table};
    if (value != NULL) {
        read_source(reading, value, &assignment);
        assignment.is_exact = is_column(value);
    }
    if (source_table != NULL && assignment.of_itself && assignment.source == NULL)
        assignment.source = column;
    assignment.rows = wanted_rows(change, tests, &assignment);
    LS_PUSH(reading->facts->arena, &change->assignments, assignment);
}

/* The columns of an INSERT, as many as its query gives: those that it names, else the first of the
 * table. None where they do not pair with the query's. */
static ls_words columns_filled(const row_reading *reading, const ls_query *query, size_t given) {
    ls_words columns = {0};
    const ls_relation *relation =
        ls_catalog_find(reading->facts->catalog, query->target.schema, query->target.name);
    for (LS_EACH(const ls_target, target, query->targets))
        LS_PUSH(reading->facts->arena, &columns, target->name);
    if (columns.count == 0 && relation != NULL && relation->columns_complete)
        for (uint32_t i = 0; i < relation->columns.count && i < given; i++)
            LS_PUSH(reading->facts->arena, &columns, relation->columns.items[i].name);
    return columns.count == given ? columns : (ls_words){0};
}

static void read_assignments(const row_reading *reading, const ls_query *query,
                             ls_row_change *change, const ls_row_tests *tests) {
    if (query->kind == LS_QUERY_UPDATE) {
        for (LS_EACH(const ls_target, target, query->targets))
            if (target->name != NULL)
                add_assignment(reading, change, tests, target->name, target->value, NULL);
        return;
    }
    const ls_query *source = query->source;
    const char *origin = origin_of(reading, query);
    if (source == NULL || source->kind != LS_QUERY_SELECT || origin == NULL)
        return;
    const ls_words columns = columns_filled(reading, query, source->targets.count);
    for (uint32_t i = 0; i < columns.count; i++)
        add_assignment(reading, change, tests, columns.items[i], source->targets.items[i].value,
                       origin);
}

/* --- Statements ------------------------------------------------------------------------------ */

static ls_relation_id relation_of(const row_reading *reading, const ls_query *query,
                                  const char **full_name) {
    const ls_relation *relation =
        ls_catalog_find(reading->facts->catalog, query->target.schema, query->target.name);
    for (LS_EACH(const ls_plan_effect, one, reading->step->effects))
        if (one->phase == LS_PHASE_DATA && one->effect->relation_name != NULL) {
            const char *dot = strchr(one->effect->relation_name, '.');
            if (dot != NULL && strcmp(dot + 1, query->target.name) == 0) {
                *full_name = one->effect->relation_name;
                return one->effect->relation;
            }
        }
    *full_name = relation == NULL ? query->target.name : relation->full_name;
    return relation == NULL ? 0 : relation->id;
}

static bool changes_rows(const ls_query *query) {
    return query->kind == LS_QUERY_INSERT || query->kind == LS_QUERY_UPDATE ||
           query->kind == LS_QUERY_DELETE || query->kind == LS_QUERY_MERGE;
}

static void read_query(const row_reading *reading, const ls_query *query) {
    ls_arena *arena = reading->facts->arena;
    for (LS_EACH(const ls_common_table, table, query->clauses->with))
        read_query(reading, table->query);
    if (!changes_rows(query) || query->target.name == NULL)
        return;
    ls_row_change change = {
        .step = reading->step, .query = query, .at = reading->step->statement->at};
    ls_row_tests tests = {0};
    change.relation = relation_of(reading, query, &change.table);
    change.skip_locked = ls_has_words(reading->text, "skip", "locked");
    read_batching(reading, query, &change);
    read_condition(reading, query, &change, &tests);
    read_assignments(reading, query, &change, &tests);
    LS_PUSH(arena, &reading->stage->changes, change);
}

static void read_body(const row_reading *reading, const char *body_text) {
    ls_arena *arena = reading->facts->arena;
    ls_body body;
    ls_body_read(arena, body_text, &body);
    for (LS_EACH(const ls_body_item, item, body.items)) {
        ls_parse_error error;
        if (item->kind != LS_BODY_SQL)
            continue;
        const ls_statement *statement = ls_lower(arena, body.text, item->at, &error);
        if (statement == NULL || statement->kind != LS_STATEMENT_QUERY)
            continue;
        row_reading inner = *reading;
        inner.in_committing_loop = item->loop_commits;
        read_query(&inner, statement->query);
    }
}

void ls_read_row_changes(ls_plan_facts *facts, ls_stage_facts *stage, const ls_plan_step *step) {
    const ls_statement *statement = step->statement;
    const row_reading reading = {
        .facts = facts,
        .stage = stage,
        .step = step,
        .text = ls_source_copy(facts->arena, step->source, statement->at),
    };
    if (statement->kind == LS_STATEMENT_QUERY && statement->query != NULL)
        read_query(&reading, statement->query);
    else if (statement->kind == LS_STATEMENT_DO && statement->do_block.body != NULL)
        read_body(&reading, statement->do_block.body);
}
