/*
 * predicates.c - what conditions prove, against what PostgreSQL 15 said of each case ("implied by
 * existing constraints", "sufficient to prove" at DEBUG1).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects/predicates.h"

#include "read_sql.h"

static ls_arena *arena;
static ls_catalog *catalog;

static int set_up(void **state) {
    (void)state;
    arena = ls_arena_new();
    catalog = ls_catalog_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ls_catalog_free(catalog);
    ls_arena_free(arena);
    return 0;
}

/* --- Building tables -------------------------------------------------------------------------- */

static void add_constraint(ls_relation *table, const ls_constraint *written) {
    ls_catalog_constraint constraint = {.kind = written->kind,
                                        .expression = written->expression,
                                        .valid = !written->not_valid,
                                        .enforced = !written->not_enforced};
    for (size_t i = 0; i < written->columns.count; i++)
        LS_PUSH(arena, &constraint.columns, written->columns.items[i]);
    LS_PUSH(arena, &table->constraints, constraint);
}

static void add_column(ls_relation *table, const ls_column *written) {
    ls_catalog_column column = {.name = written->name,
                                .type = ls_catalog_resolve_type(catalog, written->type)};
    for (size_t i = 0; i < written->constraints.count; i++) {
        ls_constraint constraint = written->constraints.items[i];
        column.not_null |= constraint.kind == LS_CONSTRAINT_NOT_NULL;
        if (constraint.kind == LS_CONSTRAINT_PRIMARY_KEY || constraint.kind == LS_CONSTRAINT_UNIQUE)
            LS_PUSH(arena, &constraint.columns, written->name);
        add_constraint(table, &constraint);
    }
    LS_PUSH(arena, &table->columns, column);
}

static ls_relation *read_table(const char *sql) {
    const ls_create_table *written = read_sql(arena, sql)->create_table;
    ls_relation *table = LS_NEW(arena, ls_relation);
    table->columns_complete = true;
    table->partitioning = written->partitioning;
    for (size_t i = 0; i < written->columns.count; i++)
        add_column(table, &written->columns.items[i]);
    for (size_t i = 0; i < written->constraints.count; i++)
        add_constraint(table, &written->constraints.items[i]);
    return table;
}

static const ls_bound *read_bound(const char *bound) {
    const char *sql = ls_arena_format(arena, "ALTER TABLE p ATTACH PARTITION c %s", bound);
    return &read_sql(arena, sql)->alter_table.actions.items[0].bound;
}

/* --- Bounds ----------------------------------------------------------------------------------- */

typedef enum {
    SCANNED,
    PROVEN,
    ONLY_BY_SERVER, /* PostgreSQL proves it; lockstep does not try and says that it scans */
} proof;

typedef struct {
    const char *columns, *partition_by, *bound, *check;
    proof proof;
} bound_case;

