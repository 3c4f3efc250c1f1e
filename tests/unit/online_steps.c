/*
 * What effects say for the help: names, keys and conditions of the steps that do a change online,
 * and what later statements make good.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects_harness.h"

#include <stdio.h>

static const char *value_after(const char *history, const char *change, const char *effect,
                               const char *attribute) {
    return value_of(effect_of(tell(15, history, change), effect), attribute);
}

static void a_batch_goes_by_a_key_that_every_row_has(void **state) {
    (void)state;
    static const struct {
        const char *history, *key;
    } samples[] = {
        {"CREATE TABLE t (id int PRIMARY KEY, a int);", "id"},
        {"CREATE TABLE t (id int PRIMARY KEY, b int NOT NULL UNIQUE, a int);", "id"},
        {"CREATE TABLE t (b int NOT NULL UNIQUE, a int);", "b"},
        {"CREATE TABLE t (b int UNIQUE, a int);", ""},
        {"CREATE TABLE t (b int NOT NULL, a int); CREATE UNIQUE INDEX i ON t (b) WHERE a > 0;", ""},
        {"CREATE TABLE t (b int, c int, a int, PRIMARY KEY (b, c));", ""},
        {"CREATE TABLE t (\"B\" int PRIMARY KEY, a int);", "\"B\""},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        assert_string_equal(value_after(samples[i].history,
                                        "ALTER TABLE t ALTER COLUMN a TYPE bigint",
                                        "alter_column_type", "key"),
                            samples[i].key);
}

static void a_successor_has_free_names(void **state) {
    (void)state;
    const char *history = "CREATE TABLE s.t (id int PRIMARY KEY, a int, a_new int);";
    const char *change = "ALTER TABLE s.t ALTER COLUMN a TYPE bigint USING a * 2 -- twice\n";
    const ls_effect *effect = effect_of(tell(15, history, change), "alter_column_type");
    assert_string_equal(value_of(effect, "new_name"), "a_new2");
    assert_string_equal(value_of(effect, "trigger"), "t_a_sync");
    assert_string_equal(value_of(effect, "trigger_function"), "s.t_a_sync");
    assert_string_equal(value_of(effect, "value"), "a * 2");
    assert_string_equal(value_of(effect, "row_value"), "(SELECT a * 2 FROM (SELECT NEW.*) AS t)");
}

static void a_domain_asks_the_same_of_a_column(void **state) {
    (void)state;
    static const struct {
        const char *domain, *condition;
    } samples[] = {
        {"CREATE DOMAIN d AS int CHECK (VALUE > 0 OR VALUE < -9);", "a > 0 OR a < -9"},
        {"CREATE DOMAIN d AS text CHECK (value <> 'VALUE' AND length(VALUE) > 1);",
         "a <> 'VALUE' AND length(a) > 1"},
        {"CREATE DOMAIN d AS int NOT NULL CHECK (VALUE > 0);", "(a > 0) AND a IS NOT NULL"},
        {"CREATE DOMAIN e AS int CHECK (VALUE > 0); CREATE DOMAIN d AS e CHECK (VALUE < 9);",
         "(a < 9) AND (a > 0)"},
        {"CREATE DOMAIN d AS int CHECK (VALUE > 0 -- no value\n AND\n\n VALUE < 9);",
         "a > 0 AND a < 9"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char history[192];
        snprintf(history, sizeof history, "%s CREATE TABLE t (id int);", samples[i].domain);
        const ls_effect *effect =
            effect_of(tell(15, history, "ALTER TABLE t ADD COLUMN a d DEFAULT 1"), "add_column");
        assert_string_equal(value_of(effect, "condition"), samples[i].condition);
    }
}

static void a_plain_definition_leaves_out_what_costs(void **state) {
    (void)state;
    static const struct {
        const char *written, *plain;
    } samples[] = {
        {"a int CHECK (a > 0)", "a int"},
        {"a int NOT NULL DEFAULT 1 CHECK (a > 0)", "a int NOT NULL DEFAULT 1"},
        {"a int NOT NULL DEFAULT random()", "a int"},
        {"a text COLLATE \"C\" UNIQUE", "a text COLLATE \"C\""},
        {"a bigserial", "a bigint"},
        {"a int DEFAULT 1 REFERENCES t (id)", "a int DEFAULT 1"},
        {"a int UNIQUE REFERENCES t (id)", "a int REFERENCES t (id)"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char change[128];
        snprintf(change, sizeof change, "ALTER TABLE t ADD COLUMN %s", samples[i].written);
        assert_string_equal(
            value_after("CREATE TABLE t (id int PRIMARY KEY);", change, "add_column", "plain"),
            samples[i].plain);
    }
}

static void narrower_types_have_a_condition(void **state) {
    (void)state;
    static const struct {
        const char *from, *to, *condition;
    } samples[] = {
        {"varchar(9)", "varchar(5)", "char_length(a) <= 5"},
        {"text", "char(2)", "char_length(a) <= 2"},
        {"bigint", "int", "a BETWEEN -2147483648 AND 2147483647"},
        {"numeric(9,4)", "numeric(6,2)", "a = round(a, 2) AND abs(a) < 1e4"},
        {"timestamptz", "date", ""},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char history[64], change[64];
        snprintf(history, sizeof history, "CREATE TABLE t (a %s);", samples[i].from);
        snprintf(change, sizeof change, "ALTER TABLE t ALTER COLUMN a TYPE %s", samples[i].to);
        assert_string_equal(value_after(history, change, "alter_column_type", "condition"),
                            samples[i].condition);
    }
}

/* --- Later ----------------------------------------------------------------------------------- */

