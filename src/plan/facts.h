/*
 * facts.h - what a plan's SQL does, stage by stage, and who is live meanwhile.
 *
 * The files go through the same replay as those of `check`: history first, then the stages' files
 * in the order of the stages. What came out is kept here as data: each statement's effects and
 * locks, the tables as every stage left them, what backfills copy and how they are batched, what
 * checks prove, what triggers assign. Nothing here judges.
 */
#ifndef LS_PLAN_FACTS_H
#define LS_PLAN_FACTS_H

#include "catalog/meaning.h"
#include "effects/replay.h"
#include "plan/files.h"

/* --- Statements ------------------------------------------------------------------------------ */

/* What an effect does to code that is running, as far as the statement alone can tell. */
typedef enum {
    LS_PHASE_NONE,    /* nothing: settings, locks, statistics */
    LS_PHASE_READ,    /* a query */
    LS_PHASE_ADD,     /* something new */
    LS_PHASE_INDEX,   /* an index, unique or not */
    LS_PHASE_LOOSEN,  /* takes what was refused before */
    LS_PHASE_TIGHTEN, /* refuses what was taken before */
    LS_PHASE_PROVE,   /* verifies the rows that there are */
    LS_PHASE_REMOVE,
    LS_PHASE_RENAME,
    LS_PHASE_DATA, /* changes rows */
    LS_PHASES_END,
} ls_phase;

#define LS_PHASE_BIT(phase) (1u << (phase))

typedef struct {
    const ls_effect *effect;
    ls_phase phase;
} ls_plan_effect;

typedef struct {
    const ls_statement *statement;
    const ls_source *source;
    unsigned transaction; /* of the plan, from 1: what has the same number commits together */
    unsigned stage;
    bool in_transaction, analysed, ends_transaction;
    LS_VECTOR(ls_plan_effect) effects;
    LS_VECTOR(ls_relation_lock) locks;
    const char *forbidden_in_transaction, *refused; /* NULL: it is not */
} ls_plan_step;

/* --- Rows ------------------------------------------------------------------------------------ */

typedef enum {
    LS_BATCH_NONE,
    LS_BATCH_KEYS, /* LIMIT in a sub-select of keys, or a window of keys */
    LS_BATCH_LOOP, /* a loop that commits */
} ls_batching;

typedef enum {
    LS_ROWS_WANTED_ALL,
    LS_ROWS_WANTED_NULL,     /* target IS NULL */
    LS_ROWS_WANTED_DISTINCT, /* target IS DISTINCT FROM source */
    LS_ROWS_WANTED_OTHER,    /* a condition that is none of these */
} ls_rows_wanted;

/* One column that a data change assigns. */
typedef struct {
    const char *column;
    const char *source_table; /* full name; NULL: the same table */
    const char *source;       /* the column it is made of; NULL: of none */
    bool of_several;          /* made of more columns than that */
    bool of_itself;           /* reads its own old value */
    bool is_exact;            /* the source's value as it is, perhaps of another type */
    ls_rows_wanted rows;
} ls_assignment;

/* One UPDATE, DELETE or INSERT of a stage. */
typedef struct {
    const ls_plan_step *step;
    const ls_query *query;
    ls_span at;
    ls_relation_id relation;
    const char *table; /* full name */
    LS_VECTOR(ls_assignment) assignments;
    ls_batching batching;
    int64_t literal_limit; /* 0: none, or a parameter */
    bool skip_locked;
    bool has_condition;    /* some WHERE besides the key */
    const char *order_key; /* the column that the batches go along; NULL: not known */
    ls_words tested;       /* the columns of the condition */
} ls_row_change;

/* --- Triggers -------------------------------------------------------------------------------- */

typedef enum { LS_GUARD_NONE, LS_GUARD_NULL, LS_GUARD_CHANGED, LS_GUARD_DIFFERENT } ls_guard;

/* NEW.target := something of NEW.source in the body of a row trigger, or the same into the column
 * of another table. */
typedef struct {
    const char *target, *source; /* source NULL: of no column */
    ls_name table;               /* that is written to; name NULL: the trigger's own */
    bool on_insert, on_update;   /* the branch that it stands in: TG_OP, the trigger's events */
    bool skips_null;             /* copies no null */
    ls_guard guard;              /* the condition that it stands under */
} ls_trigger_assignment;
typedef LS_VECTOR(ls_trigger_assignment) ls_trigger_assignments;

typedef struct {
    ls_trigger_assignments assignments;
    ls_words names;      /* columns of NEW and OLD that it names */
    bool understood;     /* false: it holds what this reader does not follow */
    const char *returns; /* "NULL" or "OLD", where it gives that back for a row that is inserted or
                            updated; NULL: it gives back NEW */
} ls_trigger_body;

/* Reads the body of a PL/pgSQL trigger function. */
ls_trigger_body ls_read_trigger_body(ls_arena *arena, const char *body);

/* A row trigger on a table: from before the plan, or of one of its statements. A function that is
 * replaced makes its triggers anew. */
typedef struct {
    ls_relation_id relation;
    const char *name;
    unsigned stage;           /* that creates it; 0: it is there before the first */
    const ls_plan_step *step; /* the statement; NULL: before the plan */
    ls_catalog_trigger facts;
    bool has_body; /* else it is not known what it does */
    ls_trigger_body body;
} ls_plan_trigger;

