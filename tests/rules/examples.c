/*
 * The examples of the built-in rules as tests: each is replayed and judged like a migration, and
 * its rule must fire, at its place, or must not. All other rules are judged along with it, so that
 * what one is folded into is seen. EXAMPLES=glob picks tests by name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects/replay.h"
#include "rules/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_POSTGRES = 15 };

typedef struct {
    const ls_rule *rule;
    const ls_rule_example *example;
} test_case;

/* --- Replaying ------------------------------------------------------------------------------- */

static ls_script *read_script(ls_arena *arena, const char *name, const char *text, size_t length) {
    ls_text_problem problem;
    const ls_source *source =
        ls_source_new(arena, name, ls_arena_copy(arena, text, length), length, &problem);
    assert_non_null(source);
    return ls_script_read(arena, source);
}

static void apply(ls_replay *replay, const ls_script *script) {
    ls_replay_begin_file(replay, script, true);
    for (size_t i = 0; i < script->statements.count; i++)
        ls_replay_statement(replay, script->statements.items[i]);
    ls_replay_end_file(replay);
}

/* The next line that says `---` and nothing else, or the end of the text. */
static const char *separator(const char *text) {
    const char *line = text;
    for (; *line != 0; line += strcspn(line, "\n"), line += *line == '\n')
        if (strncmp(line, "---", 3) == 0 && strchr("\n", line[3]) != NULL)
            return line;
    return line;
}

static void apply_history(ls_arena *arena, ls_replay *replay, const char *text) {
    while (text != NULL && *text != 0) {
        const char *end = separator(text);
        apply(replay, read_script(arena, "earlier.sql", text, (size_t)(end - text)));
        text = end + strcspn(end, "\n");
        text += *text == '\n';
    }
}

static ls_findings judge(ls_arena *arena, const test_case *test) {
    const ls_rule_example *example = test->example;
    ls_replay_options options = {
        .postgres = example->postgres == 0 ? DEFAULT_POSTGRES : example->postgres,
        .transaction =
            example->file_transaction ? LS_TRANSACTION_PER_FILE : LS_TRANSACTION_PER_STATEMENT};
    ls_replay *replay = ls_replay_new(&options);
    apply_history(arena, replay, example->history);
    const ls_script *script =
        read_script(arena, "migration.sql", example->sql, strlen(example->sql));
    const char *everything[] = {"*"};
    ls_words select = {.items = everything, .count = 1};
    ls_rule_choice choice = {.rules = ls_builtin_rules(), .select = &select};
    ls_judge *judging = ls_judge_new(arena, ls_choose_rules(arena, &choice), script->source, 0);
    ls_findings findings = {0};
    ls_replay_begin_file(replay, script, false);
    for (size_t i = 0; i < script->statements.count; i++)
        ls_judge_outcome(judging, ls_replay_statement(replay, script->statements.items[i]));
    ls_judge_outcome(judging, ls_replay_end_file(replay));
    const ls_suppressions suppressions = ls_suppressions_of(arena, script);
    ls_judge_suppressions(judging, &suppressions);
    ls_judge_finish(judging, &findings);
    ls_replay_free(replay);
    return findings;
}

/* --- Comparing ------------------------------------------------------------------------------- */

static const char *place_of(ls_arena *arena, const ls_finding *finding) {
    ls_position at = ls_source_position(finding->source, finding->at.begin);
    return ls_arena_format(arena, "%u:%u", at.line, at.column);
}

/* What was found, for the message of a failure. */
static const char *listed(ls_arena *arena, const ls_findings *findings) {
    const char *list = findings->count == 0 ? "\n  nothing" : "";
    for (LS_EACH(const ls_finding, finding, *findings))
        list = ls_arena_format(arena, "%s\n  %s %s: %s", list, place_of(arena, finding),
                               finding->rule->id, finding->message);
    return list;
}

static bool is_expected(ls_arena *arena, const ls_finding *finding, const test_case *test) {
    return finding->rule == test->rule &&
           (test->example->at == NULL || strcmp(place_of(arena, finding), test->example->at) == 0);
}

/* No text of a finding may have a hole, or a brace that was meant as a placeholder. */
static void check_texts(const ls_finding *finding) {
    assert_non_null(finding->message);
    assert_null(strstr(finding->message, "(null)"));
    assert_non_null(finding->help);
    assert_int_equal(strlen(finding->fingerprint), 32);
}

static void run(void **state) {
    const test_case *test = *state;
    ls_arena *arena = ls_arena_new();
    ls_findings findings = judge(arena, test);
    bool fired = false;
    for (LS_EACH(const ls_finding, finding, findings)) {
        check_texts(finding);
        fired = fired || is_expected(arena, finding, test);
    }
    if (fired != test->example->bad)
        fail_msg("%s must %s%s%s in\n%s\nfound:%s", test->rule->id,
                 test->example->bad ? "fire" : "not fire", test->example->at ? " at " : "",
                 test->example->at ? test->example->at : "", test->example->sql,
                 listed(arena, &findings));
    ls_arena_free(arena);
}

static size_t count_examples(ls_rule_list rules) {
    size_t count = 0;
    for (size_t i = 0; i < rules.count; i++)
        count += rules.items[i]->example_count;
    return count;
}

static void add_tests(ls_arena *arena, struct CMUnitTest **next, const ls_rule *rule) {
    for (size_t i = 0; i < rule->example_count; i++) {
        test_case *test = LS_NEW(arena, test_case);
        *test = (test_case){.rule = rule, .example = &rule->examples[i]};
        *(*next)++ = (struct CMUnitTest){
            .name = ls_arena_format(arena, "%s, %s: %s", rule->id,
                                    test->example->bad ? "bad" : "good", test->example->name),
            .test_func = run,
            .initial_state = test};
    }
}

int main(void) {
    ls_arena *arena = ls_arena_new();
    ls_rule_list rules = ls_builtin_rules();
    size_t count = count_examples(rules);
    struct CMUnitTest *tests = LS_NEW_ARRAY(arena, struct CMUnitTest, count), *next = tests;
    for (size_t i = 0; i < rules.count; i++)
        add_tests(arena, &next, rules.items[i]);
    if (getenv("EXAMPLES") != NULL)
        cmocka_set_test_filter(getenv("EXAMPLES"));
    int failed = _cmocka_run_group_tests("rules", tests, count, NULL, NULL);
    ls_arena_free(arena);
    return failed + (count == 0);
}
