/* The SQL that effects give to a help: bounds, partitions, indexes that others make up for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects_harness.h"

#include <stdio.h>

typedef struct {
    const char *history, *change, *value;
} sample;

static void check(const char *effect, const char *attribute, const sample *samples, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const ls_outcome *outcome = tell(15, samples[i].history, samples[i].change);
        assert_string_equal(value_of(effect_of(outcome, effect), attribute), samples[i].value);
    }
}

#define CHECK(effect, attribute, samples)                                                          \
    check(effect, attribute, samples, sizeof samples / sizeof *samples)

#define RANGE "CREATE TABLE p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE n (a int, b int);"
#define ROWS                                                                                       \
    "CREATE TABLE p (a int, b int) PARTITION BY RANGE (a, b); CREATE TABLE n (a int, b int);"
#define LIST "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE n (a int);"

static void a_bound_becomes_a_condition(void **state) {
    (void)state;
    static const sample samples[] = {
        {RANGE, "ALTER TABLE p ATTACH PARTITION n FOR VALUES FROM (1) TO (MAXVALUE)",
         "a IS NOT NULL AND a >= 1"},
        {ROWS, "ALTER TABLE p ATTACH PARTITION n FOR VALUES FROM (1, 2) TO (3, 4)",
         "a IS NOT NULL AND b IS NOT NULL AND (a > 1 OR (a = 1 AND b >= 2)) AND "
         "(a < 3 OR (a = 3 AND b < 4))"},
        {ROWS, "ALTER TABLE p ATTACH PARTITION n FOR VALUES FROM (1, 2) TO (1, 4)",
         "a IS NOT NULL AND b IS NOT NULL AND a = 1 AND b >= 2 AND b < 4"},
        {ROWS, "ALTER TABLE p ATTACH PARTITION n FOR VALUES FROM (1, MINVALUE) TO (3, 4)", ""},
        {LIST, "ALTER TABLE p ATTACH PARTITION n FOR VALUES IN (1, NULL)", "a IS NULL OR a IN (1)"},
        {LIST, "ALTER TABLE p ATTACH PARTITION n FOR VALUES IN (NULL)", "a IS NULL"},
        {LIST, "ALTER TABLE p ATTACH PARTITION n DEFAULT", ""},
        {"CREATE TABLE p (a int) PARTITION BY RANGE ((a + 1)); CREATE TABLE n (a int);",
         "ALTER TABLE p ATTACH PARTITION n FOR VALUES FROM (1) TO (2)", ""},
    };
    CHECK("attach_partition", "check", samples);
}

static void a_bound_is_kept_out_of_the_default(void **state) {
    (void)state;
    static const sample samples[] = {
        {RANGE, "ALTER TABLE p ATTACH PARTITION n FOR VALUES FROM (MINVALUE) TO (2)",
         "a IS NULL OR a >= 2"},
        {LIST, "ALTER TABLE p ATTACH PARTITION n FOR VALUES IN (1, 2)",
         "a IS NULL OR a NOT IN (1, 2)"},
        {LIST, "ALTER TABLE p ATTACH PARTITION n FOR VALUES IN (1, NULL)",
         "a IS NOT NULL AND a NOT IN (1)"},
    };
    CHECK("attach_partition", "exclusion", samples);
}

#define PARTITION "CREATE TABLE p (a int, b int) PARTITION BY LIST (a);"

static void each_partition_gets_its_index(void **state) {
    (void)state;
    static const sample samples[] = {
        {PARTITION "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);",
         "CREATE INDEX \"I\" ON p (b) WHERE b > 0",
         "CREATE INDEX CONCURRENTLY p1_b_idx ON p1 (b) WHERE b > 0;\n"
         "ALTER INDEX \"I\" ATTACH PARTITION p1_b_idx;"},
        {PARTITION "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
                   "CREATE INDEX mine ON p1 (b);",
         "CREATE INDEX i ON p (b)", "ALTER INDEX i ATTACH PARTITION mine;"},
        {"CREATE SCHEMA s; CREATE TABLE s.p (a int, b int) PARTITION BY LIST (a);"
         "CREATE TABLE s.p1 PARTITION OF s.p FOR VALUES IN (1);",
         "CREATE INDEX i ON s.p (b)",
         "CREATE INDEX CONCURRENTLY p1_b_idx ON s.p1 (b);\n"
         "ALTER INDEX s.i ATTACH PARTITION s.p1_b_idx;"},
        {PARTITION, "CREATE INDEX i ON p (b)", ""},
        {PARTITION "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);",
         "CREATE INDEX i ON ONLY p (b)", ""},
    };
    CHECK("create_index", "partition_steps", samples);
}

/* What was written is not what it is called now. */
static void a_renamed_column_is_named_anew(void **state) {
    (void)state;
    static const sample samples[] = {
        {PARTITION "CREATE INDEX i ON p (b DESC); ALTER TABLE p RENAME COLUMN b TO c;"
                   "CREATE TABLE n (a int, c int);",
         "ALTER TABLE p ATTACH PARTITION n FOR VALUES IN (1)",
         "CREATE INDEX CONCURRENTLY n_c_idx ON n (c DESC);"},
        {PARTITION "CREATE INDEX i ON p (b) WHERE b > 0; ALTER TABLE p RENAME COLUMN b TO c;"
                   "CREATE TABLE n (a int, c int);",
         "ALTER TABLE p ATTACH PARTITION n FOR VALUES IN (1)", ""},
    };
    CHECK("attach_partition", "index_steps", samples);
}

