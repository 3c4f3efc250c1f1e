/* Lengths of time as PostgreSQL writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/duration.h"

#include <limits.h>

static void test_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int milliseconds;
    } CASES[] = {
        {"0", 0},
        {"0s", 0},
        {"00 ms", 0},
        {"100", 100},
        {"5s", 5000},
        {"10 s", 10000},
        {"2min", 120000},
        {"1h", 3600000},
        {"1d", 86400000},
        {"1500us", 2},
        {"499us", 0},
        {"2147483647", INT_MAX},
        {"24d", 24 * 86400000},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int milliseconds = -1;
        if (!ls_duration_read(CASES[i].text, &milliseconds) ||
            milliseconds != CASES[i].milliseconds)
            fail_msg("%s: %d", CASES[i].text, milliseconds);
    }
}

static void test_refused(void **state) {
    (void)state;
    static const char *const TEXTS[] = {
        "",         " ",          "s",    "soon",  "5x",
        "-1",       "+5s",        "5.5s", "1_000", "0x5",
        "5S",       "5 m",        "5s ",  " 5s",   "1e3",
        "25d",      "2147483648", "5ss",  "5s5",   "99999999999999999999999999s",
        "1min 30s",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        int milliseconds;
        if (ls_duration_read(TEXTS[i], &milliseconds))
            fail_msg("%s is taken for %dms", TEXTS[i], milliseconds);
    }
}

static void test_limits(void **state) {
    (void)state;
    assert_false(ls_duration_limits((ls_duration){0}));
    assert_false(ls_duration_limits((ls_duration){.given = true}));
    assert_true(ls_duration_limits((ls_duration){.given = true, .milliseconds = 1}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
