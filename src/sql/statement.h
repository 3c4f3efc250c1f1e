/*
 * statement.h - what a SQL statement says, in lockstep's own words.
 *
 * The model that everything after the parser works on. It says what is written, never what it
 * does (effects) and never what exists (catalog). One model serves every version of the parser;
 * only sql/lower knows PostgreSQL's own trees. All of it lives in the arena of the script; what is
 * absent is NULL, false or empty.
 *
 * Every clause that can hurt has its range (`at`): begin is the clause's first byte, end the byte
 * after its last significant one.
 */
#ifndef LS_SQL_STATEMENT_H
#define LS_SQL_STATEMENT_H

#include "sql/alter_table.h"
#include "sql/parts.h"

typedef struct {
    ls_name name;
    ls_persistence persistence;
    bool if_not_exists, foreign;
    ls_columns columns;
    ls_constraints constraints; /* of the table */
    LS_VECTOR(ls_like) likes;
    ls_names inherits;    /* INHERITS (...) */
    ls_name partition_of; /* name NULL if it is none */
    ls_bound bound;
    ls_partitioning partitioning;
    ls_name of_type;
    ls_options options;
    const char *tablespace, *access_method;
    char on_commit; /* 0, 'p' preserve, 'd' delete rows, 'x' drop */
} ls_create_table;

/* CREATE TABLE AS, CREATE MATERIALIZED VIEW, SELECT INTO. */
typedef struct {
    ls_name name;
    bool materialized_view, if_not_exists, with_no_data;
    ls_persistence persistence;
    ls_words columns;
    ls_query *query;
} ls_create_table_as;

typedef struct {
    ls_name name; /* name NULL if it is left to PostgreSQL */
    ls_name relation;
    bool only, unique, concurrently, if_not_exists, nulls_not_distinct;
    const char *method; /* btree if not given */
    ls_index_elements elements;
    ls_words include;
    ls_expression *where;
    ls_options options;
    const char *tablespace;
    ls_span concurrently_at; /* where CONCURRENTLY stands or would stand: empty span after INDEX */
    ls_span elements_at;     /* the parenthesised list */
} ls_create_index;

/* What tells one function from the others of its name. */
typedef struct {
    LS_VECTOR(ls_type_name *) arguments;
    bool given; /* false: there is only one of the name */
} ls_signature;

/* One dropped thing. For triggers, rules and policies `relation` is the table. */
typedef struct {
    ls_name name;
    ls_name relation;
    ls_signature signature; /* functions */
} ls_dropped;

typedef struct {
    ls_object_kind kind;
    LS_VECTOR(ls_dropped) objects;
    bool if_exists, cascade, concurrently;
    ls_span cascade_at; /* the word CASCADE */
    ls_span concurrently_at;
} ls_drop;

typedef struct {
    ls_object_kind kind; /* what is renamed: TABLE, COLUMN, CONSTRAINT, TYPE, ATTRIBUTE, ... */
    ls_object_kind relation_kind; /* the word after ALTER when a column or constraint is renamed */
    ls_name name;                 /* relation, type, function, schema (schema.name = its name) */
    ls_signature signature;       /* functions */
    const char *member;           /* column, constraint, trigger, rule, policy, attribute */
    const char *new_name;
    bool if_exists;
    ls_span new_name_at, member_at;
} ls_rename;

typedef struct {
    ls_object_kind kind;
    ls_name name;
    ls_signature signature; /* functions */
    const char *new_schema;
    bool if_exists;
} ls_set_schema;

typedef struct {
    ls_object_kind kind;
    ls_name name;
    ls_signature signature; /* functions */
    const char *new_owner;
} ls_set_owner;

typedef enum {
    LS_REINDEX_INDEX,
    LS_REINDEX_TABLE,
    LS_REINDEX_SCHEMA,
    LS_REINDEX_DATABASE,
    LS_REINDEX_SYSTEM,
} ls_reindex_kind;

typedef struct {
    ls_reindex_kind kind;
    ls_name name;
    bool concurrently;
} ls_reindex;

typedef struct {
    ls_name relation; /* name NULL: all */
    const char *index;
} ls_cluster;

typedef struct {
    bool vacuum; /* false: ANALYZE */
    bool full, analyze;
    ls_names relations; /* empty: all */
} ls_vacuum;

