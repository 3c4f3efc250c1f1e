/* What formats do with many findings, with edits and with waived ones, over hand-made reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/format.h"

#include <jansson.h>
#include <string.h>

enum { STATEMENT = 10 }; /* bytes */

static const ls_rule RULE = {.id = "some-rule", .group = "locks", .summary = "hurts", .why = "so"};
static const ls_rule LOSS = {.id = "some-loss", .group = "data", .summary = "loses", .why = "so"};

/* A report about so many statements, each on a line. */
static ls_report report_of(ls_arena *arena, size_t statements) {
    char *text = ls_arena_alloc(arena, statements * STATEMENT + 1);
    for (size_t i = 0; i < statements; i++)
        memcpy(text + i * STATEMENT, "ALTER xyz\n", STATEMENT);
    ls_text_problem problem;
    ls_source *source = ls_source_new(arena, "m/1.sql", text, strlen(text), &problem);
    ls_report report = {.parser = "15.1", .postgres = 15, .files = 1};
    for (size_t i = 0; i < statements; i++) {
        uint32_t at = (uint32_t)(i * STATEMENT);
        ls_finding finding = {.rule = &RULE,
                              .severity = LS_SEVERITY_ERROR,
                              .source = source,
                              .at = {at + 6, at + 9},
                              .statement_at = {at, at + 9},
                              .message = "it hurts",
                              .fingerprint = "cafe"};
        LS_PUSH(arena, &report.findings, finding);
    }
    return report;
}

static char *printed_as(ls_arena *arena, const char *format, ls_report_view view) {
    ls_buffer out = {0};
    view.root = "/nowhere";
    view.place = "services/a-b";
    ls_format_named(format)->print(&out, &view);
    char *text = ls_arena_copy(arena, out.length == 0 ? "" : out.text, out.length);
    ls_buffer_free(&out);
    return text;
}

static char *printed(ls_arena *arena, const char *format, const ls_report *report) {
    return printed_as(arena, format, (ls_report_view){.report = report, .fails = {true}});
}

static json_t *parsed(const char *text) {
    json_error_t error;
    json_t *document = json_loads(text, 0, &error);
    if (document == NULL)
        fail_msg("%s: %s", error.text, text);
    return document;
}

static size_t count(const char *text, const char *of) {
    size_t found = 0;
    for (; (text = strstr(text, of)) != NULL; text++)
        found++;
    return found;
}

/* --- GitHub ---------------------------------------------------------------------------------- */

static void test_ten_annotations(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    const ls_report ten = report_of(arena, 10), many = report_of(arena, 25);
    const char *text = printed(arena, "github", &ten);
    assert_int_equal(count(text, "::error file="), 10);
    assert_int_equal(count(text, "\n"), 10);
    text = printed(arena, "github", &many);
    assert_int_equal(count(text, "::error file="), 9);
    assert_int_equal(count(text, "\n"), 10);
    assert_non_null(
        strstr(text, "::error title=lockstep::and in 16 more statements: see the log\n"));
    ls_arena_free(arena);
}

static void test_one_annotation_a_statement(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_report report = report_of(arena, 2);
    ls_finding worse = report.findings.items[1];
    worse.rule = &LOSS;
    worse.message = "it is worse";
    report.findings.items[1].severity = LS_SEVERITY_WARNING;
    LS_PUSH(arena, &report.findings, worse);
    LS_PUSH(arena, &report.findings.items[0].notes, "an assumption");
    const char *text = printed(arena, "github", &report);
    /* What is certain comes before what is assumed, although it comes later in the file. */
    assert_string_equal(
        text, "::error file=m/1.sql,line=2,endLine=2,col=7,endColumn=10,title=lockstep some-loss::"
              "it is worse%0Aalso some-rule: it hurts\n"
              "::error file=m/1.sql,line=1,endLine=1,col=7,endColumn=10,title=lockstep some-rule::"
              "it hurts\n");
    ls_arena_free(arena);
}

static void test_long_message(void **state) {
    (void)state;
    enum { LONG = 9000, RUNNER_CUTS_AT = 4096 };
    ls_arena *arena = ls_arena_new();
    ls_report report = report_of(arena, 1);
    char *help = ls_arena_alloc(arena, LONG + 1);
    for (size_t i = 0; i < LONG; i += 3)
        memcpy(help + i, "\xE2\x82\xAC", 3);
    report.findings.items[0].help = help;
    const char *text = printed(arena, "github", &report);
    const char *message = strstr(text + 2, "::") + 2;
    assert_true(strlen(message) < RUNNER_CUTS_AT);
    assert_non_null(strstr(message, "\xE2\x82\xAC%0A..."));
    ls_arena_free(arena);
}

