/*
 * parts.h - what statements are made of: kinds of objects, columns, constraints, options, indexed
 * elements, partitions.
 *
 * See statement.h for what the model is.
 */
#ifndef LS_SQL_PARTS_H
#define LS_SQL_PARTS_H

#include "sql/expression.h"

typedef enum {
    LS_OBJECT_TABLE,
    LS_OBJECT_INDEX,
    LS_OBJECT_VIEW,
    LS_OBJECT_MATERIALIZED_VIEW,
    LS_OBJECT_SEQUENCE,
    LS_OBJECT_FOREIGN_TABLE,
    LS_OBJECT_COLUMN,
    LS_OBJECT_ATTRIBUTE, /* of a composite type */
    LS_OBJECT_CONSTRAINT,
    LS_OBJECT_DOMAIN_CONSTRAINT,
    LS_OBJECT_TYPE,
    LS_OBJECT_DOMAIN,
    LS_OBJECT_FUNCTION, /* also procedures, aggregates, routines */
    LS_OBJECT_TRIGGER,
    LS_OBJECT_RULE,
    LS_OBJECT_POLICY,
    LS_OBJECT_SCHEMA,
    LS_OBJECT_DATABASE,
    LS_OBJECT_EXTENSION,
    LS_OBJECT_PUBLICATION,
    LS_OBJECT_SUBSCRIPTION,
    LS_OBJECT_STATISTICS,
    LS_OBJECT_ROLE,
    LS_OBJECT_TABLESPACE,
    LS_OBJECT_EVENT_TRIGGER,
    LS_OBJECT_COLLATION,
    LS_OBJECT_OTHER,
} ls_object_kind;

typedef enum { LS_PERMANENT, LS_UNLOGGED, LS_TEMPORARY } ls_persistence;

typedef enum {
    LS_CONSTRAINT_NOT_NULL,
    LS_CONSTRAINT_NULL,
    LS_CONSTRAINT_DEFAULT,
    LS_CONSTRAINT_IDENTITY,
    LS_CONSTRAINT_GENERATED,
    LS_CONSTRAINT_CHECK,
    LS_CONSTRAINT_PRIMARY_KEY,
    LS_CONSTRAINT_UNIQUE,
    LS_CONSTRAINT_EXCLUDE,
    LS_CONSTRAINT_FOREIGN_KEY,
} ls_constraint_kind;

/* name = value, as in WITH (...), sequence options, or SET (...). */
typedef struct {
    const char *schema; /* toast in toast.autovacuum_enabled */
    const char *name;
    const char *value;            /* as text; NULL if none was given */
    LS_VECTOR(const char *) list; /* OWNED BY t.c: [t, c] */
    ls_span at;
} ls_option;
typedef LS_VECTOR(ls_option) ls_options;
typedef LS_VECTOR(const char *) ls_words; /* NULL stands for what is no name */

/* NULL is found where NULL stands. */
bool ls_has_word(const ls_words *words, const char *word);

typedef LS_VECTOR(ls_name) ls_names;

/* One element of an index, a unique constraint's columns excepted (those are plain names). */
typedef struct {
    const char *column;                       /* NULL for an expression */
    ls_expression *expression;                /* NULL for a column */
    const char *collation, *operator_class;   /* NULL for the default */
    const char *exclude_operator;             /* EXCLUDE: WITH operator */
    bool descending, nulls_first, nulls_last; /* as written */
    ls_span at;
} ls_index_element;
typedef LS_VECTOR(ls_index_element) ls_index_elements;

/* What is said of a key's index besides its columns. */
typedef struct {
    ls_words include;
    ls_index_elements elements; /* EXCLUDE */
    const char *method;         /* EXCLUDE: access method */
    const char *used;           /* PRIMARY KEY or UNIQUE USING INDEX: its name */
    ls_options options;         /* WITH (...) */
    const char *tablespace;
} ls_key_index;

/* What a foreign key says of the table that it references. */
typedef struct {
    ls_name relation;
    ls_words columns;          /* empty: its primary key */
    char on_delete, on_update; /* PostgreSQL's letters: a r c n d (no action, restrict, cascade,
                                  set null, set default) */
} ls_key_reference;

typedef struct {
    ls_constraint_kind kind;
    ls_span at;
    bool not_valid : 1, not_enforced : 1, no_inherit : 1, deferrable : 1, initially_deferred : 1;
    bool nulls_not_distinct : 1, without_overlaps : 1;
    bool generated_always : 1;  /* identity: ALWAYS, not BY DEFAULT */
    bool generated_virtual : 1; /* GENERATED: VIRTUAL, not STORED */
    const char *name;           /* NULL if not given */
    ls_expression *expression;  /* CHECK, DEFAULT, GENERATED; EXCLUDE: its WHERE */
    ls_words columns;           /* PRIMARY KEY, UNIQUE, FOREIGN KEY, NOT NULL (18); of the table */
    union {
        const ls_key_index *index; /* PRIMARY KEY, UNIQUE, EXCLUDE: what is said of its index,
                                      NULL for nothing; ls_constraint_index reads it */
        const ls_key_reference *reference; /* FOREIGN KEY; empty in ALTER CONSTRAINT */
        const ls_options *sequence;        /* IDENTITY: its sequence's options */
    };
} ls_constraint;
typedef LS_VECTOR(ls_constraint) ls_constraints;

/* What is said of a key's index; an empty one where nothing is, and for what is no key. */
static inline const ls_key_index *ls_constraint_index(const ls_constraint *constraint) {
    static const ls_key_index NOTHING = {0};
    switch (constraint->kind) {
    case LS_CONSTRAINT_PRIMARY_KEY:
    case LS_CONSTRAINT_UNIQUE:
    case LS_CONSTRAINT_EXCLUDE:
        return constraint->index == NULL ? &NOTHING : constraint->index;
    default:
        return &NOTHING;
    }
}

typedef struct {
    const char *name;
    ls_span at; /* the whole definition */
    ls_span name_at;
    ls_type_name *type; /* NULL in OF type (...) and in CREATE VIEW-like lists */
    const char *collation;
    const char *storage, *compression;
    ls_constraints constraints; /* in the order written; DEFAULT and NOT NULL are among them */
} ls_column;
typedef LS_VECTOR(ls_column) ls_columns;

typedef struct {
    ls_name relation;
    bool including_defaults, including_constraints, including_indexes, including_identity,
        including_generated, including_comments, including_statistics, including_storage;
} ls_like;

/* FOR VALUES ... or DEFAULT. */
typedef enum {
    LS_BOUND_NONE,
    LS_BOUND_DEFAULT,
    LS_BOUND_LIST,
    LS_BOUND_RANGE,
    LS_BOUND_HASH
} ls_bound_kind;
typedef struct {
    ls_bound_kind kind;
    ls_span at;
    LS_VECTOR(ls_expression *)
    lower, upper; /* range: FROM, TO (MINVALUE, MAXVALUE: a column of
                     that name); list: lower holds the values */
    int modulus, remainder;
} ls_bound;

typedef struct {
    char strategy; /* 'r' range, 'l' list, 'h' hash, 0: not partitioned */
    ls_index_elements keys;
} ls_partitioning;

#endif