/* Measured on 15. */
static const bound_case implied[] = {
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)",
     "a IS NOT NULL AND a >= 100 AND a < 200", PROVEN},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a >= 100 AND a < 200",
     SCANNED},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a >= 100 AND a < 200",
     PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a > 100 AND a < 150",
     PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a > 99 AND a < 200",
     SCANNED},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)",
     "a >= 100 AND a <= 199", PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)",
     "a BETWEEN 100 AND 199", PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)",
     "a BETWEEN 100 AND 200", SCANNED},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a = 150", PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a IN (100, 150)",
     PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a IN (100, 250)",
     SCANNED},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "100 <= a AND 200 > a",
     PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)",
     "NOT (a < 100 OR a >= 200)", PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)",
     "(a >= 100 AND a < 120) OR (a >= 150 AND a < 160)", PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)",
     "a >= 100::bigint AND a < 200", PROVEN},
    {"a bigint NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)",
     "a >= 100 AND a < 200", PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)",
     "a >= 100.0 AND a < 200.0", SCANNED},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM ('100') TO ('200')",
     "a >= 100 AND a < 200", PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (-5) TO (5)", "a >= -5 AND a < 5",
     PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (MINVALUE) TO (200)", "a < 200",
     PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (MAXVALUE)", "a >= 100",
     PROVEN},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (MINVALUE) TO (MAXVALUE)", "b > 0",
     PROVEN},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (MINVALUE) TO (MAXVALUE)", "b > 0", SCANNED},
    {"a int NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "b >= 100 AND b < 200",
     SCANNED},
    {"a date NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
     "a >= '2024-01-01' AND a < '2024-02-01'", PROVEN},
    {"a date NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
     "a >= DATE '2024-01-02' AND a < '2024-01-20'::date", PROVEN},
    {"a date NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
     "a >= '2023-12-31' AND a < '2024-02-01'", SCANNED},
    {"a timestamptz NOT NULL, b int", "RANGE (a)",
     "FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')", "a >= '2024-01-01' AND a < '2024-02-01'",
     PROVEN},
    {"a timestamptz NOT NULL, b int", "RANGE (a)",
     "FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
     "a >= '2024-01-01'::date AND a < '2024-02-01'::date", SCANNED},
    {"a timestamptz NOT NULL, b int", "RANGE (a)",
     "FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2024-02-01 00:00:00+00')",
     "a >= '2024-01-01 00:00:00+00'::timestamptz AND a < '2024-02-01 00:00:00+00'", PROVEN},
    {"a timestamp NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
     "a >= '2024-01-01 00:00:00' AND a < '2024-02-01 00:00:00'", PROVEN},
    {"a timestamp NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
     "a >= '2024-01-01 12:00:00' AND a < '2024-01-31 00:00:00'", PROVEN},
    {"a timestamp NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
     "a::date >= '2024-01-01' AND a::date < '2024-02-01'", SCANNED},
    {"a text NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM ('a') TO ('m')",
     "a >= 'a' AND a < 'm'", PROVEN},
    {"a text NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM ('a') TO ('m')",
     "a >= 'b' AND a < 'c'", ONLY_BY_SERVER},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x')", "a IS NOT NULL AND a = 'x'", PROVEN},
    {"a text NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('x')", "a = 'x'", PROVEN},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x')", "a = 'x'", SCANNED},
    {"a text NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')", "a = 'x'", PROVEN},
    {"a text NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')", "a IN ('x', 'y')", PROVEN},
    {"a text NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')", "a IN ('y', 'x')", PROVEN},
    {"a text NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')", "a IN ('x', 'z')", SCANNED},
    {"a text NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')", "a = ANY (ARRAY['x', 'y'])",
     PROVEN},
    {"a text NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')",
     "a = ANY (ARRAY['x'::text, 'y'::text])", PROVEN},
    {"a text NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')", "a = 'x' OR a = 'y'",
     PROVEN},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x', NULL)", "a = 'x' OR a IS NULL", PROVEN},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x', NULL)", "a = 'x'", PROVEN},
    {"a varchar(10) NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')", "a IN ('x', 'y')",
     PROVEN},
    {"a varchar(10) NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')",
     "a::text = ANY (ARRAY['x'::character varying, 'y'::character varying]::text[])", PROVEN},
    {"a varchar(10) NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('x')", "a::text = 'x'::text",
     PROVEN},
    {"a int NOT NULL, b int", "LIST (a)", "FOR VALUES IN (1, 2)", "a IN (1, 2)", PROVEN},
    {"a int NOT NULL, b int", "LIST (a)", "FOR VALUES IN (1, 2)", "a = 2", PROVEN},
    {"a int NOT NULL, b int", "LIST (a)", "FOR VALUES IN (1, 2)", "a >= 1 AND a <= 2", SCANNED},
    {"a int NOT NULL, b int NOT NULL", "RANGE (a, b)", "FOR VALUES FROM (1, 2) TO (1, 5)",
     "a = 1 AND b >= 2 AND b < 5", PROVEN},
    {"a int NOT NULL, b int NOT NULL", "RANGE (a, b)", "FOR VALUES FROM (1, 2) TO (1, 5)",
     "a = 1 AND b >= 1 AND b < 5", SCANNED},
    {"a int NOT NULL, b int NOT NULL", "RANGE (a, b)", "FOR VALUES FROM (1, 2) TO (3, 4)",
     "(a > 1 OR (a = 1 AND b >= 2)) AND (a < 3 OR (a = 3 AND b < 4))", PROVEN},
    {"a int NOT NULL, b int NOT NULL", "RANGE (a, b)", "FOR VALUES FROM (1, 2) TO (3, 4)",
     "a > 1 AND a < 3", ONLY_BY_SERVER},
    {"a int, b int NOT NULL", "RANGE (a, b)", "FOR VALUES FROM (1, 2) TO (3, 4)",
     "(a > 1 OR (a = 1 AND b >= 2)) AND (a < 3 OR (a = 3 AND b < 4))", SCANNED},
    {"a int NOT NULL, b int NOT NULL", "RANGE (a, b)",
     "FOR VALUES FROM (1, MINVALUE) TO (3, MINVALUE)", "a >= 1 AND a < 3", ONLY_BY_SERVER},
    {"a timestamp, b int", "RANGE ((a::date))", "FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
     "a::date IS NOT NULL AND a::date >= '2024-01-01' AND a::date < '2024-02-01'", PROVEN},
    {"a int NOT NULL, b int", "RANGE ((a / 10))", "FOR VALUES FROM (10) TO (20)",
     "a / 10 IS NOT NULL AND a / 10 >= 10 AND a / 10 < 20", PROVEN},
    {"a int NOT NULL, b int", "RANGE ((a / 10))", "FOR VALUES FROM (10) TO (20)",
     "a / 10 >= 10 AND a / 10 < 20", SCANNED},
    {"a int NOT NULL, b int", "HASH (a)", "FOR VALUES WITH (MODULUS 4, REMAINDER 0)", "a >= 0",
     SCANNED},
    {"a boolean NOT NULL, b int", "LIST (a)", "FOR VALUES IN (true)", "a = true", ONLY_BY_SERVER},
    {"a uuid NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('00000000-0000-0000-0000-000000000001')",
     "a = '00000000-0000-0000-0000-000000000001'", PROVEN},
    {"a numeric NOT NULL, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)",
     "a >= 100 AND a < 200", PROVEN},
};