/* --- Markdown -------------------------------------------------------------------------------- */

static void test_comment_has_room(void **state) {
    (void)state;
    enum { FINDINGS = 5000, ROOM = 60000, MESSAGE = 2000 };
    ls_arena *arena = ls_arena_new();
    ls_report report = report_of(arena, FINDINGS);
    char *message = ls_arena_alloc(arena, MESSAGE + 1);
    memset(message, 'x', MESSAGE);
    const char *short_one = printed(arena, "markdown", &report);
    assert_true(strlen(short_one) < ROOM);
    assert_int_equal(count(short_one, "it hurts"), 50 + 1);
    assert_non_null(strstr(short_one, "and 4950 more findings not shown here"));
    for (LS_EACH(ls_finding, finding, report.findings))
        finding->message = message;
    const char *text = printed(arena, "markdown", &report);
    assert_true(strlen(text) < ROOM);
    assert_int_equal(strncmp(text,
                             "<!-- lockstep:report:v1:check:services/a_b -->\n### lockstep: "
                             "blocked",
                             60),
                     0);
    assert_non_null(strstr(text, "5000 errors"));
    assert_null(strstr(text, "\n- "));
    ls_arena_free(arena);
}

static void test_advice_goes_first(void **state) {
    (void)state;
    enum { HELP = 70000 };
    ls_arena *arena = ls_arena_new();
    ls_report report = report_of(arena, 2);
    char *help = ls_arena_alloc(arena, HELP + 1);
    memset(help, 'x', HELP);
    report.findings.items[0].help = help;
    const char *text = printed(arena, "markdown", &report);
    assert_null(strstr(text, "What to write instead"));
    assert_int_equal(count(text, "\n- **error** `some-rule`"), 2);
    text = printed(arena, "summary", &report);
    assert_non_null(strstr(text, "What to write instead"));
    text = printed_as(arena, "summary",
                      (ls_report_view){.report = &report, .fails = {true}, .room = 1});
    assert_null(strstr(text, "\n- **error**"));
    ls_arena_free(arena);
}

/* --- Edits and waived findings --------------------------------------------------------------- */

static ls_report report_with_edit(ls_arena *arena) {
    ls_report report = report_of(arena, 1);
    ls_fix *fix = &report.findings.items[0].fix;
    fix->says = "Say it otherwise";
    fix->safe = true;
    LS_PUSH(arena, &fix->edits, ((ls_edit){{5, 5}, " TABLE"}));
    LS_PUSH(arena, &fix->edits, ((ls_edit){{6, 9}, "\"abc\""}));
    return report;
}

static void assert_json(json_t *is, const char *wanted) {
    json_t *expected = parsed(wanted);
    assert_non_null(is);
    if (!json_equal(is, expected))
        fail_msg("%s", json_dumps(is, JSON_INDENT(1)));
    json_decref(expected);
}

static void test_edits(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    const ls_report report = report_with_edit(arena);
    json_t *sarif = parsed(printed(arena, "sarif", &report));
    json_t *result = json_array_get(
        json_object_get(json_array_get(json_object_get(sarif, "runs"), 0), "results"), 0);
    assert_json(json_object_get(result, "fixes"),
                "[{\"description\": {\"text\": \"Say it otherwise.\"}, \"artifactChanges\": ["
                "{\"artifactLocation\": {\"uri\": \"m/1.sql\", \"uriBaseId\": \"%SRCROOT%\"},"
                " \"replacements\": [{\"deletedRegion\": {\"startLine\": 1, \"startColumn\": 6,"
                " \"endLine\": 1, \"endColumn\": 6}, \"insertedContent\": {\"text\": \" TABLE\"}},"
                " {\"deletedRegion\": {\"startLine\": 1, \"startColumn\": 7, \"endLine\": 1,"
                " \"endColumn\": 10}, \"insertedContent\": {\"text\": \"\\\"abc\\\"\"}}]}]}]");
    json_t *diagnostic = parsed(printed(arena, "rdjsonl", &report));
    assert_json(json_object_get(diagnostic, "suggestions"),
                "[{\"range\": {\"start\": {\"line\": 1, \"column\": 6}, \"end\": {\"line\": 1,"
                " \"column\": 10}}, \"text\": \" TABLE \\\"abc\\\"\"}]");
    json_t *own = parsed(printed(arena, "json", &report));
    json_t *finding = json_array_get(json_object_get(own, "findings"), 0);
    assert_json(
        json_object_get(finding, "fix"),
        "{\"safe\": true, \"edits\": [{\"line\": 1, \"column\": 6, \"end_line\": 1,"
        " \"end_column\": 6, \"text\": \" TABLE\"}, {\"line\": 1, \"column\": 7, \"end_line\": 1,"
        " \"end_column\": 10, \"text\": \"\\\"abc\\\"\"}]}");
    json_decref(sarif);
    json_decref(diagnostic);
    json_decref(own);
    ls_arena_free(arena);
}

