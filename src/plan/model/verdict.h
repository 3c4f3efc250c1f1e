/*
 * verdict.h - what the exhaustive search of a model says.
 *
 * Every interleaving of the plan's steps with the statements of the versions that may be live is
 * looked at, group by group. A violation is a reachable step that goes wrong; those of one cause
 * are one finding, with the shortest of their traces. Beside them stands, for every stage, which
 * versions one may still go back to. All is data and lives in the arena that was given; words.h
 * puts it into sentences.
 */
#ifndef LS_PLAN_MODEL_VERDICT_H
#define LS_PLAN_MODEL_VERDICT_H

#include "plan/model/model.h"

#include <stddef.h>

typedef enum {
    LS_NO_VIOLATION,
    LS_MISSING,        /* a statement names a carrier that is not there */
    LS_INSERT_FAILS,   /* NOT NULL or a constraint refuses it */
    LS_UPDATE_FAILS,   /* the same */
    LS_STALE_READ,     /* what is read is older than the last write */
    LS_UNFILLED_READ,  /* a null is read where there is a value */
    LS_DDL_FAILS,      /* a stage's SQL is refused */
    LS_BACKFILL_FAILS, /* the backfill's statement is refused */
    LS_TRIGGER_BROKEN, /* a trigger names a carrier that is not there: the statement fails */
    LS_DATA_LOST,      /* what is dropped holds the last write, and nothing else does */
    LS_VIOLATIONS,
} ls_violation;

/* The causes, with the ids of their rules. Those of the second list are decided without the model,
 * and are here because what they cause is seen in it too. The last is what no rule describes: the
 * plan's own SQL is refused. */
#define LS_CAUSES(X)                                                                               \
    X(LS_CAUSE_USE_BEFORE_EXISTS, "use-before-exists")                                             \
    X(LS_CAUSE_REQUIRED_COLUMN, "required-column")                                                 \
    X(LS_CAUSE_RENAME_IN_USE, "rename-in-use")                                                     \
    X(LS_CAUSE_BACKFILL_BEFORE_DUAL_WRITE, "backfill-before-dual-write")                           \
    X(LS_CAUSE_BACKFILL_BEFORE_SOAK, "backfill-before-soak")                                       \
    X(LS_CAUSE_NULL_PREDICATE, "null-predicate")                                                   \
    X(LS_CAUSE_TRIGGER_DROPPED_EARLY, "trigger-dropped-early")                                     \
    X(LS_CAUSE_ONE_WAY_TRIGGER_CLOBBERS, "one-way-trigger-clobbers")                               \
    X(LS_CAUSE_REVERSE_SYNC_MISSING, "reverse-sync-missing")                                       \
    X(LS_CAUSE_TRIGGER_ORPHAN, "trigger-orphan")                                                   \
    X(LS_CAUSE_DUAL_WRITE_GAP, "dual-write-gap")                                                   \
    X(LS_CAUSE_SKIP_LOCKED_EXIT, "skip-locked-exit")                                               \
    X(LS_CAUSE_OVERWRITES_LIVE_COLUMN, "overwrites-live-column")                                   \
    X(LS_CAUSE_CONSTRAIN_BEFORE_WRITERS, "constrain-before-writers")                               \
    X(LS_CAUSE_CONSTRAIN_BEFORE_FILL, "constrain-before-fill")                                     \
    X(LS_CAUSE_VALIDATE_BEFORE_FILL, "validate-before-fill")                                       \
    X(LS_CAUSE_READ_BEFORE_FILL, "read-before-fill")                                               \
    X(LS_CAUSE_READ_BEFORE_SYNC, "read-before-sync")                                               \
    X(LS_CAUSE_DROP_IN_USE, "drop-in-use")                                                         \
    X(LS_CAUSE_DROP_WITHOUT_SOAK, "drop-without-soak")                                             \
    X(LS_CAUSE_STOP_WRITE_NOT_NULL, "stop-write-not-null")                                         \
    X(LS_CAUSE_SOLE_COPY_DROPPED, "sole-copy-dropped")                                             \
    X(LS_CAUSE_NO_RETURN_BEFORE_SOAK, "no-return-before-soak")                                     \
    X(LS_CAUSE_DEFAULT_DROPPED_EARLY, "default-dropped-early")                                     \
    X(LS_CAUSE_TRIGGER_BLIND_TO_DEFAULT, "trigger-blind-to-default")                               \
    X(LS_CAUSE_TRIGGER_ONE_EVENT, "trigger-one-event")                                             \
    X(LS_CAUSE_REFUSED, NULL)

typedef enum {
#define LS_CAUSE(name, id) name,
    LS_CAUSES(LS_CAUSE)
#undef LS_CAUSE
        LS_CAUSE_COUNT,
} ls_cause;

/* The id of the cause's rule; NULL for LS_CAUSE_REFUSED. */
const char *ls_cause_rule(ls_cause cause);

