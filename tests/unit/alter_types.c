/* ALTER COLUMN TYPE and what hangs on the column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alter_samples.h"

static void indexes_are_kept_or_built_again(void **state) {
    (void)state;
    static const sample samples[] = {
        {"CREATE TABLE t (a int, v varchar(10)); CREATE INDEX i ON t (v);",
         "ALTER TABLE t ALTER v TYPE varchar(20)", "locks public.i:AE public.t:AE"},
        {"CREATE TABLE t (a int, v varchar(10)); CREATE INDEX i ON t (lower(v));"
         "CREATE INDEX j ON t (a) WHERE v <> ''; CREATE INDEX k ON t (a);",
         "ALTER TABLE t ALTER v TYPE text",
         "locks public.i:AE public.j:AE public.t:AE | scans public.t x2 | "
         "builds public.i public.j"},
        {"CREATE TABLE t (a int, v varchar(10)); CREATE INDEX i ON t (v); CREATE INDEX k ON t (a);",
         "ALTER TABLE t ALTER v TYPE varchar(5)",
         "locks public.i:AE public.k:AE public.t:AE | rewrites public.t | scans public.t x3 | "
         "builds public.i public.k"},
        {"CREATE TABLE p (a int, v varchar(10)) PARTITION BY RANGE (a);"
         "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9); CREATE INDEX i ON p (v);",
         "ALTER TABLE p ALTER v TYPE text",
         "locks public.i:AE public.p:AE public.p1:AE public.p1_v_idx:AE | scans public.p1 | "
         "builds public.p1_v_idx"},
        {"CREATE TABLE t (a int, b int);", "ALTER TABLE t ALTER a TYPE bigint, ALTER b TYPE bigint",
         "locks public.t:AE | rewrites public.t | scans public.t"},
    };
    CHECK(samples);
}

static void constraints_are_verified_again(void **state) {
    (void)state;
    static const sample samples[] = {
        {"CREATE TABLE t (v varchar(10) CHECK (v <> ''));", "ALTER TABLE t ALTER v TYPE text",
         "locks public.t:AE | scans public.t"},
        {"CREATE TABLE t (v varchar(10)); ALTER TABLE t ADD CHECK (v <> '') NOT VALID;",
         "ALTER TABLE t ALTER v TYPE text", "locks public.t:AE"},
        {"CREATE TABLE r (v varchar(10) PRIMARY KEY); CREATE TABLE t (v varchar(10) REFERENCES r);",
         "ALTER TABLE r ALTER v TYPE text", "locks public.r:AE public.r_pkey:AE public.t:AE"},
        {"CREATE TABLE r (v int PRIMARY KEY); CREATE TABLE t (v int REFERENCES r);"
         "CREATE INDEX i ON t (v);",
         "ALTER TABLE r ALTER v TYPE bigint",
         "locks public.i:AS public.r:AE public.r_pkey:AE public.t:AE | rewrites public.r | "
         "scans public.r x3 public.t | builds public.r_pkey"},
        {"CREATE TABLE r (v varchar(20) PRIMARY KEY); CREATE TABLE t (v varchar(20) REFERENCES r);",
         "ALTER TABLE t ALTER v TYPE varchar(10)",
         "locks public.r:AE public.r_pkey:AS public.t:AE | rewrites public.t | "
         "scans public.r public.t x2"},
        {"CREATE TABLE r (v int PRIMARY KEY); CREATE TABLE t (v int REFERENCES r);",
         "ALTER TABLE r ALTER v TYPE text",
         "refused foreign key constraint t_v_fkey cannot be implemented"},
    };
    CHECK(samples);
}

static void other_users_forbid_it(void **state) {
    (void)state;
    static const sample samples[] = {
        {"CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t;",
         "ALTER TABLE t ALTER a TYPE bigint",
         "refused cannot alter type of a column used by a view or rule: view v depends on column "
         "a"},
        {"CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t;",
         "ALTER TABLE t ALTER b TYPE bigint",
         "locks public.t:AE | rewrites public.t | scans public.t"},
        {"CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a * 2) STORED);",
         "ALTER TABLE t ALTER a TYPE bigint",
         "refused cannot alter type of a column used by a generated column: column g depends on "
         "column a"},
        {"CREATE TABLE t (a text);", "ALTER TABLE t ALTER a TYPE int",
         "refused column a cannot be cast automatically to type integer"},
        {"CREATE TABLE t (a int);", "ALTER TABLE t ALTER a TYPE serial",
         "refused type serial does not exist: it only stands for the type of a new column"},
        {"CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);", "ALTER TABLE t ALTER a TYPE text",
         "refused identity column type must be smallint, integer, or bigint"},
        {"CREATE TABLE p (a int) PARTITION BY RANGE (a);", "ALTER TABLE p ALTER a TYPE bigint",
         "refused cannot alter column a because it is part of the partition key of relation p"},
    };
    CHECK(samples);
}

static void it_says_from_what_to_what(void **state) {
    (void)state;
    const ls_outcome *outcome = tell(15, "CREATE TABLE t (v varchar(20)); CREATE INDEX i ON t (v);",
                                     "ALTER TABLE t ALTER COLUMN v TYPE varchar(10)");
    const ls_effect *effect = effect_of(outcome, "alter_column_type");
    assert_string_equal(value_of(effect, "from"), "varchar(20)");
    assert_string_equal(value_of(effect, "to"), "varchar(10)");
    assert_string_equal(value_of(effect, "narrows"), "yes");
    assert_string_equal(value_of(effect, "work"), "rewrite");
    assert_string_equal(value_of(effect, "indexes"), "i");
    assert_string_equal(place_of(outcome, effect), "varchar(10)");
}

static void the_sequence_of_serial_stays_behind(void **state) {
    (void)state;
    const ls_outcome *outcome =
        tell(15, "CREATE TABLE t (id serial);", "ALTER TABLE t ALTER id TYPE bigint");
    const ls_effect *effect = effect_of(outcome, "alter_column_type");
    assert_string_equal(value_of(effect, "sequence"), "t_id_seq");
    assert_string_equal(value_of(effect, "sequence_type"), "integer");
    outcome = tell(15, "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY);",
                   "ALTER TABLE t ALTER id TYPE bigint");
    assert_string_equal(summary(outcome), "locks public.t:AE public.t_id_seq:SRE | "
                                          "rewrites public.t | scans public.t");
    assert_string_equal(value_of(effect_of(outcome, "alter_column_type"), "sequence"), "");
}

static void what_is_not_known_is_said(void **state) {
    (void)state;
    const ls_outcome *outcome = tell(15, "", "ALTER TABLE t ALTER a TYPE bigint");
    const ls_effect *effect = effect_of(outcome, "alter_column_type");
    assert_string_equal(value_of(effect, "work"), "unknown");
    assert_string_equal(value_of(effect, "from"), "");
    assert_true(outcome->assumptions.count > 0);
    outcome = tell(15, "ALTER TABLE t ALTER a TYPE int;", "ALTER TABLE t ALTER a TYPE bigint");
    effect = effect_of(outcome, "alter_column_type");
    assert_string_equal(value_of(effect, "from"), "integer");
    assert_string_equal(value_of(effect, "work"), "rewrite");
}

static void the_time_zone_decides(void **state) {
    (void)state;
    const char *history = "CREATE TABLE t (a timestamp);";
    const ls_outcome *outcome =
        tell(15, history, "SET timezone = 'UTC'; ALTER TABLE t ALTER a TYPE timestamptz");
    assert_string_equal(summary(outcome), "locks public.t:AE");
    assert_string_equal(value_of(effect_of(outcome, "alter_column_type"), "zone"), "utc");
    outcome =
        tell(15, history, "SET timezone = 'Europe/Paris'; ALTER TABLE t ALTER a TYPE timestamptz");
    assert_string_equal(summary(outcome), "locks public.t:AE | rewrites public.t | scans public.t");
    outcome = tell(15, history, "ALTER TABLE t ALTER a TYPE timestamptz");
    assert_string_equal(value_of(effect_of(outcome, "alter_column_type"), "zone"), "unknown");
    assert_string_equal(value_of(effect_of(outcome, "alter_column_type"), "work"), "unknown");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(indexes_are_kept_or_built_again),
        cmocka_unit_test(constraints_are_verified_again),
        cmocka_unit_test(other_users_forbid_it),
        cmocka_unit_test(it_says_from_what_to_what),
        cmocka_unit_test(the_sequence_of_serial_stays_behind),
        cmocka_unit_test(what_is_not_known_is_said),
        cmocka_unit_test(the_time_zone_decides),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
