/*
 * Where statements end. A case is a text and what is cut from it, written as one line a piece:
 *
 *     S text      a statement that a semicolon or the like ended
 *     U text      one that the end of the text ended
 *     ! text      one with a problem, and ! the problem's first words
 *     \ text      a psql command
 *     C text      COPY data
 */
#include "sql/split.h"
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
    const char *name, *text, *pieces, *comments;
} split_case;

static const split_case CASES[] = {
    {"nothing", "", "", ""},
    {"empty statements", ";;\n ; ;", "", ""},
    {"blanks and semicolons", "SELECT 1 ;\n\t; SELECT 2\n", "S SELECT 1\nU SELECT 2\n", ""},
    {"byte order mark", "\xEF\xBB\xBFSELECT 1;", "S SELECT 1\n", ""},
    {"line ends of Windows", "SELECT 1;\r\nSELECT\r\n2;\r\n", "S SELECT 1\nS SELECT\r\n2\n", ""},
    {"form feed and vertical tab", "\fSELECT 1;\f\vSELECT 2;", "S SELECT 1\nS SELECT 2\n", ""},
    {"no-break space is part of a word", "\xC2\xA0SELECT 1;", "S \xC2\xA0SELECT 1\n", ""},

    {"string", "SELECT 'a;b';SELECT 2;", "S SELECT 'a;b'\nS SELECT 2\n", ""},
    {"doubled quote", "SELECT 'a'';b';SELECT 2;", "S SELECT 'a'';b'\nS SELECT 2\n", ""},
    {"backslash in a plain string", "SELECT 'a\\';SELECT 2;", "S SELECT 'a\\'\nS SELECT 2\n", ""},
    {"escape string", "SELECT E'a\\';b';SELECT 2;", "S SELECT E'a\\';b'\nS SELECT 2\n", ""},
    {"escape string, lower case", "SELECT e'\\\\';SELECT 2;", "S SELECT e'\\\\'\nS SELECT 2\n", ""},
    {"escape string, doubled", "SELECT E''';b';SELECT 2;", "S SELECT E''';b'\nS SELECT 2\n", ""},
    {"escape string continued", "SELECT E'a'\n  '\\';b';SELECT 2;",
     "S SELECT E'a'\n  '\\';b'\nS SELECT 2\n", ""},
    {"not continued on the same line", "SELECT E'a' '\\';SELECT 2;",
     "S SELECT E'a' '\\'\nS SELECT 2\n", ""},
    {"a word that ends in e", "SELECT type'a\\';SELECT 2;", "S SELECT type'a\\'\nS SELECT 2\n", ""},
    {"a letter beyond ASCII before e",
     "SELECT \xC3\xA9"
     "e'a\\';SELECT 2;",
     "S SELECT \xC3\xA9"
     "e'a\\'\nS SELECT 2\n",
     ""},
    {"unicode, bit, hex, national", "SELECT U&'\\00';B';1';X'1F;';N';';SELECT 2;",
     "S SELECT U&'\\00'\nS B';1'\nS X'1F;'\nS N';'\nS SELECT 2\n", ""},
    {"quoted name", "SELECT \"a;\"\"b\";SELECT 2;", "S SELECT \"a;\"\"b\"\nS SELECT 2\n", ""},
    {"unicode name", "SELECT U&\"d\\0061;\";", "S SELECT U&\"d\\0061;\"\n", ""},
    {"dollar quote", "SELECT $$a;'b$$;SELECT 2;", "S SELECT $$a;'b$$\nS SELECT 2\n", ""},
    {"tagged dollar quote", "SELECT $a$;$b$;$$;$a$;SELECT 2;",
     "S SELECT $a$;$b$;$$;$a$\nS SELECT 2\n", ""},
    {"tag beyond ASCII", "SELECT $\xC3\xA4$;$\xC3\xA4$;", "S SELECT $\xC3\xA4$;$\xC3\xA4$\n", ""},
    {"tag with a digit", "SELECT $a1$;$a1$;", "S SELECT $a1$;$a1$\n", ""},
    {"parameter", "SELECT $1;SELECT $2$;", "S SELECT $1\nS SELECT $2$\n", ""},
    {"dollar in a name", "SELECT a$b$;SELECT c$b$;", "S SELECT a$b$\nS SELECT c$b$\n", ""},
    {"a lone dollar", "SELECT $ ;SELECT $x ;", "S SELECT $\nS SELECT $x\n", ""},
    {"a close with a name before it", "SELECT $x$ a$x$;SELECT 2;",
     "S SELECT $x$ a$x$\nS SELECT 2\n", ""},

    {"line comment", "SELECT 1 -- a;'\n;SELECT 2--b", "S SELECT 1\nU SELECT 2\n", "-- a;'|--b|"},
    {"line comment ends at CR", "SELECT 1 -- a\r;SELECT 2", "S SELECT 1\nU SELECT 2\n", "-- a|"},
    {"comment before", "-- a;\n/* b; */ SELECT 1;", "S SELECT 1\n", "-- a;|/* b; */|"},
    {"comments only", "-- a;\n/* b; */", "", "-- a;|/* b; */|"},
    {"nested comments", "/* a /* b; */ c; */ SELECT 1;", "S SELECT 1\n", "/* a /* b; */ c; */|"},
    {"a close that is none", "/*/ ; */SELECT 1;", "S SELECT 1\n", "/*/ ; */|"},
    {"stars before the close", "/***/SELECT 1;/**/;", "S SELECT 1\n", "/***/|/**/|"},
    {"minus and division", "SELECT 1 - 2 / 3;SELECT -", "S SELECT 1 - 2 / 3\nU SELECT -\n", ""},
    {"comment marks in a string", "SELECT '--', '/*';SELECT 2;",
     "S SELECT '--', '/*'\nS SELECT 2\n", ""},

    {"rule with parentheses",
     "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2;);SELECT 3;",
     "S CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2;)\nS SELECT 3\n", ""},
    {"rule without", "CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO SELECT 1;SELECT 2;",
     "S CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO SELECT 1\nS SELECT 2\n", ""},
    {"a rule that is never closed", "CREATE RULE r AS ON INSERT TO t DO (SELECT 1;\nSELECT 2;",
     "! CREATE RULE r AS ON INSERT TO t DO (SELECT 1\n! a parenthesis\nS SELECT 2\n", ""},
    {"a rule whose second parenthesis is never closed",
     "CREATE RULE r AS DO ALSO (SELECT 1; SELECT 2) (SELECT 3; SELECT 4;",
     "! CREATE RULE r AS DO ALSO (SELECT 1; SELECT 2) (SELECT 3\n! a parenthesis\nS SELECT 4\n",
     ""},
    {"parentheses hold nothing elsewhere", "SELECT (1; SELECT 2; SELECT 3;",
     "! SELECT (1\n! a parenthesis\nS SELECT 2\nS SELECT 3\n", ""},
    {"a parenthesis too many", "SELECT 1); SELECT (2);", "S SELECT 1)\nS SELECT (2)\n", ""},

    {"begin atomic",
     "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN 1 END; "
     "END;SELECT 3;",
     "S CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN 1 END; END\n"
     "S SELECT 3\n",
     ""},
    {"begin atomic, procedure, nested case",
     "create or replace procedure p() begin atomic select case when (case when a then b end) then "
     "1 "
     "end; end; SELECT 3",
     "S create or replace procedure p() begin atomic select case when (case when a then b end) "
     "then 1 end; end\nU SELECT 3\n",
     ""},
    {"begin atomic to the end of the text", "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; END",
     "U CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; END\n", ""},
    {"begin atomic without end", "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1;\nSELECT 2;",
     "! CREATE FUNCTION f() BEGIN ATOMIC SELECT 1\n! a BEGIN ATOMIC\nS SELECT 2\n", ""},
    {"a function called begin", "CREATE FUNCTION begin() RETURNS int AS 'x';SELECT 2;",
     "S CREATE FUNCTION begin() RETURNS int AS 'x'\nS SELECT 2\n", ""},
    {"begin of a transaction", "BEGIN; SELECT 1; END;", "S BEGIN\nS SELECT 1\nS END\n", ""},
    {"a table called function", "CREATE TABLE function (a int); BEGIN;",
     "S CREATE TABLE function (a int)\nS BEGIN\n", ""},

    {"command", "\\c db\nSELECT 1;\n\\echo it;\n", "\\ \\c db\nS SELECT 1\n\\ \\echo it;\n", ""},
    {"command that sends", "SELECT 1 \\g\nSELECT 2 \\gset a_\nSELECT 3\\gexec\nSELECT 4 \\gx\n",
     "S SELECT 1\n\\ \\g\nS SELECT 2\n\\ \\gset a_\nS SELECT 3\n\\ \\gexec\nS SELECT 4\n\\ \\gx\n",
     ""},
    {"command that does not", "SELECT 1\n\\echo a\n+ 2;", "S SELECT 1\n       \n+ 2\n\\ \\echo a\n",
     ""},
    {"command that forgets", "SELECT 1\n\\r\nSELECT 2;", "\\ \\r\nS SELECT 2\n", ""},
    {"two commands in a line", "SELECT 1 \\bind 'a\\b' \\g\nSELECT 2;",
     "S SELECT 1\n\\ \\bind 'a\\b'\n\\ \\g\nS SELECT 2\n", ""},
    {"command ended by two backslashes", "\\set a 1 \\\\ SELECT 1;",
     "\\ \\set a 1\n\\ \\\\\nS SELECT 1\n", ""},
    {"separator in one query", "SELECT 1\\; SELECT 2;", "S SELECT 1\nS SELECT 2\n", ""},
    {"command with an open quote", "\\echo it's \\g\nSELECT 1;", "\\ \\echo it's \\g\nS SELECT 1\n",
     ""},
    {"whole line", "\\! rm \\g ;\nSELECT 1;", "\\ \\! rm \\g ;\nS SELECT 1\n", ""},
    {"backslash at the end", "SELECT 1;\\", "S SELECT 1\n\\ \\\n", ""},
    {"command, line end of Windows", "\\c db\r\nSELECT 1;", "\\ \\c db\nS SELECT 1\n", ""},

    {"copy", "COPY t (a, b) FROM stdin;\nit's\t1\n\\.\nSELECT 1;",
     "S COPY t (a, b) FROM stdin\nC it's\t1\n\\.\nS SELECT 1\n", ""},
    {"copy with options", "copy \"t\" from STDIN WITH (FORMAT csv) ;\r\na;b\r\n\\.\r\nSELECT 1;",
     "S copy \"t\" from STDIN WITH (FORMAT csv)\nC a;b\r\n\\.\nS SELECT 1\n", ""},
    {"copy without rows", "COPY t FROM stdin;\n\\.\nSELECT 1;",
     "S COPY t FROM stdin\nC \\.\nS SELECT 1\n", ""},
    {"copy, the rest of its line", "COPY t FROM stdin; SELECT 1; -- c\nx\n\\.\nSELECT 2;",
     "S COPY t FROM stdin\nS SELECT 1\nC x\n\\.\nS SELECT 2\n", "-- c|"},
    {"data with something like the close", "COPY t FROM stdin;\n\\.x\n \\.\n\\.", //
     "S COPY t FROM stdin\nC \\.x\n \\.\n\\.\n", ""},
    {"copy to", "COPY t TO stdout;\nSELECT 1;", "S COPY t TO stdout\nS SELECT 1\n", ""},
    {"copy from a file", "COPY t FROM 'stdin';\nSELECT 1;", "S COPY t FROM 'stdin'\nS SELECT 1\n",
     ""},
    {"copy a query from a table called stdin", "COPY (SELECT * FROM stdin) TO 'f';\nSELECT 1;",
     "S COPY (SELECT * FROM stdin) TO 'f'\nS SELECT 1\n", ""},
    {"select from a table called stdin", "SELECT * FROM stdin;\nSELECT 1;",
     "S SELECT * FROM stdin\nS SELECT 1\n", ""},
    {"copy in a string", "SELECT 'COPY t FROM stdin';\nSELECT 1;",
     "S SELECT 'COPY t FROM stdin'\nS SELECT 1\n", ""},
    {"psql's own copy", "\\copy t (a) from stdin csv\nit's;\n\\.\nSELECT 1;",
     "\\ \\copy t (a) from stdin csv\nC it's;\n\\.\nS SELECT 1\n", ""},
    {"psql's own copy of a file", "\\copy t from 'f' csv\nSELECT 1;",
     "\\ \\copy t from 'f' csv\nS SELECT 1\n", ""},
    {"data that never ends", "COPY t FROM stdin;\na\nb;\n",
     "S COPY t FROM stdin\n! a\nb;\n! COPY data\n", ""},
    {"data from elsewhere", "COPY t FROM stdin;\n\n", "S COPY t FROM stdin\n", ""},

    {"open string", "SELECT 'a;\nx;\nALTER TABLE t ADD a int;",
     "! SELECT 'a;\nx;\n! a quoted string\nS ALTER TABLE t ADD a int\n", ""},
    {"open string to the end", "SELECT 1;SELECT 'a;\nx;\n",
     "S SELECT 1\n! SELECT 'a;\nx;\n! a quoted string\n", ""},
    {"open escape string", "SELECT E'a\\'\nDROP TABLE t;",
     "! SELECT E'a\\'\n! a quoted string\nS DROP TABLE t\n", ""},
    {"open name", "SELECT \"a;\nCREATE INDEX i ON t (a);",
     "! SELECT \"a;\n! a quoted name\nS CREATE INDEX i ON t (a)\n", ""},
    {"open dollar quote", "DO $$ BEGIN\n x;\nCREATE TABLE t ();",
     "! DO $$ BEGIN\n x;\n! a dollar-quoted\nS CREATE TABLE t ()\n", ""},
    {"open dollar quote with another tag in it", "DO $a$ x; $b$\nDROP TABLE t;",
     "! DO $a$ x; $b$\n! a dollar-quoted\nS DROP TABLE t\n", ""},
    {"open comment", "SELECT 1;\n/* a /* b */\nDROP TABLE t;",
     "S SELECT 1\n! /* a /* b */\n! a comment\nS DROP TABLE t\n", ""},
    {"an update is a start, DO UPDATE SET is none", "SELECT '\nUPDATE SET\nUPDATE t SET a = 1;",
     "! SELECT '\nUPDATE SET\n! a quoted string\nS UPDATE t SET a = 1\n", ""},
};

