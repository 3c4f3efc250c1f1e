/* Comments that suppress: what they say, and which statement they are about. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sql/suppression.h"

#include <string.h>

static ls_arena *arena;
static const ls_source *source;

static int set_up(void **state) {
    (void)state;
    arena = ls_arena_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ls_arena_free(arena);
    return 0;
}

static ls_suppressions read(const char *text) {
    ls_text_problem problem;
    source = ls_source_new(arena, "1.sql", text, strlen(text), &problem);
    assert_non_null(source);
    return ls_suppressions_of(arena, ls_script_read(arena, source));
}

static ls_suppression read_one(const char *text) {
    ls_suppressions list = read(text);
    if (list.count != 1)
        fail_msg("%u suppressions, not 1, in: %s", list.count, text);
    return list.items[0];
}

static const char *text_of(ls_span span) {
    return ls_span_empty(span) ? "" : ls_source_copy(arena, source, span);
}

/* The names, with blanks between. */
static const char *names_of(const ls_suppression *suppression) {
    const char *names = "";
    for (LS_EACH(const ls_suppressed_name, named, suppression->names)) {
        assert_string_equal(named->name, text_of(named->at));
        names = ls_arena_format(arena, "%s%s%s", names, *names == 0 ? "" : " ", named->name);
    }
    return names;
}

/* --- What it says ---------------------------------------------------------------------------- */

static void check_well_formed(const char *text, const char *names) {
    const ls_suppression suppression = read_one(text);
    if (suppression.problem != NULL || suppression.reason == NULL)
        fail_msg("%s: %s", text, suppression.problem == NULL ? "no reason" : suppression.problem);
    assert_string_equal(names_of(&suppression), names);
}

static void well_formed(void **state) {
    (void)state;
    check_well_formed("-- lockstep:ignore a because b", "a");
    check_well_formed("--lockstep:ignore a because b", "a");
    check_well_formed("--- lockstep:ignore a because b", "a");
    check_well_formed("--\tlockstep:ignore\ta\tbecause\tb\r\n", "a");
    check_well_formed("-- lockstep:ignore a, b-c,d ,e because it is so", "a b-c d e");
    check_well_formed("-- lockstep:ignore a BECAUSE b", "a");
    check_well_formed("-- lockstep:ignore a because because", "a");
    check_well_formed("-- lockstep:ignore a because \xC3\xA9t\xC3\xA9", "a");
    check_well_formed("/* lockstep:ignore a because b */", "a");
    check_well_formed("/*lockstep:ignore a because b*/", "a");
    check_well_formed("/*\n * A small table.\n * lockstep:ignore a because b\n */", "a");
    check_well_formed("/* lockstep:ignore a,\n   b\n   because c */", "a b");
}

static void whole_file(void **state) {
    (void)state;
    check_well_formed("-- lockstep:ignore-file a because b", "a");
    assert_true(read_one("-- lockstep:ignore-file a because b").whole_file);
    assert_false(read_one("-- lockstep:ignore a because b").whole_file);
}

static void several_in_one_comment(void **state) {
    (void)state;
    ls_suppressions list =
        read("/* lockstep:ignore a because b\n   lockstep:ignore c because d */");
    assert_int_equal(list.count, 2);
    assert_string_equal(names_of(&list.items[0]), "a");
    assert_string_equal(names_of(&list.items[1]), "c");
    assert_string_equal(text_of(list.items[0].at), "lockstep:ignore a because b");
}

static void without_reason(void **state) {
    (void)state;
    static const char *const TEXTS[] = {
        "-- lockstep:ignore a",
        "-- lockstep:ignore a, b",
        "-- lockstep:ignore a because",
        "-- lockstep:ignore a because ...",
        "-- lockstep:ignore a - small",
        "-- lockstep:ignore a becausesmall",
        "/* lockstep:ignore a because */",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        const ls_suppression suppression = read_one(TEXTS[i]);
        assert_null(suppression.problem);
        assert_null(suppression.reason);
    }
}

