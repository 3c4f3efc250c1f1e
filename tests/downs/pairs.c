/*
 * pairs.c - what lockstep says of migrations and their downs, pair by pair: pairs FILE...
 *
 * EXAMPLES picks pairs by name; LOCKSTEP_LIST=1 prints what it says instead of comparing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "downs/pair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare_lines(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void sort(ls_words *lines) {
    qsort(lines->items, lines->count, sizeof *lines->items, compare_lines);
}

static void says_what_is_expected(void **state) {
    const down_pair *pair = *state;
    ls_arena *arena = ls_arena_new();
    ls_words verdict = verdict_of_pair(arena, pair), expected = pair->expected;
    sort(&verdict);
    sort(&expected);
    const char *said = verdict_text(arena, &verdict), *wanted = verdict_text(arena, &expected);
    if (getenv("LOCKSTEP_LIST") != NULL)
        printf("%s: %s\n", pair->name, said);
    else if (strcmp(said, wanted) != 0)
        fail_msg("%s:%u: %s\nexpected: %s\nsaid:     %s", pair->file, pair->line, pair->name,
                 wanted, said);
    ls_arena_free(arena);
}

int main(int count, char **arguments) {
    ls_arena *arena = ls_arena_new();
    LS_VECTOR(struct CMUnitTest) tests = {0};
    for (int i = 1; i < count; i++) {
        down_pairs pairs = read_pairs(arena, arguments[i]);
        for (LS_EACH(down_pair, pair, pairs))
            LS_PUSH(arena, &tests,
                    ((struct CMUnitTest){.name = pair->name,
                                         .test_func = says_what_is_expected,
                                         .initial_state = pair}));
    }
    if (getenv("EXAMPLES") != NULL)
        cmocka_set_test_filter(getenv("EXAMPLES"));
    int failed =
        _cmocka_run_group_tests("pairs of up and down", tests.items, tests.count, NULL, NULL);
    ls_arena_free(arena);
    return failed;
}
