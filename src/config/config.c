#include "config/config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { OLDEST_POSTGRES = 12, NEWEST_POSTGRES = 18, LONGEST = 4096, MOST_MIGRATIONS = 1000 };

/* --- The form -------------------------------------------------------------------------------- */

typedef struct {
    const char *path, *framework;
    int transaction;
} migrations_form;

typedef struct {
    const char *lock_timeout;
} runner_form;

typedef struct {
    const int *postgres;
    migrations_form *migrations;
    uint32_t migrations_count;
    runner_form *runner;
} config_form;

static const cyaml_strval_t TRANSACTIONS[] = {
    {"auto", LS_CONFIG_TRANSACTION_AUTO},
    {"file", LS_CONFIG_TRANSACTION_FILE},
    {"statement", LS_CONFIG_TRANSACTION_STATEMENT},
    {"none", LS_CONFIG_TRANSACTION_NONE},
};

#define OPTIONAL (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

static const cyaml_schema_field_t MIGRATIONS_FIELDS[] = {
    CYAML_FIELD_STRING_PTR("path", CYAML_FLAG_POINTER, migrations_form, path, 1, LONGEST),
    CYAML_FIELD_STRING_PTR("framework", OPTIONAL, migrations_form, framework, 1, LONGEST),
    CYAML_FIELD_ENUM("transaction", CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT, migrations_form,
                     transaction, TRANSACTIONS, sizeof TRANSACTIONS / sizeof *TRANSACTIONS),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t MIGRATIONS_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, migrations_form, MIGRATIONS_FIELDS),
};

static const cyaml_schema_field_t RUNNER_FIELDS[] = {
    CYAML_FIELD_STRING_PTR("lock_timeout", OPTIONAL, runner_form, lock_timeout, 1, LONGEST),
    CYAML_FIELD_END,
};

/* Of the contract, but of a later version: named here so that they are refused as what they are
 * and not as misspelt. */
static const char *const LATER[] = {"schema", "applied_until", "rules", "stats", "plans"};

