/*
 * example.h - what the tests of the rules' examples share: migrations judged by all built-in rules,
 * and a cmocka test for each example.
 *
 * The environment variable EXAMPLES, a pattern with * and ?, picks tests by name:
 * EXAMPLES='index-*' for those of some rules, EXAMPLES='*, bad: *' for the bad ones.
 */
#ifndef TESTS_RULES_EXAMPLE_H
#define TESTS_RULES_EXAMPLE_H

#include "rules/trial.h"

typedef struct {
    const ls_rule *rule;
    const ls_rule_example *example; /* NULL: the test is about the rule as a whole */
} ls_example_test;

/* What all rules find in the judged ones of the migrations, run as the example says. */
ls_findings ls_judge_migrations(ls_arena *arena, const ls_rule_example *example,
                                const ls_example_migrations *migrations);

/* The same of the example itself, after its history. */
ls_findings ls_judge_example(ls_arena *arena, const ls_rule_example *example);

typedef enum { LS_EXAMPLES_ALL, LS_EXAMPLES_BAD } ls_example_choice;

/* Runs `of_example` for each of the built-in rules' examples, and `of_rule`, if any, for each rule;
 * the state of both is an ls_example_test. Returns how many failed. */
int ls_run_examples(const char *name, ls_example_choice choice, void (*of_example)(void **state),
                    void (*of_rule)(void **state));

#endif
