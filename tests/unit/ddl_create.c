/* What CREATE TABLE, its kin and CREATE INDEX take from others, and what they leave behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ddl_cases.h"

#define PARENT "create table p (a int primary key, b int references ref) partition by range (a); "
#define PART   "create table p1 partition of p for values from (1) to (2); "
#define REST   "create table pd partition of p default; "
#define REF    "create table ref (id int primary key, x int); "
#define T      "create table t (id int primary key, a int, b text, c int not null); "

/* Locks measured on real servers: 12 to 18 where the oracle has the case, else 15. */
static void takes_from_others(void **state) {
    static const ddl_case cases[] = {
        {"", "create table n (a int)", "", 0},
        {REF, "create table n (a int references ref (id))", "locks ref:SRE", 0},
        {"", "create table n (id int primary key, up int references n)", "", 0},
        {T, "create table n (like t including all)", "locks t:AS", 0},
        {T, "create table n () inherits (t)", "locks t:SUE", 0},
        {"create type ct as (x int); ", "create table n of ct", "locks ct:AS", 0},
        {"create table pr (a int primary key) partition by range (a); "
         "create table pr1 partition of pr for values from (1) to (2); ",
         "create table n (a int references pr)", "locks pr:SRE pr1:SRE", 0},
        {REF PARENT, "create table p2 partition of p for values from (5) to (6)",
         "locks p:AE p_pkey:SUE ref:SRE", 0},
        {REF PARENT REST, "create table p2 partition of p for values from (5) to (6)",
         "locks p:AE p_pkey:SUE pd:AE ref:SRE | scans pd", 0},
        {"create table p (a int not null) partition by range (a); "
         "create table pd partition of p default; "
         "alter table pd add check (not (a is not null and a >= 5 and a < 6));",
         "create table p2 partition of p for values from (5) to (6)", "locks p:AE pd:AE", 0},
        {"create table pr (a int primary key) partition by range (a); "
         "create table fr (a int references pr); ",
         "create table p2 partition of pr for values from (1) to (2)",
         "locks fr:SRE pr:AE pr_pkey:SUE", 0},
    };
    CHECK_CASES(cases);
    (void)state;
}

static void reads_sources(void **state) {
    static const ddl_case cases[] = {
        {T, "create table n as select * from t", "locks t:AS t_pkey:AS", 0},
        {T, "create table n as select * from t with no data", "locks t:AS", 0},
        {T, "with x as (select 1 as a) select * into n from x", "", 0},
        {T "create view v1 as select * from t; create view v2 as select * from v1;",
         "create table n as select * from v2", "locks t:AS t_pkey:AS v1:AS v2:AS", 0},
        {REF PARENT PART, "create table n as select * from p", "locks p:AS p1:AS p1_pkey:AS", 0},
        {REF PARENT PART, "create table n as select * from p",
         "locks p:AS p1:AS p1_pkey:AS p_pkey:AS", 16},
        {T, "create materialized view mv as select * from t", "locks t:AS t_pkey:AS", 0},
        {T, "create materialized view mv as select * from t with no data", "locks t:AS", 0},
    };
    CHECK_CASES(cases);
    (void)state;
}

static void is_refused(void **state) {
    static const ddl_case cases[] = {
        {T, "create table t (a int)", "refused relation \"t\" already exists", 0},
        {REF, "create table n (a int references ref (x))",
         "refused there is no unique constraint matching given keys for referenced table \"ref\"",
         0},
        {REF, "create table n (a text references ref)",
         "refused foreign key constraint \"n_a_fkey\" cannot be implemented", 0},
        {REF, "create temp table n (a int references ref)",
         "refused constraints on temporary tables may reference only temporary tables", 0},
        {"", "create table n (a int, b int unique) partition by range (a)",
         "refused unique constraint on partitioned table must include all partitioning columns", 0},
        {T, "create table n partition of t for values from (1) to (2)",
         "refused \"t\" is not partitioned", 0},
        {REF PARENT REST, "create table p2 partition of p default",
         "refused partition \"p2\" conflicts with existing default partition \"pd\"", 0},
        {T, "create index on t (zz)", "refused column \"zz\" does not exist", 0},
        {T, "create index on t ((now()))",
         "refused functions in index expression must be marked IMMUTABLE", 0},
        {T, "create index on t (a) where c > random()",
         "refused functions in index predicate must be marked IMMUTABLE", 0},
        {T "create view v as select * from t;", "create index on v (a)",
         "refused cannot create index on relation \"v\"", 0},
        {REF PARENT, "create index concurrently on p (b)",
         "refused cannot create index on partitioned table \"p\" concurrently", 0},
        {REF PARENT, "create unique index on p (b)",
         "refused unique constraint on partitioned table must include all partitioning columns", 0},
        {T "create index i on t (a);", "create index i on t (c)",
         "refused relation \"i\" already exists", 0},
    };
    CHECK_CASES(cases);
    (void)state;
}

