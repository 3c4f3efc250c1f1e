/*
 * effects.h - what a statement does.
 *
 * The vocabulary between the analysis and everything that judges or shows it. An outcome is all
 * that one statement does to the database: its effects (what rules match), the locks it takes, the
 * work it does while it holds them, whether it is refused, and how certain all that is.
 */
#ifndef LS_EFFECTS_EFFECTS_H
#define LS_EFFECTS_EFFECTS_H

#include "catalog/catalog.h"
#include "effects/locks.h"

typedef enum {
#define LS_EFFECT(enumerator, name, attributes) LS_EFFECT_##enumerator,
#include "effects/effects.def"
#undef LS_EFFECT
    LS_EFFECTS_END,
} ls_effect_kind;

typedef enum {
#define LS_ATTRIBUTE(enumerator, name, kind) LS_ATTRIBUTE_##enumerator,
#include "effects/attributes.def"
#undef LS_ATTRIBUTE
    LS_ATTRIBUTES_END,
} ls_attribute;

typedef enum { LS_VALUE_TEXT, LS_VALUE_FLAG, LS_VALUE_NUMBER, LS_VALUE_WORDS } ls_value_kind;

typedef struct {
    ls_attribute attribute; /* its kind says which of the others holds */
    bool given;
    bool written; /* TEXT that stands in the source, and is cut out of it when it is first read */
    union {
        const char *text;      /* TEXT */
        int64_t number;        /* NUMBER; FLAG: 0 or 1 */
        const ls_words *words; /* WORDS */
        ls_span at;            /* written */
    };
} ls_attribute_value;

/* Where the attributes of an effect stand in it: those that somebody reads. The others of the two
 * hundred that there are take neither room nor time. */
typedef struct {
    unsigned char count;
    unsigned char places[LS_ATTRIBUTES_END]; /* from 1; 0: nobody reads it */
} ls_effect_layout;

/* A place that helps to understand another: "taken here", "created here". */
typedef struct {
    const ls_source *source;
    ls_span at;
    const char *message;
} ls_label;
typedef LS_VECTOR(ls_label) ls_labels;

/* A step of how it goes wrong, and what is in the row then. */
typedef struct {
    const char *text, *state; /* state "": nothing to show */
} ls_shown_step;
typedef LS_VECTOR(ls_shown_step) ls_shown_trace;

typedef struct {
    ls_effect_kind kind;
    ls_span at;                /* the clause that does it */
    ls_relation_id relation;   /* 0 if it is about none, or about one that is not there */
    const ls_source *source;   /* NULL: that of the statement, or of the migration as a whole */
    const char *relation_name; /* "public.users", as it was before the statement; NULL if none */
    ls_labels labels;
    unsigned stage;        /* of a rollout plan, from 1; 0: it is about none */
    ls_shown_trace trace;  /* how it goes wrong in a rollout; mostly empty */
    ls_arena *arena;       /* that it lives in */
    const ls_source *text; /* of what is written; NULL: nothing is */
    const ls_effect_layout *layout;
    ls_attribute_value values[];
} ls_effect;

typedef enum {
    LS_ORIGIN_UNKNOWN,           /* not in the history: it may be there and hold data */
    LS_ORIGIN_EXISTED,           /* made by an earlier migration that is applied */
    LS_ORIGIN_NEW_IN_CHANGE_SET, /* made by an earlier migration that is not applied yet */
    LS_ORIGIN_NEW_IN_FILE,       /* made by this migration, for certain */
} ls_origin;

/* A relation that a statement touches, as it was named before the statement. */
typedef struct {
    ls_relation_id id;
    const char *name; /* "public.users" */
    ls_relation_kind kind;
    ls_origin origin;
} ls_touched;

typedef struct {
    ls_touched relation;
    ls_lock_mode mode; /* the strongest that the statement takes */
    ls_span at;        /* the clause that needs it */
} ls_relation_lock;

typedef enum {
    LS_WORK_NONE,
    LS_WORK_ROWS,    /* reads or changes rows as a query does */
    LS_WORK_SCAN,    /* reads the whole table to verify something */
    LS_WORK_COPY,    /* copies its files block by block */
    LS_WORK_BUILD,   /* builds an index */
    LS_WORK_REWRITE, /* writes the whole table anew, with its indexes */
    LS_WORK_UNKNOWN, /* may be any of these */
} ls_work;

typedef struct {
    ls_touched relation; /* LS_WORK_BUILD: the index (id 0 if it is new: then only the name) */
    ls_touched table;    /* LS_WORK_BUILD: its table */
    ls_work work;
    int passes;    /* scans: how often the heap is read */
    bool by_query; /* the statement's own query or data change, not a verification */
    ls_span at;
} ls_work_done;

