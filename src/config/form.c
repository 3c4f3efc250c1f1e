#include "config/form.h"

#include <string.h>

enum { LONGEST = 4096, MOST = 1000 };

#define COUNT(array)   (sizeof(array) / sizeof *(array))
#define REQUIRED       CYAML_FLAG_POINTER
#define OPTIONAL       (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define STRICT         (CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT)
#define TEXT(key, ...) CYAML_FIELD_STRING_PTR(key, OPTIONAL, __VA_ARGS__, 1, LONGEST)

/* --- Types ----------------------------------------------------------------------------------- */

static const cyaml_schema_value_t text_value = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, LONGEST),
};

static const cyaml_strval_t transactions[] = {
    {"auto", LS_CONFIG_TRANSACTION_AUTO}, {"file", LS_CONFIG_TRANSACTION_FILE},
    {"all", LS_CONFIG_TRANSACTION_ALL},   {"statement", LS_CONFIG_TRANSACTION_STATEMENT},
    {"none", LS_CONFIG_TRANSACTION_NONE},
};

static const cyaml_strval_t fail_on_levels[] = {
    {"error", LS_CONFIG_LEVEL_ERROR},
    {"warning", LS_CONFIG_LEVEL_WARNING},
    {"info", LS_CONFIG_LEVEL_INFO},
    {"never", LS_CONFIG_LEVEL_NONE},
};

static const cyaml_strval_t orms[] = {
    {"none", LS_CONFIG_ORM_NONE},
    {"rails", LS_CONFIG_ORM_RAILS},
    {"django", LS_CONFIG_ORM_DJANGO},
};

static const cyaml_strval_t switches[] = {{"off", 0}, {"on", 1}};

static const cyaml_schema_field_t migrations_fields[] = {
    CYAML_FIELD_STRING_PTR("path", REQUIRED, ls_migrations_form, path, 1, LONGEST),
    TEXT("framework", ls_migrations_form, framework),
    CYAML_FIELD_ENUM("transaction", STRICT, ls_migrations_form, transaction, transactions,
                     COUNT(transactions)),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t migrations_value = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, ls_migrations_form, migrations_fields),
};

/* Of a structure with a member `rules`: the keys of ls_rules_form stand beside its own. */
#define RULES_FIELDS(type)                                                                         \
    CYAML_FIELD_SEQUENCE_COUNT("select", OPTIONAL, type, rules.select, rules.select_count,         \
                               &text_value, 1, MOST),                                              \
        CYAML_FIELD_SEQUENCE_COUNT("ignore", OPTIONAL, type, rules.ignore, rules.ignore_count,     \
                                   &text_value, 0, MOST),                                          \
        CYAML_FIELD_IGNORE("severity", CYAML_FLAG_OPTIONAL)

static const cyaml_schema_field_t override_fields[] = {
    CYAML_FIELD_SEQUENCE("paths", REQUIRED, ls_override_form, paths, &text_value, 1, MOST),
    RULES_FIELDS(ls_override_form),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t override_value = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, ls_override_form, override_fields),
};

