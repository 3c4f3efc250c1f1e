/*
 * advice.c - whether the help of the findings on bad examples is any better.
 *
 * Each help is judged in the place of its statement, by all rules but those of style, as a runner
 * with a lock_timeout would run it: it must parse, and no error may be left, in it or before it.
 * What `also` names is another cause than the one that is helped against.
 *
 * A help that is comments alone passes, and so does an example with `advice: false`; both are
 * listed at the end, so that they cannot hide.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/advised.h"

#include <stdio.h>
#include <string.h>

/* Names for the list at the end; "rule (3), other (1)" is made of them. */
typedef struct {
    ls_arena *arena;
    ls_words comments_alone, not_run;
} skipped_advice;

static skipped_advice skipped;

static bool is_also(const ls_rule_example *example, const char *id) {
    for (size_t i = 0; i < example->also_count; i++)
        if (strcmp(example->also[i], id) == 0)
            return true;
    return false;
}

static bool is_left(const ls_finding *finding, const ls_rule_example *example) {
    return finding->severity == LS_SEVERITY_ERROR && strcmp(finding->rule->group, "style") != 0 &&
           !is_also(example, finding->rule->id);
}

static ls_findings errors_left(ls_arena *arena, const ls_rule_example *example,
                               const ls_advised *advised) {
    const ls_rule_example runner = {.postgres = example->postgres};
    ls_findings findings = ls_judge_migrations(arena, &runner, &advised->migrations), left = {0};
    for (LS_EACH(const ls_finding, finding, findings))
        if (is_left(finding, example))
            LS_PUSH(arena, &left, *finding);
    return left;
}

static void follow(ls_arena *arena, const ls_example_test *test, const ls_finding *finding,
                   const ls_advised *advised) {
    ls_findings left = errors_left(arena, test->example, advised);
    if (left.count > 0)
        fail_msg("%s, bad: %s: the help\n%s\nstill has%s", test->rule->id, test->example->name,
                 finding->help, ls_list_findings(arena, &left));
    if (advised->comments_alone)
        LS_PUSH(skipped.arena, &skipped.comments_alone, test->rule->id);
}

static void of_example(void **state) {
    const ls_example_test *test = *state;
    if (test->example->no_advice || test->example->is_plan)
        LS_PUSH(skipped.arena, &skipped.not_run, test->rule->id);
    else
        ls_each_advice(test, follow);
}

static void print_skipped(const char *what, const ls_words *rules) {
    printf("%zu %s", (size_t)rules->count, what);
    for (size_t i = 0, times; i < rules->count; i += times) {
        for (times = 1;
             i + times < rules->count && strcmp(rules->items[i], rules->items[i + times]) == 0;)
            times++;
        printf("%s %s (%zu)", i == 0 ? ":" : ",", rules->items[i], times);
    }
    printf("\n");
}

int main(void) {
    skipped.arena = ls_arena_new();
    int failed = ls_run_examples("advice", LS_EXAMPLES_BAD, of_example, NULL);
    print_skipped("pieces of help are comments alone", &skipped.comments_alone);
    print_skipped("examples have advice: false", &skipped.not_run);
    ls_arena_free(skipped.arena);
    return failed;
}
