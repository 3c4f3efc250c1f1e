/*
 * Rule files that are wrong, and what the loader says of each: each of testdata/rules/bad with the
 * expected lines in a file of the same name and .err. LOCKSTEP_BLESS=1 writes those anew.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/load.h"
#include "support/buffer.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER TESTDATA "/rules/bad"

enum { MOST_FILES = 200 };

static ls_buffer read_file(const char *path) {
    ls_buffer text = {0};
    ls_buffer_add(&text, "", 0);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return text;
    char block[1024];
    for (size_t length; (length = fread(block, 1, sizeof block, file)) > 0;)
        ls_buffer_add(&text, block, length);
    fclose(file);
    return text;
}

static void bless(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static const char *printed(ls_arena *arena, ls_yaml_problems *problems) {
    const char *text = "";
    ls_yaml_sort(problems);
    for (LS_EACH(const ls_yaml_problem, problem, *problems))
        text = ls_arena_format(arena, "%s%s:%u:%u: %s\n", text, problem->file, problem->line,
                               problem->column, problem->message);
    return text;
}

static void bad_file(void **state) {
    const char *name = *state;
    ls_arena *arena = ls_arena_new();
    ls_yaml_problems problems = {0};
    ls_buffer text = read_file(ls_arena_format(arena, FOLDER "/%s", name));
    assert_null(ls_rule_read(arena, name, text.text, text.length, "bad", &problems));
    assert_true(problems.count > 0);
    const char *found = printed(arena, &problems);
    const char *path = ls_arena_format(arena, FOLDER "/%.*s.err", (int)strcspn(name, "."), name);
    if (getenv("LOCKSTEP_BLESS") != NULL)
        bless(path, found);
    ls_buffer expected = read_file(path);
    assert_string_equal(found, expected.text);
    ls_buffer_free(&expected);
    ls_buffer_free(&text);
    ls_arena_free(arena);
}

/* --- What needs no file ---------------------------------------------------------------------- */

#define REST                                                                                       \
    "severity: warning\n"                                                                          \
    "summary: s\n"                                                                                 \
    "message: m {relation}\n"                                                                      \
    "why: |\n"                                                                                     \
    "  because\n"                                                                                  \
    "help:\n"                                                                                      \
    "  - {when: {relation: {existed: true}}, text: '{index?{index}}'}\n"                           \
    "  - {text: '{{}} {relation}'}\n"                                                              \
    "examples:\n"                                                                                  \
    "  - {name: b, bad: SELECT 1, at: '1:2', postgres: 12, transaction: file, history: SELECT "    \
    "2, also: [known], timeout: false, advice: false}\n"                                           \
    "  - {name: g, good: SELECT 3}\n"

static const ls_rule *read_text(ls_arena *arena, const char *name, const char *text,
                                ls_yaml_problems *problems) {
    return ls_rule_read(arena, name, text, strlen(text), NULL, problems);
}

