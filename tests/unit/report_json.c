/* The JSON contracts, key by key, over hand-made reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/report.h"

#include <jansson.h>
#include <string.h>

static const ls_rule RULE = {.id = "some-rule", .severity = LS_SEVERITY_ERROR};

static ls_source *source_of(ls_arena *arena, const char *name, const char *text) {
    ls_text_problem problem;
    ls_source *source = ls_source_new(arena, name, text, strlen(text), &problem);
    assert_non_null(source);
    return source;
}

static json_t *parse(const ls_buffer *out) {
    json_error_t error;
    json_t *document = json_loadb(out->text, out->length, 0, &error);
    assert_non_null(document);
    return document;
}

/* The document is what the text says, no key more and none less. */
static void assert_json(json_t *document, const char *expected) {
    json_error_t error;
    json_t *wanted = json_loads(expected, 0, &error);
    assert_non_null(wanted);
    if (!json_equal(document, wanted))
        fail_msg("%s", json_dumps(document, JSON_INDENT(1)));
    json_decref(wanted);
}

static void test_findings(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    const ls_source *source =
        source_of(arena, "m/2.sql", "x;\n-- \xC3\xA4\nALTER \xC3\xA4 t\n y;\n");
    const ls_source *earlier = source_of(arena, "m/1.sql", "  CREATE t;\n");
    ls_finding finding = {.rule = &RULE,
                          .severity = LS_SEVERITY_ERROR,
                          .source = source,
                          .at = {18, 22},
                          .message = "hurts",
                          .help = "write this",
                          .fingerprint = "cafe"};
    LS_PUSH(arena, &finding.labels, ((ls_label){earlier, {2, 8}, "created here"}));
    ls_finding plain = finding;
    plain.severity = LS_SEVERITY_INFO;
    plain.labels.count = 0;
    plain.help = NULL;
    plain.message = "bad \xFF byte, \x1b and \xE2\x80\xAE, # and ###[x]";
    ls_report report = {.parser = "15.1",
                        .postgres = 15,
                        .files = 1,
                        .history_files = 41,
                        .statements = 4,
                        .analysed = 3};
    LS_PUSH(arena, &report.findings, finding);
    LS_PUSH(arena, &report.findings, plain);
    ls_buffer out = {0};
    ls_report_json(&out, &report);
    for (size_t i = 0; i < out.length; i++)
        assert_in_range(out.text[i], '\n', '~');
    assert_null(strstr(out.text, "##"));
    json_t *document = parse(&out);
    json_object_del(json_object_get(document, "tool"), "version");
    assert_json(
        document,
        "{\"version\": 1, \"tool\": {\"name\": \"lockstep\", \"parser\": \"15.1\"}, \"postgres\": "
        "15,"
        " \"findings\": ["
        "  {\"rule\": \"some-rule\", \"severity\": \"error\", \"message\": \"hurts\","
        "   \"file\": \"m/2.sql\", \"line\": 3, \"column\": 9, \"end_line\": 4, \"end_column\": 3,"
        "   \"fingerprint\": \"cafe\", \"help\": \"write this\","
        "   \"related\": [{\"file\": \"m/1.sql\", \"line\": 1, \"column\": 3,"
        "                  \"message\": \"created here\"}]},"
        "  {\"rule\": \"some-rule\", \"severity\": \"info\","
        "   \"message\": \"bad \\ufffd byte, \\u001b and \\u202e, # and ###[x]\","
        "   \"file\": \"m/2.sql\", \"line\": 3, \"column\": 9, \"end_line\": 4, \"end_column\": 3,"
        "   \"fingerprint\": \"cafe\", \"help\": \"\"}],"
        " \"summary\": {\"files\": 1, \"history_files\": 41, \"statements\": 4, \"analysed\": 3,"
        "  \"errors\": 1, \"warnings\": 0, \"infos\": 1, \"suppressed\": 0, \"baselined\": 0}}");
    json_decref(document);
    ls_buffer_free(&out);
    ls_arena_free(arena);
}