static size_t results_of(const char *text) {
    json_t *sarif = parsed(text);
    json_t *run = json_array_get(json_object_get(sarif, "runs"), 0);
    size_t results = json_array_size(json_object_get(run, "results"));
    json_decref(sarif);
    return results;
}

static void test_suppressed(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_report report = report_of(arena, 2);
    LS_PUSH(
        arena, &report.waived,
        ((ls_waived_finding){report.findings.items[--report.findings.count], "so be it", true}));
    assert_int_equal(results_of(printed(arena, "sarif", &report)), 1);
    const char *text =
        printed_as(arena, "sarif", (ls_report_view){.report = &report, .with_suppressed = true});
    assert_int_equal(results_of(text), 2);
    assert_non_null(strstr(text, "\"kind\": \"external\""));
    assert_non_null(strstr(text, "\"justification\": \"so be it\""));
    ls_arena_free(arena);
}

/* --- Names that are there once --------------------------------------------------------------- */

static void test_gitlab(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_report report = report_of(arena, 3);
    report.findings.items[1].rule = &LOSS;
    report.findings.items[2].rule = &LOSS;
    report.findings.items[2].severity = LS_SEVERITY_INFO;
    json_t *issues = parsed(printed(arena, "gitlab", &report));
    static const char *const SEVERITIES[] = {"major", "critical", "info"};
    static const char *const FINGERPRINTS[] = {"cafe", "cafe-2", "cafe-3"};
    for (size_t i = 0; i < 3; i++) {
        json_t *issue = json_array_get(issues, i);
        assert_string_equal(json_string_value(json_object_get(issue, "severity")), SEVERITIES[i]);
        assert_string_equal(json_string_value(json_object_get(issue, "fingerprint")),
                            FINGERPRINTS[i]);
    }
    json_decref(issues);
    ls_arena_free(arena);
}

static void test_junit(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_report report = report_of(arena, 1);
    ls_finding again = report.findings.items[0];
    LS_PUSH(arena, &report.findings, again);
    again.severity = LS_SEVERITY_WARNING;
    LS_PUSH(arena, &report.findings, again);
    again.severity = LS_SEVERITY_INFO;
    LS_PUSH(arena, &report.findings, again);
    const char *text = printed(arena, "junit", &report);
    assert_non_null(strstr(text, "<testsuites name=\"lockstep\" tests=\"4\" failures=\"2\""));
    assert_int_equal(count(text, "<failure"), 2);
    assert_int_equal(count(text, "<system-out>warning: it hurts<"), 1);
    assert_int_equal(count(text, "name=\"some-rule 1:7\""), 1);
    assert_int_equal(count(text, "name=\"some-rule 1:7 (2)\""), 1);
    assert_int_equal(count(text, "name=\"some-rule 1:7 (3)\""), 1);
    assert_int_equal(count(text, " file="), 0);
    text = printed_as(arena, "junit-gitlab",
                      (ls_report_view){.report = &report, .fails = {true, true, true}});
    assert_int_equal(count(text, "<failure"), 4);
    assert_int_equal(count(text, " file=\"m/1.sql\""), 4);
    ls_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ten_annotations),
        cmocka_unit_test(test_one_annotation_a_statement),
        cmocka_unit_test(test_long_message),
        cmocka_unit_test(test_comment_has_room),
        cmocka_unit_test(test_advice_goes_first),
        cmocka_unit_test(test_edits),
        cmocka_unit_test(test_suppressed),
        cmocka_unit_test(test_gitlab),
        cmocka_unit_test(test_junit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
