/* Findings as text: each test draws one hand-made finding and compares the whole frame. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/report.h"

#include <stdio.h>
#include <string.h>

static const ls_rule RULE = {
    .id = "some-rule",
    .group = "locks",
    .severity = LS_SEVERITY_ERROR,
    .summary = "something hurts",
    .why = "It hurts for\na reason. There is more to say.\n",
};
static const ls_rule ONCE = {
    .id = "no-lock-timeout",
    .group = "locks",
    .severity = LS_SEVERITY_WARNING,
    .once_per_file = true,
};
static const ls_text_style PLAIN = {.colour = LS_COLOUR_NEVER, .width = 80};

typedef struct {
    ls_arena *arena;
    ls_report report;
    ls_buffer out;
} report_fixture;

static int set_up(void **state) {
    static report_fixture fixture;
    fixture.arena = ls_arena_new();
    fixture.out = (ls_buffer){0};
    fixture.report =
        (ls_report){.parser = "15.1", .postgres = 15, .files = 1, .statements = 3, .analysed = 3};
    *state = &fixture;
    return 0;
}

static int tear_down(void **state) {
    report_fixture *fixture = *state;
    ls_buffer_free(&fixture->out);
    ls_arena_free(fixture->arena);
    return 0;
}

static const ls_source *source_of(report_fixture *fixture, const char *name, const char *text) {
    ls_text_problem problem;
    const ls_source *source = ls_source_new(fixture->arena, name, text, strlen(text), &problem);
    assert_non_null(source);
    return source;
}

/* Where `part` first stands in the source. */
static ls_span span_of(const ls_source *source, const char *part) {
    const char *at = strstr(source->text, part);
    assert_non_null(at);
    size_t begin = (size_t)(at - source->text);
    return ls_span_of(begin, begin + strlen(part));
}

static ls_finding finding_at(const ls_source *source, const char *part, const char *label) {
    return (ls_finding){.rule = &RULE,
                        .severity = RULE.severity,
                        .source = source,
                        .at = span_of(source, part),
                        .message = "something hurts",
                        .label = label};
}

static void relate(report_fixture *fixture, ls_finding *finding, const ls_source *source,
                   const char *part, const char *message) {
    ls_label label = {source, span_of(source, part), message};
    LS_PUSH(fixture->arena, &finding->labels, label);
}

static const char *drawn(report_fixture *fixture, const ls_finding *finding) {
    LS_PUSH(fixture->arena, &fixture->report.findings, *finding);
    ls_report_text(&fixture->out, &fixture->report, &PLAIN);
    return fixture->out.text;
}

/* The frame alone: between the place and the first note. */
static void assert_frame(report_fixture *fixture, const ls_finding *finding, const char *expected) {
    const char *text = drawn(fixture, finding);
    const char *begin = strchr(strstr(text, "--> "), '\n') + 1;
    const char *end = strstr(begin, "   = why");
    assert_non_null(end);
    char *frame = ls_arena_copy(fixture->arena, begin, (size_t)(end - begin));
    assert_string_equal(frame, expected);
}

static void test_whole_finding(void **state) {
    report_fixture *fixture = *state;
    const ls_source *source = source_of(fixture, "m/0042.sql",
                                        "BEGIN;\n"
                                        "ALTER TABLE users\n"
                                        "  ADD COLUMN plan_id bigint DEFAULT gen_plan();\n"
                                        "SELECT 1;\n"
                                        "SELECT 2;\n"
                                        "COMMIT;\n");
    const ls_source *earlier =
        source_of(fixture, "m/0007.sql", "CREATE TABLE users (\n  id int);\n");
    ls_finding finding = finding_at(source, "gen_plan()", "computed for every row");
    relate(fixture, &finding, source, "BEGIN", "transaction starts");
    relate(fixture, &finding, source, "ALTER TABLE users\n  ADD COLUMN", "lock taken here");
    relate(fixture, &finding, source, "COMMIT", "released only here");
    relate(fixture, &finding, earlier, "CREATE TABLE users (\n  id int)", "created here");
    finding.waits = "SELECT, INSERT, UPDATE and DELETE on users";
    finding.help = "one line\n  an indented one\n";
    LS_PUSH(fixture->arena, &finding.notes, "users is assumed to hold data");
    assert_string_equal(
        drawn(fixture, &finding),
        "error[some-rule]: something hurts\n"
        "  --> m/0042.sql:3:37\n"
        "   |\n"
        " 1 | BEGIN;\n"
        "   | ----- transaction starts\n"
        " 2 | ALTER TABLE users\n"
        "   | ----------------- lock taken here\n"
        " 3 |   ADD COLUMN plan_id bigint DEFAULT gen_plan();\n"
        "   |                                     ^^^^^^^^^^ computed for every row\n"
        "...\n"
        " 6 | COMMIT;\n"
        "   | ------ released only here\n"
        "  --> m/0007.sql:1:1\n"
        "   |\n"
        " 1 | CREATE TABLE users (\n"
        "   | -------------------- created here\n"
        "   |\n"
        "   = waits: SELECT, INSERT, UPDATE and DELETE on users\n"
        "   = why: It hurts for a reason\n"
        "   = help: one line\n"
        "             an indented one\n"
        "   = note: users is assumed to hold data\n"
        "\n"
        "1 error in 1 of 1 migration\n"
        "analysed 3 of 3 statements for PostgreSQL 15 (parser 15.1)\n");
}

