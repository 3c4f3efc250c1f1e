/*
 * examples.c - every example of every built-in rule: a bad one must yield a finding of the rule, a
 * good one must not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/example.h"

#include <string.h>

static bool is_expected(ls_arena *arena, const ls_finding *finding, const ls_example_test *test) {
    const char *at = test->example->at;
    return finding->rule == test->rule &&
           (at == NULL || strcmp(ls_finding_place(arena, finding), at) == 0);
}

/* No text of a finding may have a hole, or a brace that was meant as a placeholder. */
static void check_texts(const ls_finding *finding) {
    assert_non_null(finding->message);
    assert_null(strstr(finding->message, "(null)"));
    assert_int_equal(strlen(finding->fingerprint), 32);
}

static void run(void **state) {
    const ls_example_test *test = *state;
    const ls_rule_example *example = test->example;
    ls_arena *arena = ls_arena_new();
    ls_findings findings = ls_judge_example(arena, example);
    bool fired = false;
    for (LS_EACH(const ls_finding, finding, findings)) {
        check_texts(finding);
        fired = fired || is_expected(arena, finding, test);
    }
    if (fired != example->bad)
        fail_msg("%s must %s%s%s in\n%s\nfound:%s", test->rule->id,
                 example->bad ? "fire" : "not fire", example->at ? " at " : "",
                 example->at ? example->at : "", example->sql, ls_list_findings(arena, &findings));
    ls_arena_free(arena);
}

int main(void) {
    return ls_run_examples("rules", LS_EXAMPLES_ALL, run, NULL);
}
