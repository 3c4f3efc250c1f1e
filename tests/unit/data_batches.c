/* INSERT, UPDATE and DELETE: what help can say of batches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects_harness.h"

static const char *batch(const char *history, const char *change, const char *effect) {
    return value_of(effect_of(tell(15, history, change), effect), "batch");
}

static void a_batch_is_a_range_of_the_key(void **state) {
    (void)state;
    assert_string_equal(batch("CREATE TABLE t (name text PRIMARY KEY);", "DELETE FROM t", "delete"),
                        "name > ... AND name <= ...");
    assert_string_equal(batch("CREATE TABLE t (a int, \"B\" int, PRIMARY KEY (a, \"B\"));",
                              "UPDATE t SET a = 1", "update"),
                        "(a, \"B\") > ... AND (a, \"B\") <= ...");
}

static void of_an_unknown_key_a_batch_says_so(void **state) {
    (void)state;
    const char *unknown = "... /* a range of its key */";
    assert_string_equal(batch("CREATE TABLE t (id int UNIQUE);", "DELETE FROM t", "delete"),
                        unknown);
    assert_string_equal(batch("", "UPDATE t SET a = 1", "update"), unknown);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_batch_is_a_range_of_the_key),
        cmocka_unit_test(of_an_unknown_key_a_batch_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
