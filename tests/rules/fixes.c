/*
 * fixes.c - the fixes of the findings on bad examples, made.
 *
 * The rules have tried them already; here each is judged once more, by a count of its own: what it
 * was for is found less often, everything parses, and no rule finds an error or a warning that
 * found none before. Where an example says what becomes of it, that is what its first fix makes; a
 * rule with a fix shows one at least.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/example.h"
#include "rules/fixes.h"

#include <stdio.h>
#include <string.h>

static size_t made, refused;

static size_t count_of(const ls_findings *findings, const ls_rule *rule, bool loud) {
    size_t count = 0;
    for (LS_EACH(const ls_finding, finding, *findings))
        count += finding->rule == rule && (!loud || finding->severity != LS_SEVERITY_INFO);
    return count;
}

static bool has_come(const ls_finding *finding, const ls_findings *before) {
    return strcmp(finding->rule->id, "unparsed-statement") == 0 ||
           (finding->severity != LS_SEVERITY_INFO && count_of(before, finding->rule, true) == 0);
}

static void check(ls_arena *arena, const ls_example_test *test, const char *text,
                  const ls_findings *before) {
    const ls_rule_list rules = ls_rules_beside(arena, ls_builtin_rules(), test->rule);
    ls_rule_example fixed = *test->example;
    fixed.sql = text;
    const ls_findings after = ls_try_example(arena, rules, &fixed);
    bool fine = count_of(&after, test->rule, false) < count_of(before, test->rule, false);
    for (LS_EACH(const ls_finding, finding, after))
        fine = fine && !has_come(finding, before);
    if (!fine)
        fail_msg("%s, bad: %s: fixed to\n%s\nit has%s", test->rule->id, test->example->name, text,
                 ls_list_findings(arena, &after));
}

static void check_all(ls_arena *arena, const ls_example_test *test, const ls_findings *findings) {
    for (LS_EACH(const ls_finding, finding, *findings)) {
        if (finding->rule != test->rule || finding->fix.edits.count == 0)
            continue;
        check(arena, test, ls_fixed_text(arena, finding->source, &finding->fix), findings);
        made++;
    }
}

static size_t proposals_of(const ls_findings *findings, const ls_rule *rule) {
    size_t count = 0;
    for (LS_EACH(const ls_finding, finding, *findings))
        count += finding->rule == rule && finding->fix.edits.count > 0;
    return count;
}

static void of_example(void **state) {
    const ls_example_test *test = *state;
    if (test->example->is_plan || test->rule->remedy_count == 0)
        return;
    ls_arena *arena = ls_arena_new();
    const ls_rule_list rules = ls_rules_beside(arena, ls_builtin_rules(), test->rule);
    ls_findings findings = ls_try_example(arena, rules, test->example);
    refused += proposals_of(&findings, test->rule);
    ls_try_fixes(rules, test->example, &findings);
    refused -= proposals_of(&findings, test->rule);
    check_all(arena, test, &findings);
    const char *failure = ls_fixed_failure(arena, &findings, test->rule, test->example);
    if (failure != NULL)
        fail_msg("%s, bad: %s: %s", test->rule->id, test->example->name, failure);
    ls_arena_free(arena);
}

/* An example has no runner that could be asked for anything. */
static bool shows_fixes(const ls_rule *rule) {
    for (size_t i = 0; i < rule->remedy_count; i++)
        if (!rule->remedies[i].outside_transaction)
            return true;
    return false;
}

static void of_rule(void **state) {
    const ls_rule *rule = ((const ls_example_test *)*state)->rule;
    bool shown = !shows_fixes(rule);
    for (size_t i = 0; i < rule->example_count; i++) {
        const char *fixed = rule->examples[i].fixed;
        shown = shown || (fixed != NULL && strcmp(fixed, "none") != 0);
        if (fixed != NULL && rule->remedy_count == 0)
            fail_msg("%s: \"%s\" says what is fixed, but the rule has no fix", rule->id,
                     rule->examples[i].name);
    }
    if (!shown)
        fail_msg("%s: no example shows what its fix makes", rule->id);
}

int main(void) {
    const int failed = ls_run_examples("fixes", LS_EXAMPLES_BAD, of_example, of_rule);
    printf("%zu fixes made, %zu refused\n", made, refused);
    return failed;
}