static const cyaml_schema_field_t CONFIG_FIELDS[] = {
    CYAML_FIELD_INT_PTR("postgres", OPTIONAL, config_form, postgres),
    CYAML_FIELD_SEQUENCE("migrations", OPTIONAL, config_form, migrations, &MIGRATIONS_VALUE, 0,
                         MOST_MIGRATIONS),
    CYAML_FIELD_MAPPING_PTR("runner", OPTIONAL, config_form, runner, RUNNER_FIELDS),
    CYAML_FIELD_IGNORE("schema", CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_IGNORE("applied_until", CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_IGNORE("rules", CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_IGNORE("stats", CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_IGNORE("plans", CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t CONFIG_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, config_form, CONFIG_FIELDS),
};

/* --- What a schema cannot say ---------------------------------------------------------------- */

static bool refuse_later_keys(const ls_yaml *yaml) {
    bool fine = true;
    for (size_t i = 0; i < yaml->root->entries.count; i++) {
        const ls_yaml_node *key = yaml->root->entries.items[i].key;
        for (size_t j = 0; j < sizeof LATER / sizeof *LATER; j++)
            if (strcmp(key->text, LATER[j]) == 0) {
                ls_yaml_wrong(yaml, key, "%s is not supported by this version of lockstep",
                              LATER[j]);
                fine = false;
            }
    }
    return fine;
}

static bool check_postgres(const ls_yaml *yaml, const config_form *form) {
    if (form->postgres == NULL ||
        (*form->postgres >= OLDEST_POSTGRES && *form->postgres <= NEWEST_POSTGRES))
        return true;
    ls_yaml_wrong(yaml, ls_yaml_get(yaml->root, "postgres"),
                  "postgres is no supported version; expected %d to %d", OLDEST_POSTGRES,
                  NEWEST_POSTGRES);
    return false;
}

/* The frameworks' own ways are not known yet, and a file that mixes up and down would be judged
 * wrongly. */
static bool check_frameworks(const ls_yaml *yaml, const config_form *form) {
    bool fine = true;
    for (uint32_t i = 0; i < form->migrations_count; i++) {
        const char *framework = form->migrations[i].framework;
        if (framework == NULL || strcmp(framework, "auto") == 0 || strcmp(framework, "plain") == 0)
            continue;
        const ls_yaml_node *list = ls_yaml_get(yaml->root, "migrations");
        ls_yaml_wrong(yaml, ls_yaml_get(list->entries.items[i].value, "framework"),
                      "framework %s is not supported by this version of lockstep; expected auto or "
                      "plain",
                      framework);
        fine = false;
    }
    return fine;
}

/* PostgreSQL's units of time; no unit is milliseconds. */
static bool is_timeout(const char *text) {
    static const char *const UNITS[] = {"", "us", "ms", "s", "min", "h", "d"};
    size_t digits = strspn(text, "0123456789");
    const char *unit = text + digits + strspn(text + digits, " ");
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        if (digits > 0 && strcmp(unit, UNITS[i]) == 0)
            return true;
    return false;
}

static bool is_zero(const char *timeout) {
    return strspn(timeout, "0") == strspn(timeout, "0123456789");
}

static bool check_lock_timeout(const ls_yaml *yaml, const config_form *form, bool *is_set) {
    const char *timeout = form->runner == NULL ? NULL : form->runner->lock_timeout;
    *is_set = false;
    if (timeout == NULL)
        return true;
    if (is_timeout(timeout)) {
        *is_set = !is_zero(timeout);
        return true;
    }
    ls_yaml_wrong(yaml, ls_yaml_get(ls_yaml_get(yaml->root, "runner"), "lock_timeout"),
                  "lock_timeout is no time; expected a number and a unit, as in 5s");
    return false;
}

/* --- The file -------------------------------------------------------------------------------- */

static bool cannot_read(const char *file, ls_yaml_problems *problems, ls_arena *arena) {
    const char *message = ls_arena_format(arena, "cannot be read: %s", strerror(errno));
    ls_yaml_problem problem = {.file = file, .message = message};
    LS_PUSH(arena, problems, problem);
    return false;
}

/* One byte more than is allowed, so that the reader of YAML sees that it is too much. */
static bool read_text(ls_arena *arena, const char *file, const char **text, size_t *length,
                      ls_yaml_problems *problems) {
    errno = 0;
    FILE *stream = fopen(file, "rb");
    if (stream == NULL)
        return cannot_read(file, problems, arena);
    char *buffer = ls_arena_alloc(arena, LS_YAML_LARGEST + 2);
    *length = fread(buffer, 1, LS_YAML_LARGEST + 1, stream);
    bool failed = ferror(stream) != 0;
    if (failed)
        cannot_read(file, problems, arena);
    fclose(stream);
    *text = buffer;
    return !failed;
}

static const char *directory_of(ls_arena *arena, const char *file) {
    const char *slash = strrchr(file, '/');
    return slash == NULL ? "" : ls_arena_copy(arena, file, (size_t)(slash + 1 - file));
}

static bool is_empty(const char *text, size_t length) {
    for (size_t at = 0; at < length; at++) {
        at += strspn(text + at, " \t\r\n");
        if (text[at] == '#')
            at += strcspn(text + at, "\n");
        else if (at < length)
            return false;
    }
    return true;
}

static void take(ls_arena *arena, const config_form *form, ls_config *config) {
    config->postgres = form->postgres == NULL ? 0 : *form->postgres;
    for (uint32_t i = 0; i < form->migrations_count; i++) {
        const migrations_form *one = &form->migrations[i];
        ls_config_migrations migrations = {
            .path = one->path,
            .framework = one->framework == NULL ? "auto" : one->framework,
            .transaction = (ls_config_transaction)one->transaction,
        };
        LS_PUSH(arena, &config->migrations, migrations);
    }
}

bool ls_config_read(ls_arena *arena, const char *file, ls_config *config,
                    ls_yaml_problems *problems) {
    ls_yaml yaml;
    const char *text = NULL;
    size_t length = 0;
    *config = (ls_config){.file = file, .directory = directory_of(arena, file)};
    if (!read_text(arena, file, &text, &length, problems))
        return false;
    if (is_empty(text, length))
        return true;
    if (!ls_yaml_read(&yaml, arena, file, text, length, problems))
        return false;
    const config_form *form = ls_yaml_load(&yaml, &CONFIG_VALUE);
    bool fine = refuse_later_keys(&yaml);
    if (form == NULL)
        return false;
    fine = check_postgres(&yaml, form) && fine;
    fine = check_frameworks(&yaml, form) && fine;
    fine = check_lock_timeout(&yaml, form, &config->runner_sets_lock_timeout) && fine;
    if (!fine)
        return false;
    take(arena, form, config);
    return true;
}
