/*
 * predicates.h - what a condition proves.
 *
 * The little theorem provers that PostgreSQL uses to skip scans, no stronger than its own: where it
 * would scan, these say so.
 */
#ifndef LS_EFFECTS_PREDICATES_H
#define LS_EFFECTS_PREDICATES_H

#include "catalog/catalog.h"

/* A CHECK with this expression, valid, implies that the column is not null: `column IS NOT NULL`,
 * alone or as a term of AND (12 and newer: NotNullImpliedByRelConstraints; measured). */
bool ls_check_proves_not_null(const ls_expression *check, const char *column);

/* The table's valid CHECKs (and NOT NULL columns) imply the partition bound, key columns' IS NOT
 * NULL included, so that ATTACH PARTITION need not scan it. */
bool ls_table_implies_bound(const ls_relation *table, const ls_partitioning *partitioning,
                            const ls_bound *bound);

/* The DEFAULT partition's valid CHECKs exclude every row of the bound. */
bool ls_default_excludes_bound(const ls_relation *default_partition,
                               const ls_partitioning *partitioning, const ls_bound *bound);

/* TRUE, 1 = 1, 't'::boolean, a OR TRUE: true whatever the row. */
bool ls_always_true(const ls_expression *condition);

typedef enum {
    LS_ROWS_ALL,     /* no WHERE, or one that is always true */
    LS_ROWS_MANY,    /* a WHERE that does not bound how many rows it takes */
    LS_ROWS_BOUNDED, /* by a LIMIT, a range of a key with two ends, or a list of keys */
    LS_ROWS_FEW,     /* by equality with constants on a whole unique key, or on a small list */
} ls_row_bound;

/*
 * How many rows a WHERE takes, as far as the statement and the catalog tell. `table` may be NULL
 * (unknown): then names decide (a column called id or ending in _id compared with constants).
 */
ls_row_bound ls_where_bound(const ls_catalog *catalog, const ls_relation *table,
                            const ls_query *query);

/* The same expression, apart from places. */
bool ls_expressions_equal(const ls_expression *one, const ls_expression *other);

#endif
