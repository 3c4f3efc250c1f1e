/*
 * examples.c - every example of every built-in rule: a bad one must yield a finding of the rule, a
 * good one must not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/trial.h"
#include "rules/example.h"
#include "rules/fingerprint.h"

#include <string.h>

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
    ls_fingerprint(arena, &findings);
    for (LS_EACH(const ls_finding, finding, findings))
        check_texts(finding);
    const char *failure = ls_any_example_failure(arena, ls_builtin_rules(), test->rule, example);
    if (failure != NULL)
        fail_msg("%s, %s\nin\n%s", test->rule->id, failure, example->sql);
    ls_arena_free(arena);
}

int main(void) {
    return ls_run_examples("rules", LS_EXAMPLES_ALL, run, NULL);
}
