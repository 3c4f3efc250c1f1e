/*
 * alter_table.h - ALTER TABLE and its kin (ALTER INDEX, ALTER VIEW, ALTER SEQUENCE, ALTER TYPE): a
 * relation, and a list of actions.
 *
 * See statement.h for what the model is.
 */
#ifndef LS_SQL_ALTER_TABLE_H
#define LS_SQL_ALTER_TABLE_H

#include "sql/parts.h"

typedef enum {
    LS_ALTER_ADD_COLUMN,
    LS_ALTER_DROP_COLUMN,
    LS_ALTER_COLUMN_TYPE,
    LS_ALTER_SET_DEFAULT,
    LS_ALTER_DROP_DEFAULT,
    LS_ALTER_SET_NOT_NULL,
    LS_ALTER_DROP_NOT_NULL,
    LS_ALTER_SET_EXPRESSION,
    LS_ALTER_DROP_EXPRESSION,
    LS_ALTER_ADD_IDENTITY,
    LS_ALTER_SET_IDENTITY,
    LS_ALTER_DROP_IDENTITY,
    LS_ALTER_SET_STATISTICS,
    LS_ALTER_SET_COLUMN_OPTIONS, /* SET (n_distinct = ...) */
    LS_ALTER_RESET_COLUMN_OPTIONS,
    LS_ALTER_SET_STORAGE,
    LS_ALTER_SET_COMPRESSION,
    LS_ALTER_ADD_CONSTRAINT, /* also ADD ... USING INDEX */
    LS_ALTER_DROP_CONSTRAINT,
    LS_ALTER_VALIDATE_CONSTRAINT,
    LS_ALTER_ALTER_CONSTRAINT, /* DEFERRABLE, ENFORCED, ... */
    LS_ALTER_CLUSTER_ON,
    LS_ALTER_SET_WITHOUT_CLUSTER,
    LS_ALTER_SET_LOGGED,
    LS_ALTER_SET_UNLOGGED,
    LS_ALTER_SET_WITHOUT_OIDS,
    LS_ALTER_SET_ACCESS_METHOD,
    LS_ALTER_SET_TABLESPACE,
    LS_ALTER_SET_OPTIONS, /* SET (fillfactor = ...) */
    LS_ALTER_RESET_OPTIONS,
    LS_ALTER_ENABLE_TRIGGER, /* also ALWAYS, REPLICA, ALL, USER */
    LS_ALTER_DISABLE_TRIGGER,
    LS_ALTER_ENABLE_RULE,
    LS_ALTER_DISABLE_RULE,
    LS_ALTER_INHERIT,
    LS_ALTER_NO_INHERIT,
    LS_ALTER_OF_TYPE,
    LS_ALTER_NOT_OF,
    LS_ALTER_OWNER,
    LS_ALTER_REPLICA_IDENTITY,
    LS_ALTER_ENABLE_ROW_SECURITY,
    LS_ALTER_DISABLE_ROW_SECURITY,
    LS_ALTER_FORCE_ROW_SECURITY,
    LS_ALTER_NO_FORCE_ROW_SECURITY,
    LS_ALTER_ATTACH_PARTITION, /* of a table or of an index */
    LS_ALTER_DETACH_PARTITION,
    LS_ALTER_DETACH_FINALIZE,
    LS_ALTER_OTHER,
} ls_action_kind;

typedef struct {
    ls_action_kind kind;
    ls_span at;       /* the whole action, up to its comma */
    const char *name; /* column, constraint, trigger, rule, index, access method, tablespace or new
                         owner that it is about; ALL and USER for triggers: NULL with all set */
    ls_span name_at;
    bool all; /* ENABLE/DISABLE TRIGGER ALL or USER */
    bool if_exists, if_not_exists, cascade;
    ls_column *column;         /* ADD COLUMN; ALTER COLUMN TYPE: type, collation, and the USING
                                  expression as `expression` below */
    ls_constraint *constraint; /* ADD CONSTRAINT; ALTER CONSTRAINT; ADD and SET IDENTITY */
    ls_expression *expression; /* SET DEFAULT, SET EXPRESSION, USING */
    ls_options options;
    ls_name relation;      /* INHERIT, ATTACH and DETACH PARTITION: the other relation */
    ls_bound bound;        /* ATTACH PARTITION */
    bool concurrently;     /* DETACH PARTITION */
    char replica_identity; /* 'd' default, 'n' nothing, 'f' full, 'i' index (name) */
} ls_action;

typedef struct {
    ls_object_kind kind; /* TABLE, INDEX, VIEW, MATERIALIZED_VIEW, SEQUENCE, FOREIGN_TABLE, TYPE:
                            the word after ALTER, not what the name turns out to be */
    ls_name name;
    bool only, if_exists;
    LS_VECTOR(ls_action) actions;
} ls_alter_table;

/* ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b and the like. */
typedef struct {
    ls_object_kind kind;
    const char *from, *to;
} ls_move_all;

#endif