static void test_one_skipped_line_is_shown(void **state) {
    report_fixture *fixture = *state;
    const ls_source *source = source_of(fixture, "a.sql", "one;\ntwo;\nthree;\n");
    ls_finding finding = finding_at(source, "three", NULL);
    relate(fixture, &finding, source, "one", "first");
    assert_frame(fixture, &finding,
                 "   |\n"
                 " 1 | one;\n"
                 "   | --- first\n"
                 " 2 | two;\n"
                 " 3 | three;\n"
                 "   | ^^^^^\n"
                 "   |\n");
}

static void test_several_marks_on_a_line(void **state) {
    report_fixture *fixture = *state;
    const ls_source *source = source_of(fixture, "a.sql", "ALTER TABLE users ADD COLUMN a int;\n");
    ls_finding finding = finding_at(source, "ADD COLUMN a int", "hurts");
    relate(fixture, &finding, source, "ALTER TABLE", "statement");
    relate(fixture, &finding, source, "users", "table");
    assert_frame(fixture, &finding,
                 "   |\n"
                 " 1 | ALTER TABLE users ADD COLUMN a int;\n"
                 "   | ----------- ----- ^^^^^^^^^^^^^^^^ hurts\n"
                 "   | |           |\n"
                 "   | |           table\n"
                 "   | statement\n"
                 "   |\n");
}

static void test_mark_inside_another(void **state) {
    report_fixture *fixture = *state;
    const ls_source *source = source_of(fixture, "a.sql", "ALTER TABLE users ADD COLUMN a int;\n");
    ls_finding finding = finding_at(source, "users", "hurts");
    relate(fixture, &finding, source, "ALTER TABLE users ADD COLUMN a int", "lock taken here");
    assert_frame(fixture, &finding,
                 "   |\n"
                 " 1 | ALTER TABLE users ADD COLUMN a int;\n"
                 "   | ------------^^^^^-----------------\n"
                 "   | |           |\n"
                 "   | |           hurts\n"
                 "   | lock taken here\n"
                 "   |\n");
}

static void test_lines_at_a_bar(void **state) {
    report_fixture *fixture = *state;
    const ls_source *source = source_of(
        fixture, "a.sql", "  ALTER TABLE users\n    ADD COLUMN a int,\n    DROP b;\nx;\n");
    ls_finding finding =
        finding_at(source, "ALTER TABLE users\n    ADD COLUMN a int,\n    DROP b", "hurts");
    relate(fixture, &finding, source, "x", "later");
    assert_frame(fixture, &finding,
                 "   |\n"
                 " 1 | /   ALTER TABLE users\n"
                 " 2 | |     ADD COLUMN a int,\n"
                 " 3 | |     DROP b;\n"
                 "   | |__________^ hurts\n"
                 " 4 |   x;\n"
                 "   |   - later\n"
                 "   |\n");
}

static void test_bar_from_the_midst_of_a_line(void **state) {
    report_fixture *fixture = *state;
    const ls_source *source =
        source_of(fixture, "a.sql", "BEGIN; ALTER\n2\n3\n4\n5\n6\n7\n TABLE; COMMIT;\n");
    ls_finding finding = finding_at(source, "ALTER\n2\n3\n4\n5\n6\n7\n TABLE", "hurts");
    relate(fixture, &finding, source, "COMMIT", "later");
    assert_frame(fixture, &finding,
                 "   |\n"
                 " 1 |   BEGIN; ALTER\n"
                 "   |  ________^\n"
                 "...  |\n"
                 " 8 | |  TABLE; COMMIT;\n"
                 "   | |         ------ later\n"
                 "   | |______^ hurts\n"
                 "   |\n");
}