static void write_pieces(ls_buffer *out, const ls_source *source, const ls_split *split) {
    for (LS_EACH(const ls_piece, piece, split->pieces)) {
        const char *text = piece->kind == LS_PIECE_STATEMENT ? split->blanked : source->text;
        const char *mark = piece->problem != NULL                 ? "!"
                           : piece->kind == LS_PIECE_PSQL_COMMAND ? "\\"
                           : piece->kind == LS_PIECE_COPY_DATA    ? "C"
                           : piece->terminated                    ? "S"
                                                                  : "U";
        ls_buffer_format(out, "%s %.*s\n", mark, (int)(piece->at.end - piece->at.begin),
                         text + piece->at.begin);
        if (piece->problem != NULL) {
            size_t length = strcspn(piece->problem, " ");
            length += 1 + strcspn(piece->problem + length + 1, " ");
            if (strncmp(piece->problem, "a quoted", length) == 0 ||
                strncmp(piece->problem, "a BEGIN", length) == 0)
                length += 1 + strcspn(piece->problem + length + 1, " ");
            ls_buffer_format(out, "! %.*s\n", (int)length, piece->problem);
        }
    }
}

/* What must hold of every split. */
static void check_split(const ls_source *source, const ls_split *split) {
    uint32_t begin = 0, statement_end = 0;
    assert_int_equal(strlen(split->blanked), source->length);
    for (LS_EACH(const ls_piece, piece, split->pieces)) {
        assert_true(piece->at.begin >= begin);
        assert_true(piece->at.begin < piece->at.end && piece->at.end <= source->length);
        begin = piece->at.begin;
        if (piece->kind == LS_PIECE_STATEMENT) {
            assert_true(begin >= statement_end);
            statement_end = piece->at.end;
        }
        if (piece->problem != NULL)
            assert_true(piece->problem_at.begin >= begin &&
                        piece->problem_at.begin < piece->at.end);
    }
    uint32_t last_end = 0;
    for (LS_EACH(const ls_span, comment, split->comments)) {
        assert_true(comment->begin >= last_end && comment->begin < comment->end);
        last_end = comment->end;
        for (uint32_t i = comment->begin; i < comment->end; i++)
            assert_true(strchr(" \n\r", split->blanked[i]) != NULL);
    }
}

