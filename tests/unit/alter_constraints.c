/* ADD, VALIDATE, ALTER and DROP CONSTRAINT. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alter_samples.h"

#define T "CREATE TABLE r (id int PRIMARY KEY, x int); CREATE TABLE t (id int PRIMARY KEY, a int);"

static void foreign_keys_lock_and_read_both_tables(void **state) {
    (void)state;
    static const sample samples[] = {
        {T, "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r",
         "locks public.r:SRE public.r_pkey:AS public.t:SRE public.t_pkey:AS | "
         "scans public.r public.t"},
        {T, "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r NOT VALID",
         "locks public.r:SRE public.t:SRE"},
        {T, "CREATE TABLE n (a int); ALTER TABLE n ADD FOREIGN KEY (a) REFERENCES r",
         "locks public.n:SRE public.r:SRE public.r_pkey:AS | scans public.n"},
        {T,
         "CREATE TABLE n (a int); INSERT INTO n SELECT id FROM r; "
         "ALTER TABLE n ADD FOREIGN KEY (a) REFERENCES r",
         "locks public.n:SRE public.r:SRE public.r_pkey:AS | scans public.n public.r"},
        {T,
         "CREATE TABLE n AS SELECT id AS a FROM r; ALTER TABLE n ADD FOREIGN KEY (a) REFERENCES r",
         "locks public.n:SRE public.r:SRE public.r_pkey:AS | scans public.n public.r"},
        {T,
         "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES r NOT VALID, "
         "VALIDATE CONSTRAINT f",
         "locks public.r:SRE public.r_pkey:AS public.t:SRE public.t_pkey:AS | "
         "scans public.r public.t"},
        {T, "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r (x)",
         "refused there is no unique constraint matching given keys for referenced table \"r\""},
        {T, "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES t",
         "locks public.t:SRE public.t_pkey:AS | scans public.t x2"},
        {T, "ALTER TABLE t ADD FOREIGN KEY (a, id) REFERENCES r (id)",
         "refused number of referencing and referenced columns for foreign key disagree"},
        {T "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES r;",
         "ALTER TABLE t DROP CONSTRAINT f", "locks public.r:AE public.t:AE"},
    };
    CHECK(samples);
}

static void a_foreign_key_says_whether_it_is_indexed(void **state) {
    (void)state;
    const char *change = "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES r (id) "
                         "ON DELETE CASCADE";
    const ls_effect *effect = effect_of(tell(15, T, change), "add_constraint");
    assert_string_equal(value_of(effect, "referenced"), "r");
    assert_string_equal(value_of(effect, "referenced_existed"), "yes");
    assert_string_equal(value_of(effect, "constraint"), "f");
    assert_string_equal(value_of(effect, "definition"),
                        "CONSTRAINT f FOREIGN KEY (a) REFERENCES r (id) ON DELETE CASCADE");
    effect = effect_of(tell(15, T, change), "new_foreign_key");
    assert_string_equal(value_of(effect, "indexed"), "no");
    assert_string_equal(value_of(effect, "on_delete"), "cascade");
    effect = effect_of(tell(15, T "CREATE INDEX i ON t (a, id);", change), "new_foreign_key");
    assert_string_equal(value_of(effect, "indexed"), "yes");
    effect = effect_of(tell(15, T "CREATE INDEX i ON t (id, a);", change), "new_foreign_key");
    assert_string_equal(value_of(effect, "indexed"), "no");
    effect = effect_of(tell(15, "", change), "new_foreign_key");
    assert_string_equal(value_of(effect, "indexed"), "");
}

static void keys_build_their_index(void **state) {
    (void)state;
    static const sample samples[] = {
        {T, "ALTER TABLE t ADD UNIQUE (a)",
         "locks public.t:AE | scans public.t | builds public.t_a_key"},
        {"CREATE TABLE t (a int);", "ALTER TABLE t ADD PRIMARY KEY (a)",
         "locks public.t:AE | scans public.t x2 | builds public.t_pkey"},
        {"CREATE TABLE t (a int CHECK (a IS NOT NULL));", "ALTER TABLE t ADD PRIMARY KEY (a)",
         "locks public.t:AE | scans public.t | builds public.t_pkey"},
        {T, "ALTER TABLE t ADD PRIMARY KEY (a)",
         "refused multiple primary keys for table t are not allowed"},
        {T, "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (a)",
         "locks public.t:AE public.t_pkey:AE | scans public.t x2 | builds public.t_pkey"},
        {T, "ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (int4range(a, a + 1) WITH &&)",
         "locks public.t:AE | scans public.t x2 | builds public.e"},
        {"CREATE TABLE p (a int NOT NULL, b int) PARTITION BY RANGE (a);"
         "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);"
         "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (9) TO (19);"
         "ALTER TABLE p1 ADD CONSTRAINT u UNIQUE (a);",
         "ALTER TABLE p ADD UNIQUE (a)",
         "locks public.p:AE public.p1:S public.p2:S public.u:S | scans public.p2 | "
         "builds public.p2_a_key"},
        {"CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);"
         "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);",
         "ALTER TABLE p ADD PRIMARY KEY (a)",
         "locks public.p:AE public.p1:AE | scans public.p1 x2 | builds public.p1_pkey"},
        {"CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);", "ALTER TABLE p ADD UNIQUE (b)",
         "refused unique constraint on partitioned table p must include all partitioning columns: "
         "it lacks a"},
    };
    CHECK(samples);
}

static void an_index_can_become_a_key(void **state) {
    (void)state;
    static const sample samples[] = {
        {T "CREATE UNIQUE INDEX u ON t (a);", "ALTER TABLE t ADD UNIQUE USING INDEX u",
         "locks public.t:AE public.u:AS"},
        {T "CREATE UNIQUE INDEX u ON t (a);", "ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX u",
         "locks public.t:AE public.u:SUE"},
        {T "CREATE INDEX u ON t (a);", "ALTER TABLE t ADD UNIQUE USING INDEX u",
         "refused index u is not a unique index"},
        {T "CREATE UNIQUE INDEX u ON r (x);", "ALTER TABLE t ADD UNIQUE USING INDEX u",
         "refused index u does not belong to the table"},
        {"CREATE TABLE t (a int); CREATE UNIQUE INDEX u ON t (a);",
         "ALTER TABLE t ADD PRIMARY KEY USING INDEX u",
         "locks public.t:AE public.u:AS | scans public.t"},
    };
    CHECK(samples);
    const ls_effect *effect = effect_of(
        tell(15, "CREATE TABLE t (a int);", "ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (a)"),
        "add_constraint");
    assert_string_equal(value_of(effect, "nullable_column"), "a");
    assert_string_equal(value_of(effect, "work"), "build");
}

static void validation_knows_where_the_constraint_was_born(void **state) {
    (void)state;
    const char *added = T "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;";
    const ls_outcome *outcome = tell(15, added, "ALTER TABLE t VALIDATE CONSTRAINT c");
    assert_string_equal(summary(outcome), "locks public.t:SUE | scans public.t");
    const ls_effect *effect = effect_of(outcome, "validate_constraint");
    assert_string_equal(value_of(effect, "same_transaction"), "no");
    assert_string_equal(value_of(effect, "constraint_kind"), "check");
    effect = effect_of(tell(15, T,
                            "BEGIN; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;"
                            "ALTER TABLE t VALIDATE CONSTRAINT c"),
                       "validate_constraint");
    assert_string_equal(value_of(effect, "same_transaction"), "yes");
    assert_string_equal(value_of(effect, "same_statement"), "no");
    effect = effect_of(tell(15, T,
                            "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID, "
                            "VALIDATE CONSTRAINT c"),
                       "validate_constraint");
    assert_string_equal(value_of(effect, "same_statement"), "yes");
    outcome = tell(15, T "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);",
                   "ALTER TABLE t VALIDATE CONSTRAINT c");
    assert_string_equal(summary(outcome), "locks public.t:SUE");
    assert_string_equal(value_of(effect_of(outcome, "validate_constraint"), "already_valid"),
                        "yes");
}

static void a_key_in_use_is_not_dropped(void **state) {
    (void)state;
    static const sample samples[] = {
        {T "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES r;",
         "ALTER TABLE r DROP CONSTRAINT r_pkey",
         "refused cannot drop constraint r_pkey on table r because constraint f on table t depends "
         "on it"},
        {T "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES r;",
         "ALTER TABLE r DROP CONSTRAINT r_pkey CASCADE",
         "locks public.r:AE public.r_pkey:AE public.t:AE"},
        {T, "ALTER TABLE t DROP CONSTRAINT nope",
         "refused constraint nope of relation t does not exist"},
        {T, "ALTER TABLE t DROP CONSTRAINT IF EXISTS nope", "locks public.t:AE"},
        {T, "ALTER TABLE t VALIDATE CONSTRAINT t_pkey",
         "refused constraint t_pkey of relation t is not a foreign key or check constraint"},
    };
    CHECK(samples);
}

static void partitions_share_their_parents_constraints(void **state) {
    (void)state;
    static const sample samples[] = {
        {"CREATE TABLE r (id int PRIMARY KEY);"
         "CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);"
         "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);",
         "ALTER TABLE p ADD FOREIGN KEY (b) REFERENCES r NOT VALID",
         "refused cannot add NOT VALID foreign key on partitioned table p referencing relation r"},
        {"CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);"
         "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);"
         "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (9) TO (19);"
         "ALTER TABLE p ADD CONSTRAINT c CHECK (b > 0) NOT VALID;"
         "ALTER TABLE p1 VALIDATE CONSTRAINT c;",
         "ALTER TABLE p VALIDATE CONSTRAINT c",
         "locks public.p:SUE public.p1:SUE public.p2:SUE | scans public.p2"},
        {"CREATE TABLE p (a int, b int, CONSTRAINT c CHECK (b > 0)) PARTITION BY RANGE (a);"
         "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);",
         "ALTER TABLE p1 DROP CONSTRAINT c",
         "refused cannot drop inherited constraint c of relation p1"},
        {"CREATE TABLE k (a int PRIMARY KEY) PARTITION BY RANGE (a);"
         "CREATE TABLE k1 PARTITION OF k FOR VALUES FROM (0) TO (9);"
         "CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES k);",
         "ALTER TABLE t DROP CONSTRAINT f", "locks public.k:AE public.k1:AE public.t:AE"},
    };
    CHECK(samples);
    assert_string_equal(does(18,
                             "CREATE TABLE r (id int PRIMARY KEY);"
                             "CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);"
                             "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);",
                             "ALTER TABLE p ADD FOREIGN KEY (b) REFERENCES r NOT VALID"),
                        "locks public.p:SRE public.p1:SRE public.r:SRE");
}

/* From 18 on a child keeps the NOT NULL that it had, whatever becomes of its parent's. */
static void a_child_keeps_its_own_not_null(void **state) {
    (void)state;
#define INHERITED                                                                                  \
    "CREATE TABLE p (a int); CREATE TABLE c (a int NOT NULL) INHERITS (p);"                        \
    "ALTER TABLE p ALTER a SET NOT NULL;"
    assert_string_equal(does(18, INHERITED, "ALTER TABLE c DROP CONSTRAINT c_a_not_null"),
                        "refused cannot drop inherited constraint c_a_not_null of relation c");
    assert_string_equal(does(18, INHERITED, "ALTER TABLE c DROP CONSTRAINT p_a_not_null"),
                        "refused constraint p_a_not_null of relation c does not exist");
    static const char *const histories[] = {
        INHERITED "ALTER TABLE p ALTER a DROP NOT NULL;",
        INHERITED "ALTER TABLE p DROP CONSTRAINT p_a_not_null;",
    };
    for (size_t i = 0; i < sizeof histories / sizeof *histories; i++) {
        const ls_effect *effect =
            effect_of(tell(18, histories[i], "ALTER TABLE c ALTER a SET NOT NULL"), "set_not_null");
        assert_string_equal(value_of(effect, "already"), "yes");
        assert_string_equal(does(18, histories[i], "ALTER TABLE c DROP CONSTRAINT c_a_not_null"),
                            "locks public.c:AE");
    }
}