static void test_tabs_wide_and_combining_characters(void **state) {
    report_fixture *fixture = *state;
    const ls_source *source =
        source_of(fixture, "a.sql", "\tCOMMENT '\xE8\xA1\xA8 e\xCC\x81' IS;\n");
    ls_finding finding = finding_at(source, "IS", NULL);
    assert_frame(fixture, &finding,
                 "   |\n"
                 " 1 |     COMMENT '\xE8\xA1\xA8 e\xCC\x81' IS;\n"
                 "   |                    ^^\n"
                 "   |\n");
    assert_non_null(strstr(fixture->out.text, "--> a.sql:1:17\n"));
}

static void test_carriage_returns_and_byte_order_mark(void **state) {
    report_fixture *fixture = *state;
    const ls_source *source = source_of(fixture, "a.sql", "\xEF\xBB\xBFone;\r\ntwo;\r\n");
    ls_finding finding = finding_at(source, "two;\r\n", NULL);
    relate(fixture, &finding, source, "one", "first");
    assert_frame(fixture, &finding,
                 "   |\n"
                 " 1 | one;\n"
                 "   | --- first\n"
                 " 2 | two;\n"
                 "   | ^^^^\n"
                 "   |\n");
}

static void test_hostile_text(void **state) {
    report_fixture *fixture = *state;
    const ls_source *source = source_of(
        fixture, "a\x1b[2Jb\xFF.sql", "-- \x1b]8;;evil\x07 \xE2\x80\xAE ##[stop-commands]x\nx;\n");
    ls_finding finding = finding_at(source, "x\nx", "label\x1b[31m\nnext");
    finding.message = "drops \"a\r\n::error::b\"";
    finding.at.end--;
    assert_string_equal(
        drawn(fixture, &finding),
        "error[some-rule]: drops \"a\\r\\n::error::b\"\n"
        "  --> a\\x1b[2Jb\\xff.sql:1:34\n"
        "   |\n"
        " 1 | -- \\x1b]8;;evil\\x07 <U+202E> #\\#[stop-commands]x\n"
        "   |                                                ^ label\\x1b[31m\\nnext\n"
        "   |\n"
        "   = why: It hurts for a reason\n"
        "\n"
        "1 error in 1 of 1 migration\n"
        "analysed 3 of 3 statements for PostgreSQL 15 (parser 15.1)\n");
}

/* No line of the help may start with what GitHub reads as a command, however it is broken. */
static void test_no_line_starts_with_a_command(void **state) {
    report_fixture *fixture = *state;
    const ls_source *source = source_of(fixture, "a.sql", "x;\n");
    ls_finding finding = finding_at(source, "x", NULL);
    finding.help = "::error::at the start.\n"
                   "Words that fill the line up to the very end of the line, then this one "
                   "::error::in the midst of it";
    const char *text = drawn(fixture, &finding);
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += strspn(line, " \n");
        assert_int_not_equal(strncmp(line, "::", 2), 0);
    }
    assert_non_null(strstr(text, "= help: \\::error::at the start.\n"));
    assert_non_null(strstr(text, "one ::error::in"));
}

static void test_long_line_is_cut_around_the_mark(void **state) {
    report_fixture *fixture = *state;
    enum { LENGTH = 1000000, AT = 500000 };
    char *text = ls_arena_alloc(fixture->arena, LENGTH + 1);
    memset(text, 'a', LENGTH);
    memcpy(text, "BEGIN", 5);
    memcpy(text + AT, "HURTS", 5);
    const ls_source *source = source_of(fixture, "a.sql", text);
    ls_finding finding = finding_at(source, "HURTS", "here");
    relate(fixture, &finding, source, "BEGIN", "starts");
    assert_frame(
        fixture, &finding,
        "   |\n"
        " 1 | BEGINaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...\n"
        "   | ----- starts\n"
        " 1 | ...aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaHURTSaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...\n"
        "   |                                    ^^^^^ here\n"
        "   |\n");
}

