#include "config/values.h"

#include "input/framework.h"
#include "input/order.h"
#include "sql/target.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static json_t *strings(const char *const *words, size_t count) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(words[i]));
    return list;
}

static void check_nothing(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    (void)yaml;
    (void)value;
    (void)key;
}

static void describe_nothing(json_t *schema) {
    (void)schema;
}

const ls_value_form ls_value_any = {check_nothing, describe_nothing};

/* --- Texts ----------------------------------------------------------------------------------- */

/* Octal numbers, which C does not write so, and hexadecimal ones among them. */
static bool is_number(const char *text) {
    const char *digits = text + strspn(text, "+-");
    if (digits[0] == '0' && digits[1] == 'o')
        return digits[2] != 0 && digits[2 + strspn(digits + 2, "01234567")] == 0;
    if (digits > text + 1 || strspn(digits, ".0123456789") == 0)
        return false;
    char *end;
    strtod(digits, &end);
    return *end == 0;
}

/* What YAML's core schema reads as something else than a text. */
static bool is_other_type(const ls_yaml_node *value) {
    static const char *const words[] = {
        "",      "~",     "null", "Null", "NULL", "true", "True", "TRUE", "false",
        "False", "FALSE", ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF",
    };
    if (!value->plain)
        return false;
    for (size_t i = 0; i < COUNT(words); i++)
        if (strcmp(value->text, words[i]) == 0)
            return true;
    return is_number(value->text);
}

static bool is_text(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    if (value->kind != LS_YAML_SCALAR)
        return false;
    if (value->text[0] == 0 || !is_other_type(value))
        return value->text[0] != 0;
    ls_yaml_wrong(yaml, value, "%s is %s; expected a text: put it in quotes", key,
                  ls_yaml_quoted(yaml, value->text));
    return false;
}

static void check_text(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    is_text(yaml, value, key);
}

const ls_value_form ls_value_text = {check_text, describe_nothing};

/* --- Versions and frameworks ----------------------------------------------------------------- */

static void check_version(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    int64_t number = 0;
    if (ls_yaml_integer(value, &number) &&
        (number < LS_OLDEST_POSTGRES || number > LS_NEWEST_POSTGRES))
        ls_yaml_wrong(yaml, value, "%s is no supported version; expected %d to %d", key,
                      LS_OLDEST_POSTGRES, LS_NEWEST_POSTGRES);
}

static void describe_version(json_t *schema) {
    json_object_set_new(schema, "minimum", json_integer(LS_OLDEST_POSTGRES));
    json_object_set_new(schema, "maximum", json_integer(LS_NEWEST_POSTGRES));
}

const ls_value_form ls_value_version = {check_version, describe_version};

static void check_migration(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    if (is_text(yaml, value, key) && !ls_has_version(value->text))
        ls_yaml_wrong(yaml, value, "%s is \"%s\"; expected a migration's version, as in \"0041\"",
                      key, ls_yaml_quoted(yaml, value->text));
}

static void describe_migration(json_t *schema) {
    json_object_set_new(schema, "pattern", json_string("^[Vv]?[0-9]"));
}

const ls_value_form ls_value_migration = {check_migration, describe_migration};

static const char AUTO[] = "auto";

/* The names of the frameworks, and auto before them. */
static size_t framework_names(const char *names[]) {
    size_t count = 0;
    names[count++] = AUTO;
    for (size_t i = 0; i < LS_FRAMEWORK_COUNT; i++)
        names[count++] = ls_frameworks[i].name;
    return count;
}

static void check_framework(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    const char *names[LS_FRAMEWORK_COUNT + 1];
    size_t count = framework_names(names);
    if (value->kind != LS_YAML_SCALAR || value->text[0] == 0 || strcmp(value->text, AUTO) == 0 ||
        ls_framework_called(value->text) != NULL)
        return;
    ls_yaml_wrong(yaml, value, "%s %s is not known; expected %s%s", key,
                  ls_yaml_quoted(yaml, value->text),
                  ls_yaml_alternatives(yaml->arena, names, count),
                  ls_yaml_meant(yaml, value->text, names, count));
}

static void describe_framework(json_t *schema) {
    const char *names[LS_FRAMEWORK_COUNT + 1];
    size_t count = framework_names(names);
    json_object_set_new(schema, "enum", strings(names, count));
}

const ls_value_form ls_value_framework = {check_framework, describe_framework};

/* --- Durations ------------------------------------------------------------------------------- */

static void check_duration(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    int milliseconds;
    if (value->kind != LS_YAML_SCALAR || value->text[0] == 0 ||
        ls_duration_read(value->text, &milliseconds))
        return;
    ls_yaml_wrong(yaml, value,
                  "%s is \"%s\"; expected a number and a unit (us, ms, s, min, h, d) of at most "
                  "%dms, as in 5s",
                  key, ls_yaml_quoted(yaml, value->text), INT_MAX);
}

/* A number without a unit is a text for the loader, but not for a JSON Schema. */
static void describe_duration(json_t *schema) {
    json_object_set_new(schema, "type", json_pack("[s, s]", "string", "integer"));
    json_object_set_new(schema, "pattern", json_string(ls_duration_pattern));
    json_object_set_new(schema, "minimum", json_integer(0));
    json_object_set_new(schema, "maximum", json_integer(INT_MAX));
}

