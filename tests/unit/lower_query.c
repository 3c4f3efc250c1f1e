/* Queries and data changes. */
#include "lower_dump.h"

static void dump(ls_buffer *out, const ls_statement *statement) {
    ls_buffer_format(out, "%s ", statement->tag);
    if (statement->kind == LS_STATEMENT_QUERY)
        dump_query(out, statement->query);
    else
        ls_buffer_format(out, "kind %d", (int)statement->kind);
}

static const example EXAMPLES[] = {
    {"SELECT DISTINCT a AS x, b y, count(*) FROM s.t AS u, ONLY v WHERE a > 1 AND (b) IN (2) GROUP "
     "BY a, b HAVING count(*) > 1 ORDER BY a DESC, 2 LIMIT 10 OFFSET 5 FOR UPDATE",
     "SELECT {select «SELECT DISTINCT a AS x, b y, count(*) FROM s.t AS u, ONLY v WHERE a > 1 AND "
     "(b) IN (2) GROUP BY a, b HAVING count(*) > 1 ORDER BY a DESC, 2 LIMIT 10 OFFSET 5 FOR "
     "UPDATE» distinct targets[x=a «a AS x», y=b «b y», count(*) «count(*)»] from s.t as u, only v "
     "where and(op >(a, 1), in IN(b, 2)) «WHERE a > 1 AND (b) IN (2)» group(a, b) having op "
     ">(count(*), 1) order(a, 2) limit 10 offset 5 for-update}"},
    {"SELECT DISTINCT ON (a, b) c FROM t FETCH FIRST 3 ROWS ONLY",
     "SELECT {select «SELECT DISTINCT ON (a, b) c FROM t FETCH FIRST 3 ROWS ONLY» distinct "
     "targets[c «c»] from t limit 3}"},
    {"SELECT FROM t", "SELECT {select «SELECT FROM t» from t}"},
    {"SELECT a IS DISTINCT FROM b, t.order, c AS from FROM t",
     "SELECT {select «SELECT a IS DISTINCT FROM b, t.order, c AS from FROM t» "
     "targets[is-distinct(a, b) «a IS DISTINCT FROM b», t.order «t.order», from=c «c AS from»] "
     "from t}"},
    {"TABLE s.t", "SELECT {select «TABLE s.t» targets[* «»] from s.t}"},
    {"VALUES (1, 'a'), (2, DEFAULT)",
     "SELECT {values «VALUES (1, 'a'), (2, DEFAULT)» rows 2 values(1, 'a', 2, default)}"},
    {"SELECT * FROM a JOIN b ON a.x = b.x LEFT JOIN c USING (y, z) CROSS JOIN d",
     "SELECT {select «SELECT * FROM a JOIN b ON a.x = b.x LEFT JOIN c USING (y, z) CROSS JOIN d» "
     "targets[* «*»] from join(join(join(a, b on op =(a.x, b.x)), c using(y,z)), d)}"},
    {"SELECT * FROM (SELECT 1 AS a) AS q (b), LATERAL f(1) WITH ORDINALITY AS g(x, y)",
     "SELECT {select «SELECT * FROM (SELECT 1 AS a) AS q (b), LATERAL f(1) WITH ORDINALITY AS g(x, "
     "y)» targets[* «*»] from {select «SELECT 1 AS a» targets[a=1 «1 AS a»]} as q columns(b), "
     "lateral f(1) as g columns(x,y)}"},
    {"SELECT * FROM ROWS FROM (f(1), g(2)) r, t TABLESAMPLE system (10)",
     "SELECT {select «SELECT * FROM ROWS FROM (f(1), g(2)) r, t TABLESAMPLE system (10)» targets[* "
     "«*»] from other(f(1), g(2)) as r, t}"},
    {"WITH RECURSIVE w AS (SELECT 1 UNION ALL SELECT n + 1 FROM w), d AS (DELETE FROM t WHERE a "
     "RETURNING *) SELECT * FROM w",
     "SELECT {select «WITH RECURSIVE w AS (SELECT 1 UNION ALL SELECT n + 1 FROM w), d AS (DELETE "
     "FROM t WHERE a RETURNING *) SELECT * FROM w» with recursive w {set «SELECT 1 UNION ALL "
     "SELECT n + 1 FROM w» {select «SELECT 1» targets[1 «1»]} {select «SELECT n + 1 FROM w» "
     "targets[op +(n, 1) «n + 1»] from w}} with recursive d {delete «DELETE FROM t WHERE a "
     "RETURNING *» t «t» where a «WHERE a» returning[* «*»]} targets[* «*»] from w}"},
    {"SELECT 1 UNION SELECT 2 UNION ALL (SELECT 3 LIMIT 1) ORDER BY 1",
     "SELECT {set «SELECT 1 UNION SELECT 2 UNION ALL (SELECT 3 LIMIT 1) ORDER BY 1» {set «SELECT 1 "
     "UNION SELECT 2» {select «SELECT 1» targets[1 «1»]} {select «SELECT 2» targets[2 «2»]}} "
     "{select «SELECT 3 LIMIT 1» targets[3 «3»] limit 1} order(1)}"},
    {"SELECT * FROM ((SELECT 1) UNION (VALUES (2)) EXCEPT SELECT 3) q",
     "SELECT {select «SELECT * FROM ((SELECT 1) UNION (VALUES (2)) EXCEPT SELECT 3) q» targets[* "
     "«*»] from {set «(SELECT 1) UNION (VALUES (2)) EXCEPT SELECT 3» {set «(SELECT 1) UNION "
     "(VALUES (2))» {select «SELECT 1» targets[1 «1»]} {values «VALUES (2)» rows 1 values(2)}} "
     "{select «SELECT 3» targets[3 «3»]}} as q}"},
    {"SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a) AND b = (SELECT max(c) FROM "
     "v)",
     "SELECT {select «SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a) AND b = "
     "(SELECT max(c) FROM v)» targets[a «a»] from t where and(query EXISTS({select «SELECT 1 FROM "
     "u WHERE u.a = t.a» targets[1 «1»] from u where op =(u.a, t.a) «WHERE u.a = t.a»}), op =(b, "
     "query ({select «SELECT max(c) FROM v» targets[max(c) «max(c)»] from v}))) «WHERE EXISTS "
     "(SELECT 1 FROM u WHERE u.a = t.a) AND b = (SELECT max(c) FROM v)»}"},
    {"SELECT a FROM t GROUP BY ROLLUP (a, b)", "SELECT {select «SELECT a FROM t GROUP BY ROLLUP "
                                               "(a, b)» targets[a «a»] from t group(other(a, b))}"},
    {"INSERT INTO s.t AS x (a, b[1]) VALUES (1, 2), (DEFAULT, 'x, (y') ON CONFLICT (a) DO UPDATE "
     "SET b "
     "= 1 RETURNING a, b AS c",
     "INSERT {insert «INSERT INTO s.t AS x (a, b[1]) VALUES (1, 2), (DEFAULT, 'x, (y') ON CONFLICT "
     "(a) DO UPDATE SET b = 1 RETURNING a, b AS c» s.t «s.t» as x source {values «VALUES (1, 2), "
     "(DEFAULT, 'x, (y')» rows 2 values(1, 2, default, 'x, (y')} conflict-update conflict(a) "
     "targets[a=- «a», b=- «b[1]»] returning[a «a», c=b «b AS c»]}"},
    {"INSERT INTO t DEFAULT VALUES", "INSERT {insert «INSERT INTO t DEFAULT VALUES» t «t»}"},
    {"INSERT INTO t SELECT a FROM u WHERE b ON CONFLICT ON CONSTRAINT k DO NOTHING",
     "INSERT {insert «INSERT INTO t SELECT a FROM u WHERE b ON CONFLICT ON CONSTRAINT k DO "
     "NOTHING» t «t» source {select «SELECT a FROM u WHERE b» targets[a «a»] from u where b «WHERE "
     "b»} conflict-nothing conflict-constraint k}"},
    {"WITH w AS (SELECT 1) INSERT INTO t TABLE w",
     "INSERT {insert «WITH w AS (SELECT 1) INSERT INTO t TABLE w» with w {select «SELECT 1» "
     "targets[1 «1»]} t «t» source {select «TABLE w» targets[* «»] from w}}"},
    {"UPDATE ONLY s.t x SET a = 1, b = b + 1, (c, d) = (1, 2), (e, f) = (SELECT 3, 4) FROM u WHERE "
     "x.a = u.a RETURNING *",
     "UPDATE {update «UPDATE ONLY s.t x SET a = 1, b = b + 1, (c, d) = (1, 2), (e, f) = (SELECT 3, "
     "4) FROM u WHERE x.a = u.a RETURNING *» only s.t «s.t» as x targets[a=1 «a = 1», b=op +(b, 1) "
     "«b = b + 1», c=1 «c», d=2 «d», e=query ({select «SELECT 3, 4» targets[3 «3», 4 «4»]}) «e», "
     "f=query ({select «SELECT 3, 4» targets[3 «3», 4 «4»]}) «f»] from u where op =(x.a, u.a) "
     "«WHERE x.a = u.a» returning[* «*»]}"},
    {"UPDATE t SET a = 'no where (', b = DEFAULT",
     "UPDATE {update «UPDATE t SET a = 'no where (', b = DEFAULT» t «t» targets[a='no where (' «a "
     "= 'no where ('», b=default «b = DEFAULT»]}"},
    {"UPDATE t SET a = 1 WHERE (((a)) = 2)",
     "UPDATE {update «UPDATE t SET a = 1 WHERE (((a)) = 2)» t «t» targets[a=1 «a = 1»] where op "
     "=(a, 2) «WHERE (((a)) = 2)»}"},
    {"UPDATE t SET a = 1 WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.b = t.b)",
     "UPDATE {update «UPDATE t SET a = 1 WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.b = t.b)» t «t» "
     "targets[a=1 «a = 1»] where not(query EXISTS({select «SELECT 1 FROM u WHERE u.b = t.b» "
     "targets[1 «1»] from u where op =(u.b, t.b) «WHERE u.b = t.b»})) «WHERE NOT EXISTS (SELECT 1 "
     "FROM u WHERE u.b = t.b)»}"},
    {"UPDATE t SET a = 1 WHERE CURRENT OF cur",
     "UPDATE {update «UPDATE t SET a = 1 WHERE CURRENT OF cur» t «t» targets[a=1 «a = 1»] where "
     "current-of cur «WHERE CURRENT OF cur»}"},
    {"DELETE FROM t USING u, v WHERE t.a = u.a",
     "DELETE {delete «DELETE FROM t USING u, v WHERE t.a = u.a» t «t» from u, v where op =(t.a, "
     "u.a) «WHERE t.a = u.a»}"},
    {"DELETE FROM s.t", "DELETE {delete «DELETE FROM s.t» s.t «s.t»}"},
    {"MERGE INTO t x USING (SELECT 1 AS a) s ON x.a = s.a WHEN MATCHED THEN UPDATE SET b = 1 WHEN "
     "NOT "
     "MATCHED THEN INSERT (a) VALUES (2)",
     "MERGE {merge «MERGE INTO t x USING (SELECT 1 AS a) s ON x.a = s.a WHEN MATCHED THEN UPDATE "
     "SET b = 1 WHEN NOT MATCHED THEN INSERT (a) VALUES (2)» t «t» as x source {select «SELECT 1 "
     "AS a» targets[a=1 «1 AS a»]} targets[b=1 «b = 1», a=- «a»] from {select «SELECT 1 AS a» "
     "targets[a=1 «1 AS a»]} as s where op =(x.a, s.a)}"},
    {"DECLARE c CURSOR FOR SELECT 1 FROM t",
     "DECLARE CURSOR {select «SELECT 1 FROM t» targets[1 «1»] from t}"},
};

