/*
 * plan.h - a rollout plan as it is written: stages in the order in which they happen.
 *
 * A stage has one verb. What the verb says is the author's claim; what its SQL file does is found
 * out elsewhere (facts.h). Here is only what the YAML holds, checked as far as it can be without
 * the SQL: every mistake with its place, all of them in one run. Which columns and files there are,
 * and which rules, others judge.
 */
#ifndef LS_PLAN_PLAN_H
#define LS_PLAN_PLAN_H

#include "sql/source.h"
#include "support/buffer.h"
#include "support/yaml.h"

typedef enum {
    LS_PLAN_EXPAND,
    LS_PLAN_CONSTRAIN,
    LS_PLAN_CONTRACT,
    LS_PLAN_BACKFILL,
    LS_PLAN_CHECK,
    LS_PLAN_DEPLOY,
    LS_PLAN_SOAK,
    LS_PLAN_REHEARSE,
    LS_PLAN_VERBS,
} ls_plan_verb;

/* A word of the plan, and where it stands. */
typedef struct {
    const char *text; /* NULL: not given */
    ls_span at;
} ls_plan_word;
typedef LS_VECTOR(ls_plan_word) ls_plan_words;

/* table.column, schema.table.column, table.* for all of them; of a label of an enum type.label. */
typedef struct {
    const char *schema; /* NULL if not given */
    const char *table, *column;
    bool whole_row; /* table.*: column is NULL */
    bool optional;  /* table.column?: the version can do with NULL */
    bool derived;   /* from the version's queries, not written in the plan */
    ls_span at;
} ls_plan_column;
typedef LS_VECTOR(ls_plan_column) ls_plan_columns;

/* A version of an app, and what it does to the columns of the plan. */
typedef struct {
    const char *app, *label; /* label NULL: what runs before the plan, without a name */
    ls_span at;
    bool uses_given; /* else it is taken to read and write all that there is */
    ls_plan_columns reads, writes, ignores;
    ls_plan_words queries;
} ls_plan_version;
typedef LS_VECTOR(ls_plan_version) ls_plan_versions;

/* A rule that the author lets a stage break. */
typedef struct {
    ls_plan_word rule;
    const char *because;
} ls_plan_exemption;

/* A length of time; given false: none. */
typedef struct {
    bool given;
    int64_t milliseconds;
} ls_plan_time;

typedef struct {
    unsigned number;       /* from 1 */
    unsigned verbs;        /* how many it has: one, or all below is about the first of them */
    const char *verb_list; /* "expand and contract"; NULL: it has none */
    ls_plan_verb verb;
    const char *value;       /* a path, a version's label, a time as written, an environment */
    ls_span at;              /* the verb with its value */
    ls_plan_version version; /* DEPLOY */
    ls_plan_time lasts;      /* SOAK */
    int64_t batch;           /* BACKFILL; 0: not given */
    ls_plan_time pause, max_lag;
    const char *key;
    ls_plan_word down, irreversible;
    ls_plan_words watch;   /* SOAK */
    const char *data;      /* REHEARSE: empty, sample or full; NULL: not given */
    ls_plan_words measure; /* REHEARSE */
    ls_plan_words on;      /* databases; empty: all */
    bool overlaps;
    LS_VECTOR(ls_plan_exemption) allow;
} ls_plan_stage;

/* Versions that a plan may have, today's included: sets of them have a bit for each. */
enum { LS_PLAN_MOST_VERSIONS = 64 };

typedef struct {
    const ls_source *source;
    const char *name;      /* of the file, without its directory and .yaml */
    const char *directory; /* that its paths are relative to: "" or with a / */
    const char *title;     /* NULL: none */
    const char *closed;    /* a date; NULL: in flight */
    ls_plan_words after;
    ls_plan_versions today; /* empty: one app that uses all there is */
    LS_VECTOR(ls_plan_stage) stages;
} ls_plan;

/* The app of a version that names none. */
extern const char ls_plan_usual_app[];

/* "expand" */
const char *ls_plan_verb_name(ls_plan_verb verb);

/* The stage has a SQL file. */
bool ls_plan_runs_sql(ls_plan_verb verb);

/* It changes the schema. */
bool ls_plan_changes_schema(ls_plan_verb verb);

/*
 * The plan that a text describes; NULL with problems added. `directory` is what its paths are
 * relative to. All of it lives in the arena, as the source has to.
 */
ls_plan *ls_plan_read(ls_arena *arena, const ls_source *source, const char *directory,
                      ls_yaml_problems *problems);

/* Writes the JSON Schema of plans, for editors. */
void ls_plan_write_schema(ls_buffer *out);

#endif
