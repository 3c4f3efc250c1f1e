#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/trial.h"
#include "rules/example.h"

#include <stdlib.h>
#include <string.h>

ls_findings ls_judge_migrations(ls_arena *arena, const ls_rule_example *example,
                                const ls_example_migrations *migrations) {
    return ls_try_migrations(arena, ls_builtin_rules(), example, migrations);
}

ls_findings ls_judge_example(ls_arena *arena, const ls_rule_example *example) {
    if (!example->is_plan)
        return ls_try_example(arena, ls_builtin_rules(), example);
    const char *problem;
    const ls_findings findings = ls_plan_try_example(arena, ls_builtin_rules(), example, &problem);
    if (problem != NULL)
        fail_msg("%s: %s", example->name, problem);
    return findings;
}

/* --- The tests ------------------------------------------------------------------------------- */

typedef LS_VECTOR(struct CMUnitTest) test_list;

static void add_test(ls_arena *arena, test_list *tests, const char *name, void (*function)(void **),
                     const ls_rule *rule, const ls_rule_example *example) {
    ls_example_test *state = LS_NEW(arena, ls_example_test);
    *state = (ls_example_test){.rule = rule, .example = example};
    struct CMUnitTest test = {.name = name, .test_func = function, .initial_state = state};
    LS_PUSH(arena, tests, test);
}

static void add_examples(ls_arena *arena, test_list *tests, const ls_rule *rule,
                         ls_example_choice choice, void (*function)(void **)) {
    for (size_t i = 0; i < rule->example_count; i++) {
        const ls_rule_example *example = &rule->examples[i];
        const char *name = ls_arena_format(arena, "%s, %s: %s", rule->id,
                                           example->bad ? "bad" : "good", example->name);
        if (example->bad || choice == LS_EXAMPLES_ALL)
            add_test(arena, tests, name, function, rule, example);
    }
}

int ls_run_examples(const char *name, ls_example_choice choice, void (*of_example)(void **state),
                    void (*of_rule)(void **state)) {
    ls_arena *arena = ls_arena_new();
    ls_rule_list rules = ls_builtin_rules();
    test_list tests = {0};
    for (size_t i = 0; i < rules.count; i++) {
        add_examples(arena, &tests, rules.items[i], choice, of_example);
        if (of_rule != NULL)
            add_test(arena, &tests, rules.items[i]->id, of_rule, rules.items[i], NULL);
    }
    if (getenv("EXAMPLES") != NULL)
        cmocka_set_test_filter(getenv("EXAMPLES"));
    int failed = _cmocka_run_group_tests(name, tests.items, tests.count, NULL, NULL);
    bool none = tests.count == 0;
    ls_arena_free(arena);
    return failed + none;
}