static void test_queries(void **state) {
    (void)state;
    CHECK_EXAMPLES(EXAMPLES, dump);
}

static void test_select_into_makes_a_table(void **state) {
    (void)state;
    const ls_statement *statement = read("SELECT a INTO TEMP s FROM t UNION SELECT 2");
    assert_int_equal(statement->kind, LS_STATEMENT_CREATE_TABLE_AS);
    assert_string_equal(statement->tag, "SELECT INTO");
    assert_string_equal(statement->create_table_as.name.name, "s");
    assert_int_equal(statement->create_table_as.persistence, LS_TEMPORARY);
    assert_true(statement->create_table_as.query->left->select_into);
}

/* Only the first rows' values are kept, all are counted. */
static void test_many_rows(void **state) {
    (void)state;
    ls_buffer sql = {0};
    ls_buffer_string(&sql, "INSERT INTO t VALUES (0, 'a')");
    for (int i = 1; i < 100000; i++)
        ls_buffer_format(&sql, ", (%d, 'a')", i);
    const ls_query *values = read(sql.text)->query->source;
    ls_buffer_free(&sql);
    assert_int_equal(values->kind, LS_QUERY_VALUES);
    assert_int_equal(values->value_rows, 100000);
    assert_int_equal(values->values.count, 32);
    assert_int_equal(values->values.items[30]->integer, 15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_queries, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_select_into_makes_a_table, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_many_rows, open_arena, close_arena),
    };
    return cmocka_run_group_tests_name("lower: queries", tests, NULL, NULL);
}
