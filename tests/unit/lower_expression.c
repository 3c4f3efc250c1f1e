/* Expressions and types. */
#include "lower_dump.h"

static const ls_expression *value_of(const ls_statement *statement) {
    return statement->query->targets.items[0].value;
}

static void dump(ls_buffer *out, const ls_statement *statement) {
    dump_expression(out, value_of(statement));
    ls_buffer_format(out, " «%s»", cut(value_of(statement)->at));
}

static const example EXPRESSIONS[] = {
    {"SELECT NULL", "null «NULL»"},
    {"SELECT true", "true «true»"},
    {"SELECT -42", "-42 «-42»"},
    {"SELECT - 1.5e+3 AS x", "-1.5e+3 «- 1.5e+3»"},
    {"SELECT 99999999999", "99999999999 «99999999999»"},
    {"SELECT 'it''s'", "'it's' «'it''s'»"},
    {"SELECT E'a\\t'", "'a\t' «E'a\\t'»"},
    {"SELECT $q$a'b$q$", "'a'b' «$q$a'b$q$»"},
    {"SELECT B'101'", "b101 «B'101'»"},
    {"SELECT a", "a «a»"},
    {"SELECT s . \"T\".a", "s.T.a «s . \"T\".a»"},
    {"SELECT *", "* «*»"},
    {"SELECT t.*", "t.* «t.*»"},
    {"SELECT $1", "$1 «$1»"},
    {"SELECT now()", "now() «now()»"},
    {"SELECT pg_catalog.count(*)", "pg_catalog.count(*) «pg_catalog.count(*)»"},
    {"SELECT f(a, b => 1, VARIADIC c)", "f(a, 1, c) «f(a, b => 1, VARIADIC c)»"},
    {"SELECT coalesce(a, 1)", "coalesce(a, 1) «coalesce(a, 1)»"},
    {"SELECT greatest(a, b)", "greatest(a, b) «greatest(a, b)»"},
    {"SELECT least(a, b)", "least(a, b) «least(a, b)»"},
    {"SELECT nullif(a, b)", "nullif(a, b) «nullif(a, b)»"},
    {"SELECT current_timestamp", "current_timestamp «current_timestamp»"},
    {"SELECT current_timestamp(3)", "current_timestamp «current_timestamp(3)»"},
    {"SELECT CURRENT_USER", "current_user «CURRENT_USER»"},
    {"SELECT localtime", "localtime «localtime»"},
    {"SELECT session_user", "session_user «session_user»"},
    {"SELECT current_date", "current_date «current_date»"},
    {"SELECT a AT TIME ZONE 'utc'", "pg_catalog.timezone('utc', a) «a AT TIME ZONE 'utc'»"},
    {"SELECT extract(year FROM a)", "pg_catalog.extract('year', a) «extract(year FROM a)»"},
    {"SELECT a + b * 2", "op +(a, op *(b, 2)) «a + b * 2»"},
    {"SELECT - a", "op -(a) «- a»"},
    {"SELECT a OPERATOR(pg_catalog.+) b", "op +(a, b) «a OPERATOR(pg_catalog.+) b»"},
    {"SELECT a IN (1, 2)", "in IN(a, 1, 2) «a IN (1, 2)»"},
    {"SELECT a NOT IN (1)", "not-in IN(a, 1) «a NOT IN (1)»"},
    {"SELECT a BETWEEN 1 AND 2", "between(a, 1, 2) «a BETWEEN 1 AND 2»"},
    {"SELECT a NOT BETWEEN SYMMETRIC 1 AND 2",
     "not-between(a, 1, 2) «a NOT BETWEEN SYMMETRIC 1 AND 2»"},
    {"SELECT a LIKE 'x%'", "like LIKE(a, 'x%') «a LIKE 'x%'»"},
    {"SELECT a NOT ILIKE 'x'", "not-like ILIKE(a, 'x') «a NOT ILIKE 'x'»"},
    {"SELECT a SIMILAR TO 'x'",
     "like SIMILAR TO(a, pg_catalog.similar_to_escape('x')) «a SIMILAR TO 'x'»"},
    {"SELECT a = ANY (b)", "any =(a, b) «a = ANY (b)»"},
    {"SELECT a < ALL (ARRAY[1, 2])", "all <(a, array(1, 2)) «a < ALL (ARRAY[1, 2])»"},
    {"SELECT a IS DISTINCT FROM b", "is-distinct(a, b) «a IS DISTINCT FROM b»"},
    {"SELECT a IS NOT DISTINCT FROM b", "not-is-distinct(a, b) «a IS NOT DISTINCT FROM b»"},
    {"SELECT a AND b AND (c AND d) AND (e OR f)",
     "and(a, b, c, d, or(e, f)) «a AND b AND (c AND d) AND (e OR f)»"},
    {"SELECT NOT a", "not(a) «NOT a»"},
    {"SELECT a IS NULL", "is-null(a) «a IS NULL»"},
    {"SELECT a IS  NOT NULL", "not-is-null(a) «a IS  NOT NULL»"},
    {"SELECT a NOTNULL", "not-is-null(a) «a NOTNULL»"},
    {"SELECT a IS NOT TRUE", "not-is TRUE(a) «a IS NOT TRUE»"},
    {"SELECT a IS UNKNOWN", "is UNKNOWN(a) «a IS UNKNOWN»"},
    {"SELECT a IS FALSE", "is FALSE(a) «a IS FALSE»"},
    {"SELECT a::int", "cast(a to pg_catalog.int4 «int») «a::int»"},
    {"SELECT CAST(a AS varchar(10))",
     "cast(a to pg_catalog.varchar:10 «varchar(10)») «CAST(a AS varchar(10))»"},
    {"SELECT date '2020-01-01'", "cast('2020-01-01' to date «date») «date '2020-01-01'»"},
    {"SELECT interval '1' day", "cast('1' to pg_catalog.interval:8 «interval») «interval '1'»"},
    {"SELECT a COLLATE pg_catalog.\"C\"", "collate C(a) «a COLLATE pg_catalog.\"C\"»"},
    {"SELECT CASE a WHEN 1 THEN 'x' ELSE 'y' END",
     "case(a, 1, 'x', 'y') «CASE a WHEN 1 THEN 'x' ELSE 'y' END»"},
    {"SELECT ((a + b)) * (c)", "op *(op +(a, b), c) «((a + b)) * (c)»"},
    {"SELECT f((a))", "f(a) «f((a))»"},
    {"SELECT ARRAY[[1], [2]]", "array(array(1), array(2)) «ARRAY[[1], [2]]»"},
    {"SELECT ROW(1, a)", "row(1, a) «ROW(1, a)»"},
    {"SELECT (1, a)", "row(1, a) «(1, a)»"},
    {"SELECT a[1][2:3]", "subscript(a, 1, 2, 3) «a[1][2:3]»"},
    {"SELECT (a).b.c", "field c(field b(a)) «(a).b.c»"},
    {"SELECT (f(x)).*", "field(*f(x)) «(f(x)).*»"},
    {"SELECT (SELECT 1)", "query ({select «SELECT 1» targets[1 «1»]}) «(SELECT 1)»"},
    {"SELECT EXISTS (SELECT 1 FROM t)",
     "query EXISTS({select «SELECT 1 FROM t» targets[1 «1»] from t}) «EXISTS (SELECT 1 FROM t)»"},
    {"SELECT a IN (SELECT b FROM t)",
     "query IN(a{select «SELECT b FROM t» targets[b «b»] from t}) «a IN (SELECT b FROM t)»"},
    {"SELECT a = ANY (SELECT b)",
     "query ANY(a{select «SELECT b» targets[b «b»]}) «a = ANY (SELECT b)»"},
    {"SELECT a > ALL (SELECT b)",
     "query ALL(a{select «SELECT b» targets[b «b»]}) «a > ALL (SELECT b)»"},
    {"SELECT ARRAY(SELECT 1)", "query ARRAY({select «SELECT 1» targets[1 «1»]}) «ARRAY(SELECT 1)»"},
    {"SELECT grouping(a, b)", "grouping(a, b) «grouping(a, b)»"},
    {"SELECT xmlelement(name x, a)", "other(a) «xmlelement(name x, a)»"},
    {"SELECT count(*) FILTER (WHERE a) OVER (PARTITION BY b), 2", "count(*) «count(*)»"},
};