static ls_work_done work_on(ls_work work, const char *relation, const char *table, bool by_query) {
    return (ls_work_done){.work = work,
                          .relation = {.name = relation},
                          .table = {.name = table},
                          .by_query = by_query};
}

static ls_outcome *rewriting_outcome(ls_arena *arena) {
    ls_outcome *outcome = LS_NEW(arena, ls_outcome);
    outcome->analysed = true;
    outcome->in_transaction = true;
    ls_relation_lock lock = {
        {1, "public.users", LS_RELATION_TABLE, LS_ORIGIN_EXISTED}, LS_ACCESS_EXCLUSIVE, {0, 0}};
    LS_PUSH(arena, &outcome->locks, lock);
    lock.mode = LS_SHARE;
    lock.relation.name = "public.plans";
    LS_PUSH(arena, &outcome->locks, lock);
    LS_PUSH(arena, &outcome->work, work_on(LS_WORK_REWRITE, "public.users", NULL, false));
    LS_PUSH(arena, &outcome->work,
            work_on(LS_WORK_BUILD, "public.users_pkey", "public.users", false));
    LS_PUSH(arena, &outcome->work, work_on(LS_WORK_SCAN, "public.plans", NULL, false));
    LS_PUSH(arena, &outcome->work, work_on(LS_WORK_SCAN, "public.teams", NULL, true));
    LS_PUSH(arena, &outcome->work, work_on(LS_WORK_ROWS, "public.notes", NULL, true));
    return outcome;
}

static void test_locks(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_statement alter = {.tag = "ALTER TABLE", .at = {3, 20}};
    ls_statement unparsed = {.at = {22, 24}};
    ls_outcome failing = {.forbidden_in_transaction = "VACUUM",
                          .refused = "it cannot run inside a transaction block"};
    ls_timeline_file file = {
        .source = source_of(arena, "m/2.sql", "--\nALTER TABLE\nusers;\nx;\n"),
        .transaction = LS_TRANSACTION_PER_FILE,
    };
    LS_PUSH(arena, &file.statements,
            ((ls_timeline_entry){.statement = &alter, .outcome = rewriting_outcome(arena)}));
    LS_PUSH(arena, &file.statements,
            ((ls_timeline_entry){.statement = &unparsed, .outcome = &failing}));
    ls_report report = {.parser = "15.1", .postgres = 15};
    LS_PUSH(arena, &report.timeline, file);
    ls_buffer out = {0};
    ls_report_locks_json(&out, &report);
    json_t *document = parse(&out);
    assert_json(
        document,
        "{\"version\": 1, \"postgres\": 15, \"files\": [{\"file\": \"m/2.sql\","
        " \"transaction\": \"file\", \"statements\": ["
        "  {\"line\": 2, \"end_line\": 3, \"kind\": \"ALTER TABLE\", \"locks\": ["
        "    {\"relation\": \"public.users\", \"mode\": \"ACCESS EXCLUSIVE\","
        "     \"held_until\": \"commit\", \"blocks\": [\"reads\", \"writes\"]},"
        "    {\"relation\": \"public.plans\", \"mode\": \"SHARE\","
        "     \"held_until\": \"commit\", \"blocks\": [\"writes\"]}],"
        "   \"rewrites\": [\"public.users\"], \"scans\": [\"public.users\", \"public.plans\"],"
        "   \"builds\": [\"public.users_pkey\"], \"in_transaction\": \"allowed\","
        "   \"fails\": null, \"certainty\": \"exact\"},"
        "  {\"line\": 4, \"end_line\": 4, \"kind\": \"unparsed\", \"locks\": [],"
        "   \"rewrites\": [], \"scans\": [], \"builds\": [], \"in_transaction\": \"forbidden\","
        "   \"fails\": \"it cannot run inside a transaction block\","
        "   \"certainty\": \"assumed\"}]}]}");
    json_decref(document);
    ls_buffer_free(&out);
    ls_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_locks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
