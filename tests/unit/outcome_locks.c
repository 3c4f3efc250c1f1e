/* Locks of a statement that has more of them than are looked through. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects_harness.h"

enum { FEW = 16, MANY = 1000 };

static int set_up(void **state) {
    *state = ls_arena_new();
    return 0;
}

static int tear_down(void **state) {
    ls_arena_free(*state);
    return 0;
}

/* Ids far apart, so that their slots are not simply one behind the other. */
static ls_relation_id id_of(uint32_t number) {
    return number * 64 + 1;
}

static void add_lock(ls_arena *arena, ls_outcome *outcome, uint32_t number) {
    const ls_relation_lock lock = {.relation = {.id = id_of(number)},
                                   .mode = number % 2 == 0 ? LS_ACCESS_SHARE : LS_ACCESS_EXCLUSIVE};
    ls_add_lock(arena, outcome, &lock);
}

static void assert_found(const ls_outcome *outcome, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        assert_ptr_equal(ls_find_lock(outcome, id_of(i)), &outcome->locks.items[i]);
    assert_null(ls_find_lock(outcome, id_of(count)));
    assert_null(ls_find_lock(outcome, id_of(0) + 1));
}

/* All that there are are asked for after every lock: also right before and after the table grows,
 * and wherever the locks have moved to. */
static void test_every_lock_is_found_as_they_grow(void **state) {
    ls_outcome outcome = {0};
    for (uint32_t count = 1; count <= MANY; count++) {
        add_lock(*state, &outcome, count - 1);
        assert_int_equal(outcome.locks.count, count);
        assert_found(&outcome, count);
        assert_int_equal(outcome.lock_places.count > 0, count > FEW);
    }
}

static void test_modes_are_those_that_were_added(void **state) {
    ls_outcome outcome = {0};
    for (uint32_t i = 0; i < MANY; i++)
        add_lock(*state, &outcome, i);
    assert_int_equal(ls_outcome_lock(&outcome, id_of(MANY - 2)), LS_ACCESS_SHARE);
    assert_int_equal(ls_outcome_lock(&outcome, id_of(MANY - 1)), LS_ACCESS_EXCLUSIVE);
    assert_int_equal(ls_outcome_lock(&outcome, id_of(MANY)), LS_LOCK_NONE);
    assert_int_equal(ls_outcome_lock(&outcome, 0), LS_LOCK_NONE);
}

/* --- By a statement ------------------------------------------------------------------------- */

static const char *numbered(ls_arena *arena, const char *before, const char *after, int count) {
    const char *text = "";
    for (int i = 0; i < count; i++)
        text = ls_arena_format(arena, "%s%s%d%s", text, before, i, after);
    return text;
}

static ls_lock_mode mode_of(const ls_outcome *outcome, const char *table) {
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks))
        if (strcmp(lock->relation.name, table) == 0)
            return lock->mode;
    return LS_LOCK_NONE;
}

/* Each table is locked weakly, then some strongly, then all weakly once more: one lock a table, and
 * the strongest. */
static void test_the_strongest_mode_is_kept(void **state) {
    enum { TABLES = 40 };
    ls_arena *arena = *state;
    const char *weak = numbered(arena, "LOCK TABLE t", " IN ACCESS SHARE MODE; ", TABLES);
    const char *change =
        ls_arena_join(arena, "DO $$ BEGIN ", weak, "LOCK TABLE t3 IN SHARE MODE; LOCK TABLE t39; ",
                      weak, "END $$;", NULL);
    const ls_outcome *outcome =
        tell(15, numbered(arena, "CREATE TABLE t", " (a int);\n", TABLES), change);
    assert_int_equal(outcome->locks.count, TABLES);
    assert_int_equal(mode_of(outcome, "public.t0"), LS_ACCESS_SHARE);
    assert_int_equal(mode_of(outcome, "public.t3"), LS_SHARE);
    assert_int_equal(mode_of(outcome, "public.t38"), LS_ACCESS_SHARE);
    assert_int_equal(mode_of(outcome, "public.t39"), LS_ACCESS_EXCLUSIVE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_lock_is_found_as_they_grow, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_modes_are_those_that_were_added, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_strongest_mode_is_kept, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
