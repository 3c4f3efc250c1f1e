/*
 * form.h - the keys of lockstep.yaml: the one place that knows them.
 *
 * libcyaml's schema says how keys nest and of which type they are, and fills the structures below.
 * What it cannot say stands beside it in a table: what a key is for, and which of several forms
 * its text takes (values.h).
 */
#ifndef LS_CONFIG_FORM_H
#define LS_CONFIG_FORM_H

#include "config/values.h"

typedef struct {
    const char *path, *framework;
    int transaction;
} ls_migrations_form;

typedef struct {
    const char **select, **ignore;
    uint32_t select_count, ignore_count;
} ls_rules_form;

typedef struct {
    const char **paths;
    uint32_t paths_count;
    ls_rules_form rules;
} ls_override_form;

typedef struct {
    const char **hot, **small, **large, **replicated;
    uint32_t hot_count, small_count, large_count, replicated_count;
} ls_tables_form;

typedef struct {
    const char *lock_timeout, *statement_timeout, *idle_in_transaction_session_timeout;
} ls_runner_form;

typedef struct {
    const int *postgres;
    int fail_on;
    ls_migrations_form *migrations;
    ls_rules_form rules;
    ls_override_form *overrides;
    const char **rule_directories, **plans;
    const char *schema, *applied_until;
    uint32_t migrations_count, overrides_count, rule_directories_count, plans_count;
    ls_tables_form *tables;
    int orm, prepared_statements, skips_versions;
    const char **databases, **replicas;
    uint32_t databases_count, replicas_count;
    const char *min_soak;
    const int *rollback_depth;
    ls_runner_form *runner;
} ls_config_form;

extern const cyaml_schema_value_t ls_config_schema; /* of an ls_config_form */

typedef struct {
    const char *key; /* as it is reached from the top: "overrides.select" */
    const ls_value_form *form;
    const char *about;
} ls_config_key;

/* NULL if there is no such key. */
const ls_config_key *ls_config_key_at(const char *key);

#endif