static void test_expressions(void **state) {
    (void)state;
    CHECK_EXAMPLES(EXPRESSIONS, dump);
}

static void dump_cast_type(ls_buffer *out, const ls_statement *statement) {
    dump_type(out, statement->create_table->columns.items[0].type);
}

static const example TYPES[] = {
    {"CREATE TABLE t (c int)", "pg_catalog.int4 «int»"},
    {"CREATE TABLE t (c INTEGER)", "pg_catalog.int4 «INTEGER»"},
    {"CREATE TABLE t (c int4)", "pg_catalog.int4 «int4»"},
    {"CREATE TABLE t (c bigint NOT NULL)", "pg_catalog.int8 «bigint»"},
    {"CREATE TABLE t (c int8)", "pg_catalog.int8 «int8»"},
    {"CREATE TABLE t (c pg_catalog.int8)", "pg_catalog.int8 «pg_catalog.int8»"},
    {"CREATE TABLE t (c smallint)", "pg_catalog.int2 «smallint»"},
    {"CREATE TABLE t (c boolean)", "pg_catalog.bool «boolean»"},
    {"CREATE TABLE t (c bool)", "pg_catalog.bool «bool»"},
    {"CREATE TABLE t (c real)", "pg_catalog.float4 «real»"},
    {"CREATE TABLE t (c double  precision DEFAULT 1)", "pg_catalog.float8 «double  precision»"},
    {"CREATE TABLE t (c float(20))", "pg_catalog.float4 «float(20)»"},
    {"CREATE TABLE t (c decimal(10,2))", "pg_catalog.numeric:10:2 «decimal(10,2)»"},
    {"CREATE TABLE t (c numeric)", "pg_catalog.numeric «numeric»"},
    {"CREATE TABLE t (c text)", "text «text»"},
    {"CREATE TABLE t (c uuid)", "uuid «uuid»"},
    {"CREATE TABLE t (c varchar)", "pg_catalog.varchar «varchar»"},
    {"CREATE TABLE t (c character varying (20) NOT NULL)",
     "pg_catalog.varchar:20 «character varying (20)»"},
    {"CREATE TABLE t (c char)", "pg_catalog.bpchar:1 «char»"},
    {"CREATE TABLE t (c \"char\")", "char «\"char\"»"},
    {"CREATE TABLE t (c national character varying(3))",
     "pg_catalog.varchar:3 «national character varying(3)»"},
    {"CREATE TABLE t (c bit varying(3))", "pg_catalog.varbit:3 «bit varying(3)»"},
    {"CREATE TABLE t (c timestamp)", "pg_catalog.timestamp «timestamp»"},
    {"CREATE TABLE t (c timestamp(3) without time zone)",
     "pg_catalog.timestamp:3 «timestamp(3) without time zone»"},
    {"CREATE TABLE t (c timestamp with time zone)",
     "pg_catalog.timestamptz «timestamp with time zone»"},
    {"CREATE TABLE t (c timestamptz(3))", "pg_catalog.timestamptz:3 «timestamptz(3)»"},
    {"CREATE TABLE t (c time with time zone)", "pg_catalog.timetz «time with time zone»"},
    {"CREATE TABLE t (c interval year to month)", "pg_catalog.interval:6 «interval year to month»"},
    {"CREATE TABLE t (c interval day to second(3))",
     "pg_catalog.interval:7176:3 «interval day to second(3)»"},
    {"CREATE TABLE t (c serial)", "serial4 «serial»"},
    {"CREATE TABLE t (c serial4)", "serial4 «serial4»"},
    {"CREATE TABLE t (c bigserial)", "serial8 «bigserial»"},
    {"CREATE TABLE t (c smallserial)", "serial2 «smallserial»"},
    {"CREATE TABLE t (c int[][])", "pg_catalog.int4[][] «int[][]»"},
    {"CREATE TABLE t (c int ARRAY[3])", "pg_catalog.int4[] «int ARRAY[3]»"},
    {"CREATE TABLE t (c s.\"My Type\" [] NULL)", "s.My Type[] «s.\"My Type\" []»"},
    {"CREATE TABLE t (c geometry(Point, 4326))", "geometry:0:4326 «geometry(Point, 4326)»"},
    {"CREATE TABLE t (c vector(3))", "vector:3 «vector(3)»"},
};

