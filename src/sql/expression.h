/*
 * expression.h - expressions and queries, as written.
 *
 * Part of the statement model (statement.h). Everything is in the arena of the script; an absent
 * part is NULL or empty. Depth is bounded: what lies deeper than LS_EXPRESSION_DEPTH becomes one
 * LS_EXPR_OTHER without arguments, flagged as cut.
 */
#ifndef LS_SQL_EXPRESSION_H
#define LS_SQL_EXPRESSION_H

#include "sql/source.h"
#include "support/vector.h"

enum { LS_EXPRESSION_DEPTH = 200 };

/* VALUES keeps the expressions of so many rows. */
enum { LS_KEPT_ROWS = 16 };

typedef struct ls_expression ls_expression;
typedef struct ls_query ls_query;

/* A possibly qualified name; case is folded as PostgreSQL folds it, 63 bytes at most. */
typedef struct {
    const char *schema; /* NULL if not given */
    const char *name;
    ls_span at; /* the name with its qualification, as written */
} ls_name;

/* A type as written, in PostgreSQL's internal spelling: int4, varchar, timestamptz, bpchar. */
typedef struct {
    const char *schema; /* NULL if not given; pg_catalog for the grammar's own spellings */
    const char *name;   /* serial and its aliases stay: serial4, serial8, serial2 */
    ls_span at;
    int32_t modifiers[2]; /* varchar(n): n; numeric(p,s): p, s; interval: field mask, precision */
    uint8_t modifier_count;
    bool setof;
    bool column_type;   /* written as table.column%TYPE: schema.name is then table.column */
    int16_t dimensions; /* array dimensions, 0 for none */
} ls_type_name;

typedef enum {
    LS_EXPR_NULL,
    LS_EXPR_BOOLEAN,
    LS_EXPR_INTEGER,
    LS_EXPR_FLOAT,
    LS_EXPR_STRING,
    LS_EXPR_BIT_STRING,
    LS_EXPR_COLUMN,    /* names: [schema, table,] column; star: the last is * */
    LS_EXPR_PARAMETER, /* $1, or a blanked-out placeholder */
    LS_EXPR_FUNCTION,  /* name, arguments; also COALESCE, GREATEST, ... by these names */
    LS_EXPR_SQL_VALUE, /* current_timestamp, current_user, ...: text is the name in lower case */
    LS_EXPR_OPERATOR,  /* text is the operator; one or two arguments (prefix: one) */
    LS_EXPR_IN,        /* left IN (rest...); negated: NOT IN */
    LS_EXPR_BETWEEN,   /* value, low, high; negated */
    LS_EXPR_LIKE,      /* text: LIKE, ILIKE, SIMILAR TO; negated */
    LS_EXPR_ANY,       /* left op ANY (right); text is the operator */
    LS_EXPR_ALL,       /* left op ALL (right) */
    LS_EXPR_DISTINCT,  /* IS [NOT] DISTINCT FROM */
    LS_EXPR_AND,
    LS_EXPR_OR,
    LS_EXPR_NOT,
    LS_EXPR_IS_NULL,    /* negated: IS NOT NULL */
    LS_EXPR_IS_BOOLEAN, /* text: TRUE, FALSE, UNKNOWN; negated */
    LS_EXPR_CAST,       /* argument, type */
    LS_EXPR_COLLATE,    /* argument, text is the collation */
    LS_EXPR_CASE,
    LS_EXPR_ARRAY,
    LS_EXPR_ROW,
    LS_EXPR_SUBSCRIPT,
    LS_EXPR_FIELD,      /* (expression).text */
    LS_EXPR_SUBQUERY,   /* query; text: "", EXISTS, IN (arguments: the left side), ANY, ARRAY */
    LS_EXPR_CURRENT_OF, /* text is the cursor */
    LS_EXPR_DEFAULT,    /* the word DEFAULT in VALUES or SET */
    LS_EXPR_OTHER,      /* anything else; its arguments are there where they are known */
} ls_expression_kind;

struct ls_expression {
    ls_expression_kind kind;
    ls_span at; /* as exact as the parser tells: begin is exact where it gives one */
    bool negated, star, cut;
    const char *text; /* constant's text, operator, or see the kinds */
    LS_VECTOR(ls_expression *) arguments;
    union {
        int64_t integer;    /* LS_EXPR_INTEGER, LS_EXPR_PARAMETER, LS_EXPR_BOOLEAN (0 or 1) */
        ls_name name;       /* LS_EXPR_FUNCTION */
        ls_type_name *type; /* LS_EXPR_CAST */
        ls_query *query;    /* LS_EXPR_SUBQUERY */
        LS_VECTOR(const char *) names; /* LS_EXPR_COLUMN, without the star */
    };
};

