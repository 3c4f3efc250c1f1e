/*
 * model.h - a rollout as the checker sees it: carriers of values, versions, stages.
 *
 * Nothing here knows SQL, YAML or the catalog. Whoever verifies a plan says in these terms what its
 * stages do and what its versions read and write; verdict.h says what comes out. A model is built
 * once and then only read. All lists live in the arena of whoever builds it; names are not copied.
 *
 * A carrier is a NAME under which a value can be stored: `users.email`. What is stored moves to
 * another name when a column is renamed, and so versions and triggers, which go by names, can be
 * told what they meet. One row stands for all rows; of each carrier it is known whether it is null,
 * holds the last logical write (fresh) or something older (stale).
 *
 * Carriers that copies link (a backfill, a trigger, a rename, an alias, a property) are one group,
 * and groups are searched one by one. They need not be given: they follow from the stages.
 *
 * Indexes are into the model's own lists; LS_NONE stands for "no such thing".
 */
#ifndef LS_PLAN_MODEL_MODEL_H
#define LS_PLAN_MODEL_MODEL_H

#include "support/vector.h"

#include <stdbool.h>
#include <stdint.h>

#define LS_NONE UINT32_MAX

typedef uint32_t ls_model_index;
typedef LS_VECTOR(ls_model_index) ls_model_indexes;

/* --- Carriers -------------------------------------------------------------------------------- */

/* A default is a number: 0 is none, and two carriers that have the same number have the same
 * default. A volatile one has a number of its own. */
typedef uint32_t ls_model_default;

typedef struct {
    ls_model_index table;           /* into tables */
    const char *name;               /* of the column; unique within its table */
    bool exists;                    /* before the first stage */
    bool not_null;                  /* before the first stage, by NOT NULL or by a CHECK */
    ls_model_default default_value; /* before the first stage */

    /* A null in it is a mistake for whoever reads it. What a stage backfills, copies into or
     * constrains is expected to be filled without this. */
    bool filled;

    /* Its row may be missing where the row of the group's other carriers is there: a column of a
     * table that another one is split into. Null stands for "no row", and NOT NULL does not hurt.
     */
    bool apart;

    /* LS_NONE for a column. Else this is no column but the promise that what is in the column `of`
     * satisfies a constraint that is more than NOT NULL (a CHECK, a foreign key): a version whose
     * write lists `of` and this too writes only what satisfies it, one that lists `of` alone may
     * violate it. A property exists always; ADD_CHECK and VALIDATE name it as they name a column,
     * a backfill that repairs rows has it as its target, and a gate can prove it. */
    ls_model_index of;
    /* Of a property: NOT VALID is not asked of updates that leave the column alone (foreign key).
     */
    bool only_when_written;
} ls_model_carrier;

/* --- Versions -------------------------------------------------------------------------------- */

typedef struct {
    ls_model_index carrier;
    bool null_allowed; /* the version copes with a null: COALESCE, `users.b?` */
} ls_model_read;

typedef enum { LS_WRITE_INSERT, LS_WRITE_UPDATE, LS_WRITE_DELETE } ls_model_write_kind;

/* One kind of statement that a version runs. A version of which only "writes a and b" is known has
 * those that ls_model_writes adds; one whose queries are known has the queries' own. An UPDATE
 * without carriers is one that leaves the plan's columns alone: triggers and constraints act all
 * the same. An INSERT omits what it does not list. */
typedef struct {
    ls_model_write_kind kind;
    ls_model_index table;
    ls_model_indexes carriers;
} ls_model_write;

typedef struct {
    ls_model_index app; /* into apps */
    const char *label;  /* as the plan names it: web-412; of today's: "today's web" or the like */
    bool today;         /* runs before the first stage */
    LS_VECTOR(ls_model_read) reads;
    LS_VECTOR(ls_model_write) writes;
} ls_model_version;

/* --- Triggers -------------------------------------------------------------------------------- */

typedef enum {
    LS_FIRE_NEVER,     /* not on this event */
    LS_FIRE_ALWAYS,    /* NEW.b := NEW.a */
    LS_FIRE_NULL,      /* IF NEW.b IS NULL THEN NEW.b := NEW.a */
    LS_FIRE_CHANGED,   /* on UPDATE: IF NEW.a IS DISTINCT FROM OLD.a THEN NEW.b := NEW.a */
    LS_FIRE_DIFFERENT, /* on INSERT: the side that holds its default takes the other's value */
} ls_model_fire;

/* A row trigger that copies `source` into `target`, two-way: also back. A two-way one asks on
 * INSERT for a null (or the default) in the target first, on UPDATE for a change of the source
 * first, and does the second only where the first did not hold. Exists from CREATE_TRIGGER on, or
 * from the start. A trigger with several assignments is several of these. */
typedef struct {
    const char *name;
    ls_model_index source, target;
    bool exists; /* before the first stage, and enabled */
    bool two_way;
    bool only_updates_back; /* a two-way one: an INSERT with the target alone is not copied back */
    ls_model_fire on_insert, on_update;
    bool skips_null; /* copies no null */
    bool unknown;    /* what it assigns could not be read: taken for something stale */
} ls_model_trigger;