const ls_value_form ls_value_duration = {check_duration, describe_duration};

/* --- Numbers --------------------------------------------------------------------------------- */

enum { DEEPEST = 9 };

static void check_depth(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    int64_t number = 0;
    if (ls_yaml_integer(value, &number) && (number < 0 || number > DEEPEST))
        ls_yaml_wrong(yaml, value, "%s is %lld; expected 0 to %d", key, (long long)number, DEEPEST);
}

static void describe_depth(json_t *schema) {
    json_object_set_new(schema, "minimum", json_integer(0));
    json_object_set_new(schema, "maximum", json_integer(DEEPEST));
}

const ls_value_form ls_value_depth = {check_depth, describe_depth};

/* --- Patterns -------------------------------------------------------------------------------- */

static const char table_pattern[] = "^[^. ]+(\\.[^. ]+)?$";

static bool is_table(const char *text) {
    const char *dot = strchr(text, '.');
    if (dot == text || strchr(text, ' ') != NULL)
        return false;
    return dot == NULL || (dot[1] != 0 && strchr(dot + 1, '.') == NULL);
}

static void check_table(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    if (is_text(yaml, value, key) && !is_table(value->text))
        ls_yaml_wrong(yaml, value, "%s has \"%s\"; expected table or schema.table", key,
                      ls_yaml_quoted(yaml, value->text));
}

static void describe_table(json_t *schema) {
    json_object_set_new(schema, "pattern", json_string(table_pattern));
}

const ls_value_form ls_value_table = {check_table, describe_table};

static const char glob_pattern[] = "^(?!/)(?!(.*/)?\\.\\.?(/|$))";

/* Relative, and without . and .. among its parts, which no path has that it is matched with. */
static bool is_glob(const char *text) {
    if (text[0] == '/')
        return false;
    for (const char *part = text; *part != 0;) {
        size_t length = strcspn(part, "/");
        if ((length == 1 || length == 2) && strspn(part, ".") >= length)
            return false;
        part += length + (part[length] == '/');
    }
    return true;
}

static void check_glob(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    if (is_text(yaml, value, key) && !is_glob(value->text))
        ls_yaml_wrong(yaml, value,
                      "%s has \"%s\"; expected a pattern below the directory of this file, without "
                      ". and ..",
                      key, ls_yaml_quoted(yaml, value->text));
}

static void describe_glob(json_t *schema) {
    json_object_set_new(schema, "pattern", json_string(glob_pattern));
}

const ls_value_form ls_value_glob = {check_glob, describe_glob};

/* --- Severities ------------------------------------------------------------------------------ */

static const struct {
    const char *word;
    ls_config_level level;
} levels[] = {
    {"error", LS_CONFIG_LEVEL_ERROR},
    {"warning", LS_CONFIG_LEVEL_WARNING},
    {"info", LS_CONFIG_LEVEL_INFO},
    {"off", LS_CONFIG_LEVEL_NONE},
};

ls_config_level ls_severity_level(const char *word) {
    for (size_t i = 0; i < COUNT(levels); i++)
        if (strcmp(levels[i].word, word) == 0)
            return levels[i].level;
    return LS_CONFIG_LEVEL_NOT_GIVEN;
}

static void check_level(const ls_yaml *yaml, const ls_yaml_entry *entry) {
    const char *words[COUNT(levels)];
    for (size_t i = 0; i < COUNT(levels); i++)
        words[i] = levels[i].word;
    const char *expected = ls_yaml_alternatives(yaml->arena, words, COUNT(words));
    const char *rule = ls_yaml_quoted(yaml, entry->key->text);
    if (entry->value->kind != LS_YAML_SCALAR)
        ls_yaml_wrong(yaml, entry->value, "the severity of %s is no single value; expected %s",
                      rule, expected);
    else if (ls_severity_level(entry->value->text) == LS_CONFIG_LEVEL_NOT_GIVEN)
        ls_yaml_wrong(yaml, entry->value, "the severity of %s is \"%s\"; expected %s%s", rule,
                      ls_yaml_quoted(yaml, entry->value->text), expected,
                      ls_yaml_meant(yaml, entry->value->text, words, COUNT(words)));
}

static void check_severity(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    if (value->kind != LS_YAML_MAPPING) {
        ls_yaml_wrong(yaml, value, "%s is no mapping; expected rules with their severities", key);
        return;
    }
    for (LS_EACH(const ls_yaml_entry, entry, value->entries))
        check_level(yaml, entry);
}

static void describe_severity(json_t *schema) {
    json_t *words = json_array();
    for (size_t i = 0; i < COUNT(levels); i++)
        json_array_append_new(words, json_string(levels[i].word));
    json_object_set_new(schema, "type", json_string("object"));
    json_object_set_new(schema, "additionalProperties", json_pack("{s: o}", "enum", words));
}

const ls_value_form ls_value_severity = {check_severity, describe_severity};

/* --- Of a later version ---------------------------------------------------------------------- */

/* The key is refused by its reader, where the key stands. */
static void describe_later(json_t *schema) {
    json_object_set_new(schema, "not", json_object());
}

const ls_value_form ls_value_later = {check_nothing, describe_later};
