/* Tables that the configuration calls hot or small, and the timeouts that the runner sets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects_harness.h"

static const char *hot_patterns[] = {"orders", "audit.*"};
static const char *small_patterns[] = {"*_kinds", "countries"};

/* The last statement of the change, with what the configuration says. */
static const ls_outcome *tell_with(ls_runner_settings runner, const char *history,
                                   const char *change) {
    end_story(NULL);
    ls_replay_options options = {
        .postgres = 15,
        .runner = runner,
        .hot_tables = {.items = hot_patterns, .count = 2},
        .small_tables = {.items = small_patterns, .count = 2},
    };
    story.arena = ls_arena_new();
    story.replay = ls_replay_new(&options);
    run_file(history, true);
    return run_file(change, false);
}

static void relations(void **state) {
    (void)state;
    static const struct {
        const char *change;
        const char *kind;
        bool hot, small;
    } CASES[] = {
        {"ALTER TABLE orders ADD COLUMN a int", "add_column", true, false},
        {"ALTER TABLE shop.orders ADD COLUMN a int", "add_column", true, false},
        {"ALTER TABLE orders_old ADD COLUMN a int", "add_column", false, false},
        {"ALTER TABLE audit.log ADD COLUMN a int", "add_column", true, false},
        {"ALTER TABLE log ADD COLUMN a int", "add_column", false, false},
        {"ALTER TABLE orders_1 ADD COLUMN a int", "add_column", true, false},
        {"DROP INDEX kinds_idx", "drop_index", false, true},
        {"UPDATE user_kinds SET id = 1", "update", false, true},
    };
    static const char history[] = "CREATE SCHEMA shop; CREATE SCHEMA audit;"
                                  "CREATE TABLE orders (id int) PARTITION BY RANGE (id);"
                                  "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (1) "
                                  "TO (2);"
                                  "CREATE TABLE shop.orders (id int); CREATE TABLE audit.log (id "
                                  "int); CREATE TABLE log (id int); CREATE TABLE orders_old (id "
                                  "int); CREATE TABLE user_kinds (id int);"
                                  "CREATE INDEX kinds_idx ON user_kinds (id);";
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const ls_outcome *outcome = tell_with((ls_runner_settings){0}, history, CASES[i].change);
        const ls_effect *effect = effect_of(outcome, CASES[i].kind);
        if (effect == NULL || ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_HOT) != CASES[i].hot ||
            ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_SMALL) != CASES[i].small)
            fail_msg("%s", CASES[i].change);
    }
}

static void others(void **state) {
    (void)state;
    const ls_outcome *outcome =
        tell_with((ls_runner_settings){0},
                  "CREATE TABLE orders (id int PRIMARY KEY); CREATE TABLE items (id int);",
                  "ALTER TABLE items ADD FOREIGN KEY (id) REFERENCES orders NOT VALID");
    const ls_effect *effect = effect_of(outcome, "add_constraint");
    assert_true(ls_effect_flag(effect, LS_ATTRIBUTE_REFERENCED_HOT));
    assert_false(ls_effect_flag(effect, LS_ATTRIBUTE_REFERENCED_SMALL));
    assert_false(ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_HOT));
}

/* Nothing grows with a table that stays small; the lock is told all the same. */
static void work_on_small_tables(void **state) {
    (void)state;
    static const char history[] = "CREATE TABLE users (id int); CREATE TABLE countries (id int);";
    const ls_outcome *outcome =
        tell_with((ls_runner_settings){0}, history,
                  "BEGIN; ALTER TABLE users ADD COLUMN a int; UPDATE countries SET id = 1");
    assert_null(effect_of(outcome, "work_under_lock"));
    outcome = tell_with((ls_runner_settings){0}, history,
                        "BEGIN; ALTER TABLE countries ADD COLUMN a int; UPDATE users SET id = 1");
    assert_non_null(effect_of(outcome, "work_under_lock"));
    outcome = tell_with((ls_runner_settings){0}, history,
                        "ALTER TABLE countries ALTER COLUMN id SET NOT NULL");
    assert_non_null(effect_of(outcome, "strong_lock"));
}

static const char *timeout_of(ls_duration lock_timeout, const char *change) {
    const ls_outcome *outcome = tell_with((ls_runner_settings){.lock_timeout = lock_timeout},
                                          "CREATE TABLE users (id int)", change);
    return ls_effect_text(effect_of(outcome, "strong_lock"), LS_ATTRIBUTE_TIMEOUT);
}

static void runner(void **state) {
    (void)state;
    const ls_duration none = {0}, zero = {.given = true}, some = {true, 5000};
    static const char alter[] = "ALTER TABLE users ADD COLUMN a int";
    assert_string_equal(timeout_of(none, alter), "none");
    assert_string_equal(timeout_of(zero, alter), "zero");
    assert_string_equal(timeout_of(some, alter), "runner");
    assert_string_equal(
        timeout_of(some, "SET lock_timeout = 0; ALTER TABLE users ADD COLUMN a int"), "zero");

    const ls_outcome *outcome =
        tell_with((ls_runner_settings){.statement_timeout = some}, "CREATE TABLE users (id int)",
                  "CREATE INDEX CONCURRENTLY i ON users (id)");
    const ls_effect *effect = effect_of(outcome, "create_index");
    assert_true(ls_effect_flag(effect, LS_ATTRIBUTE_TIMEOUT_IN_FORCE));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relations),
        cmocka_unit_test(others),
        cmocka_unit_test(work_on_small_tables),
        cmocka_unit_test(runner),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