static void split_text(ls_arena *arena, const char *text, ls_split *split, ls_source **source) {
    ls_text_problem problem;
    *source = ls_source_new(arena, "t", text, strlen(text), &problem);
    assert_non_null(*source);
    ls_split_source(arena, *source, split);
    check_split(*source, split);
}

static void cuts(void **state) {
    const split_case *test = *state;
    ls_arena *arena = ls_arena_new();
    ls_split split;
    ls_source *source;
    split_text(arena, test->text, &split, &source);
    ls_buffer pieces = {0}, comments = {0};
    ls_buffer_string(&pieces, "");
    ls_buffer_string(&comments, "");
    write_pieces(&pieces, source, &split);
    for (LS_EACH(const ls_span, comment, split.comments))
        ls_buffer_format(&comments, "%.*s|", (int)(comment->end - comment->begin),
                         source->text + comment->begin);
    if (pieces.length != strlen(test->pieces) ||
        memcmp(pieces.text, test->pieces, pieces.length) != 0)
        fail_msg("wanted:\n%s\ngot:\n%s", test->pieces, pieces.text);
    assert_string_equal(comments.text == NULL ? "" : comments.text, test->comments);
    ls_buffer_free(&pieces);
    ls_buffer_free(&comments);
    ls_arena_free(arena);
}

