/*
 * config.h - lockstep.yaml, found and read.
 */
#ifndef LS_CONFIG_CONFIG_H
#define LS_CONFIG_CONFIG_H

#include "support/yaml.h"

typedef enum {
    LS_CONFIG_TRANSACTION_AUTO, /* what the framework does */
    LS_CONFIG_TRANSACTION_FILE,
    LS_CONFIG_TRANSACTION_STATEMENT,
    LS_CONFIG_TRANSACTION_NONE,
} ls_config_transaction;

typedef struct {
    const char *path;      /* as written: relative to the directory of the file */
    const char *framework; /* auto if not given */
    ls_config_transaction transaction;
} ls_config_migrations;

typedef struct {
    const char *file;              /* NULL: there is none, and all of it is as if empty */
    const char *directory;         /* of the file, "" for the working directory, else with a / */
    int postgres;                  /* 0: not given */
    bool runner_sets_lock_timeout; /* and not to 0 */
    LS_VECTOR(ls_config_migrations) migrations;
} ls_config;

/* lockstep.yaml or .lockstep.yaml in the directory of `path` (in it, if it is a directory) or the
 * nearest one above it, up to the root of the git repository; NULL if there is none. */
const char *ls_config_find(ls_arena *arena, const char *path);

/* Reads the file. False with problems added: it cannot be read, or says what lockstep does not
 * understand. */
bool ls_config_read(ls_arena *arena, const char *file, ls_config *config,
                    ls_yaml_problems *problems);

#endif