/* A lock that an earlier statement of the same transaction took and still holds. */
typedef struct {
    ls_touched relation;
    ls_lock_mode mode;
    const ls_statement *statement;
    const ls_source *source;
    ls_span at;
} ls_lock_hold;

typedef enum {
    LS_TRANSACTION_PER_STATEMENT,
    LS_TRANSACTION_PER_FILE,
    LS_TRANSACTION_PER_RUN,  /* one around all files of the run that follow each other */
    LS_TRANSACTION_IMPLICIT, /* several statements in one query; their own BEGIN takes it over
                                (protocol, "Multiple Statements in a Simple Query") */
    LS_TRANSACTION_EXPLICIT
} ls_transaction_mode;

typedef struct {
    const ls_statement *statement; /* NULL for the outcome of a whole migration */
    const ls_source *source;
    LS_VECTOR(ls_effect *) effects;
    LS_VECTOR(ls_relation_lock) locks; /* on relations that existed before the statement */
    LS_VECTOR(uint32_t) lock_places; /* in `locks` by relation, from 1; empty while they are few */
    LS_VECTOR(ls_work_done) work;
    LS_VECTOR(ls_lock_hold) held; /* by earlier statements of the transaction */
    bool in_transaction;
    ls_transaction_mode transaction;
    ls_span transaction_end;              /* COMMIT or ROLLBACK; empty: the end of the file or
                                             statement */
    const char *forbidden_in_transaction; /* what PostgreSQL would name, or NULL: allowed */
    const char *refused;                  /* why PostgreSQL refuses it for certain, or NULL */
    ls_span refused_at;
    const char *doubt;      /* for what it may be refused that is not known, or NULL */
    const char *in_the_way; /* SQL that removes what it is refused for, or NULL */
    bool analysed;          /* false: unparsed, or opaque (dynamic SQL, ...) */
    ls_words assumptions;   /* what was assumed; empty: exact */
    unsigned routines;      /* of the history that it has run */
    bool conditional;       /* it has run a branch of a body, which may not run */
} ls_outcome;

/* --- Names ---------------------------------------------------------------------------------- */

const char *ls_effect_name(ls_effect_kind kind); /* "add_column" */
bool ls_effect_by_name(const char *name, ls_effect_kind *kind);
const char *ls_attribute_name(ls_attribute attribute); /* "relation.existed" */
bool ls_attribute_by_name(const char *name, ls_attribute *attribute);
ls_value_kind ls_attribute_kind(ls_attribute attribute);
/* True if effects of that kind may have the attribute, the common ones included. */
bool ls_effect_has(ls_effect_kind kind, ls_attribute attribute);
const char *ls_work_name(ls_work work);                   /* "rewrite" */
const char *ls_origin_name(ls_origin origin);             /* "new_in_file" */
const char *ls_relation_kind_name(ls_relation_kind kind); /* "partitioned_table" */

/* A new effect without values; the layout outlives it. NULL: one with all attributes. */
ls_effect *ls_effect_new(ls_arena *arena, const ls_effect_layout *layout, ls_effect_kind kind,
                         ls_span at);

/* The value of an attribute; NULL if the effect does not have it. Only what is in the layout may be
 * read. */
const ls_attribute_value *ls_effect_value(const ls_effect *effect, ls_attribute attribute);
/* Where what was written for an attribute stands in the source; false if it does not stand there,
 * or has been read as a text already. */
bool ls_effect_written_at(const ls_effect *effect, ls_attribute attribute, const ls_source *source,
                          ls_span *at);
/* The same for writing; one that the effect did not have is given, with nothing in it. NULL if
 * nobody reads it. */
ls_attribute_value *ls_effect_slot(ls_effect *effect, ls_attribute attribute);
/* Gives the effect a text, which must outlive it; NULL: it goes without. */
void ls_effect_set_text(ls_effect *effect, ls_attribute attribute, const char *text);
/* Somebody reads the attribute of the effect: what costs much to tell is worth it. */
bool ls_effect_asks(const ls_effect *effect, ls_attribute attribute);
const char *ls_effect_text(const ls_effect *effect, ls_attribute attribute); /* NULL if absent */
bool ls_effect_flag(const ls_effect *effect, ls_attribute attribute);        /* false if absent */

/* The strongest lock of the outcome on a relation, LS_LOCK_NONE if it takes none. */
ls_lock_mode ls_outcome_lock(const ls_outcome *outcome, ls_relation_id relation);
/* The lock on the relation, NULL if there is none yet; and one more on another. */
ls_relation_lock *ls_find_lock(const ls_outcome *outcome, ls_relation_id relation);
void ls_add_lock(ls_arena *arena, ls_outcome *outcome, const ls_relation_lock *lock);

#endif