static void blanks_what_is_not_sql(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_split split;
    ls_source *source;
    split_text(arena, "\xEF\xBB\xBF/*\xC3\xA4\n*/a;--b\n\\c d\nCOPY t FROM stdin;\nx\n\\.\n",
               &split, &source);
    assert_string_equal(split.blanked, "       \n  a;   \n    \nCOPY t FROM stdin;\n \n  \n");
    ls_arena_free(arena);
}

static void finds_starts(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int line; /* -1: none */
    } starts[] = {
        {"ALTER TABL a\nCREATE INDEX i ON a (b)", 1},
        {"ALTER TABLE a\nALTER COLUMN b SET NOT NULL", -1},
        {"ALTER TABLE a\nDROP COLUMN b,\nDROP CONSTRAINT c", -1},
        {"CREATE VIEW v AS\nSELECT 1", -1},
        {"CREATE VIEW v AS\nSELECT 1\nDROP TABLE x", 2},
        {"SELECT 1\n  DROP TABLE x", -1},
        {"  SELECT 1\n  DROP TABLE x", 1},
        {"SELECT 'it's'\n';\nDROP TABLE x", 2},
        {"SELECT ';\nDROP TABLE x '", 1},
        {"CREATE FUNCTION f() AS $$\nDROP TABLE x;\n$$ LANGUAGE sql", -1},
        {"CREATE FUNCTION f() AS $$\nCREATE OR REPLACE FUNCTION g()\n$$ LANGUAGE sql", 1},
        {"DO $$ x $$\nDROP TABLE x", 1},
        {"a\nBEGIN\nx\nCOMMIT;", 3},
        {"DROP TABLE x", -1},
    };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        const char *text = starts[i].text;
        uint32_t length = (uint32_t)strlen(text), begin = (uint32_t)strspn(text, " ");
        uint32_t found = ls_split_next_start(text, ls_span_of(begin, length));
        int line = 0;
        for (uint32_t at = 0; at < found; at++)
            line += text[at] == '\n';
        if ((found == length ? -1 : line) != starts[i].line)
            fail_msg("start %zu: found in line %d", i, found == length ? -1 : line);
    }
}

