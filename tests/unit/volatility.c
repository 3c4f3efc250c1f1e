/* volatility.c - which expressions are computed row by row: built-in functions, and user ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects/volatility.h"

#include "read_sql.h"

static ls_arena *arena;
static ls_catalog *catalog;

static int set_up(void **state) {
    (void)state;
    arena = ls_arena_new();
    catalog = ls_catalog_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ls_catalog_free(catalog);
    ls_arena_free(arena);
    return 0;
}

static ls_volatility_verdict judge(const char *expression) {
    return ls_expression_volatility(catalog, read_expression(arena, expression), 15);
}

/* --- Built-in functions ----------------------------------------------------------------------- */

/* Volatile ones: ADD COLUMN ... DEFAULT rewrites the table, measured on 11 to 18 where the oracle
 * has the expression and on 15 otherwise; uuidv4, uuidv7, random_normal and random(1, 6): release
 * notes of 16 to 18. Immutable or stable: pg_proc of 15. */
static const struct {
    const char *expression;
    ls_volatility volatility;
} built_in[] = {
    {"5", LS_IMMUTABLE},
    {"-1", LS_IMMUTABLE},
    {"NULL", LS_IMMUTABLE},
    {"'x'::text", LS_IMMUTABLE},
    {"'{}'::jsonb", LS_IMMUTABLE},
    {"'2024-01-01'::timestamptz", LS_IMMUTABLE},
    {"ARRAY[1, 2]", LS_IMMUTABLE},
    {"'x' COLLATE \"C\"", LS_IMMUTABLE},
    {"lower('ABC')", LS_IMMUTABLE},
    {"coalesce('a', 'b')", LS_IMMUTABLE},
    {"greatest(1, 2)", LS_IMMUTABLE},
    {"md5('x')", LS_IMMUTABLE},
    {"int4range(1, 2)", LS_IMMUTABLE},
    {"encode(sha256('x'), 'hex')", LS_IMMUTABLE},
    {"to_timestamp(0)", LS_IMMUTABLE},
    {"uuid_generate_v5(uuid_ns_url(), 'x')", LS_IMMUTABLE},
    {"digest('x', 'sha256')", LS_IMMUTABLE},
    {"now()", LS_STABLE},
    {"pg_catalog.now()", LS_STABLE},
    {"current_timestamp", LS_STABLE},
    {"localtime", LS_STABLE},
    {"current_date", LS_STABLE},
    {"transaction_timestamp()", LS_STABLE},
    {"statement_timestamp()", LS_STABLE},
    {"now() + interval '1 day'", LS_STABLE},
    {"to_char(now(), 'YYYY')", LS_STABLE},
    {"date_trunc('day', now())", LS_STABLE},
    {"now() AT TIME ZONE 'UTC'", LS_STABLE},
    {"extract(epoch from now())", LS_STABLE},
    {"lower('2024')::date", LS_STABLE},
    {"to_timestamp('2024', 'YYYY')", LS_STABLE},
    {"current_user", LS_STABLE},
    {"session_user", LS_STABLE},
    {"current_schema()", LS_STABLE},
    {"current_setting('timezone')", LS_STABLE},
    {"version()", LS_STABLE},
    {"pg_backend_pid()", LS_STABLE},
    {"txid_current()", LS_STABLE},
    {"unaccent('x')", LS_STABLE},
    {"clock_timestamp()", LS_VOLATILE},
    {"timeofday()", LS_VOLATILE},
    {"random()", LS_VOLATILE},
    {"random(1, 6)", LS_VOLATILE},
    {"random_normal()", LS_VOLATILE},
    {"setseed(0.5)", LS_VOLATILE},
    {"pg_sleep(0)", LS_VOLATILE},
    {"pg_relation_size('t')", LS_VOLATILE},
    {"nextval('sq')", LS_VOLATILE},
    {"currval('sq')", LS_VOLATILE},
    {"set_config('a.b', 'c', false)", LS_VOLATILE},
    {"gen_random_uuid()", LS_VOLATILE},
    {"extensions.gen_random_uuid()", LS_VOLATILE},
    {"gen_random_uuid()::text", LS_VOLATILE},
    {"uuidv4()", LS_VOLATILE},
    {"uuidv7()", LS_VOLATILE},
    {"uuid_generate_v4()", LS_VOLATILE},
    {"encode(gen_random_bytes(8), 'hex')", LS_VOLATILE},
    {"ARRAY[random()]", LS_VOLATILE},
    {"md5(random()::text)", LS_VOLATILE},
    {"(floor(random() * 100))::int", LS_VOLATILE},
    {"now() + random() * interval '1 day'", LS_VOLATILE},
    {"substring(md5(random()::text) from 1 for 8)", LS_VOLATILE},
    {"jsonb_build_object('a', random())", LS_VOLATILE},
    {"CASE WHEN a THEN 1 ELSE random() END", LS_VOLATILE},
};

static void built_in_functions(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
        ls_volatility_verdict verdict = judge(built_in[i].expression);
        if (verdict.volatility != built_in[i].volatility || verdict.assumed)
            fail_msg("%s: %d%s", built_in[i].expression, (int)verdict.volatility,
                     verdict.assumed ? ", assumed" : "");
        assert_int_equal(verdict.culprit == NULL, verdict.volatility == LS_IMMUTABLE);
    }
}