static const ls_script *script_of(const char *name, const char *sql) {
    ls_text_problem problem = {0};
    const ls_source *source = ls_source_new(story.arena, name, sql, strlen(sql), &problem);
    assert_non_null(source);
    return ls_script_read(story.arena, source);
}

/* The first statement of the first of two files, of which both are known before. */
static const ls_outcome *tell_first(const char *first, const char *second) {
    end_story(NULL);
    ls_replay_options options = {.postgres = 15};
    story.arena = ls_arena_new();
    story.replay = ls_replay_new(&options);
    const ls_script *scripts[] = {script_of("1.sql", first), script_of("2.sql", second)};
    ls_replay_list_run(story.replay, scripts, 2, 0);
    ls_replay_begin_file(story.replay, scripts[0], LS_TRANSACTION_PER_STATEMENT, true);
    return ls_replay_statement(story.replay, scripts[0]->statements.items[0]);
}

static void an_index_may_come_in_a_later_file(void **state) {
    (void)state;
    static const struct {
        const char *later, *indexed;
    } samples[] = {
        {"SELECT 1", "no"},
        {"CREATE INDEX CONCURRENTLY ON t (b)", "yes"},
        {"CREATE INDEX ON t (b, a)", "yes"},
        {"CREATE INDEX ON t (b) WHERE b IS NOT NULL", "yes"},
        {"CREATE INDEX ON t (a, b)", "no"},
        {"CREATE INDEX ON t (b) WHERE a > 0", "no"},
        {"CREATE INDEX ON t USING gin (b)", "no"},
        {"CREATE INDEX ON other.t (b)", "no"},
        {"ALTER TABLE t ADD UNIQUE (b, a)", "yes"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const ls_outcome *outcome =
            tell_first("CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES t)", samples[i].later);
        assert_string_equal(value_of(effect_of(outcome, "new_foreign_key"), "indexed"),
                            samples[i].indexed);
    }
}

static void a_constraint_may_be_validated_in_a_later_file(void **state) {
    (void)state;
    static const struct {
        const char *later, *validated;
    } samples[] = {
        {"SELECT 1", "no"},
        {"ALTER TABLE t VALIDATE CONSTRAINT c", "yes"},
        {"ALTER TABLE t VALIDATE CONSTRAINT d", "no"},
        {"ALTER TABLE other.t VALIDATE CONSTRAINT c", "no"},
        {"ALTER TABLE t DROP CONSTRAINT c", "yes"},
        {"DROP TABLE t", "yes"},
        {"DO $$ BEGIN EXECUTE 'ALTER TABLE t VALIDATE CONSTRAINT ' || 'c'; END $$", "yes"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const ls_outcome *outcome =
            tell_first("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID", samples[i].later);
        assert_string_equal(value_of(effect_of(outcome, "add_constraint"), "validated_later"),
                            samples[i].validated);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_batch_goes_by_a_key_that_every_row_has),
        cmocka_unit_test(a_successor_has_free_names),
        cmocka_unit_test(a_domain_asks_the_same_of_a_column),
        cmocka_unit_test(a_plain_definition_leaves_out_what_costs),
        cmocka_unit_test(narrower_types_have_a_condition),
        cmocka_unit_test(an_index_may_come_in_a_later_file),
        cmocka_unit_test(a_constraint_may_be_validated_in_a_later_file),
    };
    return cmocka_run_group_tests_name("online steps", tests, NULL, end_story);
}
