/* ADD COLUMN, DROP COLUMN and the attributes of columns: what they cost, and what they say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "alter_samples.h"

#define T "CREATE TABLE t (id int PRIMARY KEY, a int, b text);"

static void a_column_costs_what_its_default_costs(void **state) {
    (void)state;
    static const sample samples[] = {
        {T, "ALTER TABLE t ADD COLUMN z int DEFAULT 5", "locks public.t:AE"},
        {T, "ALTER TABLE t ADD COLUMN z timestamptz NOT NULL DEFAULT now()", "locks public.t:AE"},
        {T, "ALTER TABLE t ADD COLUMN z float8 DEFAULT random()",
         "locks public.t:AE public.t_pkey:AE | rewrites public.t | scans public.t x2 | "
         "builds public.t_pkey"},
        {T, "ALTER TABLE t ADD COLUMN z bigserial UNIQUE",
         "locks public.t:AE public.t_pkey:AE | rewrites public.t | scans public.t x3 | "
         "builds public.t_pkey public.t_z_key"},
        {T "CREATE DOMAIN d AS int; CREATE DOMAIN e AS d CHECK (VALUE > 0);",
         "ALTER TABLE t ADD COLUMN z e[]", "locks public.t:AE"},
        {T "CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE DOMAIN e AS d;",
         "ALTER TABLE t ADD COLUMN z e",
         "locks public.t:AE public.t_pkey:AE | rewrites public.t | scans public.t x2 | "
         "builds public.t_pkey"},
        {T "CREATE SEQUENCE q;", "ALTER TABLE t ADD COLUMN z int DEFAULT nextval('q')",
         "locks public.q:RE public.t:AE public.t_pkey:AE | rewrites public.t | "
         "scans public.t x2 | builds public.t_pkey"},
        {T "CREATE VIEW v AS SELECT id FROM t;", "ALTER TABLE v ADD COLUMN z int",
         "refused ADD COLUMN z int cannot be done to v, which is a view"},
    };
    CHECK(samples);
}

static void checks_of_rows_are_one_scan(void **state) {
    (void)state;
    static const sample samples[] = {
        {T, "ALTER TABLE t ADD CHECK (a > 0), ADD CHECK (id > 0), ALTER a SET NOT NULL",
         "locks public.t:AE | scans public.t"},
        {T, "ALTER TABLE t ADD COLUMN z serial, ADD CHECK (a > 0), ALTER a SET NOT NULL",
         "locks public.t:AE public.t_pkey:AE | rewrites public.t | scans public.t x2 | "
         "builds public.t_pkey"},
        {T, "ALTER TABLE t ADD UNIQUE (a), SET UNLOGGED",
         "locks public.t:AE public.t_pkey:AE | rewrites public.t | scans public.t x3 | "
         "builds public.t_a_key public.t_pkey"},
    };
    CHECK(samples);
}

static void not_null_is_proven_by_what_stood_before(void **state) {
    (void)state;
    static const sample samples[] = {
        {T "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL AND a > 0);",
         "ALTER TABLE t ALTER a SET NOT NULL", "locks public.t:AE"},
        {T "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;",
         "ALTER TABLE t ALTER a SET NOT NULL", "locks public.t:AE | scans public.t"},
        {T "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;",
         "ALTER TABLE t VALIDATE CONSTRAINT c; ALTER TABLE t ALTER a SET NOT NULL",
         "locks public.t:AE"},
        {T "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL);",
         "ALTER TABLE t ALTER a SET NOT NULL, DROP CONSTRAINT c",
         "locks public.t:AE | scans public.t"},
        {T, "ALTER TABLE t ALTER id SET NOT NULL", "locks public.t:AE"},
    };
    CHECK(samples);
}

static void an_unproven_not_null_breaks_writers(void **state) {
    (void)state;
    const ls_effect *effect =
        effect_of(tell(15, T, "ALTER TABLE t ALTER a SET NOT NULL"), "set_not_null");
    assert_string_equal(value_of(effect, "breaks"), "writers");
    assert_string_equal(value_of(effect, "work"), "scan");
    assert_string_equal(value_of(effect, "proven"), "no");
    effect = effect_of(tell(15, T "ALTER TABLE t ADD CHECK (a IS NOT NULL);",
                            "ALTER TABLE t ALTER a SET NOT NULL"),
                       "set_not_null");
    assert_string_equal(value_of(effect, "breaks"), "");
    assert_string_equal(value_of(effect, "proven"), "yes");
    effect =
        effect_of(tell(15, T, "ALTER TABLE t ADD COLUMN z int; ALTER TABLE t ALTER z SET NOT NULL"),
                  "set_not_null");
    assert_string_equal(value_of(effect, "new_column"), "yes");
    assert_string_equal(value_of(effect, "breaks"), "writers");
}

static const char *required(const char *before, const char *after) {
    char sql[512];
    snprintf(sql, sizeof sql,
             "ALTER TABLE t ADD COLUMN z int%sALTER TABLE t ALTER z SET NOT NULL%s", before, after);
    return value_of(effect_of(tell(15, T, sql), "set_not_null"), "required");
}

static void a_new_column_is_required_unless_something_fills_it(void **state) {
    (void)state;
    assert_string_equal(required("; ", ""), "yes");
    assert_string_equal(required(" DEFAULT 1; ", ""), "no");
    assert_string_equal(required("; ", ", ALTER z SET DEFAULT 1"), "no");
    assert_string_equal(
        required("; CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); ", ""),
        "no");
    assert_string_equal(
        required("; CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
                 "INSERT  INTO public.\"t\" VALUES (1); END $$; ",
                 ""),
        "no");
    assert_string_equal(
        required("; CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
                 "INSERT INTO t.u VALUES (1); END $$; ",
                 ""),
        "yes");
    assert_string_equal(
        required("; CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); ", ""),
        "yes");
}

static void a_column_that_no_row_can_fill_fails(void **state) {
    (void)state;
    const char *change = "ALTER TABLE t ADD COLUMN z int NOT NULL";
    const ls_outcome *outcome = tell(15, T, change);
    assert_null(outcome->refused);
    assert_string_equal(value_of(effect_of(outcome, "add_column"), "fails"), "yes");
    assert_string_equal(place_of(outcome, effect_of(outcome, "add_column")), "NOT NULL");
    assert_non_null(tell(15, T "INSERT INTO t VALUES (1);", change)->refused);
    outcome = tell(15, "", T "ALTER TABLE t ADD COLUMN z int NOT NULL");
    assert_string_equal(value_of(effect_of(outcome, "add_column"), "fails"), "no");
    outcome = tell(15, "", "ALTER TABLE unknown ADD COLUMN z int NOT NULL");
    assert_string_equal(value_of(effect_of(outcome, "add_column"), "fails"), "yes");
    assert_int_equal(outcome->assumptions.count, 1);
}

static void the_clause_that_costs_is_the_place(void **state) {
    (void)state;
    const ls_outcome *outcome =
        tell(15, T, "ALTER TABLE t ADD COLUMN z uuid DEFAULT gen_random_uuid() NOT NULL");
    const ls_effect *effect = effect_of(outcome, "add_column");
    assert_string_equal(place_of(outcome, effect), "DEFAULT gen_random_uuid()");
    assert_string_equal(value_of(effect, "function"), "gen_random_uuid");
    assert_string_equal(value_of(effect, "function_assumed"), "no");
    assert_string_equal(value_of(effect, "volatile"), "yes");
    assert_string_equal(value_of(effect, "work"), "rewrite");
    effect =
        effect_of(tell(15, T, "ALTER TABLE t ADD COLUMN z int DEFAULT mystery()"), "add_column");
    assert_string_equal(value_of(effect, "function_assumed"), "yes");
}

static void what_is_there_is_not_added(void **state) {
    (void)state;
    const ls_outcome *outcome = tell(15, T, "ALTER TABLE t ADD COLUMN IF NOT EXISTS a int");
    assert_string_equal(summary(outcome), "locks public.t:AE");
    assert_string_equal(value_of(effect_of(outcome, "add_column"), "exists"), "yes");
    assert_string_equal(does(15, T, "ALTER TABLE t ADD COLUMN a int"),
                        "refused column a of relation t already exists");
}

static void a_dropped_column_takes_its_parts_along(void **state) {
    (void)state;
    const ls_outcome *outcome =
        tell(15,
             "CREATE TABLE r (id int PRIMARY KEY);" T
             "CREATE INDEX i ON t (b, a); CREATE INDEX j ON t (b) WHERE a > 0;"
             "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES r;",
             "ALTER TABLE t DROP COLUMN a");
    assert_string_equal(summary(outcome), "locks public.i:AE public.j:AE public.r:AE public.t:AE");
    const ls_effect *effect = effect_of(outcome, "drop_column");
    assert_string_equal(value_of(effect, "indexes"), "i,j");
    assert_string_equal(value_of(effect, "foreign_key"), "f");
    assert_string_equal(value_of(effect, "referenced"), "r");
    assert_string_equal(value_of(effect, "breaks"), "readers,writers");
    const ls_catalog *catalog = ls_replay_catalog(story.replay);
    assert_null(ls_catalog_find(catalog, NULL, "i"));
    assert_int_equal(ls_catalog_find(catalog, NULL, "t")->constraints.count, 1);
}

static void users_of_a_column_need_cascade(void **state) {
    (void)state;
    static const sample samples[] = {
        {T "CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v;",
         "ALTER TABLE t DROP COLUMN a CASCADE", "locks public.t:AE public.v:AE public.w:AE"},
        {T "CREATE VIEW v AS SELECT a FROM t;", "ALTER TABLE t DROP COLUMN a",
         "refused cannot drop column a of table t because view v depends on it"},
        {T "CREATE POLICY p ON t USING (a > 0);", "ALTER TABLE t DROP COLUMN a",
         "refused cannot drop column a of table t because policy p on table t depends on it"},
        {"CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES r);",
         "ALTER TABLE r DROP COLUMN id",
         "refused cannot drop column id of table r because constraint t_a_fkey on table t depends "
         "on it"},
        {"CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES r);",
         "ALTER TABLE r DROP COLUMN id CASCADE", "locks public.r:AE public.r_pkey:AE public.t:AE"},
        {"CREATE TABLE s (a serial, b int);", "ALTER TABLE s DROP COLUMN a",
         "locks public.s:AE public.s_a_seq:AE"},
    };
    CHECK(samples);
}

static void identity_and_generation_have_their_rules(void **state) {
    (void)state;
    static const sample samples[] = {
        {"CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);",
         "ALTER TABLE t ALTER a DROP DEFAULT",
         "refused column a of relation t is an identity column"},
        {"CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);",
         "ALTER TABLE t ALTER a DROP IDENTITY", "locks public.t:AE public.t_a_seq:AE"},
        {"CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);",
         "ALTER TABLE t ALTER a SET GENERATED BY DEFAULT", "locks public.t:AE public.t_a_seq:SRE"},
        {T, "ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY",
         "refused column a of relation t must be declared NOT NULL before identity can be added"},
        {"CREATE TABLE g (x int, y int GENERATED ALWAYS AS (x * 2) STORED);",
         "ALTER TABLE g ALTER y SET DEFAULT 4",
         "refused column y of relation g is a generated column"},
        {"CREATE TABLE g (x int, y int GENERATED ALWAYS AS (x * 2) STORED);",
         "ALTER TABLE g DROP COLUMN x",
         "refused cannot drop column x of table g because column y of table g depends on it"},
    };
    CHECK(samples);
    assert_string_equal(does(14,
                             "CREATE TABLE g (x int, y int GENERATED ALWAYS AS (x * 2) STORED);",
                             "ALTER TABLE g DROP COLUMN x"),
                        "locks public.g:AE");
    assert_null(
        ls_relation_column(ls_catalog_find(ls_replay_catalog(story.replay), NULL, "g"), "y"));
}

static void a_refused_statement_leaves_nothing_behind(void **state) {
    (void)state;
    tell(15, T, "ALTER TABLE t ADD COLUMN z int, DROP COLUMN a, ALTER nope SET NOT NULL");
    const ls_relation *table = ls_catalog_find(ls_replay_catalog(story.replay), NULL, "t");
    assert_null(ls_relation_column(table, "z"));
    assert_non_null(ls_relation_column(table, "a"));
}

static void effects_stand_in_the_order_of_writing(void **state) {
    (void)state;
    const ls_outcome *outcome =
        tell(15, T, "ALTER TABLE t ADD COLUMN z int, ALTER a SET DEFAULT 1, ALTER b DROP NOT NULL");
    assert_true(outcome->effects.count >= 3);
    assert_string_equal(ls_effect_name(outcome->effects.items[0]->kind), "add_column");
    assert_string_equal(ls_effect_name(outcome->effects.items[1]->kind), "set_default");
    assert_string_equal(ls_effect_name(outcome->effects.items[2]->kind), "drop_not_null");
}

static void children_are_altered_with_their_parent(void **state) {
    (void)state;
    static const sample samples[] = {
        {"CREATE TABLE p (a int, v text); CREATE TABLE c () INHERITS (p);",
         "ALTER TABLE p ALTER a SET NOT NULL",
         "locks public.c:AE public.p:AE | scans public.c public.p"},
        {"CREATE TABLE p (a int, v text); CREATE TABLE c () INHERITS (p);",
         "ALTER TABLE p ALTER a SET STATISTICS 4", "locks public.c:SUE public.p:SUE"},
        {"CREATE TABLE p (a int, v text); CREATE TABLE c () INHERITS (p);",
         "ALTER TABLE p ALTER v SET COMPRESSION pglz", "locks public.p:AE"},
        {"CREATE TABLE p (a int, v text); CREATE TABLE c () INHERITS (p);",
         "ALTER TABLE ONLY p ADD COLUMN z int", "refused column must be added to child tables too"},
        {"CREATE TABLE p (a int, v text); CREATE TABLE c () INHERITS (p);",
         "ALTER TABLE c DROP COLUMN a", "refused cannot drop inherited column a"},
    };
    CHECK(samples);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_column_costs_what_its_default_costs),
        cmocka_unit_test(checks_of_rows_are_one_scan),
        cmocka_unit_test(not_null_is_proven_by_what_stood_before),
        cmocka_unit_test(an_unproven_not_null_breaks_writers),
        cmocka_unit_test(a_new_column_is_required_unless_something_fills_it),
        cmocka_unit_test(a_column_that_no_row_can_fill_fails),
        cmocka_unit_test(the_clause_that_costs_is_the_place),
        cmocka_unit_test(what_is_there_is_not_added),
        cmocka_unit_test(a_dropped_column_takes_its_parts_along),
        cmocka_unit_test(users_of_a_column_need_cascade),
        cmocka_unit_test(identity_and_generation_have_their_rules),
        cmocka_unit_test(a_refused_statement_leaves_nothing_behind),
        cmocka_unit_test(effects_stand_in_the_order_of_writing),
        cmocka_unit_test(children_are_altered_with_their_parent),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
