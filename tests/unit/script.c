/*
 * Scripts read whole: what one mistake leaves of the statements around it. A case is a text and
 * what is read from it, one line a statement:
 *
 *     TAG @line
 *     ! message @line:column of the token [needs N] [placeholder]
 */
#include "sql/script.h"
#include "support/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct {
    const char *name, *text, *statements;
} script_case;

#define MISSING  "! a semicolon is missing here: the next line starts another statement "
#define TEMPLATE "! a template's variable stands here, and without its value this is no SQL "

static const script_case CASES[] = {
    {"nothing", "", ""},
    {"comments only", "-- a\n", ""},
    {"sound", "SELECT 1;\nDROP TABLE a", "SELECT @1\nDROP TABLE @2\n"},
    {"a mistake between", "SELECT 1;\nDROP TABL a;\nDROP TABLE b;",
     "SELECT @1\n! syntax error at TABL @2:6\nDROP TABLE @3\n"},
    {"a mistake at the end", "DROP TABLE\n;DROP TABLE b;",
     "! the statement ends before it is complete @1:10\nDROP TABLE @2\n"},
    {"a mistake beyond ASCII", "SELECT '\xC3\xA4' \xC3\xA4 \xC3\xB6;",
     "! syntax error at \xC3\xB6 @1:14\n"},
    {"comments where PostgreSQL 15 trips", "SELECT 1 WHERE a NOT /* c */ IN (1);", "SELECT @1\n"},

    {"missing semicolon", "ALTER TABLE a ADD b int\nCREATE INDEX i ON a (b);\nDROP TABLE c;",
     "ALTER TABLE @1\n" MISSING "@1:24\nCREATE INDEX @2\nDROP TABLE @3\n"},
    {"missing semicolon after a mistake", "ALTER TABL a\nCREATE INDEX i ON a (b)\nDROP TABLE z;",
     "! syntax error at TABL @1:7\nCREATE INDEX @2\n" MISSING "@2:24\nDROP TABLE @3\n"},
    {"missing semicolon before a query", "DROP TABLE a\nSELECT 1;\nDROP TABLE b;",
     "DROP TABLE @1\n" MISSING "@1:13\nSELECT @2\nDROP TABLE @3\n"},
    {"missing semicolon, indented", "  DROP TABLE a\n  DROP TABLE b;",
     "DROP TABLE @1\n" MISSING "@1:15\nDROP TABLE @2\n"},
    {"missing semicolons and many commands", "DROP TABLE a\nDROP TABLE b\n\\x on\nDROP TABLE e\n",
     "DROP TABLE @1\n" MISSING "@1:13\nDROP TABLE @2\n" MISSING "@2:13\nDROP TABLE @4\n"},
    {"missing parenthesis", "CREATE TABLE a (b int;\nCREATE TABLE c (d int);",
     "! a parenthesis that is never closed @1:16\nCREATE TABLE @2\n"},
    {"missing parenthesis and semicolon", "CREATE TABLE a (b int\nCREATE TABLE c (d int);",
     "! a parenthesis that is never closed @1:16\nCREATE TABLE @2\n"},
    {"missing parenthesis in the second of two", "DROP TABLE a\nCREATE TABLE c (d int;",
     "DROP TABLE @1\n" MISSING "@1:13\n! a parenthesis that is never closed @2:16\n"},
    {"apostrophe in a string", "SELECT 'it's';\nDROP TABLE a;\nSELECT 'x';",
     "! unterminated quoted string @1:13\nDROP TABLE @2\nSELECT @3\n"},
    {"a quote that closes far away",
     "INSERT INTO a VALUES ('abc);\nALTER TABLE x ADD y text DEFAULT 'a';\nDROP TABLE b;",
     "! unterminated quoted string @1:23\nALTER TABLE @2\nDROP TABLE @3\n"},
    {"a quote that never ends", "SELECT 'abc;\nDROP TABLE b;",
     "! a quoted string that never ends: its closing ' is missing @1:8\nDROP TABLE @2\n"},
    {"a body that is not cut", "CREATE FUNCTIO f() AS $$\nDROP TABLE a;\n$$ LANGUAGE sql;",
     "! syntax error at FUNCTIO @1:8\n"},
    {"a tag that is missing",
     "CREATE FUNCTION f() RETURNS int AS $$\nSELECT 1;\nLANGUAGE sql;\n"
     "CREATE FUNCTION g() RETURNS int AS $$\nSELECT 1;\n$$ LANGUAGE sql;\nDROP TABLE a;",
     "! unterminated dollar-quoted string @1:36\nCREATE FUNCTION @4\nDROP TABLE @7\n"},
    {"copy data that never ends", "COPY t FROM stdin;\nDROP TABLE a;\n",
     "COPY @1\n! COPY data that never ends: the line \\. after it is missing @2:1\n"},
    {"copy data", "COPY t FROM stdin;\nit's\n\\.\nDROP TABLE a;\n", "COPY @1\nDROP TABLE @4\n"},

    {"psql variable", "ALTER TABLE :schema.a ADD b int DEFAULT :'v';", "ALTER TABLE @1\n"},
    {"a template in quotes", "DROP TABLE \"{{ index .Options \"Space\" }}\".a;", "DROP TABLE @1\n"},
    {"psql variable as a name", "DROP TABLE :\"t\";", "DROP TABLE @1\n"},
    {"psql variable with a value",
     "\\set s a.b\n\\set n 1\nDROP TABLE :s; DROP TABLE c;SELECT :n::int;",
     "DROP TABLE @3\nDROP TABLE @3\nSELECT @3\n"},
    {"psql variable that holds a statement", "\\set ddl 'DROP TABLE a'\n:ddl;\n:ddl CASCADE;",
     "DROP TABLE @2\nDROP TABLE @3\n"},
    {"psql variable that makes no sense", "\\set n 1\nDROP TABLE :n;\nDROP TABLE b;",
     "DROP TABLE @2\nDROP TABLE @3\n"},
    {"psql variable that is forgotten", "\\set t 'a, b'\n\\unset t\nDROP TABLE :t CASCADE;",
     "DROP TABLE @3\n"},
    {"psql variable inside quotes", "\\set t 'it''s'\nSELECT ':t', $$:t$$;\nSELECT :'t';",
     "SELECT @2\nSELECT @3\n"},
    {"psql's copy", "\\copy a (b) FROM STDIN WITH (FORMAT csv)\n1\n\\.\n\\copy nonsense\n",
     "COPY @1\n"},
    {"psql goes to another database and back",
     "\\c one\nDROP TABLE a;\n\\c two\nDROP TABLE b;\n\\c one\nDROP TABLE c;",
     "DROP TABLE @2\n @3\nDROP TABLE @6\n"},
    {"psql goes to the database that it made", "CREATE DATABASE a;\n\\c a\nDROP TABLE b;",
     "CREATE DATABASE @1\nDROP TABLE @3\n"},
    {"psql stays in its database", "DROP TABLE b;\n\\c - someone\nDROP TABLE a;",
     "DROP TABLE @1\nDROP TABLE @3\n"},
    {"psql's condition on a variable",
     "\\set on true\n\\if :on\nDROP TABLE a;\n\\else\nDROP TABLE b;\n\\endif\n\\if :{?on}\n"
     "DROP TABLE c;\n\\else\nDROP TABLE d;\n\\endif",
     "DROP TABLE @3\nDROP TABLE @8\n"},
    {"psql variable called like a keyword", "DROP TABLE :table;", "DROP TABLE @1\n"},
    {"brackets", "DROP TABLE ${a}.b, {{ .c }}, d_${e}_f, $%G%$, @h@, %(i)s;", "DROP TABLE @1\n"},
    {"brackets in strings", "SELECT '${a}', $$ {{ b }} $$, \"${c}\";", "SELECT @1\n"},
    {"slices and casts are no variables", "SELECT a[1:n], b::int FROM FROM;",
     "! syntax error at FROM @1:28\n"},
    {"a statement from a variable", "${statement};\nDROP TABLE a;",
     TEMPLATE "@1:1 placeholder\nDROP TABLE @2\n"},
    {"a mistake beside a variable", "DROP TABL ${a};", "! syntax error at TABL @1:6 placeholder\n"},
    {"a bracket that does not close", "DROP TABLE ${a;\nDROP TABLE b;",
     "! syntax error at $ @1:12\nDROP TABLE @2\n"},

    {"no-break space", "DROP\xC2\xA0TABLE a;",
     "! a no-break space (U+00A0) stands here, which PostgreSQL takes for part of a name: write a "
     "plain space @1:5\n"},
    {"typographic quotes", "SELECT \xE2\x80\x98x\xE2\x80\x99 y z;",
     "! a typographic quote (U+2018) stands here: write ' @1:8\n"},
    {"MySQL", "CREATE TABLE `a` (b int);", "! this looks like MySQL, not PostgreSQL @1:14\n"},
    {"MySQL, options", "CREATE TABLE a (b int) ENGINE=InnoDB;",
     "! this looks like MySQL, not PostgreSQL @1:24\n"},
    {"SQL Server", "CREATE TABLE a (b int)\nGO\nDROP TABLE c\nGO\n",
     "! this looks like SQL Server, not PostgreSQL @2:1\n"
     "! this looks like SQL Server, not PostgreSQL @4:1\n"},
    {"SQLite", "PRAGMA foreign_keys = ON;", "! this looks like SQLite, not PostgreSQL @1:1\n"},
    {"signs of a dialect in a string", "DROP TABL 'auto_increment `x`';",
     "! syntax error at TABL @1:6\n"},
};

