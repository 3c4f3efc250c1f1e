/*
 * example.h - what the tests of the rules' examples share: migrations replayed and judged by all
 * rules, and a cmocka test for each example.
 *
 * The environment variable EXAMPLES, a pattern with * and ?, picks tests by name:
 * EXAMPLES='index-*' for those of some rules, EXAMPLES='*, bad: *' for the bad ones.
 */
#ifndef TESTS_RULES_EXAMPLE_H
#define TESTS_RULES_EXAMPLE_H

#include "effects/replay.h"
#include "rules/rules.h"

typedef struct {
    const ls_rule *rule;
    const ls_rule_example *example; /* NULL: the test is about the rule as a whole */
} ls_example_test;

typedef struct {
    const char *text;
    bool judged; /* else it is history: applied already */
} ls_example_migration;
typedef LS_VECTOR(ls_example_migration) ls_example_migrations;

/* The parts of a text between the lines that begin with `separator`; what follows it on such a line
 * is dropped. */
ls_words ls_split_at_lines(ls_arena *arena, const char *text, const char *separator);

/* The example's history, as migrations. */
ls_example_migrations ls_example_history(ls_arena *arena, const ls_rule_example *example);

/* What all rules find in the judged ones of the migrations, run as the example says. */
ls_findings ls_judge_migrations(ls_arena *arena, const ls_rule_example *example,
                                const ls_example_migrations *migrations);

/* The same of the example itself, after its history. */
ls_findings ls_judge_example(ls_arena *arena, const ls_rule_example *example);

/* The statements of a text. */
ls_script *ls_read_script(ls_arena *arena, const char *name, const char *text);

/* "line:column" */
const char *ls_finding_place(ls_arena *arena, const ls_finding *finding);

/* The findings for the message of a failure, each on a line of its own. */
const char *ls_list_findings(ls_arena *arena, const ls_findings *findings);

typedef enum { LS_EXAMPLES_ALL, LS_EXAMPLES_BAD } ls_example_choice;

/* Runs `of_example` for each of the built-in rules' examples, and `of_rule`, if any, for each rule;
 * the state of both is an ls_example_test. Returns how many failed. */
int ls_run_examples(const char *name, ls_example_choice choice, void (*of_example)(void **state),
                    void (*of_rule)(void **state));

#endif