static const bound_case excluded[] = {
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)",
     "NOT (a IS NOT NULL AND a >= 100 AND a < 200)", PROVEN},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a < 100", PROVEN},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a <= 100", SCANNED},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a < 100 OR a >= 200", PROVEN},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a < 100 OR a > 199", SCANNED},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)",
     "a IS NULL OR a < 50 OR a >= 300", PROVEN},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a NOT BETWEEN 50 AND 200",
     PROVEN},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a NOT BETWEEN 100 AND 199",
     SCANNED},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "NOT (a >= 100 AND a < 200)",
     PROVEN},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "NOT (a >= 100 AND a < 190)",
     SCANNED},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "a = 5", PROVEN},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (MINVALUE) TO (200)", "a >= 200", PROVEN},
    {"a int, b int", "RANGE (a)", "FOR VALUES FROM (100) TO (200)", "b > 3", SCANNED},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x')", "a <> 'x'", PROVEN},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x')", "NOT (a IS NOT NULL AND a = 'x')", PROVEN},
    {"a int, b int", "LIST (a)", "FOR VALUES IN (1)", "NOT (a = ANY (ARRAY[1, 2]))", PROVEN},
    {"a int, b int", "LIST (a)", "FOR VALUES IN (1)", "NOT (a = ALL (ARRAY[1, 2]))", SCANNED},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x')", "a = 'y'", PROVEN},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')", "a NOT IN ('x', 'y')", PROVEN},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')", "a NOT IN ('x', 'y', 'z')", PROVEN},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')", "a NOT IN ('x', 'z')", SCANNED},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')", "a <> 'x' AND a <> 'y'", PROVEN},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')", "a IN ('v', 'w')", PROVEN},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x', 'y')",
     "NOT (a IS NOT NULL AND a = ANY (ARRAY['x', 'y']))", PROVEN},
    {"a text NOT NULL, b int", "LIST (a)", "FOR VALUES IN ('x', NULL)", "a <> 'x'", PROVEN},
    {"a text, b int", "LIST (a)", "FOR VALUES IN ('x', NULL)", "a <> 'x'", SCANNED},
    {"a text, b int", "LIST (a)", "FOR VALUES IN (NULL)", "a IS NOT NULL", PROVEN},
    {"a int, b int", "LIST (a)", "FOR VALUES IN (1, 2)", "a > 2", PROVEN},
    {"a int, b int", "LIST (a)", "FOR VALUES IN (1, 2)", "a NOT IN (1, 2)", PROVEN},
};

