/* The list of rules, and one explained. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/report.h"

#include <jansson.h>
#include <string.h>

static const ls_text_style PLAIN = {.colour = LS_COLOUR_NEVER, .width = 40};

static const ls_rule_example EXAMPLES[] = {
    {.name = "the plain way", .history = "CREATE TABLE a ();", .sql = "DROP TABLE a;", .bad = true},
    {.name = "another", .sql = "BEGIN;\n\nCOMMIT;\n", .postgres = 12, .file_transaction = true},
};
static const ls_effect_kind EFFECTS[] = {LS_EFFECT_DROP_TABLE};
static const char *const UNIQUE[] = {"true"};
static const ls_condition IS_UNIQUE[] = {
    {.kind = LS_CONDITION_IS, .attribute = LS_ATTRIBUTE_UNIQUE, .values = UNIQUE, .value_count = 1},
    {.kind = LS_CONDITION_MIN, .attribute = LS_ATTRIBUTE_POSTGRES, .number = 14},
};
static const ls_condition NEITHER[] = {
    {.kind = LS_CONDITION_NOT, .parts = IS_UNIQUE, .part_count = 2},
    {.kind = LS_CONDITION_HAS, .attribute = LS_ATTRIBUTE_COLUMN, .number = 0},
};
static const ls_advice ADVICE[] = {
    {.when = {.parts = IS_UNIQUE, .part_count = 2},
     .text = "-- a wide comment goes on in the next line\n"
             "DROP {unique?UNIQUE }{relation}{cascade! {column}};"},
    {.when = {.kind = LS_CONDITION_ANY, .parts = NEITHER, .part_count = 2}, .text = "SELECT 1;"},
    {.text = "DROP {index};"},
    {.text = "-- {{}}"},
};
static const ls_rule DROP = {
    .id = "drop",
    .effects = EFFECTS,
    .effect_count = 1,
    .group = "tables",
    .severity = LS_SEVERITY_ERROR,
    .summary = "dropping hurts everybody who reads",
    .why = "It takes ACCESS\nEXCLUSIVE on the table and then\nsome. Twice.\nSo there.",
    .advice = ADVICE,
    .advice_count = 4,
    .examples = EXAMPLES,
    .example_count = 2,
};
static const ls_rule NAME = {.id = "name-style",
                             .group = "style",
                             .severity = LS_SEVERITY_INFO,
                             .off = true,
                             .summary = "a name"};
static const ls_remedy REMEDIES[] = {{.says = "Lock {unique?one }{relation} later"},
                                     {.says = "Lock nothing"}};
static const ls_rule LOCK = {.id = "lock",
                             .effects = EFFECTS,
                             .effect_count = 1,
                             .group = "tables",
                             .severity = LS_SEVERITY_WARNING,
                             .summary = "a lock",
                             .remedies = REMEDIES,
                             .remedy_count = 2};

static void test_list(void **state) {
    (void)state;
    const ls_rule *const rules[] = {&DROP, &LOCK, &NAME};
    ls_buffer out = {0};
    ls_report_rules(&out, (ls_rule_list){rules, 3}, &PLAIN);
    assert_string_equal(
        out.text, "style\n"
                  "  name-style  off      a name\n"
                  "\n"
                  "tables\n"
                  "  drop        error    dropping hurts\n"
                  "                       everybody who reads\n"
                  "  lock        warning  a lock [fix]\n"
                  "\n"
                  "3 rules, 1 with an edit [fix]; lockstep explain RULE says more about one\n");
    ls_buffer_free(&out);
}

static void test_explain(void **state) {
    (void)state;
    ls_buffer out = {0};
    ls_report_explain(&out, &DROP, &PLAIN);
    assert_string_equal(out.text, "drop (error, group tables)\n"
                                  "dropping hurts everybody who reads\n"
                                  "\n"
                                  "Why\n"
                                  "  It takes ACCESS EXCLUSIVE on the table\n"
                                  "  and then some. Twice.\n"
                                  "  So there.\n"
                                  "\n"
                                  "What to do\n"
                                  "  where unique and postgres is at least\n"
                                  "  14:\n"
                                  "    -- a wide comment goes on in the\n"
                                  "    -- next line\n"
                                  "    DROP [UNIQUE] <relation> [<column>];\n"
                                  "  where not (unique and postgres is at\n"
                                  "  least 14) or column is not known:\n"
                                  "    SELECT 1;\n"
                                  "  where all the names in it are known:\n"
                                  "    DROP <index>;\n"
                                  "  otherwise:\n"
                                  "    -- {}\n"
                                  "\n"
                                  "To accept it\n"
                                  "    -- lockstep:ignore drop because REASON\n"
                                  "\n"
                                  "Bad: the plain way\n"
                                  "    -- earlier migrations\n"
                                  "    CREATE TABLE a ();\n"
                                  "    -- this migration\n"
                                  "    DROP TABLE a;\n"
                                  "\n"
                                  "Good: another (PostgreSQL 12) (the runner wraps the file in a "
                                  "transaction)\n"
                                  "    BEGIN;\n"
                                  "\n"
                                  "    COMMIT;\n");
    ls_buffer_free(&out);
}

static void test_explain_fixes(void **state) {
    (void)state;
    ls_buffer out = {0};
    ls_report_explain(&out, &LOCK, &PLAIN);
    assert_string_equal(out.text, "lock (warning, group tables)\n"
                                  "a lock\n"
                                  "\n"
                                  "Edits that lockstep proposes\n"
                                  "  Lock [one] <relation> later\n"
                                  "  Lock nothing\n"
                                  "\n"
                                  "To accept it\n"
                                  "    -- lockstep:ignore lock because REASON\n");
    ls_buffer_free(&out);
}

static void test_explain_json(void **state) {
    (void)state;
    ls_buffer out = {0};
    ls_report_explain_json(&out, &DROP);
    json_t *document = json_loadb(out.text, out.length, 0, NULL);
    assert_string_equal(json_string_value(json_object_get(document, "id")), "drop");
    assert_true(json_is_true(json_object_get(document, "default")));
    json_t *help = json_object_get(document, "help");
    assert_int_equal(json_array_size(help), 4);
    assert_string_equal(json_string_value(json_object_get(json_array_get(help, 0), "when")),
                        "where unique and postgres is at least 14");
    assert_string_equal(json_string_value(json_object_get(json_array_get(help, 3), "text")),
                        "-- {}");
    json_t *examples = json_object_get(document, "examples");
    assert_int_equal(json_array_size(examples), 2);
    json_t *bad = json_array_get(examples, 0), *good = json_array_get(examples, 1);
    assert_true(json_is_true(json_object_get(bad, "bad")));
    assert_string_equal(json_string_value(json_object_get(bad, "history")), "CREATE TABLE a ();");
    assert_null(json_object_get(good, "history"));
    assert_int_equal(json_integer_value(json_object_get(good, "postgres")), 12);
    json_decref(document);
    ls_buffer_free(&out);
}

/* Nothing that a rule says is markup. */
static void test_markdown(void **state) {
    (void)state;
    static const ls_rule cell = {.id = "cell",
                                 .group = "tables",
                                 .severity = LS_SEVERITY_INFO,
                                 .summary = "a|b <c> *d* e_f"};
    static const ls_not_checked left_out = {.check = "what [is] left", .reason = "`for` a reason"};
    const ls_rule *const rules[] = {&cell, &DROP, &LOCK, &NAME};
    ls_buffer out = {0};
    ls_report_rules_markdown(&out, (ls_rule_list){rules, 4}, (ls_not_checked_list){&left_out, 1});
    const char *groups = strstr(out.text, "## style");
    assert_non_null(groups);
    assert_string_equal(
        groups,
        "## style\n\n"
        "| Rule | Severity | Default | Fix | Finds |\n| --- | --- | --- | --- | --- |\n"
        "| [name-style](style/name-style.yaml) | info | off |  | a name |\n"
        "\n## tables\n\n"
        "| Rule | Severity | Default | Fix | Finds |\n| --- | --- | --- | --- | --- |\n"
        "| [cell](tables/cell.yaml) | info | on |  | a\\|b \\<c\\> \\*d\\* e\\_f |\n"
        "| [drop](tables/drop.yaml) | error | on |  | dropping hurts everybody who reads |\n"
        "| [lock](tables/lock.yaml) | warning | on | yes | a lock |\n"
        "\n## Not checked\n\n| What | Why not |\n| --- | --- |\n"
        "| what \\[is\\] left | \\`for\\` a reason |\n");
    ls_buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),         cmocka_unit_test(test_explain_fixes),
        cmocka_unit_test(test_markdown),     cmocka_unit_test(test_explain),
        cmocka_unit_test(test_explain_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
