/* What is deep or long: it neither crashes nor takes long, and nothing of it is lost that may be
 * kept. Also what does not parse. */
#include "lower_dump.h"

#include <stdlib.h>
#include <time.h>

/* Processor time that one of these statements may take, with sanitizers on a busy machine. */
enum { SECONDS = 60 };

/* `first`, then `count` times `more`, then `last`. */
static const char *repeated(const char *first, const char *more, size_t count, const char *last) {
    ls_buffer out = {0};
    ls_buffer_string(&out, first);
    for (size_t i = 0; i < count; i++)
        ls_buffer_string(&out, more);
    ls_buffer_string(&out, last);
    return dumped(&out);
}

static ls_statement *read_quickly(const char *sql) {
    const clock_t start = clock();
    ls_statement *statement = read(sql);
    assert_true(clock() - start < (clock_t)SECONDS * CLOCKS_PER_SEC);
    return statement;
}

/* How deep a tree of expressions is, and how many of its ends are cut. */
static size_t depth_of(const ls_expression *e, size_t *cuts) {
    size_t deepest = 0;
    *cuts += e->cut;
    for (size_t i = 0; i < e->arguments.count; i++) {
        const size_t depth = depth_of(e->arguments.items[i], cuts);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

static void test_left_deep_operators_are_cut(void **state) {
    (void)state;
    const ls_statement *statement = read_quickly(repeated("SELECT 1", "+1", 200000, ""));
    const ls_expression *sum = statement->query->targets.items[0].value;
    size_t cuts = 0;
    assert_int_equal(sum->kind, LS_EXPR_OPERATOR);
    assert_in_range(depth_of(sum, &cuts), LS_EXPRESSION_DEPTH - 5, LS_EXPRESSION_DEPTH + 5);
    assert_int_equal(cuts, 1);
    assert_int_equal(sum->at.end - sum->at.begin, 400001);
}

static void check_chain(const char *operator, ls_expression_kind kind) {
    const ls_statement *statement = read_quickly(repeated(
        "DELETE FROM t WHERE a = 1", ls_arena_format(arena, " %s a = 1", operator), 100000, ""));
    const ls_expression *where = statement->query->where;
    assert_int_equal(where->kind, kind);
    assert_int_equal(where->arguments.count, 100001);
    assert_int_equal(where->arguments.items[100000]->kind, LS_EXPR_OPERATOR);
    assert_int_equal(statement->query->where_at.end, statement->at.end);
}

static void test_chains_are_flat(void **state) {
    (void)state;
    check_chain("AND", LS_EXPR_AND);
    check_chain("OR", LS_EXPR_OR);
}

static void test_right_deep_chains_are_flat(void **state) {
    (void)state;
    const char *open = repeated("SELECT a", " AND (b", 1000, "");
    const ls_statement *statement = read_quickly(repeated(open, ")", 1000, ""));
    const ls_expression *chain = statement->query->targets.items[0].value;
    assert_int_equal(chain->kind, LS_EXPR_AND);
    assert_int_equal(chain->arguments.count, 1001);
}

static size_t count_branches(const ls_query *query, int depth) {
    assert_true(depth < 30);
    if (query->kind != LS_QUERY_SET_OPERATION)
        return 1;
    return count_branches(query->left, depth + 1) + count_branches(query->right, depth + 1);
}

static void test_unions_are_balanced(void **state) {
    (void)state;
    const ls_statement *statement =
        read_quickly(repeated("SELECT a FROM t", " UNION ALL SELECT b FROM u", 100000, " LIMIT 1"));
    assert_int_equal(count_branches(statement->query, 0), 100001);
    assert_non_null(statement->query->clauses->limit);
    const ls_query *first = statement->query;
    while (first->kind == LS_QUERY_SET_OPERATION)
        first = first->left;
    assert_string_equal(first->targets.items[0].value->names.items[0], "a");
    assert_string_equal(cut(first->at), "SELECT a FROM t");
}

static void test_many_rows(void **state) {
    (void)state;
    const ls_statement *statement =
        read_quickly(repeated("INSERT INTO t VALUES (1, 'x')", ", (2, 'y')", 200000, ""));
    assert_int_equal(statement->query->source->value_rows, 200001);
    assert_int_equal(statement->query->source->values.count, 32);
}

static void test_many_items(void **state) {
    (void)state;
    ls_statement *statement =
        read_quickly(repeated("SELECT a", ", a", 100000, " FROM t WHERE a IN (1)"));
    assert_int_equal(statement->query->targets.count, 100001);
    statement = read_quickly(repeated("SELECT 1 WHERE a IN (1", ", 1", 200000, ")"));
    assert_int_equal(statement->query->where->arguments.count, 200002);
    statement = read_quickly(repeated("ALTER TABLE t DROP a", ", DROP b", 100000, ""));
    assert_int_equal(statement->alter_table.actions.count, 100001);
    assert_string_equal(cut(statement->alter_table.actions.items[100000].at), "DROP b");
    statement = read_quickly(repeated("CREATE TABLE t (a int", ", a int DEFAULT 1", 100000, ")"));
    assert_int_equal(statement->create_table->columns.count, 100001);
    statement = read_quickly(repeated("DROP TABLE a", ", b", 100000, ""));
    assert_int_equal(statement->drop.objects.count, 100001);
}

/* Other left edges that are as long as the text. */
static void test_long_left_edges(void **state) {
    (void)state;
    static const char *const STEPS[] = {"::int",    " IS NULL",          " COLLATE x",
                                        " IS TRUE", " AT TIME ZONE 'x'", "[1]"};
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        const ls_statement *statement = read_quickly(repeated("SELECT a", STEPS[i], 100000, ""));
        size_t cuts = 0;
        assert_true(depth_of(statement->query->targets.items[0].value, &cuts) < 250);
    }
    size_t cuts = 0;
    const ls_statement *fields = read_quickly(repeated("SELECT (a)", ".b", 100000, ""));
    assert_true(depth_of(fields->query->targets.items[0].value, &cuts) < 500);
}

static void test_nested_queries_are_cut(void **state) {
    (void)state;
    const char *open = repeated("", "SELECT (", 900, "SELECT 1");
    read_quickly(repeated(open, ")", 900, ""));
    const char *from = repeated("", "SELECT * FROM (", 900, "SELECT 1");
    read_quickly(repeated(from, ") x", 900, ""));
    read_quickly(repeated("SELECT * FROM t", " CROSS JOIN t", 100000, ""));
}

static void test_too_deep_is_an_error(void **state) {
    (void)state;
    const char *open = repeated("SELECT ", "(", 10000, "1");
    assert_null(lower(repeated(open, ")", 10000, "")));
    assert_non_null(strstr(problem.message, "memory exhausted"));
}

static void test_errors_have_their_place(void **state) {
    (void)state;
    static const struct {
        const char *sql, *rest;
    } ERRORS[] = {
        {"SELECT 'ä€', FROM t", "FROM t"},
        {"ALTER TABL t", "TABL t"},
        {"SELECT 1 +", ""},
        {"SELECT 'ñé", "'ñé"},
        {"CREATE TABLE t (a int,)", ")"},
    };
    for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++) {
        assert_null(lower(ERRORS[i].sql));
        assert_non_null(problem.message);
        const char *place = text + problem.at;
        assert_memory_equal(place, ERRORS[i].rest, strlen(ERRORS[i].rest));
        const char *statement = strstr(text, ERRORS[i].sql);
        assert_int_equal(place - statement, strlen(ERRORS[i].sql) - strlen(ERRORS[i].rest));
    }
}

static void test_empty_statements(void **state) {
    (void)state;
    assert_null(lower(""));
    assert_null(problem.message);
    assert_null(lower("  \n "));
    assert_null(problem.message);
    assert_null(lower(";"));
    assert_null(problem.message);
}

static void test_first_of_several(void **state) {
    (void)state;
    assert_string_equal(read("DROP TABLE a; SELECT 1")->tag, "DROP TABLE");
}

static void test_versions(void **state) {
    (void)state;
    assert_int_equal(ls_parser_major(), strtol(ls_parser_version(), NULL, 10));
    assert_true(ls_parser_major() >= 15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_left_deep_operators_are_cut, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_chains_are_flat, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_right_deep_chains_are_flat, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_unions_are_balanced, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_many_rows, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_many_items, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_long_left_edges, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_nested_queries_are_cut, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_too_deep_is_an_error, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_errors_have_their_place, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_empty_statements, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_first_of_several, open_arena, close_arena),
        cmocka_unit_test(test_versions),
    };
    return cmocka_run_group_tests_name("lower: limits", tests, NULL, NULL);
}
