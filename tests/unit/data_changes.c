/* What queries and data changes lock: measured on 15. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ddl_cases.h"

#define A "create table a (id serial primary key, x int unique, y int); create index ay on a (y); "
#define B                                                                                          \
    "create table b (id int primary key references a on delete cascade, "                          \
    "  x int references a (x) on delete restrict); "
#define C "create table c (id int primary key, b int references b on delete cascade); "
#define D "create table d (id int primary key, b int references b); "
#define P                                                                                          \
    "create table p (id int primary key, r int) partition by range (id); "                         \
    "create table p1 partition of p for values from (0) to (10); "
#define V "create view v as select * from p; create view vv as select * from v; "

#define A_CHANGED "a:RE a_id_seq:RE"

static void locks_sequences_of_defaults(void **state) {
    static const ddl_case cases[] = {
        {A, "insert into a (id, x) values (1, 1)", "locks a:RE", 0},
        {A, "insert into a values (1, 1)", "locks a:RE", 0},
        {A, "insert into a (x) values (1)", "locks " A_CHANGED, 0},
        {A, "insert into a default values", "locks " A_CHANGED, 0},
        {A, "insert into a values (1, 1), (default, 2)", "locks " A_CHANGED, 0},
        {A, "insert into a (x) select 1", "locks " A_CHANGED, 0},
        {A, "copy a (y) from stdin", "locks " A_CHANGED, 0},
        {A, "copy a (id, y) from stdin", "locks a:RE", 0},
        {"create sequence s; create table n (a int default nextval('s'));",
         "insert into n default values", "locks n:RE s:RE", 0},
    };
    CHECK_CASES(cases);
    (void)state;
}

static void locks_where_conflicts_are_looked_for(void **state) {
    static const ddl_case cases[] = {
        {A, "insert into a (id) values (1) on conflict do nothing", "locks a:RE", 0},
        {A, "insert into a (id) values (1) on conflict (id) do nothing",
         "locks a:RE a_pkey:RE a_x_key:RE ay:RE", 0},
        {A, "insert into a (id) values (1) on conflict on constraint a_pkey do update set x = 2",
         "locks a:RE a_pkey:RE", 0},
        {A, "insert into a (id) values (1) on conflict on constraint a_x_key do nothing",
         "locks a:RE a_pkey:RE a_x_key:RE", 0},
    };
    CHECK_CASES(cases);
    (void)state;
}

static void follows_foreign_keys(void **state) {
    static const ddl_case cases[] = {
        {A B, "insert into b values (2, 1)", "locks a:RS a_pkey:RS a_x_key:RS ay:RS b:RE", 0},
        {A B C D, "delete from a where id = 1",
         "locks a:RE a_pkey:RE a_x_key:RE ay:RE b:RE b_pkey:RE c:RE c_pkey:RE d:RS d_pkey:RS", 0},
        {A B, "update a set id = 3, x = 4", "locks a:RE a_pkey:RE a_x_key:RE ay:RE b:RS b_pkey:RS",
         0},
        {A B "alter table a rename x to z; ", "update a set z = 3",
         "locks a:RE a_pkey:RE a_x_key:RE ay:RE b:RS b_pkey:RS", 0},
        {A B "alter table a rename x to z; alter table a rename y to x; ", "update a set x = 3",
         "locks a:RE a_pkey:RE a_x_key:RE ay:RE", 0},
        {A "create table b (x int primary key); alter table b add foreign key (x) references a; ",
         "update a set id = 3", "locks a:RE a_pkey:RE a_x_key:RE ay:RE b:RS b_pkey:RS", 0},
        {A B, "update a set y = 3", "locks a:RE a_pkey:RE a_x_key:RE ay:RE", 0},
        {A "create table b (x int primary key references a (x) on update cascade); ",
         "update a set x = 3", "locks a:RE a_pkey:RE a_x_key:RE ay:RE b:RE b_pkey:RE", 0},
        {A B, "update b set x = 1", "locks a:RS a_pkey:RS a_x_key:RS ay:RS b:RE b_pkey:RE", 0},
        {P "create table f (id int primary key, p int references p); ",
         "insert into f values (1, 1)", "locks f:RE p:RS p1:RS p1_pkey:RS", 0},
        {"create table s (id int primary key, up int references s on delete cascade); ",
         "delete from s", "locks s:RE s_pkey:RE", 0},
    };
    CHECK_CASES(cases);
    (void)state;
}

static void reaches_partitions_and_views(void **state) {
    static const ddl_case cases[] = {
        {P, "update p set r = 1", "locks p:RE p1:RE p1_pkey:RE", 0},
        {P, "update only p set r = 1", "locks p:RE p_pkey:RE", 0},
        {P V, "select * from vv", "locks p:AS p1:AS p1_pkey:AS v:AS vv:AS", 0},
        {P V, "select * from vv for update", "locks p:RS p1:RS p1_pkey:RS v:RS vv:RS", 0},
        {P V, "create function f() returns setof vv language sql as 'select * from vv'",
         "locks p:AS v:AS vv:AS", 0},
    };
    CHECK_CASES(cases);
    (void)state;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(locks_sequences_of_defaults),
        cmocka_unit_test(locks_where_conflicts_are_looked_for),
        cmocka_unit_test(follows_foreign_keys),
        cmocka_unit_test(reaches_partitions_and_views),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