static void write_statements(ls_buffer *out, const ls_script *script) {
    for (size_t i = 0; i < script->statements.count; i++) {
        const ls_statement *statement = script->statements.items[i];
        bool failed = statement->kind == LS_STATEMENT_UNPARSED;
        ls_position place = ls_source_position(
            statement->source, failed ? statement->problem.at.begin : statement->at.begin);
        if (!failed) {
            ls_buffer_format(out, "%s @%u\n", statement->tag, place.line);
            continue;
        }
        ls_buffer_format(out, "! %s @%u:%u", statement->problem.message, place.line, place.column);
        if (statement->needs_postgres > 0)
            ls_buffer_format(out, " needs %d", statement->needs_postgres);
        ls_buffer_format(out, "%s\n", statement->problem.placeholder ? " placeholder" : "");
    }
}

static ls_script *read_text(ls_arena *arena, const char *text, size_t length) {
    ls_text_problem problem;
    ls_source *source = ls_source_new(arena, "t", text, length, &problem);
    assert_non_null(source);
    return ls_script_read(arena, source);
}

static void reads(void **state) {
    const script_case *test = *state;
    ls_arena *arena = ls_arena_new();
    ls_script *script = read_text(arena, test->text, strlen(test->text));
    ls_buffer statements = {0};
    ls_buffer_string(&statements, "");
    write_statements(&statements, script);
    const char *got = statements.text == NULL ? "" : statements.text;
    if (strcmp(got, test->statements) != 0)
        fail_msg("wanted:\n%s\ngot:\n%s", test->statements, got);
    for (size_t i = 0; i < script->statements.count; i++)
        assert_int_equal(script->statements.items[i]->number, i);
    ls_buffer_free(&statements);
    ls_arena_free(arena);
}