static void many_partitions_are_not_all_written_out(void **state) {
    (void)state;
    char history[4096];
    int length = snprintf(history, sizeof history, PARTITION);
    for (int i = 0; i < 30; i++)
        length += snprintf(history + length, sizeof history - (size_t)length,
                           "CREATE TABLE p%d PARTITION OF p FOR VALUES IN (%d);", i, i);
    const char *steps = value_of(
        effect_of(tell(15, history, "CREATE INDEX i ON p (b)"), "create_index"), "partition_steps");
    assert_non_null(strstr(steps, "p23_b_idx"));
    assert_null(strstr(steps, "p24_b_idx"));
    assert_non_null(strstr(steps, "\n-- and the same for the other 6 partitions"));
}

#define NOTES "CREATE TABLE t (a int, b int, c int);"

static void an_index_serves_for_another(void **state) {
    (void)state;
    static const sample samples[] = {
        {NOTES "CREATE INDEX i ON t (a, b);", "CREATE INDEX ON t (a)", "i"},
        {NOTES "CREATE INDEX i ON t (a, b);", "CREATE INDEX ON t (a DESC)", ""},
        {NOTES "CREATE INDEX i ON t (a, b);", "CREATE UNIQUE INDEX ON t (a)", ""},
        {NOTES "CREATE INDEX i ON t (a, b);", "CREATE INDEX ON t (a) INCLUDE (b)", "i"},
        {NOTES "CREATE INDEX i ON t (a, b);", "CREATE INDEX ON t (a) INCLUDE (c)", ""},
        {NOTES "CREATE INDEX i ON t (a, b) WHERE c > 0;", "CREATE INDEX ON t (a)", ""},
        {NOTES "CREATE INDEX i ON ONLY t (b, a);", "CREATE INDEX ON t (a)", ""},
    };
    CHECK("create_index", "covered_by", samples);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bound_becomes_a_condition),
        cmocka_unit_test(a_bound_is_kept_out_of_the_default),
        cmocka_unit_test(each_partition_gets_its_index),
        cmocka_unit_test(a_renamed_column_is_named_anew),
        cmocka_unit_test(many_partitions_are_not_all_written_out),
        cmocka_unit_test(an_index_serves_for_another),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
