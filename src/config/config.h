/*
 * config.h - lockstep.yaml, found and read.
 *
 * form.c says which keys there are, of which type, and what for; the reader, the JSON Schema
 * (schema.h) and the file that `lockstep init` writes (starter.h) are all made from that. What only
 * others can judge, the names of rules, is handed out with its place.
 */
#ifndef LS_CONFIG_CONFIG_H
#define LS_CONFIG_CONFIG_H

#include "support/duration.h"
#include "support/yaml.h"

typedef enum {
    LS_CONFIG_TRANSACTION_AUTO, /* what the framework does */
    LS_CONFIG_TRANSACTION_FILE,
    LS_CONFIG_TRANSACTION_ALL, /* one around all that are not applied yet */
    LS_CONFIG_TRANSACTION_STATEMENT,
    LS_CONFIG_TRANSACTION_NONE,
} ls_config_transaction;

typedef struct {
    const char *path;      /* as written: relative to the directory of the file */
    const char *framework; /* auto if not given */
    ls_config_transaction transaction;
} ls_config_migrations;

/* A word, and where it stands. */
typedef struct {
    const char *text;
    unsigned line, column;
} ls_config_word;
typedef LS_VECTOR(ls_config_word) ls_config_words;

typedef enum {
    LS_CONFIG_LEVEL_NOT_GIVEN,
    LS_CONFIG_LEVEL_ERROR,
    LS_CONFIG_LEVEL_WARNING,
    LS_CONFIG_LEVEL_INFO,
    LS_CONFIG_LEVEL_NONE, /* off for a rule, never for fail_on */
} ls_config_level;

typedef struct {
    ls_config_word rule; /* id, group or glob */
    ls_config_level level;
} ls_config_severity;

/* Which rules, and how loud. */
typedef struct {
    ls_config_words select, ignore; /* ids, groups or globs; select empty: not given */
    LS_VECTOR(ls_config_severity) severity;
} ls_config_rules;

typedef struct {
    ls_config_words paths; /* globs, relative to the directory of the file */
    ls_config_rules rules;
} ls_config_override;

typedef enum { LS_CONFIG_ORM_NONE, LS_CONFIG_ORM_RAILS, LS_CONFIG_ORM_DJANGO } ls_config_orm;

/* How the repository rolls out: what rules about plans ask, and neither a plan nor its SQL says. */
typedef struct {
    ls_config_orm orm;
    bool prepared_statements, skips_versions;
    ls_config_words databases; /* empty: not given */
    bool replicas_given;
    ls_config_words replicas;
    ls_duration min_soak;
    bool rollback_depth_given;
    int rollback_depth;
    ls_config_words large_tables, replicated_tables; /* patterns as below */
} ls_config_rollout;

typedef struct {
    const char *file;      /* NULL: there is none, and all of it is as if empty */
    const char *directory; /* of the file, "" for the working directory, else with a / */
    int postgres;          /* 0: not given */
    ls_config_level fail_on;
    LS_VECTOR(ls_config_migrations) migrations;
    ls_config_rules rules;
    LS_VECTOR(ls_config_override) overrides;  /* later ones win */
    ls_config_words hot_tables, small_tables; /* patterns: table, or schema.table */
    ls_config_rollout rollout;
    struct {
        ls_duration lock_timeout, statement_timeout, idle_in_transaction_session_timeout;
    } runner;
    ls_config_words rule_directories; /* relative to the directory of the file */
    ls_config_words plans;            /* files, directories or patterns, relative to it too */
    const char *schema;               /* a dump, relative to it too; NULL: not given */
    const char *applied_until;        /* a version; NULL: not given */
} ls_config;

/* lockstep.yaml or .lockstep.yaml in the directory of `path` (in it, if it is a directory) or the
 * nearest one above it, up to the root of the git repository; NULL if there is none. */
const char *ls_config_find(ls_arena *arena, const char *path);

/* The one in this very directory ("" or with a /); NULL if there is none. */
const char *ls_config_in(ls_arena *arena, const char *directory);

/* Reads the file. False with problems added: it cannot be read, or says what lockstep does not
 * understand. */
bool ls_config_read(ls_arena *arena, const char *file, ls_config *config,
                    ls_yaml_problems *problems);

/* The same from a text, which ends with a NUL behind its length; `file` is its name. */
bool ls_config_read_text(ls_arena *arena, const char *file, const char *text, size_t length,
                         ls_config *config, ls_yaml_problems *problems);

#endif