/* --- Newer syntax --------------------------------------------------------------------------- */

static const struct {
    const char *text;
    int version;
} NEWER[] = {
    {"ALTER TABLE t ALTER COLUMN c SET EXPRESSION AS (a + 1)", 17},
    {"ALTER TABLE t ADD CONSTRAINT n NOT NULL c", 18},
    {"ALTER TABLE t ADD CONSTRAINT n NOT NULL c NOT VALID", 18},
    {"ALTER TABLE t ADD NOT NULL c", 18},
    {"CREATE TABLE t (a int, CONSTRAINT n NOT NULL a)", 18},
    {"CREATE TABLE t (a int, NOT NULL a)", 18},
    {"ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT ENFORCED", 18},
    {"ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) ENFORCED", 18},
    {"ALTER TABLE t ALTER CONSTRAINT c ENFORCED", 18},
    {"ALTER TABLE t ALTER CONSTRAINT c INHERIT", 18},
    {"ALTER TABLE t ALTER CONSTRAINT c NO INHERIT", 18},
    {"CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + (1)) VIRTUAL)", 18},
    {"CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1))", 18},
    {"ALTER TABLE t ADD b int GENERATED ALWAYS AS (a + 1)", 18},
    {"CREATE TABLE t (a int, p tstzrange, PRIMARY KEY (a, p WITHOUT OVERLAPS))", 18},
    {"ALTER TABLE t ADD FOREIGN KEY (a, PERIOD p) REFERENCES u (a, PERIOD p)", 18},
    {"VACUUM ONLY t", 18},
    {"VACUUM (ANALYZE) ONLY t", 18},
    {"ANALYZE ONLY t", 18},
    {"UPDATE t SET a = 1 RETURNING WITH (OLD AS o) o.a", 18},
    {"ALTER DEFAULT PRIVILEGES GRANT SELECT ON LARGE OBJECTS TO a", 18},
    {"ALTER TABLE t SET ACCESS METHOD DEFAULT", 17},
    {"MERGE INTO t USING u ON t.a = u.a WHEN NOT MATCHED BY SOURCE THEN DELETE", 17},
    {"MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE RETURNING *", 17},
    {"SELECT now() AT LOCAL", 17},
    {"ALTER TABLE t ALTER COLUMN c SET STORAGE DEFAULT", 16},
    {"CREATE TABLE t (a text STORAGE EXTERNAL)", 16},
    {"CREATE STATISTICS ON a, b FROM t", 16},
    {"REINDEX DATABASE", 16},
    {"REINDEX SYSTEM", 16},
    {"SELECT json_object('a': 1)", 16},
    {"SELECT json_array(1, 2 NULL ON NULL)", 16},
    {"SELECT json_arrayagg(a ORDER BY a ABSENT ON NULL) FROM t", 16},
    {"SELECT json_objectagg(a: b) FROM t", 16},
    {"SELECT json_array(a FORMAT JSON) FROM t", 16},
    {"SELECT a IS JSON FROM t", 16},
    {"SELECT 1 + 0x1F, 2", 16},
    {"INSERT INTO t VALUES (1_000)", 16},
    {"REPACK", 19},
    {"REPACK (CONCURRENTLY) t", 19},
    {"DROP TABL t", 0},
    {"DROP TABL 'NOT ENFORCED'", 0},
    {"DROP TABL \"NOT ENFORCED\" -- SET EXPRESSION AS\n", 0},
    {"CREATE TABL t (a int, period tstzrange)", 0},
    {"CREATE TABL t (LIKE u INCLUDING STORAGE)", 0},
    {"ALTER TABLE t ALTER COLUMN c SET STORAGE DEFAUL 1", 0},
};