/* --- Traces ---------------------------------------------------------------------------------- */

typedef enum { LS_VALUE_NULL, LS_VALUE_FRESH, LS_VALUE_STALE } ls_model_value;

/* Which write a value comes from: 0 for none (null), then 1, 2, ... in the order of the
 * writes; a value that a backfill computes and a default come from none. */
enum { LS_WRITE_OF_BACKFILL = 254, LS_WRITE_OF_DEFAULT = 255 };

typedef struct {
    ls_model_index carrier;
    ls_model_value value;
    unsigned write;
} ls_trace_value;

typedef enum {
    LS_STEP_TRANSACTION, /* of an SQL stage */
    LS_STEP_BACKFILL,    /* writes the row */
    LS_STEP_BACKFILL_ENDS,
    LS_STEP_CHECK,
    LS_STEP_DEPLOY,
    LS_STEP_DEPLOY_ENDS,
    LS_STEP_SOAK,
    LS_STEP_NOTHING, /* a stage, or a transaction of one, that is not about this group */
    LS_STEP_INSERT,
    LS_STEP_UPDATE,
    LS_STEP_DELETE,
    LS_STEP_READ,
} ls_step_kind;

typedef struct {
    ls_step_kind kind;
    ls_model_index stage;      /* of a version's statement: the last that had begun, or LS_NONE */
    ls_model_index version;    /* of a version's statement and of DEPLOY; else LS_NONE */
    ls_model_indexes carriers; /* written, read, or filled by the backfill */
    unsigned transaction;      /* of TRANSACTION: its place in the stage */
    bool told;                 /* belongs into a trace that people read */

    /* After the step (before it, where it fails): no values where there is no row. */
    bool row;
    LS_VECTOR(ls_trace_value) values;
    unsigned last_write;
} ls_trace_step;

/* From a row as today's versions leave it, or from none (`row` of the first step shows which), to
 * the step that goes wrong. */
typedef LS_VECTOR(ls_trace_step) ls_trace;

typedef struct {
    ls_cause cause;
    ls_violation violation; /* that the trace ends in */
    unsigned also;          /* 1 << violation for each of the same cause, this one included */
    ls_model_index stage;   /* that the cause lies in; LS_NONE: in today's versions */
    ls_model_index during;  /* the last stage that had begun when it went wrong; LS_NONE: none */
    ls_model_index version; /* whose statement went wrong, or LS_NONE */
    ls_model_index writer;  /* the version whose write is not seen, or LS_NONE */
    ls_model_index carrier; /* the one that it is about, or LS_NONE */
    ls_model_index source;  /* where the carrier's value is in the meantime, or LS_NONE */
    ls_model_index trigger; /* of causes about a trigger, or LS_NONE */
    bool assumed;           /* rests on an expression that could not be read */
    ls_trace trace;         /* empty for NO_RETURN_BEFORE_SOAK */
} ls_model_finding;

/* --- The way back ---------------------------------------------------------------------------- */

typedef enum {
    LS_BACK_SAFE,
    LS_BACK_UNFILLS, /* runs, but what was backfilled is no longer filled: see repeat_from */
    LS_BACK_UNSAFE,
} ls_back;

typedef struct {
    ls_model_index version; /* one that ran until after the stage */
    bool live;              /* may still run: no soak has ended its time */
    ls_back back;
    ls_violation because;       /* UNSAFE */
    ls_model_index carrier;     /* UNSAFE: that it fails on; UNFILLS: that is no longer filled */
    ls_model_index harmed;      /* UNSAFE: whose statement fails: the version's or a live one's */
    ls_model_index repeat_from; /* UNFILLS: the stage of the backfill */
} ls_way_back;

/* After a stage. */
typedef struct {
    LS_VECTOR(ls_way_back) ways; /* the versions that there have been, the oldest first */
    bool irreversible;           /* the stage drops a carrier */
    bool point_of_no_return;     /* the first of these */
    /* Versions that cannot run on the schema from before the stage: its down comes after them. */
    ls_model_indexes needed_by;
} ls_stage_floor;

typedef struct {
    ls_model_indexes carriers;
    size_t states, transitions;
    bool complete;
} ls_model_group_size;

typedef struct {
    bool complete; /* false: a group was too large; what is found is true, but may not be all */
    size_t states, transitions;
    LS_VECTOR(ls_model_group_size) groups;
    LS_VECTOR(ls_model_finding) findings; /* in the order of their stages */
    LS_VECTOR(ls_stage_floor) floors;     /* as many as stages */
} ls_model_verdict;

enum { LS_MODEL_STATE_LIMIT = 1 << 20 };

/* Searches the model; of each group at most `state_limit` states (0: LS_MODEL_STATE_LIMIT). */
const ls_model_verdict *ls_model_verify(ls_arena *arena, const ls_model *model, size_t state_limit);

#endif