static void test_types(void **state) {
    (void)state;
    CHECK_EXAMPLES(TYPES, dump_cast_type);
}

/* Equal meaning, equal model: the spellings of a type differ in their ranges only. */
static void test_spellings_are_equal(void **state) {
    (void)state;
    static const char *const SPELLINGS[][2] = {
        {"int", "int4"},
        {"bigint", "int8"},
        {"smallint", "int2"},
        {"boolean", "bool"},
        {"real", "float4"},
        {"double precision", "float8"},
        {"varchar", "character varying"},
        {"timestamptz", "timestamp with time zone"},
        {"serial", "serial4"},
        {"bigserial", "serial8"},
        {"smallserial", "serial2"},
        {"decimal", "numeric"},
    };
    for (size_t i = 0; i < sizeof SPELLINGS / sizeof *SPELLINGS; i++) {
        const ls_type_name *types[2];
        for (int k = 0; k < 2; k++) {
            const ls_statement *statement =
                read(ls_arena_format(arena, "CREATE TABLE t (c %s)", SPELLINGS[i][k]));
            types[k] = statement->create_table->columns.items[0].type;
            assert_string_equal(cut(types[k]->at), SPELLINGS[i][k]);
        }
        assert_string_equal(types[0]->name, types[1]->name);
        assert_true((types[0]->schema == NULL) == (types[1]->schema == NULL));
    }
}

static void test_column_types(void **state) {
    (void)state;
    const ls_statement *statement =
        read("CREATE FUNCTION f(a s.t.c%TYPE) RETURNS SETOF t.c % TYPE LANGUAGE sql AS ''");
    const ls_create_function *function = statement->create_function;
    const ls_type_name *parameter = function->parameters.items[0].type;
    assert_true(parameter->column_type);
    assert_string_equal(parameter->schema, "t");
    assert_string_equal(parameter->name, "c");
    assert_string_equal(cut(parameter->at), "s.t.c%TYPE");
    assert_true(function->returns->setof);
    assert_string_equal(function->returns->schema, "t");
    assert_string_equal(cut(function->returns->at), "t.c % TYPE");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_expressions, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_types, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_spellings_are_equal, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_column_types, open_arena, close_arena),
    };
    return cmocka_run_group_tests_name("lower: expressions", tests, NULL, NULL);
}