/* With a newer parser a statement parses; with an older one its version is named. */
static void names_the_version_that_is_needed(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    for (size_t i = 0; i < sizeof NEWER / sizeof *NEWER; i++) {
        ls_script *script = read_text(arena, NEWER[i].text, strlen(NEWER[i].text));
        assert_int_equal(script->statements.count, 1);
        const ls_statement *statement = script->statements.items[0];
        bool failed = statement->kind == LS_STATEMENT_UNPARSED;
        bool is_newer = NEWER[i].version > ls_parser_major();
        if (is_newer && NEWER[i].version == 16 && strstr(NEWER[i].text, "0x1F") && !failed)
            continue;
        if (failed != (is_newer || NEWER[i].version == 0))
            fail_msg("%s: %s", NEWER[i].text, failed ? "does not parse" : "parses");
        if (failed && statement->needs_postgres != NEWER[i].version)
            fail_msg("%s: needs %d", NEWER[i].text, statement->needs_postgres);
    }
    ls_arena_free(arena);
}

/* Whatever the parser: the statement is read, and said to need 16. */
static void reads_subqueries_without_an_alias(void **state) {
    (void)state;
    static const char *const texts[] = {
        "SELECT a FROM (SELECT 1 AS a)\n  WHERE a > 0",
        "SELECT a FROM (SELECT 1 AS a )",
        "CREATE VIEW v AS SELECT a FROM (\n  SELECT a FROM (\n    SELECT ')' AS a\n  )\n)",
        "SELECT * FROM (SELECT 1) , (VALUES  (2))",
    };
    ls_arena *arena = ls_arena_new();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ls_script *script = read_text(arena, texts[i], strlen(texts[i]));
        assert_int_equal(script->statements.count, 1);
        const ls_statement *statement = script->statements.items[0];
        if (statement->kind == LS_STATEMENT_UNPARSED)
            fail_msg("%s: %s", texts[i], statement->problem.message);
        assert_int_equal(statement->needs_postgres, 16);
    }
    ls_arena_free(arena);
}