static void builds_indexes(void **state) {
    static const ddl_case cases[] = {
        {T, "create index i on t (a)", "locks t:S | scans t | builds i", 0},
        {T, "create index on t (lower(b), a)", "locks t:S | scans t | builds t_lower_a_idx", 0},
        {T, "create index on t (a) include (c, id)", "locks t:S | scans t | builds t_a_c_id_idx",
         0},
        {T, "create index concurrently i on t (a)", "locks t:SUE | scans t | builds i", 0},
        {T "create index i on t (a);", "create index if not exists i on t (a)", "locks t:S", 0},
        {REF PARENT PART, "create index i on p (b)", "locks p:S p1:S | scans p1 | builds p1_b_idx",
         0},
        {REF PARENT PART "create index fits on p1 (b);", "create index i on p (b)",
         "locks fits:S p:S p1:S", 0},
        {REF PARENT PART, "create index i on only p (b)", "locks p:S", 0},
        {REF PARENT PART, "create unique index on p1 (b)",
         "locks p1:S | scans p1 | builds p1_b_idx", 0},
        {"create materialized view mv as select 1 as a;", "create index i on mv (a)",
         "locks mv:S | scans mv | builds i", 0},
        {"", "create index i on somewhere (a)", "locks somewhere:S | scans somewhere | builds i",
         0},
    };
    CHECK_CASES(cases);
    (void)state;
}

/* Measured on 15. */
static void makes_one_index_of_equal_keys(void **state) {
    static const ddl_case cases[] = {
        {"create table n (a int primary key unique, unique (a));", "delete from n",
         "locks n:RE n_pkey:RE", 0},
        {"create table n (a int primary key, constraint u unique (a));", "delete from n",
         "locks n:RE u:RE", 0},
        {"create table n (a int unique, unique (a), constraint u unique (a));", "delete from n",
         "locks n:RE u:RE", 0},
        {"create table n (a int unique, unique (a) deferrable);", "delete from n",
         "locks n:RE n_a_key:RE n_a_key1:RE", 0},
        {"create table n (a int, b int, unique (a, b), unique (b, a), primary key (a, b));",
         "delete from n", "locks n:RE n_b_a_key:RE n_pkey:RE", 0},
        {"create table n (a int, b int, unique (a) include (b), unique (a));", "delete from n",
         "locks n:RE n_a_b_key:RE n_a_key:RE", 0},
    };
    CHECK_CASES(cases);
    (void)state;
}

/* --- What is left behind -------------------------------------------------------------------- */

static void knows_serial_and_identity(void **state) {
    tell(15, "",
         "create table t (id bigserial primary key, n int generated always as "
         "identity, v text default 'x')");
    const ls_relation *table = relation("t");
    const ls_catalog_column *id = ls_relation_column(table, "id");
    assert_true(id->serial && id->not_null && id->default_value != NULL);
    assert_string_equal(id->type.name, "int8");
    const ls_relation *sequence = relation("t_id_seq");
    assert_int_equal(sequence->id, id->sequence);
    assert_int_equal(sequence->owner_table, table->id);
    assert_string_equal(sequence->sequence_type, "int8");
    const ls_catalog_column *n = ls_relation_column(table, "n");
    assert_int_equal(n->identity, 'a');
    assert_false(n->serial);
    assert_true(relation("t_n_seq")->of_identity);
    assert_true(table->columns_complete);
    (void)state;
}

static void names_constraints(void **state) {
    tell(15, REF,
         "create table t (a int unique check (a > 0), b int references ref, "
         "c int, primary key (a, c), check (a > c), constraint named "
         "unique (b, c))");
    const ls_relation *table = relation("t");
    static const char *const names[] = {"t_a_key", "t_a_check", "t_b_fkey",
                                        "t_pkey",  "t_check",   "named"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ls_relation_constraint(table, names[i]) == NULL)
            fail_msg("no constraint %s", names[i]);
    assert_int_equal(table->constraints.count, sizeof names / sizeof *names);
    assert_true(ls_relation_column(table, "c")->not_null);
    assert_string_equal(relation("t_pkey")->constraint, "t_pkey");
    const ls_catalog_constraint *key = ls_relation_constraint(table, "t_b_fkey");
    assert_string_equal(key->referenced_columns.items[0], "id");
    assert_int_equal(key->index, relation("ref_pkey")->id);
    (void)state;
}