typedef struct {
    ls_names relations;
    bool cascade, restart_identity;
} ls_truncate;

typedef struct {
    ls_names relations;
    int mode; /* PostgreSQL's lock mode number, 1 ACCESS SHARE to 8 ACCESS EXCLUSIVE */
    bool nowait;
} ls_lock_table;

typedef struct {
    ls_name name;
    bool or_replace, temporary, recursive;
    ls_words columns;
    ls_query *query;
    ls_options options;
} ls_create_view;

typedef struct {
    ls_name name;
    bool concurrently, with_no_data;
} ls_refresh;

typedef struct {
    ls_name name;
    bool alter, if_not_exists; /* ALTER SEQUENCE: alter; if_not_exists is then IF EXISTS */
    ls_persistence persistence;
    ls_options options; /* as, increment, cache, restart, owned_by (list) ... */
} ls_sequence_statement;

typedef struct {
    ls_name name;
    char kind; /* 'e' enum, 'c' composite, 'r' range, 'b' base, 's' shell */
    ls_words labels;
    ls_columns columns;
} ls_create_type;

typedef struct {
    ls_name name;
    const char *old_label; /* RENAME VALUE; NULL for ADD VALUE */
    const char *new_label;
    const char *neighbour; /* BEFORE or AFTER */
    bool before, if_not_exists;
    ls_span label_at;
} ls_alter_enum;

typedef struct {
    ls_name name;
    ls_type_name *type;
    const char *collation;
    ls_constraints constraints;
} ls_create_domain;

typedef enum {
    LS_DOMAIN_SET_DEFAULT,
    LS_DOMAIN_DROP_DEFAULT,
    LS_DOMAIN_SET_NOT_NULL,
    LS_DOMAIN_DROP_NOT_NULL,
    LS_DOMAIN_ADD_CONSTRAINT,
    LS_DOMAIN_DROP_CONSTRAINT,
    LS_DOMAIN_VALIDATE_CONSTRAINT,
} ls_domain_action;

typedef struct {
    ls_domain_action action;
    ls_name name;
    const char *constraint_name;
    ls_constraint *constraint;
    ls_expression *default_value;
    bool if_exists, cascade;
} ls_alter_domain;

typedef struct {
    const char *name;
    ls_type_name *type;
    char mode; /* 'i' in, 'o' out, 'b' inout, 'v' variadic, 't' table */
    ls_expression *default_value;
} ls_parameter;

typedef struct {
    ls_name name;
    bool or_replace, procedure;
    LS_VECTOR(ls_parameter) parameters;
    ls_type_name *returns; /* NULL for procedures and OUT parameters */
    const char *language;  /* lower case; sql for a SQL-standard body */
    char volatility;       /* 'i', 's', 'v'; 0 if not given (which means volatile) */
    bool strict, security_definer;
    ls_words settings; /* SET name ... : the names */
    const char *body;  /* decoded text between the quotes; NULL for a SQL-standard body */
    ls_span body_at;   /* the text between the quotes, or the BEGIN ATOMIC body */
    LS_VECTOR(ls_query *) atomic_body; /* the queries of a SQL-standard body */
} ls_create_function;

typedef struct {
    const char *language; /* plpgsql if not given */
    const char *body;
    ls_span body_at;
} ls_do;

typedef struct {
    const char *name;
    ls_name relation;
    ls_name function;
    ls_words arguments; /* of the function, which are texts */
    bool or_replace, constraint, row;
    char timing; /* 'b' before, 'a' after, 'i' instead of */
    bool on_insert, on_update, on_delete, on_truncate;
    ls_words columns; /* UPDATE OF */
    ls_expression *when;
    bool deferrable, initially_deferred;
    ls_name from_relation; /* constraint trigger's FROM */
} ls_create_trigger;

typedef struct {
    const char *name;
    ls_name relation;
    bool or_replace, instead;
} ls_create_rule;

typedef struct {
    const char *name;
    ls_name relation;
    bool alter;
    const char *command; /* all, select, insert, update, delete; NULL if alter */
    ls_words roles;
    ls_expression *using, *with_check;
} ls_policy;

