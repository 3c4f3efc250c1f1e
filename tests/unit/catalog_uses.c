/* What queries read and give. Names and types of results were compared with PostgreSQL 15. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalog_sql.h"
#include "support/buffer.h"

#include <stdlib.h>

typedef struct {
    const char *sql, *expected;
} query_case;

static int set_up(void **state) {
    ls_catalog *catalog = ls_catalog_new();
    run(catalog, "CREATE TABLE users (id bigint, name text, email varchar(20), org int)");
    run(catalog, "CREATE TABLE orgs (id int, title text, parent int)");
    run(catalog, "CREATE TABLE audit.users (id int, at timestamptz)");
    run(catalog, "CREATE VIEW named AS SELECT id, name AS label FROM users");
    *state = catalog;
    return 0;
}

static int tear_down(void **state) {
    ls_catalog_free(*state);
    return 0;
}

static int compare_words(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* "orgs orgs.id ...": the uses in the order of the alphabet, with ? if they are not complete;
 * relations of other schemas than public with their schema. */
static const char *uses_of(ls_catalog *catalog, const char *sql) {
    ls_arena *arena = ls_catalog_arena(catalog);
    bool complete;
    ls_column_uses uses = ls_query_uses(arena, catalog, read_query(arena, sql), &complete);
    ls_words words = {0};
    for (LS_EACH(const ls_column_use, use, uses)) {
        const ls_relation *relation = ls_catalog_relation(catalog, use->relation);
        const char *name =
            strcmp(relation->schema, "public") == 0 ? relation->name : relation->full_name;
        LS_PUSH(arena, &words,
                use->column == NULL ? name : ls_arena_format(arena, "%s.%s", name, use->column));
    }
    if (words.count > 0)
        qsort(words.items, words.count, sizeof *words.items, compare_words);
    ls_buffer text = {0};
    for (LS_EACH(const char *, word, words)) {
        ls_buffer_string(&text, text.length > 0 ? " " : "");
        ls_buffer_string(&text, *word);
    }
    ls_buffer_string(&text, complete ? "" : " ?");
    const char *result = ls_arena_copy(arena, text.text, text.length);
    ls_buffer_free(&text);
    return result;
}

/* "id:int8 label:text": names and types, with ? if there are others. */
static const char *columns_of(ls_catalog *catalog, const char *sql) {
    ls_arena *arena = ls_catalog_arena(catalog);
    bool complete;
    ls_catalog_columns columns =
        ls_query_columns(arena, catalog, read_query(arena, sql), &complete);
    ls_buffer text = {0};
    for (LS_EACH(const ls_catalog_column, column, columns)) {
        ls_buffer_string(&text, text.length > 0 ? " " : "");
        ls_buffer_format(&text, "%s:%s%.*s", column->name,
                         column->type.known ? column->type.name : "-", 2 * column->type.dimensions,
                         "[][][]");
    }
    ls_buffer_string(&text, complete ? "" : " ?");
    const char *result = ls_arena_copy(arena, text.text, text.length);
    ls_buffer_free(&text);
    return result;
}

typedef const char *answer(ls_catalog *catalog, const char *sql);

static void check(ls_catalog *catalog, answer *ask, const query_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *given = ask(catalog, cases[i].sql);
        if (strcmp(given, cases[i].expected) != 0)
            print_error("%s\n", cases[i].sql);
        assert_string_equal(given, cases[i].expected);
    }
}

#define CHECK(ask, cases) check(*state, ask, cases, sizeof(cases) / sizeof *(cases))

/* --- Uses ----------------------------------------------------------------------------------- */

static void test_plain_names(void **state) {
    static const query_case cases[] = {
        {"SELECT 1", ""},
        {"SELECT id FROM users", "users users.id"},
        {"SELECT u.id FROM users u WHERE email = 'x' ORDER BY org",
         "users users.email users.id users.org"},
        {"SELECT users.id FROM users", "users users.id"},
        {"SELECT public.users.id FROM public.users", "users users.id"},
        {"SELECT * FROM orgs", "orgs orgs.id orgs.parent orgs.title"},
        {"SELECT at FROM audit.users", "audit.users audit.users.at"},
        {"SELECT count(*) FROM users", "users"},
        {"SELECT lower(name) FROM users GROUP BY lower(name) HAVING max(org) > 1",
         "users users.name users.org"},
        {"SELECT ctid, xmin FROM users", "users"},
        {"SELECT u FROM users u", "users"},
        {"SELECT label FROM named", "named named.label"},
        {"SELECT CASE WHEN org = 1 THEN name END, array[id], email::text FROM users",
         "users users.email users.id users.name users.org"},
    };
    CHECK(uses_of, cases);
}

