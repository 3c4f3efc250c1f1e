/* Patterns of paths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/glob.h"

#include <stdbool.h>
#include <string.h>

static void test_matches(void **state) {
    (void)state;
    static const struct {
        const char *pattern, *path;
        bool matches;
    } CASES[] = {
        {"a.sql", "a.sql", true},
        {"a.sql", "b/a.sql", false},
        {"*.sql", "a.sql", true},
        {"*.sql", "b/a.sql", false},
        {"a?.sql", "a1.sql", true},
        {"a[0-4].sql", "a5.sql", false},
        {"db/*.sql", "db/a.sql", true},
        {"db/*", "db/old/a.sql", false},
        {"**", "a.sql", true},
        {"**", "db/old/a.sql", true},
        {"**/*.sql", "a.sql", true},
        {"**/*.sql", "db/old/a.sql", true},
        {"db/**", "db/old/a.sql", true},
        {"db/**", "db2/a.sql", false},
        {"db/**/a.sql", "db/a.sql", true},
        {"db/**/a.sql", "db/x/y/a.sql", true},
        {"db/**/a.sql", "db/x/y/b.sql", false},
        {"**/old/**/*_fill.sql", "db/old/x/1_fill.sql", true},
        {"**/old/**/*_fill.sql", "db/new/x/1_fill.sql", false},
        {"**/a/b", "a/a/a/b", true},
        {"db/old/", "db/old/a.sql", true},
        {"db/old/", "db/old/x/a.sql", true},
        {"db/old/", "db/older/a.sql", false},
        {"**/old/", "db/old/x/a.sql", true},
        {"db/old", "db/old/a.sql", false},
        {"", "a.sql", false},
        {"*.up.sql", "1_step.sql", false},
        {"a.sql", "sql", false},
        {"*[a-c]_x", "1b_x", true},
        {"*[a-c]_x", "1d_x", false},
        {"*\\*x", "1*x", true},
        {"*\\*x", "12x", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        if (ls_glob_matches(CASES[i].pattern, CASES[i].path) != CASES[i].matches)
            fail_msg("%s on %s", CASES[i].pattern, CASES[i].path);
}

/* A pattern of nothing but ** could try for ever. */
static void test_hostile(void **state) {
    (void)state;
    enum { PARTS = 1000 };
    static char pattern[PARTS * 5 + 2], path[PARTS * 2 + 2];
    for (size_t i = 0; i < PARTS; i++) {
        memcpy(pattern + i * 5, "**/a/", 5);
        memcpy(path + i * 2, "a/", 2);
    }
    strcat(pattern, "b");
    strcat(path, "a");
    assert_false(ls_glob_matches(pattern, path));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matches),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