static const cyaml_schema_field_t tables_fields[] = {
    CYAML_FIELD_SEQUENCE("hot", OPTIONAL, ls_tables_form, hot, &text_value, 0, MOST),
    CYAML_FIELD_SEQUENCE("small", OPTIONAL, ls_tables_form, small, &text_value, 0, MOST),
    CYAML_FIELD_SEQUENCE("large", OPTIONAL, ls_tables_form, large, &text_value, 0, MOST),
    CYAML_FIELD_SEQUENCE("replicated", OPTIONAL, ls_tables_form, replicated, &text_value, 0, MOST),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t runner_fields[] = {
    TEXT("lock_timeout", ls_runner_form, lock_timeout),
    TEXT("statement_timeout", ls_runner_form, statement_timeout),
    TEXT("idle_in_transaction_session_timeout", ls_runner_form,
         idle_in_transaction_session_timeout),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t config_fields[] = {
    CYAML_FIELD_INT_PTR("postgres", OPTIONAL, ls_config_form, postgres),
    CYAML_FIELD_SEQUENCE("migrations", OPTIONAL, ls_config_form, migrations, &migrations_value, 0,
                         MOST),
    CYAML_FIELD_ENUM("fail_on", STRICT, ls_config_form, fail_on, fail_on_levels,
                     COUNT(fail_on_levels)),
    RULES_FIELDS(ls_config_form),
    CYAML_FIELD_SEQUENCE("overrides", OPTIONAL, ls_config_form, overrides, &override_value, 0,
                         MOST),
    CYAML_FIELD_MAPPING_PTR("tables", OPTIONAL, ls_config_form, tables, tables_fields),
    CYAML_FIELD_MAPPING_PTR("runner", OPTIONAL, ls_config_form, runner, runner_fields),
    CYAML_FIELD_SEQUENCE("rules", OPTIONAL, ls_config_form, rule_directories, &text_value, 0, MOST),
    TEXT("schema", ls_config_form, schema),
    TEXT("applied_until", ls_config_form, applied_until),
    CYAML_FIELD_ENUM("orm", STRICT, ls_config_form, orm, orms, COUNT(orms)),
    CYAML_FIELD_ENUM("prepared_statements", STRICT, ls_config_form, prepared_statements, switches,
                     COUNT(switches)),
    CYAML_FIELD_SEQUENCE("databases", OPTIONAL, ls_config_form, databases, &text_value, 1, MOST),
    CYAML_FIELD_SEQUENCE("replicas", OPTIONAL, ls_config_form, replicas, &text_value, 0, MOST),
    TEXT("min_soak", ls_config_form, min_soak),
    CYAML_FIELD_INT_PTR("rollback_depth", OPTIONAL, ls_config_form, rollback_depth),
    CYAML_FIELD_ENUM("skips_versions", STRICT, ls_config_form, skips_versions, switches,
                     COUNT(switches)),
    CYAML_FIELD_IGNORE("stats", CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_SEQUENCE("plans", OPTIONAL, ls_config_form, plans, &text_value, 0, MOST),
    CYAML_FIELD_END,
};

const cyaml_schema_value_t ls_config_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, ls_config_form, config_fields),
};

/* --- What libcyaml cannot say ---------------------------------------------------------------- */

static const ls_config_key keys[] = {
    {"postgres", &ls_value_version, "The target server's major version, 12 to 18."},
    {"migrations", &ls_value_any, "Where the migrations are, and how they are run."},
    {"migrations.path", &ls_value_text, "A directory, relative to this file."},
    {"migrations.framework", &ls_value_framework,
     "What runs the migrations; auto recognises it by its files and markers."},
    {"migrations.transaction", &ls_value_any,
     "What the runner wraps a transaction around: the whole file, all files "
     "that are not applied yet (all), or nothing (statement, none); "
     "auto is what the framework and the migration say."},
    {"fail_on", &ls_value_any, "The severity of a finding that makes lockstep exit with 1."},
    {"select", &ls_value_text,
     "Only these rules: ids, groups or patterns such as 'index-*'. Not given: all but those that "
     "are off by default."},
    {"ignore", &ls_value_text, "Not these rules: ids, groups or patterns."},
    {"severity", &ls_value_severity,
     "Another severity for rules: by id, group or pattern. An id beats groups and patterns, and "
     "turns on a rule that is off by default; off turns rules off."},
    {"overrides", &ls_value_any, "Other rules for some of the files; later entries win."},
    {"overrides.paths", &ls_value_glob,
     "Which files: patterns relative to this file; ** stands for any directories, and a pattern "
     "that ends with / for all below it."},
    {"overrides.select", &ls_value_text, "Only these rules, whatever was said before."},
    {"overrides.ignore", &ls_value_text, "Not these rules either."},
    {"overrides.severity", &ls_value_severity, "Another severity for rules in these files."},
    {"tables", &ls_value_any, "What the migrations do not tell about tables."},
    {"tables.hot", &ls_value_table,
     "Tables with much traffic: names or patterns, with or without a schema."},
    {"tables.small", &ls_value_table,
     "Tables that stay small: findings about work that grows with a table are softened for them."},
    {"tables.large", &ls_value_table,
     "Tables that fill a good part of the disk: plans have to prove and to measure more there."},
    {"tables.replicated", &ls_value_table,
     "Tables that logical replication writes to, past ordinary triggers."},
    {"runner", &ls_value_any, "What the deploy tool sets before it runs a migration."},
    {"runner.lock_timeout", &ls_value_duration,
     "As PostgreSQL writes it: 5s, 500ms, 2min; 0 is "
     "none."},
    {"runner.statement_timeout", &ls_value_duration, "As lock_timeout."},
    {"runner.idle_in_transaction_session_timeout", &ls_value_duration, "As lock_timeout."},
    {"rules", &ls_value_text, "Directories with rules of your own, relative to this file."},
    {"schema", &ls_value_text,
     "What is there before the first migration: a dump by pg_dump --schema-only, relative to this "
     "file."},
    {"applied_until", &ls_value_migration,
     "The version of the last migration that is applied everywhere: all up to it is history."},
    {"orm", &ls_value_any,
     "What keeps a list of columns in the running code: rails, django, or none."},
    {"prepared_statements", &ls_value_any,
     "on where connections keep prepared statements over a change of the schema."},
    {"databases", &ls_value_text,
     "The databases that a plan is rolled out to: shards, regions. Not given: there is one."},
    {"replicas", &ls_value_text, "The replicas whose lag max_lag of a backfill looks at."},
    {"min_soak", &ls_value_duration, "The shortest soak of a plan, as in 1d. Not given: 1h."},
    {"rollback_depth", &ls_value_depth,
     "How many versions one goes back at most while a deploy has not had its soak. Not given: 1."},
    {"skips_versions", &ls_value_any,
     "on where a deploy may jump over a version, as release trains do."},
    {"stats", &ls_value_later, "Not supported by this version of lockstep."},
    {"plans", &ls_value_text,
     "Rollout plans, relative to this file: files, directories, or patterns of file names such as "
     "db/plans/*.yaml."},
};

const ls_config_key *ls_config_key_at(const char *key) {
    for (size_t i = 0; i < COUNT(keys); i++)
        if (strcmp(keys[i].key, key) == 0)
            return &keys[i];
    return NULL;
}