static void check_bounds(const bound_case *cases, size_t count,
                         bool (*proves)(const ls_relation *, const ls_partitioning *,
                                        const ls_bound *)) {
    for (size_t i = 0; i < count; i++) {
        const bound_case *one = &cases[i];
        const ls_relation *parent = read_table(ls_arena_format(
            arena, "CREATE TABLE p (%s) PARTITION BY %s", one->columns, one->partition_by));
        const ls_relation *table = read_table(
            ls_arena_format(arena, "CREATE TABLE c (%s, CHECK (%s))", one->columns, one->check));
        if (proves(table, &parent->partitioning, read_bound(one->bound)) != (one->proof == PROVEN))
            fail_msg("(%s) BY %s %s, CHECK (%s)", one->columns, one->partition_by, one->bound,
                     one->check);
    }
}

static void checks_imply_bounds(void **state) {
    (void)state;
    check_bounds(implied, sizeof implied / sizeof *implied, ls_table_implies_bound);
}

static void checks_exclude_bounds(void **state) {
    (void)state;
    check_bounds(excluded, sizeof excluded / sizeof *excluded, ls_default_excludes_bound);
}

static void unproven_checks_prove_nothing(void **state) {
    (void)state;
    const ls_relation *parent = read_table("CREATE TABLE p (a int) PARTITION BY RANGE (a)");
    ls_relation *table =
        read_table("CREATE TABLE c (a int, CHECK (a IS NOT NULL AND a >= 100 AND a < 200))");
    const ls_bound *bound = read_bound("FOR VALUES FROM (100) TO (200)");
    ls_catalog_constraint *check = &table->constraints.items[0];
    assert_true(ls_table_implies_bound(table, &parent->partitioning, bound));
    check->valid = false;
    assert_false(ls_table_implies_bound(table, &parent->partitioning, bound));
    check->valid = true;
    check->enforced = false;
    assert_false(ls_table_implies_bound(table, &parent->partitioning, bound));
}

/* --- NOT NULL --------------------------------------------------------------------------------- */