static void proves_nothing_by_if_not_exists(void **state) {
    tell(15, "", "create table if not exists t (a int)");
    const ls_relation *table = relation("t");
    assert_false(table->birth.known);
    assert_true(table->birth.if_not_exists);
    assert_false(table->columns_complete);
    assert_non_null(ls_relation_column(table, "a"));
    const ls_outcome *outcome = tell(15, T, "create table if not exists t (other int)");
    assert_null(ls_relation_column(relation("t"), "other"));
    assert_string_equal(summary(outcome), "");
    (void)state;
}

static void makes_a_partition_like_its_parent(void **state) {
    const ls_outcome *outcome = tell(15, REF PARENT "create index on p (b); ", PART);
    const ls_relation *part = relation("p1");
    assert_true(part->is_partition && part->columns_complete);
    assert_int_equal(part->columns.count, 2);
    assert_non_null(ls_relation_constraint(part, "p_b_fkey"));
    assert_true(ls_relation_constraint(part, "p_b_fkey")->inherited);
    assert_non_null(ls_relation_constraint(part, "p1_pkey"));
    assert_int_equal(relation("p1_b_idx")->parent_index, relation("p_b_idx")->id);
    const ls_effect *effect = effect_of(outcome, "create_partition");
    assert_string_equal(value_of(effect, "name"), "p1");
    assert_string_equal(value_of(effect, "relation"), "p");
    assert_null(effect_of(outcome, "create_table"));
    (void)state;
}

static void copies_like(void **state) {
    const char *history = "create table t (id int generated always as identity, a int default 3 "
                          "check (a > 0), b int unique, c int not null)";
    tell(15, history, "create table n (like t)");
    const ls_relation *table = relation("n");
    assert_int_equal(table->columns.count, 4);
    assert_null(ls_relation_column(table, "a")->default_value);
    assert_true(ls_relation_column(table, "c")->not_null);
    assert_int_equal(ls_relation_column(table, "id")->identity, 0);
    assert_int_equal(table->constraints.count + table->indexes.count, 0);
    tell(15, history, "create table n (like t including all)");
    table = relation("n");
    assert_non_null(ls_relation_column(table, "a")->default_value);
    assert_non_null(ls_relation_constraint(table, "n_b_key"));
    assert_non_null(ls_relation_constraint(table, "t_a_check"));
    assert_int_equal(ls_relation_column(table, "id")->sequence, relation("n_id_seq")->id);
    (void)state;
}

static void describes_an_index(void **state) {
    const ls_outcome *outcome = tell(15, T "create index old on t (a desc) where c > 1;",
                                     "create index i on t using btree (a DESC) where c > 1");
    const ls_effect *effect = effect_of(outcome, "create_index");
    assert_string_equal(value_of(effect, "duplicate_of"), "old");
    assert_string_equal(value_of(effect, "definition"), "using btree (a DESC) where c > 1");
    assert_string_equal(value_of(effect, "index"), "i");
    assert_string_equal(value_of(effect, "work"), "build");
    assert_true(ls_effect_flag(effect, LS_ATTRIBUTE_PARTIAL));
    assert_true(ls_effect_flag(effect, LS_ATTRIBUTE_NAMED));
    assert_false(ls_effect_flag(effect, LS_ATTRIBUTE_PRECEDED_BY_DROP));
    outcome = tell(15, T "create index old on t (a);", "create unique index i on t (a)");
    effect = effect_of(outcome, "create_index");
    assert_string_equal(value_of(effect, "duplicate_of"), "");
    outcome = tell(15, T "create index i on t (a);", "drop index i; create index i on t (c);");
    effect = effect_of(outcome, "create_index");
    assert_true(ls_effect_flag(effect, LS_ATTRIBUTE_PRECEDED_BY_DROP));
    (void)state;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_from_others),
        cmocka_unit_test(reads_sources),
        cmocka_unit_test(is_refused),
        cmocka_unit_test(builds_indexes),
        cmocka_unit_test(makes_one_index_of_equal_keys),
        cmocka_unit_test(knows_serial_and_identity),
        cmocka_unit_test(names_constraints),
        cmocka_unit_test(proves_nothing_by_if_not_exists),
        cmocka_unit_test(makes_a_partition_like_its_parent),
        cmocka_unit_test(copies_like),
        cmocka_unit_test(describes_an_index),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