static void good_rule(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_yaml_problems problems = {0};
    const ls_rule *rule =
        read_text(arena, "ops/a-rule.yml",
                  "id: a-rule\ngroup: ours\noff: true\nonce_per_file: true\n"
                  "once_per_statement: true\nonce_per_message: true\n"
                  "over: [b-rule, c-rule]\nlabel: here\n"
                  "fix: {says: 'Say {index}', safe: true, edits: ["
                  "{after: [INDEX, TABLE], write: '{index}'}, {in: clause, at: end, write: X}]}\n"
                  "when:\n"
                  "  - {effect: [drop_index, create_index], postgres: {min: 12, max: 14}}\n"
                  "  - {effect: create_index, index: {present: true}}\n" REST,
                  &problems);
    assert_string_equal(printed(arena, &problems), "");
    assert_non_null(rule);
    assert_string_equal(rule->id, "a-rule");
    assert_string_equal(rule->group, "ours");
    assert_int_equal(rule->severity, LS_SEVERITY_WARNING);
    assert_true(rule->off && rule->once_per_file && rule->once_per_statement);
    assert_true(rule->once_per_message);
    assert_int_equal(rule->effect_count, 2);
    assert_int_equal(rule->effects[0], LS_EFFECT_DROP_INDEX);
    assert_int_equal(rule->when.kind, LS_CONDITION_ANY);
    assert_int_equal(rule->when.part_count, 2);
    assert_string_equal(rule->over[1], "c-rule");
    assert_string_equal(rule->why, "because");
    assert_int_equal(rule->remedy_count, 1);
    assert_string_equal(rule->remedies[0].says, "Say {index}");
    assert_true(rule->remedies[0].safe);
    assert_int_equal(rule->remedies[0].edit_count, 2);
    assert_int_equal(rule->remedies[0].edits[0].spot, LS_SPOT_AFTER);
    assert_string_equal(rule->remedies[0].edits[0].words[1], "table");
    assert_int_equal(rule->remedies[0].edits[1].place, LS_PLACE_CLAUSE);
    assert_int_equal(rule->remedies[0].edits[1].spot, LS_SPOT_END);
    assert_string_equal(rule->label, "here");
    assert_int_equal(rule->example_count, 2);
    assert_true(rule->examples[0].bad && rule->examples[0].file_transaction);
    assert_int_equal(rule->examples[0].postgres, 12);
    assert_string_equal(rule->examples[0].at, "1:2");
    assert_string_equal(rule->examples[0].history, "SELECT 2");
    assert_true(rule->examples[0].no_timeout && rule->examples[0].no_advice);
    assert_int_equal(rule->examples[0].also_count, 1);
    assert_string_equal(rule->examples[0].also[0], "known");
    assert_int_equal(rule->advice_count, 2);
    assert_int_equal(rule->advice[0].when.part_count, 1);
    assert_string_equal(rule->advice[0].text, "{index?{index}}");
    assert_int_equal(rule->advice[1].when.part_count, 0);
    assert_string_equal(rule->examples[1].sql, "SELECT 3");
    assert_false(rule->examples[1].no_timeout || rule->examples[1].no_advice);
    assert_false(rule->examples[1].bad);
    ls_arena_free(arena);
}

static void too_large(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_yaml_problems problems = {0};
    ls_buffer text = {0};
    ls_buffer_fill(&text, '\n', (1 << 20) + 1);
    assert_null(ls_rule_read(arena, "a.yaml", text.text, text.length, NULL, &problems));
    assert_string_equal(printed(arena, &problems), "a.yaml:1:1: the file is larger than 1 MiB\n");
    ls_buffer_free(&text);
    ls_arena_free(arena);
}

/* A text that libyaml's own loader would take minutes for is refused at once. */
static void deep_flow_is_refused_at_once(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_yaml_problems problems = {0};
    ls_buffer text = {0};
    ls_buffer_string(&text, "a: ");
    ls_buffer_fill(&text, '[', 1000000);
    assert_null(ls_rule_read(arena, "a.yaml", text.text, text.length, NULL, &problems));
    assert_string_equal(printed(arena, &problems), "a.yaml:1:35: nested too deeply\n");
    ls_buffer_free(&text);
    ls_arena_free(arena);
}

static void unreadable_file(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_yaml_problems problems = {0};
    assert_null(ls_rule_read_file(arena, FOLDER "/not-there.yaml", NULL, &problems));
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.items[0].message, "cannot be read: No such file or directory");
    ls_arena_free(arena);
}

static const char *not_checked_problems(ls_arena *arena, const char *text) {
    ls_yaml_problems problems = {0};
    ls_not_checked_list list = ls_not_checked_read(arena, "n.yaml", text, strlen(text), &problems);
    assert_int_equal(list.count, 0);
    return printed(arena, &problems);
}

static void not_checked(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_yaml_problems problems = {0};
    static const char text[] = "- check: rows\n  reason: |\n    in\n    lines\n";
    ls_not_checked_list list = ls_not_checked_read(arena, "n.yaml", text, strlen(text), &problems);
    assert_int_equal(list.count, 1);
    assert_int_equal(problems.count, 0);
    assert_string_equal(list.items[0].check, "rows");
    assert_string_equal(list.items[0].reason, "in lines");
    assert_string_equal(not_checked_problems(arena, "check: a"), "n.yaml:1:1: expected a list\n");
    assert_string_equal(not_checked_problems(arena, "- a\n"),
                        "n.yaml:1:3: expected a mapping with \"check\" and \"reason\"\n");
    assert_string_equal(
        not_checked_problems(arena, "- {check: a, reason: b}\n- {chek: a, reason: [b]}\n"),
        "n.yaml:2:3: expected a text for \"check\"\n"
        "n.yaml:2:4: unknown key \"chek\"; did you mean \"check\"?\n"
        "n.yaml:2:21: expected a text for \"reason\"\n");
    list = ls_not_checked_read_file(arena, FOLDER "/not-there.yaml", &problems);
    assert_int_equal(list.count, 0);
    assert_int_equal(problems.count, 1);
    ls_arena_free(arena);
}