/* Measured on 15. */
static const struct {
    const char *check;
    proof proof;
} not_null[] = {
    {"a IS NOT NULL", PROVEN},
    {"a IS NOT NULL AND b > 0", PROVEN},
    {"a > 0", SCANNED},
    {"NOT (a IS NULL)", PROVEN},
    {"NOT (a IS NULL OR b > 0)", PROVEN},
    {"a IS NOT NULL OR b > 0", SCANNED},
    {"(a IS NOT NULL AND b > 0) OR (a IS NOT NULL AND b < 0)", PROVEN},
    {"b IS NOT NULL", SCANNED},
    {"(a IS NOT NULL)::int = 1", SCANNED},
    {"a IS NOT NULL IS TRUE", SCANNED},
    {"(a IS NULL) IS FALSE", SCANNED},
    {"(a IS NOT NULL) = true", ONLY_BY_SERVER},
    {"a + 0 IS NOT NULL", SCANNED},
    {"coalesce(a, 0) > 0", SCANNED},
    {"num_nonnulls(a) = 1", SCANNED},
    {"NOT (a IS NULL AND b IS NULL)", SCANNED},
    {"a IS DISTINCT FROM NULL", ONLY_BY_SERVER},
    {"NOT NOT a IS NOT NULL", PROVEN},
    {"CASE WHEN a IS NULL THEN false ELSE true END", SCANNED},
    {"(a,b) IS NOT NULL", ONLY_BY_SERVER},
    {"ROW(a) IS NOT NULL", ONLY_BY_SERVER},
};

static void checks_prove_not_null(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof not_null / sizeof *not_null; i++) {
        const ls_expression *check = read_expression(arena, not_null[i].check);
        if (ls_check_proves_not_null(check, "a") != (not_null[i].proof == PROVEN))
            fail_msg("CHECK (%s)", not_null[i].check);
    }
}

/* --- Rows ------------------------------------------------------------------------------------- */

static const char users[] = "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, "
                            "status text, tenant_id bigint, number int, created_at timestamptz, "
                            "UNIQUE (tenant_id, number))";

