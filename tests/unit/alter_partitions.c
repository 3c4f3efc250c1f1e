/* ATTACH, DETACH, INHERIT, and what a table is as a whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alter_samples.h"

#define P                                                                                          \
    "CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);"                                        \
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100);"
#define ATTACH "ALTER TABLE p ATTACH PARTITION n FOR VALUES FROM (100) TO (200)"

static void attaching_reads_what_is_not_proven(void **state) {
    (void)state;
    static const sample samples[] = {
        {P "CREATE TABLE n (a int, b int);", ATTACH,
         "locks public.n:AE public.p:SUE | scans public.n"},
        {P "CREATE TABLE n (a int NOT NULL, b int, CHECK (a >= 100 AND a < 200));", ATTACH,
         "locks public.n:AE public.p:SUE"},
        {"CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);"
         "CREATE TABLE n (a int, b int) PARTITION BY RANGE (a);"
         "CREATE TABLE n1 PARTITION OF n FOR VALUES FROM (100) TO (150);",
         ATTACH, "locks public.n:AE public.n1:AE public.p:SUE | scans public.n1"},
        {"CREATE TABLE p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE n (a int, b int);",
         "ALTER TABLE p ATTACH PARTITION n DEFAULT", "locks public.n:AE public.p:SUE"},
        {P "CREATE TABLE n (a int, b int);", "ALTER TABLE p ATTACH PARTITION n DEFAULT",
         "locks public.n:AE public.p:SUE | scans public.n"},
    };
    CHECK(samples);
}

static void attaching_makes_what_is_missing(void **state) {
    (void)state;
    static const sample samples[] = {
        {P "CREATE INDEX i ON p (b); CREATE TABLE n (a int, b int);", ATTACH,
         "locks public.i:SUE public.n:AE public.p:SUE | scans public.n x2 | builds public.n_b_idx"},
        {P "CREATE INDEX i ON p (b); CREATE TABLE n (a int, b int); CREATE INDEX j ON n (b);",
         ATTACH, "locks public.i:SUE public.n:AE public.p:SUE | scans public.n"},
        {"CREATE TABLE r (id int PRIMARY KEY);"
         "CREATE TABLE p (a int, b int REFERENCES r) PARTITION BY RANGE (a);"
         "CREATE TABLE n (a int NOT NULL, b int, CHECK (a >= 100 AND a < 200));",
         ATTACH,
         "locks public.n:AE public.p:SUE public.r:SRE public.r_pkey:AS | "
         "scans public.n public.r"},
        {"CREATE TABLE r (id int PRIMARY KEY);"
         "CREATE TABLE p (a int, b int REFERENCES r) PARTITION BY RANGE (a);"
         "CREATE TABLE n (a int NOT NULL, b int REFERENCES r, CHECK (a >= 100 AND a < 200));",
         ATTACH, "locks public.n:AE public.p:SUE public.r:AE"},
        {"CREATE TABLE p (a int PRIMARY KEY) PARTITION BY RANGE (a);"
         "CREATE TABLE f (a int REFERENCES p); CREATE TABLE n (a int PRIMARY KEY);",
         ATTACH, "locks public.f:SRE public.n:AE public.p:SUE public.p_pkey:SUE | scans public.n"},
    };
    CHECK(samples);
}

static void attaching_wants_a_likeness(void **state) {
    (void)state;
    static const sample samples[] = {
        {P "CREATE TABLE n (a int);", ATTACH, "refused child table is missing column b"},
        {"CREATE TABLE p (a int, b int NOT NULL) PARTITION BY RANGE (a);"
         "CREATE TABLE n (a int, b int);",
         ATTACH, "refused column b in child table must be marked NOT NULL"},
        {"CREATE TABLE p (a int, b int, CONSTRAINT c CHECK (b > 0)) PARTITION BY RANGE (a);"
         "CREATE TABLE n (a int, b int);",
         ATTACH, "refused child table is missing constraint c"},
        {"CREATE TABLE p (a int, b int); CREATE TABLE n (a int, b int);", ATTACH,
         "refused table p is not partitioned"},
        {P, "ALTER TABLE p ATTACH PARTITION p1 FOR VALUES FROM (100) TO (200)",
         "refused p1 is already a partition"},
    };
    CHECK(samples);
}

static void it_says_what_attaching_costs(void **state) {
    (void)state;
    const ls_effect *effect =
        effect_of(tell(15,
                       P "CREATE TABLE d PARTITION OF p DEFAULT; CREATE INDEX i ON p (b);"
                         "CREATE TABLE n (a int, b int);",
                       ATTACH),
                  "attach_partition");
    assert_string_equal(value_of(effect, "other"), "n");
    assert_string_equal(value_of(effect, "proven"), "no");
    assert_string_equal(value_of(effect, "default_partition"), "d");
    assert_string_equal(value_of(effect, "default_scanned"), "yes");
    assert_string_equal(value_of(effect, "index_missing"), "i");
    assert_string_equal(value_of(effect, "foreign_key_scanned"), "no");
}

static void detaching_locks_by_version(void **state) {
    (void)state;
    const char *change = "ALTER TABLE p DETACH PARTITION p1";
    assert_string_equal(does(13, P, change), "locks public.p:AE public.p1:SUE");
    assert_string_equal(does(14, P, change), "locks public.p:AE public.p1:AE");
    const ls_catalog *catalog = ls_replay_catalog(story.replay);
    assert_int_equal(ls_catalog_find(catalog, NULL, "p")->children.count, 0);
    assert_false(ls_catalog_find(catalog, NULL, "p1")->is_partition);
    const char *concurrently = "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY";
    assert_string_equal(does(14, P, concurrently), "locks public.p:SUE public.p1:AE");
    assert_string_equal(does(13, P, concurrently),
                        "refused DETACH PARTITION ... CONCURRENTLY needs PostgreSQL 14");
    assert_string_equal(
        does(14, P "CREATE TABLE d PARTITION OF p DEFAULT;", concurrently),
        "refused cannot detach partitions concurrently when a default partition exists");
    const ls_outcome *outcome =
        tell(14, P, "BEGIN; ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY");
    assert_string_equal(outcome->forbidden_in_transaction, "ALTER TABLE ... DETACH CONCURRENTLY");
    assert_non_null(outcome->refused);
}

static void detaching_frees_keys_and_indexes(void **state) {
    (void)state;
    static const sample samples[] = {
        {P "CREATE INDEX i ON p (b);", "ALTER TABLE p DETACH PARTITION p1",
         "locks public.p:AE public.p1:AE public.p1_b_idx:AE"},
        {"CREATE TABLE p (a int PRIMARY KEY) PARTITION BY RANGE (a);"
         "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100);"
         "CREATE TABLE f (a int REFERENCES p);",
         "ALTER TABLE p DETACH PARTITION p1",
         "locks public.f:AE public.p:AE public.p1:AE public.p1_pkey:AE | scans public.f"},
        {"CREATE TABLE r (id int PRIMARY KEY);"
         "CREATE TABLE p (a int, b int REFERENCES r) PARTITION BY RANGE (a);"
         "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100);",
         "ALTER TABLE p DETACH PARTITION p1", "locks public.p:AE public.p1:AE public.r:SRE"},
    };
    CHECK(samples);
}

static void indexes_attach_too(void **state) {
    (void)state;
    static const sample samples[] = {
        {P "CREATE INDEX i ON ONLY p (b); CREATE INDEX j ON p1 (b);",
         "ALTER INDEX i ATTACH PARTITION j",
         "locks public.i:SUE public.j:AE public.p:AS public.p1:AS"},
        {P "CREATE INDEX i ON ONLY p (b); CREATE INDEX j ON p1 (a);",
         "ALTER INDEX i ATTACH PARTITION j",
         "refused cannot attach index j as a partition of index i: the definitions do not match"},
    };
    CHECK(samples);
    tell(15, P "CREATE INDEX i ON ONLY p (b); CREATE INDEX j ON p1 (b);",
         "ALTER INDEX i ATTACH PARTITION j");
    assert_true(ls_catalog_find(ls_replay_catalog(story.replay), NULL, "i")->valid);
}

static void inheritance_locks_the_parent_lightly(void **state) {
    (void)state;
    static const sample samples[] = {
        {"CREATE TABLE p (a int); CREATE TABLE c (a int);", "ALTER TABLE c INHERIT p",
         "locks public.c:AE public.p:SUE"},
        {"CREATE TABLE p (a int); CREATE TABLE c () INHERITS (p);", "ALTER TABLE c NO INHERIT p",
         "locks public.c:AE public.p:AS"},
        {"CREATE TABLE p (a int); CREATE TABLE c (b int);", "ALTER TABLE c INHERIT p",
         "refused child table is missing column a"},
        {"CREATE TABLE p (a int); CREATE TABLE c (a int);", "ALTER TABLE c NO INHERIT p",
         "refused relation p is not a parent of relation c"},
    };
    CHECK(samples);
}

static void options_have_their_own_locks(void **state) {
    (void)state;
    static const sample samples[] = {
        {"CREATE TABLE t (a int);", "ALTER TABLE t SET (fillfactor = 70)", "locks public.t:SUE"},
        {"CREATE TABLE t (a int);", "ALTER TABLE t SET (toast.autovacuum_enabled = off)",
         "locks public.t:SUE"},
        {"CREATE TABLE t (a int);",
         "ALTER TABLE t SET (fillfactor = 70, user_catalog_table = true)", "locks public.t:AE"},
        {"CREATE TABLE t (a tsvector); CREATE INDEX i ON t USING gin (a);",
         "ALTER INDEX i SET (fastupdate = off)", "locks public.i:AE"},
        {"CREATE TABLE t (a int); CREATE INDEX i ON t (a);", "ALTER TABLE i SET (fillfactor = 70)",
         "locks public.i:SUE"},
        {P, "ALTER TABLE p SET (fillfactor = 70)",
         "refused cannot specify storage parameters for a partitioned table"},
    };
    CHECK(samples);
}

static void storage_is_written_anew_only_if_it_changes(void **state) {
    (void)state;
    static const sample samples[] = {
        {"CREATE TABLE t (a int);", "ALTER TABLE t SET LOGGED", "locks public.t:AE"},
        {"CREATE TABLE t (a serial);", "ALTER TABLE t SET UNLOGGED",
         "locks public.t:AE public.t_a_seq:AE | rewrites public.t | scans public.t"},
        {"CREATE TABLE t (a int);", "ALTER TABLE t SET ACCESS METHOD heap", "locks public.t:AE"},
        {P, "ALTER TABLE p SET UNLOGGED", "locks public.p:AE"},
        {"CREATE TABLE t (a serial PRIMARY KEY);", "ALTER TABLE t OWNER TO somebody",
         "locks public.t:AE public.t_a_seq:AE public.t_pkey:AE"},
        {P, "ALTER TABLE p OWNER TO somebody", "locks public.p:AE"},
        {"CREATE TABLE t (a int PRIMARY KEY);", "ALTER TABLE t REPLICA IDENTITY USING INDEX t_pkey",
         "locks public.t:AE public.t_pkey:S"},
        {"CREATE TABLE t (a int PRIMARY KEY);",
         "ALTER TABLE t CLUSTER ON t_pkey, REPLICA IDENTITY FULL",
         "locks public.t:AE public.t_pkey:AE"},
        {"CREATE TABLE t (a int);", "ALTER TABLE t DISABLE TRIGGER ALL", "locks public.t:SRE"},
        {"CREATE TABLE t (a int);", "ALTER TABLE t DISABLE TRIGGER nope",
         "refused trigger nope for table t does not exist"},
    };
    CHECK(samples);
    assert_string_equal(does(14, "CREATE TABLE t (a serial);", "ALTER TABLE t SET UNLOGGED"),
                        "locks public.t:AE | rewrites public.t | scans public.t");
}

static void composite_types_reach_their_tables(void **state) {
    (void)state;
    static const sample samples[] = {
        {"CREATE TYPE c AS (x int); CREATE TABLE t OF c;",
         "ALTER TYPE c ALTER ATTRIBUTE x TYPE bigint CASCADE",
         "locks public.c:AE public.t:AE | rewrites public.t | scans public.t"},
        {"CREATE TYPE c AS (x int); CREATE TABLE t OF c;", "ALTER TYPE c ADD ATTRIBUTE y int",
         "refused cannot alter type c because it is the type of a typed table: t"},
        {"CREATE TYPE c AS (x int); CREATE TABLE t (v c);",
         "ALTER TYPE c ALTER ATTRIBUTE x TYPE bigint",
         "refused cannot alter type c because column t.v uses it"},
        {"CREATE TYPE c AS (x int); CREATE TABLE t (v c);", "ALTER TYPE c ADD ATTRIBUTE y int",
         "locks public.c:AE"},
    };
    CHECK(samples);
}

static void a_foreign_key_that_partitions_have_is_attached(void **state) {
    (void)state;
#define KEYED                                                                                      \
    "CREATE TABLE r (id int PRIMARY KEY);"                                                         \
    "CREATE TABLE k (a int, b int) PARTITION BY RANGE (a);"                                        \
    "CREATE TABLE k1 PARTITION OF k FOR VALUES FROM (0) TO (9);"
    static const sample samples[] = {
        {KEYED "ALTER TABLE k1 ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES r;",
         "ALTER TABLE k ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES r",
         "locks public.k:SRE public.k1:SRE public.r:AE"},
        {KEYED "ALTER TABLE k1 ADD CONSTRAINT g FOREIGN KEY (b) REFERENCES r (id);",
         "ALTER TABLE k ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES r",
         "locks public.k:SRE public.k1:SRE public.r:AE"},
        {KEYED "ALTER TABLE k1 ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES r ON DELETE CASCADE;",
         "ALTER TABLE k ADD CONSTRAINT g FOREIGN KEY (b) REFERENCES r",
         "locks public.k:SRE public.k1:SRE public.r:SRE public.r_pkey:AS | "
         "scans public.k1 public.r"},
        {KEYED "ALTER TABLE k1 ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES r NOT VALID;",
         "ALTER TABLE k ADD CONSTRAINT g FOREIGN KEY (b) REFERENCES r",
         "locks public.k:SRE public.k1:SRE public.r:SRE public.r_pkey:AS | "
         "scans public.k1 public.r"},
    };
    CHECK(samples);
#undef KEYED
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attaching_reads_what_is_not_proven),
        cmocka_unit_test(attaching_makes_what_is_missing),
        cmocka_unit_test(attaching_wants_a_likeness),
        cmocka_unit_test(it_says_what_attaching_costs),
        cmocka_unit_test(detaching_locks_by_version),
        cmocka_unit_test(detaching_frees_keys_and_indexes),
        cmocka_unit_test(indexes_attach_too),
        cmocka_unit_test(inheritance_locks_the_parent_lightly),
        cmocka_unit_test(options_have_their_own_locks),
        cmocka_unit_test(storage_is_written_anew_only_if_it_changes),
        cmocka_unit_test(composite_types_reach_their_tables),
        cmocka_unit_test(a_foreign_key_that_partitions_have_is_attached),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