static void test_joins(void **state) {
    static const query_case cases[] = {
        {"SELECT title FROM users JOIN orgs ON org = orgs.id",
         "orgs orgs.id orgs.title users users.org"},
        {"SELECT title, name FROM users JOIN orgs USING (id)",
         "orgs orgs.id orgs.title users users.id users.name"},
        {"SELECT id FROM users JOIN orgs USING (id)", "orgs orgs.id users users.id"},
        {"SELECT j.title FROM (users JOIN orgs ON org = parent) AS j",
         "orgs orgs.parent orgs.title users users.org"},
        {"SELECT o.* FROM users u, orgs o", "orgs orgs.id orgs.parent orgs.title users"},
        {"SELECT a.id FROM users a JOIN users b ON a.org = b.org", "users users.id users.org"},
        {"SELECT x FROM orgs AS o(x, y, z)", "orgs orgs.id"},
    };
    CHECK(uses_of, cases);
}

static void test_nested_queries(void **state) {
    static const query_case cases[] = {
        {"SELECT s.label FROM (SELECT name AS label, org FROM users) s",
         "users users.name users.org"},
        {"SELECT id FROM users u WHERE EXISTS (SELECT 1 FROM orgs o WHERE o.id = u.org)",
         "orgs orgs.id users users.id users.org"},
        {"SELECT id FROM users WHERE org IN (SELECT parent FROM orgs WHERE title = name)",
         "orgs orgs.parent orgs.title users users.id users.name users.org"},
        {"SELECT (SELECT title FROM orgs WHERE id = 1) FROM users",
         "orgs orgs.id orgs.title users"},
        {"SELECT l.title FROM users u, LATERAL (SELECT title FROM orgs WHERE parent = u.org) l",
         "orgs orgs.parent orgs.title users users.org"},
        {"SELECT id FROM users UNION SELECT parent FROM orgs ORDER BY id",
         "orgs orgs.parent users users.id"},
        {"SELECT g FROM users, generate_series(1, org) g", "users users.org"},
        {"SELECT v.column1 FROM (VALUES (1, 2), (3, 4)) v", ""},
    };
    CHECK(uses_of, cases);
}

static void test_common_tables(void **state) {
    static const query_case cases[] = {
        {"WITH orgs AS (SELECT id, name FROM users) SELECT name FROM orgs",
         "users users.id users.name"},
        {"WITH a AS (SELECT id FROM users), b AS (SELECT id FROM a) SELECT b.id FROM b",
         "users users.id"},
        {"WITH RECURSIVE tree AS (SELECT id, parent FROM orgs WHERE parent IS NULL UNION ALL "
         "SELECT o.id, o.parent FROM orgs o JOIN tree t ON o.parent = t.id) SELECT id FROM tree",
         "orgs orgs.id orgs.parent"},
        {"WITH a AS (SELECT id FROM users) SELECT title FROM orgs WHERE id IN (SELECT id FROM a)",
         "orgs orgs.id orgs.title users users.id"},
        {"WITH users AS (SELECT id FROM users) SELECT id FROM users", "users users.id"},
    };
    CHECK(uses_of, cases);
}

static void test_changes(void **state) {
    static const query_case cases[] = {
        {"INSERT INTO orgs (id, title) SELECT org, name FROM users",
         "orgs orgs.id orgs.title users users.name users.org"},
        {"UPDATE users u SET name = o.title FROM orgs o WHERE o.id = u.org RETURNING u.email",
         "orgs orgs.id orgs.title users users.email users.name users.org"},
        {"DELETE FROM users USING orgs WHERE org = orgs.id AND title = 'x'",
         "orgs orgs.id orgs.title users users.org"},
        {"INSERT INTO orgs VALUES (1, 'x') ON CONFLICT (id) DO NOTHING", "orgs orgs.id"},
    };
    CHECK(uses_of, cases);
}

static void test_unknown_relations(void **state) {
    static const query_case cases[] = {
        {"SELECT a FROM unknown", "unknown unknown.a"},
        {"SELECT x.a FROM unknown x, other y", "other unknown unknown.a"},
        {"SELECT a FROM unknown, other", "other unknown ?"},
        {"SELECT name FROM users, unknown", "unknown users users.name"},
        {"SELECT zip FROM users, unknown", "unknown unknown.zip users"},
        {"SELECT * FROM unknown", "unknown ?"},
        {"SELECT zip FROM users", "users ?"},
        {"SELECT nobody.id FROM users", "users ?"},
        {"SELECT 1 FROM users WHERE EXISTS (SELECT 1 FROM unknown WHERE name = 'x')",
         "unknown users ?"},
    };
    CHECK(uses_of, cases);
}

/* --- Columns -------------------------------------------------------------------------------- */