/* No blank to write one into: the version is named at least. */
static void names_the_version_without_an_alias(void **state) {
    (void)state;
    static const char text[] = "SELECT a FROM (SELECT 1 AS a) WHERE a > 0";
    ls_arena *arena = ls_arena_new();
    const ls_statement *statement = read_text(arena, text, strlen(text))->statements.items[0];
    assert_int_equal(statement->kind == LS_STATEMENT_UNPARSED, ls_parser_major() < 16);
    assert_int_equal(statement->needs_postgres, 16);
    ls_arena_free(arena);
}

/* "TABLE schema.name", with what else the head says. */
static const char *creation_of(ls_arena *arena, const char *text) {
    const ls_statement *statement = read_text(arena, text, strlen(text))->statements.items[0];
    assert_int_equal(statement->kind, LS_STATEMENT_UNPARSED);
    const ls_creation *creation = &statement->problem.creates;
    if (creation->name.name == NULL)
        return "";
    return ls_arena_format(arena, "%s%s%s %s%s%s%s", creation->temporary ? "temporary " : "",
                           creation->materialized ? "materialized " : "",
                           creation->view ? "view" : "table",
                           creation->if_not_exists ? "if not exists " : "",
                           creation->name.schema == NULL ? "" : creation->name.schema,
                           creation->name.schema == NULL ? "" : ".", creation->name.name);
}

static void tells_what_the_unreadable_creates(void **state) {
    (void)state;
    static const struct {
        const char *text, *creates;
    } creations[] = {
        {"CREATE TABLE Users (id bigint,)", "table users"},
        {"create unlogged table if not exists app.\"Log\" (,)", "table if not exists app.Log"},
        {"CREATE TEMP TABLE t AS SELEC 1", "temporary table t"},
        {"CREATE OR REPLACE VIEW v AS SELEC 1", "view v"},
        {"CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELEC 1",
         "materialized view if not exists m"},
        {"CREATE /* a */ TABLE /* b */ t (,)", "table t"},
        {"CREATE TABLE", ""},
        {"CREATE TABLE (id int)", ""},
        {"CREATE INDEX i ON t (,)", ""},
        {"ALTER TABLE t ADD COLUMN ,", ""},
    };
    ls_arena *arena = ls_arena_new();
    for (size_t i = 0; i < sizeof creations / sizeof *creations; i++)
        assert_string_equal(creation_of(arena, creations[i].text), creations[i].creates);
    ls_arena_free(arena);
}