typedef struct {
    const char *name; /* NULL with AUTHORIZATION only */
    bool if_not_exists;
    LS_VECTOR(struct ls_statement *) elements; /* CREATE SCHEMA s CREATE TABLE ... */
} ls_create_schema;

typedef struct {
    const char *name;
    bool alter;
    char change; /* alter: '+' add, '-' drop, '=' set, 0 options */
    bool all_tables;
    const char *publish; /* WITH (publish = ...): "insert, update"; NULL if not given */
    ls_names tables;
    ls_words schemas;
} ls_publication;

typedef struct {
    const char *name;
    bool if_not_exists, alter;
    const char *schema;
} ls_extension;

typedef struct {
    ls_name name; /* name NULL if it is left to PostgreSQL */
    bool if_not_exists;
    ls_name relation;
    ls_words columns; /* plain columns */
} ls_create_statistics;

typedef struct {
    ls_object_kind kind;
    ls_name name;           /* relation or object; the table for columns and constraints */
    ls_signature signature; /* functions */
    const char *member;     /* column or constraint */
    const char *text;       /* NULL: none any more */
} ls_comment;

typedef struct {
    bool grant;
    ls_object_kind kind; /* of the objects */
    bool all_in_schema, default_privileges;
    ls_names objects;
    LS_VECTOR(ls_signature)
    signatures;                    /* of the objects, one for each; others than functions: empty */
    ls_words privileges, grantees; /* empty privileges: ALL; grantee "public" for PUBLIC */
    bool cascade;
} ls_grant;

typedef enum {
    LS_TRANSACTION_BEGIN,
    LS_TRANSACTION_COMMIT,
    LS_TRANSACTION_ROLLBACK,
    LS_TRANSACTION_SAVEPOINT,
    LS_TRANSACTION_RELEASE,
    LS_TRANSACTION_ROLLBACK_TO,
    LS_TRANSACTION_PREPARE,
    LS_TRANSACTION_COMMIT_PREPARED,
    LS_TRANSACTION_ROLLBACK_PREPARED,
} ls_transaction_kind;

typedef struct {
    ls_transaction_kind kind;
    const char *savepoint;
    bool chain;
} ls_transaction_statement;

typedef struct {
    const char *name; /* lower case; NULL: RESET ALL */
    bool local, reset;
    ls_words values; /* as text */
    bool to_default;
} ls_set;

typedef struct {
    bool from;        /* COPY ... FROM, else TO */
    ls_name relation; /* name NULL for COPY (query) */
    ls_words columns;
    ls_query *query;
} ls_copy;

typedef struct {
    const char *name;           /* EXECUTE or PREPARE; NULL for EXPLAIN */
    bool analyze;               /* EXPLAIN ANALYZE: it runs */
    struct ls_statement *inner; /* PREPARE, EXPLAIN */
} ls_wrapped;

/* --- The statement itself ------------------------------------------------------------------ */

