/*
 * strict.c - the examples before all rules at once, but for those of style, which are taste.
 *
 * A good example is one that a reader may copy: no rule finds an error in it. A bad one shows one
 * cause: other rules find something only where `also` names them. A rule shows two of each at
 * least, and every finding says what to do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/example.h"

#include <string.h>

enum { FEWEST_EXAMPLES = 2 };

static bool is_of_style(const ls_finding *finding) {
    return strcmp(finding->rule->group, "style") == 0;
}

static bool is_named(const ls_rule_example *example, const char *id) {
    for (size_t i = 0; i < example->also_count; i++)
        if (strcmp(example->also[i], id) == 0)
            return true;
    return false;
}

static bool is_found(const ls_findings *findings, const char *id) {
    for (LS_EACH(const ls_finding, finding, *findings))
        if (strcmp(finding->rule->id, id) == 0)
            return true;
    return false;
}

/* What is wrong with the finding in the example; NULL if nothing is. */
static const char *problem_of(const ls_finding *finding, const ls_example_test *test) {
    if (finding->rule == test->rule) {
        if (finding->help == NULL || finding->help[0] == 0)
            return "no help fits";
        return strstr(finding->help, "...") != NULL ? "its help has a hole" : NULL;
    }
    if (is_of_style(finding))
        return NULL;
    if (!test->example->bad)
        return finding->severity == LS_SEVERITY_ERROR ? "an error in a good example" : NULL;
    return is_named(test->example, finding->rule->id) ? NULL : "another rule, not in also";
}

static void of_example(void **state) {
    const ls_example_test *test = *state;
    const ls_rule_example *example = test->example;
    ls_arena *arena = ls_arena_new();
    ls_findings findings = ls_judge_example(arena, example);
    const char *problems = "";
    for (LS_EACH(const ls_finding, finding, findings)) {
        const char *problem = problem_of(finding, test);
        if (problem != NULL)
            problems = ls_arena_format(arena, "%s\n  %s: %s", problems, finding->rule->id, problem);
    }
    for (size_t i = 0; i < example->also_count; i++)
        if (!is_found(&findings, example->also[i]))
            problems = ls_arena_format(arena, "%s\n  %s: in also, but finds nothing", problems,
                                       example->also[i]);
    if (problems[0] != 0)
        fail_msg("%s, %s: %s%s\nin\n%s\nfound:%s", test->rule->id, example->bad ? "bad" : "good",
                 example->name, problems, example->sql, ls_list_findings(arena, &findings));
    ls_arena_free(arena);
}

static void of_rule(void **state) {
    const ls_rule *rule = ((const ls_example_test *)*state)->rule;
    size_t bad = 0;
    for (size_t i = 0; i < rule->example_count; i++)
        bad += rule->examples[i].bad;
    size_t good = rule->example_count - bad;
    if (bad < FEWEST_EXAMPLES || good < FEWEST_EXAMPLES)
        fail_msg("%s has %zu bad and %zu good examples; expected %d of each at least", rule->id,
                 bad, good, FEWEST_EXAMPLES);
}

int main(void) {
    return ls_run_examples("rules, strictly", LS_EXAMPLES_ALL, of_example, of_rule);
}