static void skips_units(void **state) {
    (void)state;
    const char *text = "abc 'x''y' E'\\'' $a$ $b$ $a$ \"n\" 12ab $1 , 'open";
    static const char *const units[] = {"abc",  "'x''y'", "E'\\''", "$a$ $b$ $a$", "\"n\"",
                                        "12ab", "$",      "1",      ",",           "'open"};
    uint32_t at = 0, end = (uint32_t)strlen(text);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        at += (uint32_t)strspn(text + at, " ");
        uint32_t next = ls_split_skip(text, at, end);
        assert_int_equal(next - at, strlen(units[i]));
        assert_memory_equal(text + at, units[i], next - at);
        at = next;
    }
    assert_int_equal(at, end);
}

/* --- Time ----------------------------------------------------------------------------------- */

enum {
    SIZE = 1 << 20,
    SLOWEST = 60 /* seconds: only quadratic work would take as long, on any machine */
};

typedef struct {
    const char *name;
    const char *head, *repeated, *tail;
} long_case;

static const long_case LONG[] = {
    {"statements", "", "SELECT 1;", ""},
    {"one long line", "", "SELECT 1, 'x' ", ""},
    {"statements without end", "", "ALTER TABLE a ADD b int\n", ""},
    {"open comments", "", "/*", ""},
    {"open comments between statements", "", "ALTER TABLE /* a\n", ""},
    {"open comments, each line", "", "ALTER TABLE '/*' */*\n", ""},
    {"comments that nest", "", "/*", "*/"},
    {"quotes", "", "'", ""},
    {"an odd quote a line", "", "ALTER TABLE a'b;\n", ""},
    {"an open quote", "'", "ALTER TABLE a;\n", ""},
    {"escapes", "", "ALTER TABLE E'\\'\n", ""},
    {"escapes, two kinds", "", "DROP TABLE E'\\''\\' \"\n", ""},
    {"dollars", "", "$a", ""},
    {"dollar tags", "", "DROP TABLE $a$ $b\n", ""},
    {"lone dollars", "", "$ ", ""},
    {"tags that never close", "", "DROP TABLE a $a$b$c$\n", "x"},
    {"parentheses", "", "(", ""},
    {"rules", "", "CREATE RULE (\n;", ""},
    {"bodies", "", "CREATE FUNCTION BEGIN ATOMIC ;\n", ""},
    {"copies", "", "COPY t FROM stdin;\n", ""},
    {"backslashes", "SELECT 1 ", "\\a", ""},
    {"backslashes with quotes", "", "\\a'\\a\"`", ""},
    {"commands in a statement", "SELECT 1 ", "\\a\n", ""},
    {"semicolons", "", ";", ""},
    {"backslash semicolons", "", "a\\;", ""},
    {"lines with a verb alone", "'", "ALTER\n", ""},
};