static void keeps_comments_and_commands(void **state) {
    (void)state;
    static const char text[] = "-- a\n\\x on\nDROP TABL x /* c */\n-- d\nDROP TABLE y; -- e\n\\d\n"
                               "COPY t FROM stdin;\n-- f\n\\.\n";
    ls_arena *arena = ls_arena_new();
    ls_script *script = read_text(arena, text, strlen(text));
    assert_int_equal(script->statements.count, 3);
    assert_int_equal(script->comments.count, 4);
    static const char *const comments[] = {"-- a", "/* c */", "-- d", "-- e"};
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(ls_source_copy(arena, script->source, script->comments.items[i]),
                            comments[i]);
    assert_int_equal(script->psql_commands.count, 2);
    assert_string_equal(ls_source_copy(arena, script->source, script->psql_commands.items[1]),
                        "\\d");
    assert_int_equal(script->copy_blocks, 1);
    ls_arena_free(arena);
}

/* --- Time ----------------------------------------------------------------------------------- */

enum { SIZE = 1 << 17, SLOWEST = 60 /* seconds: only quadratic work would take as long */ };

typedef struct {
    const char *name, *head, *repeated;
} long_case;

static const long_case LONG[] = {
    {"sound statements", "", "DROP TABLE a;\n"},
    {"no semicolons", "", "DROP TABLE a\n"},
    {"no semicolons and a mistake each", "", "DROP TABL a\n"},
    {"mistakes in one line", "", "x;"},
    {"mistakes without semicolons", "", "x\n"},
    {"open parentheses", "", "CREATE TABLE a (b int;\n"},
    {"open parentheses, no semicolons", "", "CREATE TABLE a (b int\n"},
    {"an odd quote a line", "", "ALTER TABLE a'b;\n"},
    {"quotes flipped", "SELECT 'it's';\n", "ALTER TABLE a ADD b text DEFAULT 'x';\n"},
    {"tags flipped", "CREATE FUNCTION f() AS $$;\n", "CREATE FUNCTION f() AS $$ $$;\n"},
    {"tags in tags", "", "CREATE FUNCTION f() AS $a$ $b$\nCREATE FUNCTION $b$ $c$\n"},
    {"placeholders", "", "${a} {{ "},
    {"open brackets", "", "{{"},
    {"groups", "", "GENERATED ALWAYS AS ("},
    {"nested parentheses", "SELECT ", "("},
    {"indented deeper and deeper", "", "x;\n     y\n    DROP TABLE z\n"},
    {"bad bytes of words", "", "\xC2\xA0"},
    {"verbs", "", "SELECT 1\nSELECT 2\n"},
};

static void takes_linear_time(void **state) {
    const long_case *test = *state;
    ls_buffer text = {0};
    ls_buffer_string(&text, test->head);
    while (text.length < SIZE)
        ls_buffer_string(&text, test->repeated);
    ls_arena *arena = ls_arena_new();
    clock_t start = clock();
    ls_script *script = read_text(arena, text.text, text.length);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    if (seconds >= SLOWEST)
        fail_msg("%.1f s", seconds);
    assert_true(script->statements.count > 0);
    ls_arena_free(arena);
    ls_buffer_free(&text);
}

int main(void) {
    enum { CASE_COUNT = sizeof CASES / sizeof *CASES, LONG_COUNT = sizeof LONG / sizeof *LONG };
    static struct CMUnitTest tests[CASE_COUNT + LONG_COUNT + 5];
    size_t count = 0;
    for (size_t i = 0; i < CASE_COUNT; i++)
        tests[count++] = (struct CMUnitTest){.name = CASES[i].name,
                                             .test_func = reads,
                                             .initial_state = (void *)(uintptr_t)&CASES[i]};
    for (size_t i = 0; i < LONG_COUNT; i++)
        tests[count++] = (struct CMUnitTest){.name = LONG[i].name,
                                             .test_func = takes_linear_time,
                                             .initial_state = (void *)(uintptr_t)&LONG[i]};
    const struct CMUnitTest others[] = {
        cmocka_unit_test(reads_subqueries_without_an_alias),
        cmocka_unit_test(names_the_version_without_an_alias),
        cmocka_unit_test(tells_what_the_unreadable_creates),
        cmocka_unit_test(names_the_version_that_is_needed),
        cmocka_unit_test(keeps_comments_and_commands),
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        tests[count++] = others[i];
    return _cmocka_run_group_tests("script", tests, count, NULL, NULL);
}