static void test_column_names(void **state) {
    static const query_case cases[] = {
        {"SELECT id, name AS label FROM users", "id:int8 label:text"},
        {"SELECT * FROM orgs", "id:int4 title:text parent:int4"},
        {"SELECT u.*, o.title FROM users u JOIN orgs o ON true",
         "id:int8 name:text email:varchar org:int4 title:text"},
        {"SELECT * FROM users JOIN orgs USING (id)",
         "id:int8 name:text email:varchar org:int4 title:text parent:int4"},
        {"SELECT label FROM named", "label:text"},
        {"SELECT * FROM orgs AS o(x, y)", "x:int4 y:text parent:int4"},
        {"SELECT column2 FROM (VALUES (1, 'x')) v", "column2:text"},
        {"SELECT * FROM (VALUES (1, 'x')) v(a, b)", "a:int4 b:text"},
        {"VALUES (1, true)", "column1:int4 column2:bool"},
        {"SELECT id FROM orgs UNION SELECT parent FROM orgs", "id:int4"},
        {"SELECT id FROM users UNION SELECT id FROM orgs", "id:-"},
        {"WITH c AS (SELECT id AS x FROM orgs) SELECT x FROM c", "x:int4"},
        {"INSERT INTO orgs VALUES (1) RETURNING id, title", "id:int4 title:text"},
        {"SELECT * FROM unknown", " ?"},
        {"SELECT a FROM unknown", "a:-"},
        {"SELECT g FROM generate_series(1, 2) g", "g:-"},
    };
    CHECK(columns_of, cases);
}

static void test_names_of_expressions(void **state) {
    static const query_case cases[] = {
        {"SELECT 1, 'x', NULL, 12345678901, 1.5", "?column?:int4 ?column?:text ?column?:text "
                                                  "?column?:int8 ?column?:numeric"},
        {"SELECT true, 1 = 1, NOT true, 1 IN (1), 1 IS NULL",
         "?column?:bool ?column?:bool ?column?:bool ?column?:bool ?column?:bool"},
        {"SELECT 1::int, 'x'::varchar(3), '{}'::int[]", "int4:int4 varchar:varchar int4:int4[]"},
        {"SELECT org::text, lower(name)::varchar, -org FROM users",
         "org:text lower:varchar ?column?:-"},
        {"SELECT EXISTS (SELECT 1), ARRAY(SELECT 1), (SELECT 5 AS k), (SELECT id FROM orgs)",
         "exists:bool array:int4[] k:int4 id:int4"},
        {"SELECT CASE WHEN true THEN 1 END, CASE WHEN true THEN 1 ELSE org END FROM users",
         "case:- org:-"},
        {"SELECT (CASE WHEN true THEN 1 END)::text", "text:text"},
        {"SELECT array[1], row(1, 2), coalesce(1), nullif(1, 2), greatest(1, 2)",
         "array:int4[] row:- coalesce:- nullif:- greatest:-"},
        {"SELECT current_date, current_timestamp(3), current_user, localtime",
         "current_date:date current_timestamp:timestamptz current_user:name localtime:time"},
        {"SELECT name COLLATE \"C\", count(*) FROM users", "name:text count:int8"},
        {"SELECT upper('[1,2)'::int4range), string_agg('x'::bytea, ''), lower('X'), upper(1)",
         "upper:int4 string_agg:bytea lower:text upper:-"},
        {"SELECT extract(year FROM now()), now() AT TIME ZONE 'x', trim(name) FROM users",
         "extract:- timezone:- btrim:-"},
        {"SELECT date '2020-01-01', interval '1 day'", "date:date interval:interval"},
    };
    CHECK(columns_of, cases);
}

static void test_columns_declare_nothing(void **state) {
    columns_of(*state, "SELECT a FROM unknown");
    assert_null(ls_catalog_find(*state, NULL, "unknown"));
    uses_of(*state, "SELECT a FROM unknown");
    assert_non_null(ls_catalog_find(*state, NULL, "unknown"));
}

/* --- Expressions of a table ----------------------------------------------------------------- */

static const char *columns_read(ls_catalog *catalog, const char *sql) {
    ls_arena *arena = ls_catalog_arena(catalog);
    ls_words words = ls_expression_columns(arena, read_expression(arena, sql));
    const char *text = "";
    for (LS_EACH(const char *, word, words))
        text = ls_arena_format(arena, "%s%s%s", text, *text == 0 ? "" : " ",
                               *word == NULL ? "*" : *word);
    return text;
}

static void test_expression_columns(void **state) {
    static const query_case cases[] = {
        {"1", ""},
        {"a > 0 AND b < a", "a b"},
        {"new.a IS DISTINCT FROM old.a", "a"},
        {"(new.*) IS DISTINCT FROM (old.*)", "*"},
        {"lower(a) || coalesce(b, c::text)", "a b c"},
        {"EXISTS (SELECT 1 FROM members m WHERE m.team = t.team AND m.owner = me)", "team me"},
    };
    CHECK(columns_read, cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plain_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_joins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nested_queries, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_common_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_changes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unknown_relations, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_column_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names_of_expressions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_columns_declare_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_expression_columns, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