static void malformed(void **state) {
    (void)state;
    static const char *const CASES[][2] = {
        {"-- lockstep:ignore", "it names no rule"},
        {"-- lockstep:ignore because b", "it names no rule"},
        {"-- lockstep:ignore-file", "it names no rule"},
        {"-- lockstep:ignore , a because b", "a rule's name is missing beside a comma"},
        {"-- lockstep:ignore a, because b", "a rule's name is missing beside a comma"},
        {"-- lockstep:ignore a,, b because c", "a rule's name is missing beside a comma"},
        {"-- lockstep:ignore a,", "a rule's name is missing beside a comma"},
        {"-- lockstep:ignore a b because c", "\"b\" stands where a comma or \"because\" should"},
        {"-- lockstep: ignore a because b",
         "\"lockstep: ignore\" is neither lockstep:ignore nor lockstep:ignore-file"},
        {"-- lockstep:ignore: a because b",
         "\"lockstep:ignore:\" is neither lockstep:ignore nor lockstep:ignore-file"},
        {"-- lockstep-ignore a because b",
         "\"lockstep-ignore\" is neither lockstep:ignore nor lockstep:ignore-file"},
        {"-- lockstep_ignore a because b",
         "\"lockstep_ignore\" is neither lockstep:ignore nor lockstep:ignore-file"},
        {"-- lockstep :ignore a because b",
         "\"lockstep :ignore\" is neither lockstep:ignore nor lockstep:ignore-file"},
        {"-- lockstep ignore drop-table because b",
         "\"lockstep ignore\" is neither lockstep:ignore nor lockstep:ignore-file"},
        {"-- lockstep:ignored a because b",
         "\"lockstep:ignored\" is neither lockstep:ignore nor lockstep:ignore-file"},
        {"-- lockstep:ignore-next-line a because b",
         "\"lockstep:ignore-next-line\" is neither lockstep:ignore nor lockstep:ignore-file"},
        {"-- lockstep:ignore_file a because b",
         "\"lockstep:ignore_file\" is neither lockstep:ignore nor lockstep:ignore-file"},
        {"-- lockstep:disable a", "\"lockstep:disable\" is neither lockstep:ignore nor "
                                  "lockstep:ignore-file"},
        {"-- Lockstep:Ignore a because b",
         "\"Lockstep:Ignore\" is neither lockstep:ignore nor lockstep:ignore-file"},
        {"-- LOCKSTEP:IGNORE-FILE a because b",
         "\"LOCKSTEP:IGNORE-FILE\" is neither lockstep:ignore nor lockstep:ignore-file"},
        {"-- small, lockstep:ignore a because b",
         "it does not stand at the start of a comment or of one of its lines"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(read_one(CASES[i][0]).problem, CASES[i][1]);
}

static void prose(void **state) {
    (void)state;
    static const char *const TEXTS[] = {
        "-- lockstep",
        "-- lockstep checks this file",
        "-- lockstep: see the manual",
        "-- lockstep ignores comments like this one",
        "-- lockstep ignore comments are described in the manual",
        "-- lockstep - ignore it if you like",
        "-- lockstep://ignore",
        "-- locksteps: ignore them",
        "-- see lockstep:ignore in the manual",
        "-- write `lockstep:ignore RULE because REASON`",
        "-- unlockstep:ignore a because b",
        "SELECT '-- lockstep:ignore a because b'",
        "SELECT \"lockstep:ignore a because b\"",
        "\\echo lockstep:ignore a because b",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        if (read(TEXTS[i]).count != 0)
            fail_msg("taken for a suppression: %s", TEXTS[i]);
}

/* --- What it is about ------------------------------------------------------------------------ */

static void check_covers(const char *text, const char *statement) {
    const ls_suppression suppression = read_one(text);
    assert_null(suppression.problem);
    assert_string_equal(text_of(suppression.covers), statement);
}

#define IGNORE "lockstep:ignore a because b"

static void next_statement(void **state) {
    (void)state;
    check_covers("-- " IGNORE "\nSELECT 1; SELECT 2;", "SELECT 1");
    check_covers("SELECT 0;\n-- " IGNORE "\n\n-- more\n/* and more */\n\nSELECT 1;", "SELECT 1");
    check_covers("/* " IGNORE " */ SELECT 1;", "SELECT 1");
    check_covers("SELECT 0; /* " IGNORE " */ SELECT 1;", "SELECT 1");
    check_covers("-- " IGNORE "\n\\set x 1\nSELECT 1;", "SELECT 1");
    check_covers("\xEF\xBB\xBF-- " IGNORE "\r\nSELECT 1;", "SELECT 1");
    check_covers("SELECT 1;\n-- " IGNORE, "");
    check_covers("-- " IGNORE, "");
}

static void statement_on_the_line(void **state) {
    (void)state;
    check_covers("SELECT 1; -- " IGNORE "\nSELECT 2;", "SELECT 1");
    check_covers("SELECT 0; SELECT 1; -- " IGNORE "\nSELECT 2;", "SELECT 1");
    check_covers("SELECT\n  1; /* " IGNORE " */\nSELECT 2;", "SELECT\n  1");
    check_covers("SELECT 1; /* x */ -- " IGNORE "\nSELECT 2;", "SELECT 1");
    check_covers("SELECT 1 -- " IGNORE, "SELECT 1");
}

static void statement_around(void **state) {
    (void)state;
    check_covers("SELECT 1, -- " IGNORE "\n  2; SELECT 3;", "SELECT 1, -- " IGNORE "\n  2");
    check_covers("SELECT 1,\n-- " IGNORE "\n  2;", "SELECT 1,\n-- " IGNORE "\n  2");
    check_covers("SELECT 1\n-- " IGNORE "\n; SELECT 2;", "SELECT 1");
    check_covers("SELECT 1\n-- x\n-- " IGNORE "\n-- y\n; SELECT 2;", "SELECT 1");
}

static void stacked(void **state) {
    (void)state;
    ls_suppressions list = read("-- " IGNORE "\n-- lockstep:ignore c because d\nSELECT 1;");
    assert_int_equal(list.count, 2);
    assert_string_equal(text_of(list.items[0].covers), "SELECT 1");
    assert_string_equal(text_of(list.items[1].covers), "SELECT 1");
}

static void unparsed(void **state) {
    (void)state;
    check_covers("-- " IGNORE "\nALTER TABL users;\nSELECT 1;", "ALTER TABL users");
    check_covers("-- " IGNORE "\nSELECT 1\nCREATE TABLE a (b int);", "SELECT 1\n");
    check_covers("SELECT 1\n-- " IGNORE "\nCREATE TABLE a (b int);", "CREATE TABLE a (b int)");
}

static void in_a_body(void **state) {
    (void)state;
    check_covers("DO $$ BEGIN\n-- " IGNORE "\nDELETE FROM a; DELETE FROM b;\nEND $$;",
                 "DELETE FROM a");
    check_covers("DO $$ BEGIN DELETE FROM a; -- " IGNORE "\nDELETE FROM b;\nEND $$;",
                 "DELETE FROM a");
    check_covers("SELECT 1; DO $$ BEGIN DELETE FROM a\n/* " IGNORE " */ WHERE true; END $$;",
                 "DELETE FROM a\n/* " IGNORE " */ WHERE true");
    check_covers("DO $$ BEGIN DELETE FROM a;\n-- " IGNORE "\nEND $$;", "");
    check_covers("-- " IGNORE "\nDO $$ BEGIN NULL; END $$;", "DO $$ BEGIN NULL; END $$");
    check_covers("DO 'BEGIN\n-- " IGNORE "\nDELETE FROM a;\nEND';", "DELETE FROM a");
    const char *function =
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\n-- " IGNORE "\nSELECT 1 $$";
    check_covers(function, function);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed),
        cmocka_unit_test(whole_file),
        cmocka_unit_test(several_in_one_comment),
        cmocka_unit_test(without_reason),
        cmocka_unit_test(malformed),
        cmocka_unit_test(prose),
        cmocka_unit_test(next_statement),
        cmocka_unit_test(statement_on_the_line),
        cmocka_unit_test(statement_around),
        cmocka_unit_test(stacked),
        cmocka_unit_test(unparsed),
        cmocka_unit_test(in_a_body),
    };
    return cmocka_run_group_tests_name("suppression", tests, set_up, tear_down);
}