static void test_label_that_does_not_fit_behind(void **state) {
    report_fixture *fixture = *state;
    const ls_source *source =
        source_of(fixture, "a.sql", "  DROP TABLE a_table_with_a_name_that_is_long CASCADE;\n");
    ls_finding finding = finding_at(source, "DROP TABLE a_table_with_a_name_that_is_long",
                                    "a label that would leave the screen");
    assert_frame(fixture, &finding,
                 "   |\n"
                 " 1 |   DROP TABLE a_table_with_a_name_that_is_long CASCADE;\n"
                 "   |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
                 "   |   a label that would leave the screen\n"
                 "   |\n");
}

static void test_one_cause_in_many_files_is_told_once(void **state) {
    report_fixture *fixture = *state;
    fixture->report.files = 9;
    for (uint32_t i = 0; i < 5; i++) {
        const char *name = ls_arena_format(fixture->arena, "%u.sql", i);
        ls_finding finding = finding_at(source_of(fixture, name, "x;\n"), "x", NULL);
        finding.rule = &ONCE;
        finding.severity = LS_SEVERITY_WARNING;
        finding.file = i;
        LS_PUSH(fixture->arena, &fixture->report.findings, finding);
    }
    ls_report_text(&fixture->out, &fixture->report, &PLAIN);
    assert_string_equal(fixture->out.text,
                        "warning[no-lock-timeout]: something hurts\n"
                        "  --> 0.sql:1:1\n"
                        "   |\n"
                        " 1 | x;\n"
                        "   | ^\n"
                        "   |\n"
                        "   = and: in 4 more migrations: 1.sql, 2.sql, 3.sql, ...\n"
                        "\n"
                        "5 warnings in 5 of 9 migrations\n"
                        "analysed 3 of 3 statements for PostgreSQL 15 (parser 15.1)\n");
}

static void test_nothing_is_left_out_in_silence(void **state) {
    report_fixture *fixture = *state;
    fixture->report = (ls_report){.parser = "15.1",
                                  .postgres = 12,
                                  .files = 41,
                                  .history_files = 40,
                                  .down_files = 12,
                                  .statements = 121,
                                  .analysed = 120,
                                  .psql_commands = 2,
                                  .copy_blocks = 1};
    ls_report_text(&fixture->out, &fixture->report, &PLAIN);
    assert_string_equal(fixture->out.text,
                        "no findings in 41 migrations\n"
                        "analysed 120 of 121 statements for PostgreSQL 12 (parser 15.1); 40 files "
                        "read as\nhistory; 12 down migrations left out; 2 psql commands and 1 COPY "
                        "block not\njudged\n");
}

static void test_colour(void **state) {
    report_fixture *fixture = *state;
    ls_finding finding = finding_at(source_of(fixture, "a.sql", "x;\n"), "x", "here");
    LS_PUSH(fixture->arena, &fixture->report.findings, finding);
    const ls_text_style coloured = {.colour = LS_COLOUR_ALWAYS, .width = 80};
    ls_report_text(&fixture->out, &fixture->report, &coloured);
    assert_non_null(strstr(fixture->out.text, "\x1b[1;31merror[some-rule]\x1b[0m: "));
    assert_non_null(strstr(fixture->out.text, "\x1b[1;31m^\x1b[0m \x1b[1;31mhere\x1b[0m\n"));
}

/* "1\n", "2\n" and so on. */
static const char *lines_of(report_fixture *fixture, unsigned count) {
    ls_buffer lines = {0};
    for (unsigned i = 1; i <= count; i++)
        ls_buffer_format(&lines, "SELECT %u;\n", i);
    const char *copy = ls_arena_string(fixture->arena, lines.text);
    ls_buffer_free(&lines);
    return copy;
}

static unsigned count_of(const char *text, const char *part) {
    unsigned count = 0;
    for (; (text = strstr(text, part)) != NULL; text++)
        count++;
    return count;
}

