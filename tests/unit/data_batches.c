/* INSERT, UPDATE and DELETE: what help can say of batches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects_harness.h"

static const char *part(const char *change, const char *effect, const char *attribute) {
    return value_of(
        effect_of(tell(15, "CREATE TABLE t (id int PRIMARY KEY, a int, b text);", change), effect),
        attribute);
}

static void the_parts_of_a_change_are_as_written(void **state) {
    (void)state;
    const char *update = "UPDATE t SET a = 1,\n  b = 'x, y' -- why\n WHERE a > 2 OR b IS NULL";
    assert_string_equal(part(update, "update", "assignments"), "a = 1, b = 'x, y'");
    assert_string_equal(part(update, "update", "condition"), "a > 2 OR b IS NULL");
    assert_string_equal(part(update, "update", "key"), "id");
    assert_string_equal(
        part("DELETE FROM t WHERE (a, id) = (1, 2) RETURNING id", "delete", "condition"),
        "(a, id) = (1, 2)");
    assert_string_equal(part("UPDATE t SET (a, b) = (SELECT 1, 'x')", "update", "assignments"),
                        "(a, b) = (SELECT 1, 'x')");
}

static void what_cannot_be_cut_into_batches_has_none(void **state) {
    (void)state;
    assert_string_equal(part("UPDATE t x SET a = 1", "update", "one_table"), "");
    assert_string_equal(part("UPDATE t SET a = o.id FROM t o", "update", "one_table"), "");
    assert_string_equal(part("DELETE FROM t USING t o", "delete", "one_table"), "");
    assert_string_equal(part("UPDATE t SET b = $$x$$", "update", "one_table"), "");
    assert_string_equal(part("WITH w AS (SELECT 1) DELETE FROM t", "delete", "one_table"), "");
}

static void names_and_texts_stay_on_their_line(void **state) {
    (void)state;
    const char *update = "UPDATE t SET b = 'it''s -- none\n' || $x$ -- $x$ /* why /* */ */, a = 1";
    assert_string_equal(part(update, "update", "assignments"),
                        "b = 'it''s -- none\n' || $x$ -- $x$ , a = 1");
    const ls_outcome *outcome = tell(15, "", "DROP TABLE \"a\nb\\\"\"c\"");
    assert_string_equal(value_of(effect_of(outcome, "drop_table"), "relation"),
                        "U&\"a\\000Ab\\\\\"\"c\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_parts_of_a_change_are_as_written),
        cmocka_unit_test(what_cannot_be_cut_into_batches_has_none),
        cmocka_unit_test(names_and_texts_stay_on_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