/* The query that an expression stands for; NULL if it is no subquery. */
static inline const ls_query *ls_expression_query(const ls_expression *expression) {
    return expression->kind == LS_EXPR_SUBQUERY ? expression->query : NULL;
}

typedef enum {
    LS_FROM_RELATION,
    LS_FROM_QUERY,
    LS_FROM_FUNCTION,
    LS_FROM_JOIN,
    LS_FROM_OTHER,
} ls_from_kind;

typedef struct ls_from ls_from;
struct ls_from {
    ls_from_kind kind;
    ls_name name; /* LS_FROM_RELATION */
    bool only;
    const char *alias; /* NULL if none */
    LS_VECTOR(const char *) column_aliases;
    ls_query *query;         /* LS_FROM_QUERY */
    ls_expression *function; /* LS_FROM_FUNCTION */
    bool lateral;
    ls_from *left, *right; /* LS_FROM_JOIN */
    ls_expression *on;
    LS_VECTOR(const char *) using_columns;
    bool natural;
};

typedef struct {
    const char *name; /* AS name, or the column that is set or inserted into; NULL if none */
    ls_expression *value;
    ls_span at;
    bool part; /* an element or a field of the column is set */
} ls_target;

typedef struct {
    const char *name;
    LS_VECTOR(const char *) column_aliases;
    ls_query *query;
    bool recursive;
} ls_common_table;

typedef enum {
    LS_QUERY_SELECT,
    LS_QUERY_VALUES,
    LS_QUERY_SET_OPERATION,
    LS_QUERY_INSERT,
    LS_QUERY_UPDATE,
    LS_QUERY_DELETE,
    LS_QUERY_MERGE,
    LS_QUERY_TABLE, /* EXECUTE in CREATE TABLE AS, and anything else that is not one of these */
} ls_query_kind;

/* The clauses that few queries have: most rows of a large migration come without any. */
typedef struct {
    LS_VECTOR(ls_common_table) with;
    LS_VECTOR(ls_expression *) group_by;
    ls_expression *having;
    LS_VECTOR(ls_expression *) order_by;
    ls_expression *limit; /* also FETCH FIRST */
    ls_expression *offset;
    LS_VECTOR(ls_target) returning;
    bool distinct, for_update; /* FOR UPDATE, SHARE and the like */
} ls_query_clauses;

/* ON CONFLICT: what it names, and what is done then. */
typedef struct {
    LS_VECTOR(const char *) columns;
    LS_VECTOR(ls_expression *) expressions; /* elements that are no plain columns */
    ls_expression *predicate;               /* of a partial index */
    const char *constraint;
    bool update; /* DO UPDATE, not DO NOTHING; then with its SET and WHERE */
    LS_VECTOR(ls_target) set;
    ls_expression *where;
} ls_conflict;

struct ls_query {
    ls_query_kind kind;
    ls_span at;
    uint32_t value_rows;             /* LS_QUERY_VALUES: how many */
    const ls_query_clauses *clauses; /* never NULL: empty ones where it has none */
    LS_VECTOR(ls_from *) from;       /* FROM; for UPDATE and DELETE the FROM or USING items */
    LS_VECTOR(ls_target) targets;    /* select list, SET list, or the insert column list */
    ls_expression *where;
    ls_span where_at;                  /* WHERE clause, empty if none */
    ls_query *left, *right;            /* set operation */
    LS_VECTOR(ls_expression *) values; /* LS_QUERY_VALUES: of LS_KEPT_ROWS rows, all in a row */
    /* data changes */
    ls_name target; /* relation that is changed, or SELECT INTO's */
    const char *target_alias;
    ls_span assignments_at;      /* UPDATE: what stands between SET and the next clause */
    ls_query *source;            /* INSERT ... SELECT or VALUES; MERGE: the source query */
    const ls_conflict *conflict; /* INSERT: NULL without ON CONFLICT */
    bool target_only, select_into;
};

/* How many values a row of VALUES has; 0 if it has no rows. */
static inline size_t ls_values_width(const ls_query *values) {
    const size_t kept = values->value_rows < LS_KEPT_ROWS ? values->value_rows : LS_KEPT_ROWS;
    return kept == 0 ? 0 : values->values.count / kept;
}

#endif