/* An index that is built beforehand cannot have the name of one that goes only with the key. */
static void a_key_says_what_its_index_can_be_called(void **state) {
    (void)state;
    const char *change = "ALTER TABLE t ADD UNIQUE (a)";
    assert_string_equal(value_of(effect_of(tell(15, T, change), "add_constraint"), "index"),
                        "t_a_key");
    change = "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (a)";
    const ls_effect *effect = effect_of(tell(15, T, change), "add_constraint");
    assert_string_equal(value_of(effect, "constraint"), "t_pkey");
    assert_string_equal(value_of(effect, "index"), "t_pkey_new");
    assert_string_equal(value_of(effect, "kind"), "PRIMARY KEY");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foreign_keys_lock_and_read_both_tables),
        cmocka_unit_test(a_foreign_key_says_whether_it_is_indexed),
        cmocka_unit_test(keys_build_their_index),
        cmocka_unit_test(an_index_can_become_a_key),
        cmocka_unit_test(validation_knows_where_the_constraint_was_born),
        cmocka_unit_test(a_key_in_use_is_not_dropped),
        cmocka_unit_test(partitions_share_their_parents_constraints),
        cmocka_unit_test(a_child_keeps_its_own_not_null),
        cmocka_unit_test(a_key_says_what_its_index_can_be_called),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