static const struct {
    const char *sql;
    ls_row_bound known, unknown; /* with the table above, and without any */
} rows[] = {
    {"DELETE FROM users", LS_ROWS_ALL, LS_ROWS_ALL},
    {"DELETE FROM users WHERE true", LS_ROWS_ALL, LS_ROWS_ALL},
    {"DELETE FROM users WHERE 1 = 1", LS_ROWS_ALL, LS_ROWS_ALL},
    {"DELETE FROM users WHERE status = 'x' OR true", LS_ROWS_ALL, LS_ROWS_ALL},
    {"DELETE FROM users WHERE 't'::boolean", LS_ROWS_ALL, LS_ROWS_ALL},
    {"DELETE FROM users WHERE status = 'x'", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE email IS NULL", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE status IN ('x', 'y')", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE id = 5", LS_ROWS_FEW, LS_ROWS_FEW},
    {"DELETE FROM users WHERE users.id = 5", LS_ROWS_FEW, LS_ROWS_FEW},
    {"DELETE FROM users WHERE 5 = id", LS_ROWS_FEW, LS_ROWS_FEW},
    {"DELETE FROM users WHERE id = $1", LS_ROWS_FEW, LS_ROWS_FEW},
    {"DELETE FROM users WHERE id = r.id", LS_ROWS_FEW, LS_ROWS_FEW},
    {"DELETE FROM users WHERE id = v_id", LS_ROWS_FEW, LS_ROWS_MANY},
    {"DELETE FROM users WHERE id = tenant_id", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE id <> 5", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE email = 'a@b'", LS_ROWS_FEW, LS_ROWS_MANY},
    {"DELETE FROM users WHERE lower(email) = 'a@b'", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE id IN (1, 2, 3)", LS_ROWS_FEW, LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE id NOT IN (1, 2, 3)", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE id = ANY (ARRAY[1, 2])", LS_ROWS_FEW, LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE id = ANY ($1)", LS_ROWS_BOUNDED, LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE status = ANY ($1)", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE tenant_id = 5", LS_ROWS_MANY, LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE tenant_id = 5 AND number = 7", LS_ROWS_FEW, LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE tenant_id = 5 AND number IN (7, 8)", LS_ROWS_FEW, LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE number = 7 AND status = 'x'", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE id = 5 AND status = 'x'", LS_ROWS_FEW, LS_ROWS_FEW},
    {"DELETE FROM users WHERE id = 5 OR id = 6", LS_ROWS_FEW, LS_ROWS_FEW},
    {"DELETE FROM users WHERE id = 5 OR status = 'x'", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE id BETWEEN 1 AND 1000", LS_ROWS_BOUNDED, LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE id NOT BETWEEN 1 AND 1000", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE id >= 1 AND id < 1000", LS_ROWS_BOUNDED, LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE 1 <= id AND 1000 > id", LS_ROWS_BOUNDED, LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE id > last AND id <= last + 1000", LS_ROWS_BOUNDED, LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE id > 5", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE id > 5 AND id >= 6", LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE created_at >= '2024-01-01' AND created_at < '2024-02-01'",
     LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE id IN (SELECT id FROM users WHERE status = 'x' LIMIT 1000)",
     LS_ROWS_BOUNDED, LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE id IN (SELECT id FROM users WHERE status = 'x')", LS_ROWS_MANY,
     LS_ROWS_MANY},
    {"DELETE FROM users u WHERE id IN (SELECT o.user_id FROM orders o WHERE o.id = u.order_id)",
     LS_ROWS_MANY, LS_ROWS_MANY},
    {"DELETE FROM users WHERE id IN (SELECT user_id FROM orders WHERE id = 7)", LS_ROWS_BOUNDED,
     LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE id NOT IN (SELECT id FROM users LIMIT 1000)", LS_ROWS_MANY,
     LS_ROWS_MANY},
    {"DELETE FROM users WHERE id = (SELECT id FROM users ORDER BY id LIMIT 1)", LS_ROWS_BOUNDED,
     LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE status = (SELECT status FROM settings LIMIT 1)", LS_ROWS_MANY,
     LS_ROWS_MANY},
    {"DELETE FROM users WHERE id = ANY (SELECT id FROM users LIMIT 10)", LS_ROWS_BOUNDED,
     LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE ctid = ANY (ARRAY(SELECT ctid FROM users LIMIT 10))", LS_ROWS_BOUNDED,
     LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE ctid = ANY (ARRAY(SELECT ctid FROM users))", LS_ROWS_MANY,
     LS_ROWS_MANY},
    {"DELETE FROM users WHERE ctid IN (SELECT ctid FROM users LIMIT 10)", LS_ROWS_BOUNDED,
     LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE ctid >= '(0,0)' AND ctid < '(1000,0)'", LS_ROWS_BOUNDED,
     LS_ROWS_BOUNDED},
    {"DELETE FROM users WHERE CURRENT OF c", LS_ROWS_BOUNDED, LS_ROWS_BOUNDED},
    {"WITH batch AS (SELECT id FROM users WHERE status = 'x' LIMIT 1000) "
     "UPDATE users SET status = 'y' FROM batch WHERE users.id = batch.id",
     LS_ROWS_BOUNDED, LS_ROWS_BOUNDED},
    {"WITH batch AS (SELECT id FROM users WHERE status = 'x') "
     "UPDATE users SET status = 'y' FROM batch WHERE users.id = batch.id",
     LS_ROWS_MANY, LS_ROWS_MANY},
    {"WITH batch AS (SELECT id FROM users LIMIT 1000) "
     "UPDATE users SET status = 'y' WHERE id IN (SELECT id FROM batch)",
     LS_ROWS_BOUNDED, LS_ROWS_BOUNDED},
    {"UPDATE users u SET status = 'y' FROM (SELECT id FROM users LIMIT 9) b WHERE u.id = b.id",
     LS_ROWS_BOUNDED, LS_ROWS_BOUNDED},
    {"UPDATE users u SET status = v.s FROM (VALUES (1, 'a'), (2, 'b')) v(id, s) WHERE u.id = v.id",
     LS_ROWS_BOUNDED, LS_ROWS_BOUNDED},
    {"UPDATE users u SET status = 'y' FROM orders o WHERE u.id = o.user_id", LS_ROWS_MANY,
     LS_ROWS_MANY},
    {"WITH batch AS (SELECT id FROM users LIMIT 9) UPDATE users u SET status = 'y' "
     "WHERE EXISTS (SELECT 1 FROM batch b WHERE b.id = u.id)",
     LS_ROWS_BOUNDED, LS_ROWS_BOUNDED},
};

static void rows_that_a_where_takes(void **state) {
    (void)state;
    const ls_relation *table = read_table(users);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const ls_query *query = read_sql(arena, rows[i].sql)->query;
        ls_row_bound known = ls_where_bound(catalog, table, query);
        ls_row_bound unknown = ls_where_bound(catalog, NULL, query);
        if (known != rows[i].known || unknown != rows[i].unknown)
            fail_msg("%s: %d and %d, not %d and %d", rows[i].sql, (int)known, (int)unknown,
                     (int)rows[i].known, (int)rows[i].unknown);
    }
}