static void takes_linear_time(void **state) {
    const long_case *test = *state;
    ls_buffer text = {0};
    ls_buffer_string(&text, test->head);
    while (text.length < SIZE)
        ls_buffer_string(&text, test->repeated);
    ls_buffer_string(&text, test->tail);
    ls_arena *arena = ls_arena_new();
    clock_t start = clock();
    ls_split split;
    ls_source *source;
    ls_text_problem problem;
    source = ls_source_new(arena, "t", text.text, text.length, &problem);
    ls_split_source(arena, source, &split);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    assert_true(seconds < SLOWEST);
    check_split(source, &split);
    ls_arena_free(arena);
    ls_buffer_free(&text);
}

int main(void) {
    enum { CASE_COUNT = sizeof CASES / sizeof *CASES, LONG_COUNT = sizeof LONG / sizeof *LONG };
    static struct CMUnitTest tests[CASE_COUNT + LONG_COUNT + 3];
    size_t count = 0;
    for (size_t i = 0; i < CASE_COUNT; i++)
        tests[count++] = (struct CMUnitTest){.name = CASES[i].name,
                                             .test_func = cuts,
                                             .initial_state = (void *)(uintptr_t)&CASES[i]};
    for (size_t i = 0; i < LONG_COUNT; i++)
        tests[count++] = (struct CMUnitTest){.name = LONG[i].name,
                                             .test_func = takes_linear_time,
                                             .initial_state = (void *)(uintptr_t)&LONG[i]};
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(blanks_what_is_not_sql);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(finds_starts);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(skips_units);
    return _cmocka_run_group_tests("split", tests, count, NULL, NULL);
}