static void test_long_help_is_told_once_for_a_file_and_a_rule(void **state) {
    report_fixture *fixture = *state;
    const ls_source *one = source_of(fixture, "1.sql", "DROP a;\nDROP b;\nDROP c;\n");
    const ls_source *two = source_of(fixture, "2.sql", "DROP a;\n");
    ls_finding findings[] = {finding_at(one, "DROP a", NULL), finding_at(one, "DROP b", NULL),
                             finding_at(one, "DROP c", NULL), finding_at(two, "DROP a", NULL)};
    for (size_t i = 0; i < sizeof findings / sizeof *findings; i++)
        findings[i].help = lines_of(fixture, 11);
    findings[2].help = "SELECT 12;\n";
    for (size_t i = 0; i < sizeof findings / sizeof *findings; i++)
        LS_PUSH(fixture->arena, &fixture->report.findings, findings[i]);
    ls_report_text(&fixture->out, &fixture->report, &PLAIN);
    const char *text = fixture->out.text;
    assert_int_equal(count_of(text, "SELECT 11;"), 2);
    assert_int_equal(count_of(text, "SELECT 12;"), 1);
    assert_non_null(strstr(text, "   = help: the same steps as for line 1; --format json has all"));
}

static void test_help_of_ten_lines_is_always_told(void **state) {
    report_fixture *fixture = *state;
    const ls_source *source = source_of(fixture, "1.sql", "DROP a;\nDROP b;\n");
    ls_finding findings[] = {finding_at(source, "DROP a", NULL),
                             finding_at(source, "DROP b", NULL)};
    for (size_t i = 0; i < sizeof findings / sizeof *findings; i++) {
        findings[i].help = lines_of(fixture, 10);
        LS_PUSH(fixture->arena, &fixture->report.findings, findings[i]);
    }
    ls_report_text(&fixture->out, &fixture->report, &PLAIN);
    assert_int_equal(count_of(fixture->out.text, "SELECT 10;"), 2);
}

static void test_wide_comments_of_help_go_on_in_a_comment(void **state) {
    static const char expected[] =
        "   = help:   -- first a release that does without it; what follows is for all\n"
        "             -- who know that none is left;\n"
        "             -- and no more\n"
        "           -- lockstep:ignore drop-column because it reads this line and not the next\n"
        "           DROP TABLE a_table_with_a_name_that_is_rather_long_but_stays_what_it_is;\n";
    report_fixture *fixture = *state;
    const ls_source *source = source_of(fixture, "1.sql", "DROP a;\n");
    ls_finding finding = finding_at(source, "DROP a", NULL);
    finding.help = "  -- first a release that does without it; what follows is for all who know\n"
                   "  -- that none is left;\n"
                   "  -- and no more\n"
                   "-- lockstep:ignore drop-column because it reads this line and not the next\n"
                   "DROP TABLE a_table_with_a_name_that_is_rather_long_but_stays_what_it_is;\n";
    LS_PUSH(fixture->arena, &fixture->report.findings, finding);
    ls_report_text(&fixture->out, &fixture->report, &PLAIN);
    const char *help = strstr(fixture->out.text, "   = help:");
    assert_non_null(help);
    assert_memory_equal(help, expected, strlen(expected));
}

static void test_the_reason_goes_over_an_ellipsis(void **state) {
    static const ls_rule rule = {.id = "some-rule",
                                 .group = "locks",
                                 .why = "ADD CONSTRAINT ... CHECK reads it all. Later.\n"};
    report_fixture *fixture = *state;
    const ls_source *source = source_of(fixture, "1.sql", "DROP a;\n");
    ls_finding finding = finding_at(source, "DROP a", NULL);
    finding.rule = &rule;
    LS_PUSH(fixture->arena, &fixture->report.findings, finding);
    ls_report_text(&fixture->out, &fixture->report, &PLAIN);
    assert_non_null(strstr(fixture->out.text, "= why: ADD CONSTRAINT ... CHECK reads it all\n"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_whole_finding),
        TEST(test_one_skipped_line_is_shown),
        TEST(test_several_marks_on_a_line),
        TEST(test_mark_inside_another),
        TEST(test_lines_at_a_bar),
        TEST(test_bar_from_the_midst_of_a_line),
        TEST(test_tabs_wide_and_combining_characters),
        TEST(test_carriage_returns_and_byte_order_mark),
        TEST(test_hostile_text),
        TEST(test_no_line_starts_with_a_command),
        TEST(test_long_line_is_cut_around_the_mark),
        TEST(test_label_that_does_not_fit_behind),
        TEST(test_one_cause_in_many_files_is_told_once),
        TEST(test_nothing_is_left_out_in_silence),
        TEST(test_long_help_is_told_once_for_a_file_and_a_rule),
        TEST(test_help_of_ten_lines_is_always_told),
        TEST(test_wide_comments_of_help_go_on_in_a_comment),
        TEST(test_the_reason_goes_over_an_ellipsis),
        TEST(test_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