typedef enum {
    LS_STATEMENT_UNPARSED, /* problem says why */
    LS_STATEMENT_ALTER_TABLE,
    LS_STATEMENT_MOVE_ALL,
    LS_STATEMENT_CREATE_TABLE,
    LS_STATEMENT_CREATE_TABLE_AS,
    LS_STATEMENT_CREATE_INDEX,
    LS_STATEMENT_DROP,
    LS_STATEMENT_DROP_OWNED,
    LS_STATEMENT_RENAME,
    LS_STATEMENT_SET_SCHEMA,
    LS_STATEMENT_SET_OWNER,
    LS_STATEMENT_REINDEX,
    LS_STATEMENT_CLUSTER,
    LS_STATEMENT_VACUUM,
    LS_STATEMENT_TRUNCATE,
    LS_STATEMENT_LOCK_TABLE,
    LS_STATEMENT_CREATE_VIEW,
    LS_STATEMENT_REFRESH,
    LS_STATEMENT_SEQUENCE,
    LS_STATEMENT_CREATE_TYPE,
    LS_STATEMENT_ALTER_ENUM,
    LS_STATEMENT_CREATE_DOMAIN,
    LS_STATEMENT_ALTER_DOMAIN,
    LS_STATEMENT_CREATE_FUNCTION,
    LS_STATEMENT_DO,
    LS_STATEMENT_CALL, /* `query` holds the call as its one target */
    LS_STATEMENT_CREATE_TRIGGER,
    LS_STATEMENT_CREATE_RULE,
    LS_STATEMENT_POLICY,
    LS_STATEMENT_CREATE_SCHEMA,
    LS_STATEMENT_PUBLICATION,
    LS_STATEMENT_CREATE_SUBSCRIPTION, /* option create_slot in `options` */
    LS_STATEMENT_EXTENSION,
    LS_STATEMENT_CREATE_STATISTICS,
    LS_STATEMENT_ALTER_STATISTICS,
    LS_STATEMENT_COMMENT,
    LS_STATEMENT_GRANT,
    LS_STATEMENT_TRANSACTION,
    LS_STATEMENT_SET,
    LS_STATEMENT_SET_CONSTRAINTS, /* IMMEDIATE: flag; `set.name`: the first one, NULL for ALL */
    LS_STATEMENT_QUERY,
    LS_STATEMENT_COPY,
    LS_STATEMENT_PREPARE,
    LS_STATEMENT_EXECUTE,
    LS_STATEMENT_EXPLAIN,
    LS_STATEMENT_ROLE, /* CREATE, ALTER; `options`: what lets it pass every check */
    LS_STATEMENT_CREATE_DATABASE,
    LS_STATEMENT_ALTER_DATABASE, /* flag: SET TABLESPACE */
    LS_STATEMENT_CREATE_TABLESPACE,
    LS_STATEMENT_ALTER_SYSTEM,
    LS_STATEMENT_OTHER, /* known to the parser, touches no relation */
    LS_STATEMENT_PSQL,  /* no SQL: a command of psql's that hides what is run */
} ls_statement_kind;

/* The head of a statement that could not be read; the name is NULL if it creates no relation. */
typedef struct {
    ls_name name;
    bool view, materialized, temporary, if_not_exists;
} ls_creation;

typedef struct ls_statement ls_statement;
struct ls_statement {
    ls_statement_kind kind;
    uint32_t number;         /* from 0 within its script */
    const char *tag;         /* PostgreSQL's command tag: "ALTER TABLE", "CREATE INDEX" */
    const ls_source *source; /* that it stands in: the script's, an included one, or derived */
    ls_span at;         /* from its first to its last significant byte, without the semicolon */
    ls_span newer_at;   /* the newer syntax, in a statement that was read all the same */
    int needs_postgres; /* its syntax came with that version; 0: it is older, or unknown */
    bool flag;
    bool result_is_run; /* psql's \gexec: the texts that it returns are run */
    union {             /* what takes more room than ALTER TABLE is behind a pointer */
        struct {
            const char *message; /* the parser's, or the cutter's */
            ls_span at;          /* the token it stopped at */
            bool placeholder;    /* it holds a template's placeholder that could not be blanked */
            ls_creation creates; /* what its head says that it creates */
        } problem;
        struct {
            bool includes;          /* a file that is not read; else it goes to another database */
            const char *what, *why; /* for people */
        } psql;
        ls_alter_table alter_table;
        ls_move_all move_all;
        ls_create_table *create_table;
        ls_create_table_as create_table_as;
        ls_create_index *create_index;
        ls_drop drop;
        ls_rename *rename;
        ls_set_schema *set_schema;
        ls_set_owner *set_owner;
        ls_reindex reindex;
        ls_cluster cluster;
        ls_vacuum vacuum;
        ls_truncate truncate;
        ls_lock_table lock_table;
        ls_create_view *create_view;
        ls_refresh refresh;
        ls_sequence_statement sequence;
        ls_create_type *create_type;
        ls_alter_enum *alter_enum;
        ls_create_domain create_domain;
        ls_alter_domain *alter_domain;
        ls_create_function *create_function;
        ls_do do_block;
        ls_create_trigger *create_trigger;
        ls_create_rule create_rule;
        ls_policy *policy;
        ls_create_schema create_schema;
        ls_publication publication;
        ls_extension extension;
        ls_create_statistics *create_statistics;
        ls_comment *comment;
        ls_grant *grant;
        ls_transaction_statement transaction;
        ls_set set;
        ls_copy copy;
        ls_wrapped wrapped;
        ls_options options;
        ls_query *query; /* QUERY, CALL */
    };
};

#endif
