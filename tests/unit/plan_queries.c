/*
 * plan_queries.c - queries of an app: the forms in which files hold them, and what their names mean
 * before and after a change of the catalog.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalog/meaning.h"
#include "catalog_sql.h"
#include "plan/csv.h"
#include "plan/query_text.h"

#include <string.h>

static const ls_source *source_of(ls_arena *arena, const char *text) {
    ls_text_problem problem;
    return ls_source_new(arena, "dump.csv", text, strlen(text), &problem);
}

/* --- Parameters ------------------------------------------------------------------------------ */

static void assert_text(const char *written, const char *expected) {
    ls_arena *arena = ls_arena_new();
    assert_string_equal(ls_query_text(arena, written, (uint32_t)strlen(written)), expected);
    ls_arena_free(arena);
}

static void parameters_become_numbered(void **state) {
    (void)state;
    assert_text("id = @id::bigint", "id = $1 ::bigint");
    assert_text("id = :id", "id = $1 ");
    assert_text("a = sqlc.arg(a) AND b", "a = $1          AND b");
    assert_text("SELECT sqlc.embed(users)", "SELECT users.*          ");
    assert_text("COPY t FROM STDIN", "COPY t FROM 'in' ");
}

static void operators_and_casts_stay(void **state) {
    (void)state;
    assert_text("a <@b", "a <@b");
    assert_text("a::int", "a::int");
    assert_text("':a @b' -- :c\n", "':a @b' -- :c\n");
    assert_text("a[1:2]", "a[1:2]");
    assert_text("\"sqlc\".arg(a)", "\"sqlc\".arg(a)");
}

/* --- CSV ------------------------------------------------------------------------------------- */

static void assert_problem(const char *text, const char *expected, uint32_t line) {
    ls_arena *arena = ls_arena_new();
    const ls_source *source = source_of(arena, text);
    const ls_csv_column column = ls_csv_read(arena, source, "query");
    assert_non_null(column.problem);
    assert_non_null(strstr(column.problem, expected));
    assert_int_equal(ls_source_position(source, column.problem_at.begin).line, line);
    assert_int_equal(column.values.count, 0);
    ls_arena_free(arena);
}

static void csv_is_strict(void **state) {
    (void)state;
    assert_problem("", "expected a header", 1);
    assert_problem("calls\n1\n", "expected a header", 1);
    assert_problem("query,QUERY\n", "more than one", 1);
    assert_problem("query,calls\na,1\nb\n", "has 1 values", 3);
    assert_problem("query\n\"a\n", "never closed", 2);
    assert_problem("query\n\"a\" b\n", "behind the quote", 2);
    assert_problem("query\na\"b\n", "does not begin with one", 2);
}

static void values_become_statements(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    static const char text[] = "calls,query\r\n1,\"SELECT \"\"a b\"\"\n-- end\"\r\n2,SELECT 2";
    const ls_source *source = source_of(arena, text);
    const ls_csv_column column = ls_csv_read(arena, source, "query");
    assert_null(column.problem);
    assert_int_equal(column.values.count, 2);
    const char *sql = ls_query_text_of_values(arena, source, &column);
    assert_string_equal(sql, "           \r\n   SELECT  \"a b\" \n      ;\r\n  SELECT 2");
    const ls_script *script = ls_script_read_part(arena, source, sql, NULL, NULL);
    assert_int_equal(script->statements.count, 2);
    assert_int_equal(script->unparsed, 0);
    assert_int_equal(ls_source_position(source, script->statements.items[1]->at.begin).line, 4);
    ls_arena_free(arena);
}

/* --- Meanings -------------------------------------------------------------------------------- */

static int set_up(void **state) {
    *state = ls_catalog_new();
    run(*state, "CREATE TABLE users (id bigint, email text)");
    run(*state, "CREATE TABLE acts (id bigint, user_id bigint, at timestamptz)");
    return 0;
}

static int tear_down(void **state) {
    ls_catalog_free(*state);
    return 0;
}

/* "users.email": what the names of the query mean; ! where that is more than one thing, - where it
 * is nothing, ^ for each query further out. */
static const char *meanings_of(ls_catalog *catalog, const char *sql) {
    ls_arena *arena = ls_catalog_arena(catalog);
    const ls_query_meaning meaning = ls_query_meaning_of(arena, catalog, read_query(arena, sql));
    const char *list = "";
    for (LS_EACH(const ls_name_meaning, name, meaning.names)) {
        const char *mark = name->kind == LS_MEANS_SEVERAL   ? "!"
                           : name->kind == LS_MEANS_NOTHING ? "-"
                           : name->kind == LS_MEANS_OUTPUT  ? "="
                           : name->kind == LS_MEANS_ROW     ? "*"
                           : name->kind == LS_MEANS_COMMON  ? "&"
                           : name->level > 0                ? "^"
                                                            : "";
        bool has_item = name->item != NULL && name->kind == LS_MEANS_COLUMN;
        list = ls_arena_join(arena, list, *list == 0 ? "" : " ", mark, has_item ? name->item : "",
                             has_item ? "." : "", name->column, NULL);
    }
    return list;
}

static void names_mean_columns(void **state) {
    static const struct {
        const char *sql, *expected;
    } cases[] = {
        {"SELECT email FROM users u", "u.email"},
        {"SELECT id FROM users, acts", "!id"},
        {"SELECT nothing FROM users", "-nothing"},
        {"SELECT at FROM users JOIN acts USING (id)", "users.id acts.id acts.at"},
        {"SELECT id FROM users JOIN acts USING (id)", "users.id acts.id users.id"},
        {"SELECT at FROM users NATURAL JOIN acts", "&id users.id acts.id acts.at"},
        {"SELECT 1 FROM users WHERE EXISTS (SELECT * FROM acts WHERE user_id = email)",
         "acts.user_id ^users.email"},
        {"SELECT * FROM users", "*id *email"},
        {"SELECT at AS email FROM acts ORDER BY email", "acts.at =email"},
        {"SELECT lower(email) AS e FROM users GROUP BY e", "users.email =e"},
        {"INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET email = excluded.email",
         "excluded.email"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(meanings_of(*state, cases[i].sql), cases[i].expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_become_numbered),
        cmocka_unit_test(operators_and_casts_stay),
        cmocka_unit_test(csv_is_strict),
        cmocka_unit_test(values_become_statements),
        cmocka_unit_test_setup_teardown(names_mean_columns, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