static void unique_indexes_are_keys(void **state) {
    (void)state;
    const ls_birth birth = {.known = true};
    ls_relation_id id =
        ls_catalog_create(catalog, LS_RELATION_TABLE, LS_PERMANENT, NULL, "users", birth)->id;
    const ls_catalog_column name = {.name = "name"};
    LS_PUSH(ls_catalog_arena(catalog), &ls_catalog_edit(catalog, id)->columns, name);
    ls_catalog_edit(catalog, id)->columns_complete = true;
    ls_relation *index = ls_catalog_create_index(catalog, id, "users_name", birth);
    const ls_index_element element = {.column = "name"};
    LS_PUSH(ls_catalog_arena(catalog), &index->elements, element);
    index->unique = index->valid = true;
    const ls_query *query = read_sql(arena, "DELETE FROM users WHERE name = 'admin'")->query;
    const ls_relation_id index_id = index->id;
    assert_int_equal(ls_where_bound(catalog, ls_catalog_relation(catalog, id), query), LS_ROWS_FEW);
    ls_catalog_edit(catalog, index_id)->predicate = read_expression(arena, "active");
    assert_int_equal(ls_where_bound(catalog, ls_catalog_relation(catalog, id), query),
                     LS_ROWS_MANY);
    ls_catalog_edit(catalog, index_id)->predicate = NULL;
    ls_catalog_edit(catalog, index_id)->valid = false;
    assert_int_equal(ls_where_bound(catalog, ls_catalog_relation(catalog, id), query),
                     LS_ROWS_MANY);
    ls_catalog_edit(catalog, index_id)->valid = true;
    ls_catalog_edit(catalog, index_id)->unique = false;
    assert_int_equal(ls_where_bound(catalog, ls_catalog_relation(catalog, id), query),
                     LS_ROWS_MANY);
}

/* --- Equality --------------------------------------------------------------------------------- */

static void equal_expressions(void **state) {
    (void)state;
    static const struct {
        const char *one, *other;
        bool equal;
    } cases[] = {
        {"a + 1", "a  +  1", true},
        {"lower(a)", "LOWER(a)", true},
        {"lower(a)", "lower(b)", false},
        {"a + 1", "a - 1", false},
        {"a + 1", "a + 2", false},
        {"a::int", "a::integer", true},
        {"a::varchar(3)", "a::varchar(4)", false},
        {"a IS NULL", "a IS NOT NULL", false},
        {"f(a)", "f(a, b)", false},
        {"s.f(a)", "f(a)", false},
        {"a", "'a'", false},
        {"(SELECT 1)", "(SELECT 2)", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ls_expression *one = read_expression(arena, cases[i].one);
        const ls_expression *other = read_expression(arena, cases[i].other);
        if (ls_expressions_equal(one, other) != cases[i].equal)
            fail_msg("%s and %s", cases[i].one, cases[i].other);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(checks_imply_bounds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(checks_exclude_bounds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unproven_checks_prove_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(checks_prove_not_null, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_that_a_where_takes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unique_indexes_are_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(equal_expressions, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
