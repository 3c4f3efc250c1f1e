/*
 * types.h - what ALTER COLUMN TYPE costs, from type to type.
 *
 * Pure functions over tables; the facts are measured on 11 to 18 (see the table's comments).
 */
#ifndef LS_EFFECTS_TYPES_H
#define LS_EFFECTS_TYPES_H

#include "catalog/catalog.h"

typedef enum {
    LS_TYPE_KEEPS,            /* no rewrite, plain btree indexes keep their files */
    LS_TYPE_REBUILDS_INDEXES, /* no rewrite, but every index on the column is built again */
    LS_TYPE_REWRITES,         /* the table is rewritten with all its indexes */
    LS_TYPE_WORK_UNKNOWN,     /* the old or the new type is not known well enough */
} ls_type_work;

typedef enum { LS_ZONE_UNKNOWN, LS_ZONE_UTC, LS_ZONE_OTHER } ls_time_zone;

typedef struct {
    const ls_catalog *catalog;
    int postgres;           /* target version */
    ls_time_zone time_zone; /* of the session: timestamp <-> timestamptz depends on it */
} ls_type_world;

typedef struct {
    ls_type_work work;
    unsigned fates;       /* LS_FATE_...: what can become of values that were fine, without USING;
                             what a domain asks of them is another matter */
    bool same;            /* the type does not change at all */
    bool needs_using;     /* certain to be refused without a USING clause */
    bool depends_on_zone; /* LS_TYPE_WORK_UNKNOWN because the TimeZone is not known */
    const char *why;      /* one clause for people: "varchar(20) to varchar(10) checks every row" */
} ls_type_change;

/*
 * What changing a column of type `from` with collation `from_collation` (NULL: default) to `to`
 * costs; `using` is the USING expression or NULL, `column` the column's name (USING that only casts
 * the column changes nothing). Indexes, constraints and other dependents are the caller's matter.
 */
ls_type_change ls_judge_type_change(const ls_type_world *world, const ls_data_type *from,
                                    const char *from_collation, const ls_data_type *to,
                                    const char *to_collation, const ls_expression *using_expression,
                                    const char *column, ls_arena *arena);

/* What a value of one type has to be like to fit into the other as it is, as a condition on the
 * column; NULL where none can be written. In the arena. */
const char *ls_narrowed_condition(ls_arena *arena, const ls_data_type *from, const ls_data_type *to,
                                  const char *column);

/* The type as people write it: "integer", "character varying(20)" as varchar(20), "numeric(10,2)",
 * "text[]". In the arena. */
const char *ls_type_text(ls_arena *arena, const ls_data_type *type);

/* "integer, text", as what a function takes. */
const char *ls_types_text(ls_arena *arena, const ls_data_type *types, size_t count,
                          const char *separator);

/* What a domain does to a new column (array and composite types over it do nothing). */
typedef struct {
    bool is_domain;
    bool has_check; /* it or a domain under it has a CHECK, valid or not */
    bool not_null;
    const ls_expression *default_value; /* the outermost domain's that has one */
} ls_domain_facts;
ls_domain_facts ls_domain_facts_of(const ls_catalog *catalog, const ls_data_type *type);

/* True if a foreign key from one type to the other can be implemented (an equality operator with
 * or without a cast); unknown types give true. */
bool ls_types_comparable(const ls_catalog *catalog, const ls_data_type *one,
                         const ls_data_type *other);

#endif