static void joining(void **state) {
    (void)state;
    static const ls_rule known_rule = {.id = "known"};
    static const ls_rule *const known_rules[] = {&known_rule};
    static const char *const over_b[] = {"b"}, *const over_a[] = {"a"};
    static const char *const over_others[] = {"knwon", "quite-unlike"};
    static const ls_rule a = {.id = "a", .over = over_b, .over_count = 1};
    static const ls_rule b = {.id = "b", .over = over_a, .over_count = 1};
    static const ls_rule_example example = {.also = over_others, .also_count = 1};
    static const ls_rule c = {
        .id = "c", .over = over_others, .over_count = 2, .examples = &example, .example_count = 1};
    static const ls_rule again = {.id = "known"};
    ls_loaded_rule loaded[] = {{&c, "c"}, {&b, "b"}, {&a, "a"}, {&again, "again"}, {&a, "a2"}};
    ls_arena *arena = ls_arena_new();
    ls_yaml_problems problems = {0};
    ls_loaded_rules all = {.items = loaded, .count = sizeof loaded / sizeof *loaded};
    ls_rule_list rules =
        ls_rules_join(arena, (ls_rule_list){.items = known_rules, .count = 1}, &all, &problems);
    assert_int_equal(rules.count, 4);
    assert_ptr_equal(rules.items[0], &a);
    assert_ptr_equal(rules.items[3], &known_rule);
    assert_ptr_equal(ls_rule_by_id(rules, "b"), &b);
    assert_null(ls_rule_by_id(rules, "z"));
    assert_string_equal(printed(arena, &problems),
                        "a:1:1: over: a is over itself by way of others\n"
                        "a2:1:1: another rule is called \"a\"\n"
                        "a2:1:1: over: a is over itself by way of others\n"
                        "again:1:1: another rule is called \"known\"\n"
                        "b:1:1: over: b is over itself by way of others\n"
                        "c:1:1: also: no rule is called \"knwon\"; did you mean \"known\"?\n"
                        "c:1:1: over: no rule is called \"knwon\"; did you mean \"known\"?\n"
                        "c:1:1: over: no rule is called \"quite-unlike\"\n");
    ls_arena_free(arena);
}

/* --- The files as tests ---------------------------------------------------------------------- */

static int compare_names(const void *one, const void *other) {
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static size_t bad_files(ls_arena *arena, const char **names) {
    size_t count = 0;
    DIR *folder = opendir(FOLDER);
    if (folder == NULL)
        return 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL && count < MOST_FILES;)
        if (strstr(entry->d_name, ".yaml") != NULL)
            names[count++] = ls_arena_string(arena, entry->d_name);
    closedir(folder);
    qsort(names, count, sizeof *names, compare_names);
    return count;
}

int main(void) {
    const struct CMUnitTest others[] = {
        cmocka_unit_test(good_rule),
        cmocka_unit_test(too_large),
        cmocka_unit_test(deep_flow_is_refused_at_once),
        cmocka_unit_test(unreadable_file),
        cmocka_unit_test(not_checked),
        cmocka_unit_test(joining),
    };
    static const char *names[MOST_FILES];
    static struct CMUnitTest files[MOST_FILES];
    ls_arena *arena = ls_arena_new();
    size_t count = bad_files(arena, names);
    for (size_t i = 0; i < count; i++)
        files[i] = (struct CMUnitTest){
            .name = names[i], .test_func = bad_file, .initial_state = (void *)(uintptr_t)names[i]};
    int failed = cmocka_run_group_tests_name("loading", others, NULL, NULL);
    failed += _cmocka_run_group_tests("bad files", files, count, NULL, NULL);
    ls_arena_free(arena);
    return failed + (count == 0);
}
