/*
 * row.h - the schema, the row, and what statements do to them.
 *
 * Every function here does what a server does, on values that are null, fresh or stale: it is what
 * the differential walks compare with PostgreSQL. A function that returns a fault leaves the row
 * as it is to be thrown away: the statement did not happen.
 *
 * Each value also remembers which write it comes from. Searching does not need that; traces do.
 */
#ifndef LS_PLAN_MODEL_ROW_H
#define LS_PLAN_MODEL_ROW_H

#include "plan/model/group.h"

typedef struct {
    ls_carrier_set exists, not_null, checked; /* an alias is in `aliases` and not here */
    ls_carrier_set aliases;
    ls_carrier_set named;          /* whose NOT NULL is a constraint that can be validated */
    ls_trigger_set made, triggers; /* that there are; those of them that fire */
    ls_local stands_for[LS_GROUP_CARRIERS];
    ls_model_default defaults[LS_GROUP_CARRIERS];
} ls_schema;

typedef struct {
    bool present;
    uint8_t value[LS_GROUP_CARRIERS]; /* ls_model_value; null where there is no carrier */
    uint8_t write[LS_GROUP_CARRIERS];
    uint8_t last_write;
} ls_row;

typedef struct {
    ls_violation violation; /* LS_NO_VIOLATION: none */
    ls_local carrier, trigger;
} ls_fault;

static const ls_fault LS_NO_FAULT = {LS_NO_VIOLATION, LS_NOT_IN_GROUP, LS_NOT_IN_GROUP};

/* Before the first stage. */
void ls_schema_start(const ls_group *group, ls_schema *schema);

/* The carrier that a name leads to: itself, or what the alias stands for. */
static inline ls_local ls_resolve(const ls_schema *schema, ls_local name) {
    return ls_has(schema->aliases, name) ? schema->stands_for[name] : name;
}

/* Does the row keep to a NOT NULL, or to another constraint, on a carrier? */
bool ls_row_satisfies(const ls_group *group, const ls_row *row, ls_local carrier);

/* An INSERT, UPDATE or DELETE of a version. */
ls_fault ls_row_write(const ls_group *group, const ls_schema *schema, const ls_group_write *write,
                      ls_row *row);

/* What the version sees in a carrier that it reads. */
ls_fault ls_row_read(const ls_group *group, const ls_schema *schema,
                     const ls_group_version *version, ls_local carrier, const ls_row *row);

/* Does the backfill still have to do with the row? `done`: it has been there. */
bool ls_row_left(const ls_group *group, const ls_group_backfill *backfill, const ls_row *row,
                 bool done);

/* The backfill's UPDATE of the row. `contested`: a live version writes the target by itself. */
ls_fault ls_row_backfill(const ls_group *group, const ls_schema *schema,
                         const ls_group_backfill *backfill, bool contested, ls_row *row);

/* Is what the check asks true? */
bool ls_row_passes(const ls_group *group, const ls_schema *schema, const ls_group_step *step,
                   const ls_row *row);

/* Can the check ask it? */
ls_fault ls_schema_check(const ls_schema *schema, const ls_group_step *step);

/* A transaction of an SQL stage. DATA_LOST is a fault of one that nevertheless happens. */
ls_fault ls_row_transaction(const ls_group *group, const ls_group_step *step, ls_schema *schema,
                            ls_row *row);

#endif