/* --- Checks ---------------------------------------------------------------------------------- */

/* What a check waits for: no row where the column is null, or differs from the source. */
typedef struct {
    const char *table; /* full name */
    const char *column, *source;
    bool other; /* asks something else of the column: that it keeps a rule */
} ls_plan_gate;
typedef LS_VECTOR(ls_plan_gate) ls_plan_gates;

/* --- Queries --------------------------------------------------------------------------------- */

/* What a query means when so many stages are done, until the next one that there is. */
typedef struct {
    unsigned done;
    ls_query_meaning meaning;
} ls_query_moment;

/* A query of an app through the plan. */
typedef struct {
    const ls_app_query *query;
    LS_VECTOR(ls_query_moment) moments;
} ls_plan_query;

/* One data change that a version runs, with the columns that it sets. */
typedef struct {
    const ls_query *change;
    ls_query_kind kind; /* INSERT, UPDATE or DELETE; of ON CONFLICT an UPDATE besides */
    const char *table;  /* full name */
    ls_words columns;
} ls_plan_write;

/* --- Versions -------------------------------------------------------------------------------- */

/* A version of an app: of today's, or of a deploy stage. */
typedef struct {
    /* What the plan says of it, and what its queries do; NULL: nothing, it is implied. */
    const ls_plan_version *version;
    const char *app, *label; /* label: "web-412"; of today's: "v0" or as the plan names it */
    bool today;
    bool uses_all;  /* nothing is said of its reads and writes */
    unsigned stage; /* that deploys it; 0: it runs before the first */
    LS_VECTOR(const ls_plan_query *) queries;
    LS_VECTOR(ls_plan_write) data_changes; /* of its queries */
} ls_live_version;

/* A bit for each of the LS_PLAN_MOST_VERSIONS. */
typedef uint64_t ls_version_set;

/* --- Stages ---------------------------------------------------------------------------------- */

typedef struct {
    const ls_plan_stage *stage;
    const ls_plan_file *file; /* path NULL: no SQL */
    bool again;               /* its file has run in an earlier stage, on other databases */
    LS_VECTOR(ls_plan_step) steps;
    LS_VECTOR(ls_row_change) changes;
    ls_plan_gates gates;
    struct {
        const char *why; /* a check that proves nothing of a column, though it looks as if; NULL */
        const char *column; /* NULL: of none */
        ls_relation_id relation;
    } empty_gate;
    const char *left_by_down; /* what the down file leaves over; NULL: nothing, or there is none */
    struct {
        ls_relation_id relation;
        const char *column;     /* NULL: none */
    } taken_by_down;            /* what was there before the stage, and is not behind its down */
    unsigned phases;            /* a bit for each that an effect has */
    ls_version_set live, after; /* while it runs; when it is done */
} ls_stage_facts;

typedef struct {
    ls_arena *arena;
    const ls_plan *plan;
    const ls_plan_files *files;
    ls_replay *replay;
    ls_catalog *catalog;
    int postgres;
    bool timeout_by_runner;
    LS_VECTOR(ls_stage_facts) stages;
    LS_VECTOR(ls_live_version) versions;
    struct ls_plan_states *states;
    LS_VECTOR(ls_plan_query) queries; /* of all versions, each once */
    LS_VECTOR(ls_plan_trigger) triggers;
    LS_VECTOR(ls_plan_step) others; /* of the migrations between the plan's, see files.h */
} ls_plan_facts;

/* Is shown what each stage's file does while the catalog is as the stage finds it. */
typedef struct {
    void (*begin)(void *context, const ls_plan_facts *facts, const ls_stage_facts *stage);
    /* Each statement's, and at last that of the whole file. */
    void (*see)(void *context, const ls_outcome *outcome);
    void (*end)(void *context); /* NULL: it need not be known */
    void *context;
} ls_stage_seer;

/* Replays the plan; the seer may be NULL. The files must outlive the facts; end with
 * ls_plan_facts_free. */
ls_plan_facts *ls_plan_facts_new(ls_arena *arena, const ls_plan *plan, const ls_plan_files *files,
                                 const ls_replay_options *options, const ls_stage_seer *seer);
void ls_plan_facts_free(ls_plan_facts *facts);

/* --- Tables through time --------------------------------------------------------------------- */

/* The relation as it was when so many stages were done (0: before the first); NULL: not there. The
 * state is a copy that stays as it is. */
const ls_relation *ls_state_of(const ls_plan_facts *facts, ls_relation_id id, unsigned done);

/* The one of that name then; NULL if there was none. */
const ls_relation *ls_state_named(const ls_plan_facts *facts, const char *schema, const char *name,
                                  unsigned done);

/* The same of a name as it is shown, "users" or "app.users", or in full. */
const ls_relation *ls_state_shown(const ls_plan_facts *facts, const char *shown, unsigned done);

/* All that were touched by the plan's files or named by its versions, each once. */
ls_relation_ids ls_plan_relations(const ls_plan_facts *facts);

/* The column of a plan's word in the state then; NULL if it is not there. */
const ls_catalog_column *ls_state_column(const ls_plan_facts *facts, const ls_plan_column *column,
                                         unsigned done);

/* --- Asking effects -------------------------------------------------------------------------- */

/* Between quotes that SQL needs, as attributes have names, and without. */
const char *ls_unquoted(ls_arena *arena, const char *name);

#endif