/* --- Stages ---------------------------------------------------------------------------------- */

typedef enum {
    LS_ACT_ADD_CARRIER,        /* carrier, not_null, default_value: of the new column */
    LS_ACT_DROP_CARRIER,       /* carrier */
    LS_ACT_RENAME_CARRIER,     /* carrier, other: its new name */
    LS_ACT_SWAP_CARRIERS,      /* carrier, other: exchange names */
    LS_ACT_SET_NOT_NULL,       /* carrier: also proves the rows that there are */
    LS_ACT_NOT_NULL_NOT_VALID, /* carrier: a NOT NULL constraint that is NOT VALID (18) */
    LS_ACT_DROP_NOT_NULL,      /* carrier */
    LS_ACT_ADD_CHECK, /* carrier: CHECK (carrier IS NOT NULL), or a property's constraint */
    LS_ACT_ADD_CHECK_NOT_VALID, /* carrier */
    LS_ACT_VALIDATE,            /* carrier: its CHECK, its NOT NULL or the property's constraint */
    LS_ACT_DROP_CHECK,          /* carrier */
    LS_ACT_SET_DEFAULT,         /* carrier, default_value */
    LS_ACT_DROP_DEFAULT,        /* carrier */
    LS_ACT_CREATE_TRIGGER,      /* trigger */
    LS_ACT_DROP_TRIGGER,        /* trigger */
    LS_ACT_DISABLE_TRIGGER,     /* trigger */
    LS_ACT_ENABLE_TRIGGER,      /* trigger */
    LS_ACT_ADD_ALIAS,           /* carrier, other: carrier is a view's name for other */
    LS_ACT_DROP_ALIAS,          /* carrier */
    LS_ACT_COPY,                /* carrier := other, in all rows at once; other LS_NONE: computed */
} ls_model_act;

/* One effect of a stage's SQL. A trigger that is replaced (CREATE OR REPLACE) is dropped and
 * another created. */
typedef struct {
    ls_model_act act;
    ls_model_index carrier, other, trigger;
    bool not_null;
    ls_model_default default_value;
} ls_model_action;

/* What is done at once or not at all. */
typedef struct {
    LS_VECTOR(ls_model_action) actions;
} ls_model_transaction;

typedef enum {
    LS_MODEL_ROWS_ALL,      /* each row once, whatever is in it */
    LS_MODEL_ROWS_NULL,     /* those with `target IS NULL`; of a property: those that violate it */
    LS_MODEL_ROWS_DISTINCT, /* those with `target IS DISTINCT FROM source` */
} ls_model_rows;

/* One statement of a backfill, run in batches until no row is left. */
typedef struct {
    ls_model_index target, source; /* source LS_NONE: computed, not copied */
    ls_model_rows rows;
    bool skip_locked; /* ends although rows that were locked are left */
    bool unknown;     /* what it assigns could not be read: taken for something stale */
} ls_model_backfill;

/* What a check stage waits for: no null in the carrier, and where a source is given, no row where
 * the two differ. Of a property: no row that violates it. */
typedef struct {
    ls_model_index carrier, source;
} ls_model_gate;

typedef enum {
    LS_STAGE_SQL,      /* transactions, one after the other */
    LS_STAGE_BACKFILL, /* backfills */
    LS_STAGE_CHECK,    /* gates; none: proves nothing that is understood */
    LS_STAGE_DEPLOY,   /* version: old and new run together until the next soak */
    LS_STAGE_SOAK,     /* ends the time of all but each app's newest version */
    LS_STAGE_OTHER,    /* a rehearsal: nothing happens */
} ls_model_stage_kind;

typedef struct {
    ls_model_stage_kind kind;
    const char *name; /* as in a message: "deploy: web-412", "contract: 0112_drop_email.sql" */
    bool overlaps;    /* may start before the stage before it has ended */
    LS_VECTOR(ls_model_transaction) transactions;
    LS_VECTOR(ls_model_backfill) backfills;
    LS_VECTOR(ls_model_gate) gates;
    ls_model_index version;
} ls_model_stage;

/* --- The whole ------------------------------------------------------------------------------- */

typedef struct {
    LS_VECTOR(const char *) tables;
    LS_VECTOR(const char *) apps;
    LS_VECTOR(ls_model_carrier) carriers;
    LS_VECTOR(ls_model_version) versions; /* of one app: the older first */
    LS_VECTOR(ls_model_trigger) triggers; /* in the order in which they fire: that of their names */
    LS_VECTOR(ls_model_stage) stages;
} ls_model;

/* Adds what a version does of which only the columns of a table that it writes are known: it
 * inserts rows with all of them, updates all of them, updates others, and deletes rows. With no
 * carriers: a version that writes the table and none of the plan's columns. */
void ls_model_writes(ls_arena *arena, ls_model_version *version, ls_model_index table,
                     const ls_model_index *carriers, size_t count);

#endif