static void the_culprit_is_the_call(void **state) {
    (void)state;
    ls_volatility_verdict verdict = judge("lower(now()::text || md5(random()::text))");
    assert_int_equal(verdict.culprit->kind, LS_EXPR_FUNCTION);
    assert_string_equal(verdict.culprit->name.name, "random");
}

static void no_expression_is_immutable(void **state) {
    (void)state;
    ls_volatility_verdict verdict = ls_expression_volatility(catalog, NULL, 15);
    assert_int_equal(verdict.volatility, LS_IMMUTABLE);
    assert_null(verdict.culprit);
}

/* --- User functions --------------------------------------------------------------------------- */

static void add_function(const char *name, char volatility, size_t arguments, const char *body) {
    ls_catalog_function function = {.language = "sql", .volatility = volatility};
    for (size_t i = 0; i < arguments; i++) {
        const ls_data_type type = {
            .schema = "pg_catalog", .name = i ? "text" : "int4", .known = true};
        LS_PUSH(ls_catalog_arena(catalog), &function.arguments, type);
    }
    if (body)
        function.inlined = read_expression(arena, body);
    ls_catalog_create_function(catalog, NULL, name, &function);
}

static void assert_verdict(const char *expression, ls_volatility volatility, bool assumed) {
    ls_volatility_verdict verdict = judge(expression);
    if (verdict.volatility != volatility || verdict.assumed != assumed)
        fail_msg("%s: %d%s", expression, (int)verdict.volatility,
                 verdict.assumed ? ", assumed" : "");
}

static void unknown_functions_are_assumed_volatile(void **state) {
    (void)state;
    assert_verdict("unheard_of()", LS_VOLATILE, true);
    assert_verdict("lower(unheard_of())", LS_VOLATILE, true);
    assert_verdict("random() + unheard_of()", LS_VOLATILE, false);
}

static void user_functions_are_what_they_declare(void **state) {
    (void)state;
    add_function("steady", 's', 0, NULL);
    add_function("fixed", 'i', 1, NULL);
    add_function("wild", 'v', 0, NULL);
    assert_verdict("steady()", LS_STABLE, false);
    assert_verdict("public.steady()", LS_STABLE, false);
    assert_verdict("fixed(1)", LS_IMMUTABLE, false);
    assert_verdict("fixed(random())", LS_VOLATILE, false);
    assert_verdict("wild()", LS_VOLATILE, false);
    assert_verdict("fixed(1, 2)", LS_VOLATILE, true);
}

static void sql_functions_count_as_their_body(void **state) {
    (void)state;
    add_function("five", 'v', 0, "5");
    add_function("dice", 'v', 0, "random()");
    add_function("twice", 'v', 0, "five() + five()");
    add_function("circle_of", 'v', 0, "circle_of()");
    assert_verdict("five()", LS_IMMUTABLE, false);
    assert_verdict("twice()", LS_IMMUTABLE, false);
    assert_verdict("dice()", LS_VOLATILE, false);
    assert_verdict("circle_of()", LS_VOLATILE, false);
    const ls_expression *call = read_expression(arena, "five()");
    assert_int_equal(ls_expression_volatility(catalog, call, 11).volatility, LS_VOLATILE);
}

static void overloads_by_number_of_arguments(void **state) {
    (void)state;
    add_function("shape", 'i', 1, NULL);
    add_function("shape", 'v', 2, NULL);
    assert_verdict("shape(1, 'x')", LS_VOLATILE, false);
    assert_verdict("shape(1)", LS_VOLATILE, true);
}

static void pg_catalog_comes_first(void **state) {
    (void)state;
    add_function("now", 'v', 0, NULL);
    assert_verdict("now()", LS_STABLE, false);
    assert_verdict("public.now()", LS_VOLATILE, false);
    add_function("lower", 'v', 1, NULL);
    assert_verdict("lower(1)", LS_VOLATILE, true);
}

static void a_search_path_can_put_user_functions_first(void **state) {
    (void)state;
    add_function("now", 'v', 0, NULL);
    ls_words path = {0};
    LS_PUSH(arena, &path, "public");
    LS_PUSH(arena, &path, "pg_catalog");
    ls_catalog_set_search_path(catalog, &path);
    assert_verdict("now()", LS_VOLATILE, false);
}

static void constant_nulls(void **state) {
    (void)state;
    assert_true(ls_expression_is_null(read_expression(arena, "NULL")));
    assert_true(ls_expression_is_null(read_expression(arena, "(NULL)")));
    assert_true(ls_expression_is_null(read_expression(arena, "NULL::integer")));
    assert_false(ls_expression_is_null(read_expression(arena, "''")));
    assert_false(ls_expression_is_null(read_expression(arena, "nullif(1, 1)")));
    assert_false(ls_expression_is_null(NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(built_in_functions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_culprit_is_the_call, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_expression_is_immutable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unknown_functions_are_assumed_volatile, set_up, tear_down),
        cmocka_unit_test_setup_teardown(user_functions_are_what_they_declare, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sql_functions_count_as_their_body, set_up, tear_down),
        cmocka_unit_test_setup_teardown(overloads_by_number_of_arguments, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pg_catalog_comes_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_search_path_can_put_user_functions_first, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(constant_nulls, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
