#include "plan/values.h"

#include <ctype.h>
#include <string.h>

enum { FORMAT = 1, LARGEST_BATCH = 1000000000, LEAST_REASON = 10 };

/* --- The format ------------------------------------------------------------------------------ */

static void check_format(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    int64_t number = 0;
    if (ls_yaml_integer(value, &number) && number != FORMAT)
        ls_yaml_wrong(yaml, value, "%s is %lld; expected %d, the version of the plan format", key,
                      (long long)number, FORMAT);
}

static void describe_format(json_t *schema) {
    json_object_set_new(schema, "minimum", json_integer(FORMAT));
    json_object_set_new(schema, "maximum", json_integer(FORMAT));
}

const ls_value_form ls_plan_value_format = {check_format, describe_format};

/* --- Paths ----------------------------------------------------------------------------------- */

static bool is_path_below(const char *text) {
    if (text[0] == '/' || strchr(text, '\\') != NULL)
        return false;
    for (const char *part = text; *part != 0;) {
        size_t length = strcspn(part, "/");
        if (length == 0 || (length <= 2 && strspn(part, ".") >= length))
            return false;
        part += length + (part[length] == '/');
    }
    return text[strlen(text) - 1] != '/';
}

static void check_path(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    ls_value_text.check(yaml, value, key);
    if (value->kind == LS_YAML_SCALAR && value->text[0] != 0 && !is_path_below(value->text))
        ls_yaml_wrong(yaml, value,
                      "%s is \"%s\"; expected the path of a file below the plan's root, without . "
                      "and ..",
                      key, ls_yaml_quoted(yaml, value->text));
}

static void describe_path(json_t *schema) {
    json_object_set_new(schema, "pattern", json_string("^(?!/)(?!(.*/)?\\.{0,2}(/|$))[^\\\\]+$"));
}

const ls_value_form ls_plan_value_path = {check_path, describe_path};

/* --- Times ----------------------------------------------------------------------------------- */

static const struct {
    const char *unit;
    int64_t milliseconds;
} units[] = {
    {"ms", 1}, {"s", 1000}, {"min", 60000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000},
};

enum { LONGEST_NUMBER = 6 /* digits */ };

bool ls_plan_time_read(const char *text, ls_plan_time *time) {
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > LONGEST_NUMBER || (text[0] == '0' && digits > 1))
        return false;
    int64_t number = 0;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (text[i] - '0');
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(text + digits, units[i].unit) == 0) {
            *time = (ls_plan_time){.given = true, .milliseconds = number * units[i].milliseconds};
            return true;
        }
    return false;
}

static void check_time(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    ls_plan_time time;
    if (value->kind != LS_YAML_SCALAR || value->text[0] == 0 ||
        ls_plan_time_read(value->text, &time))
        return;
    ls_yaml_wrong(
        yaml, value,
        "%s is \"%s\"; expected a whole number and a unit (ms, s, min, h, d), as in 200ms "
        "or 7d",
        key, ls_yaml_quoted(yaml, value->text));
}

static void describe_time(json_t *schema) {
    json_object_set_new(schema, "pattern", json_string("^(0|[1-9][0-9]{0,5})(ms|s|m|min|h|d)$"));
}

const ls_value_form ls_plan_value_time = {check_time, describe_time};

/* --- Dates ----------------------------------------------------------------------------------- */

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int number_of(const char *text, size_t length) {
    int number = 0;
    for (size_t i = 0; i < length; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

static bool is_date(const char *text) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    static const char form[] = "0000-00-00";
    if (strlen(text) != strlen(form))
        return false;
    for (size_t i = 0; i < strlen(form); i++)
        if (form[i] == '-' ? text[i] != '-' : !isdigit((unsigned char)text[i]))
            return false;
    int year = number_of(text, 4), month = number_of(text + 5, 2), day = number_of(text + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= days[month - 1] + (month == 2 && is_leap(year));
}

static void check_date(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    if (value->kind == LS_YAML_SCALAR && value->text[0] != 0 && !is_date(value->text))
        ls_yaml_wrong(yaml, value, "%s is \"%s\"; expected a date, as in 2026-11-30", key,
                      ls_yaml_quoted(yaml, value->text));
}

static void describe_date(json_t *schema) {
    json_object_set_new(schema, "format", json_string("date"));
}

const ls_value_form ls_plan_value_date = {check_date, describe_date};

/* --- Columns --------------------------------------------------------------------------------- */

/* One name of a dotted text, quoted or not; the bytes that it takes, 0 if there is none. */
static size_t read_name(ls_arena *arena, const char *text, const char **name) {
    if (text[0] == '"') {
        const char *end = strchr(text + 1, '"');
        if (end == NULL || end == text + 1)
            return 0;
        *name = ls_arena_copy(arena, text + 1, (size_t)(end - text - 1));
        return (size_t)(end + 1 - text);
    }
    size_t length = 0;
    while (isalnum((unsigned char)text[length]) || text[length] == '_' || text[length] == '$' ||
           (unsigned char)text[length] >= 0x80)
        length++;
    char *folded = ls_arena_copy(arena, text, length);
    for (size_t i = 0; i < length; i++)
        if (folded[i] >= 'A' && folded[i] <= 'Z')
            folded[i] = (char)(folded[i] - 'A' + 'a');
    *name = folded;
    return isdigit((unsigned char)text[0]) || text[0] == '$' ? 0 : length;
}

bool ls_plan_column_read(ls_arena *arena, const char *text, ls_plan_column *column) {
    enum { MOST_NAMES = 3 };
    const char *names[MOST_NAMES];
    size_t count = 0;
    *column = (ls_plan_column){0};
    for (;;) {
        if (count > 0 && strcmp(text, "*") == 0) {
            column->whole_row = true;
            text++;
            break;
        }
        size_t length = count == MOST_NAMES ? 0 : read_name(arena, text, &names[count]);
        if (length == 0)
            return false;
        count++;
        text += length;
        if (*text != '.')
            break;
        text++;
    }
    column->optional = *text == '?' && !column->whole_row;
    text += column->optional;
    size_t tables = column->whole_row ? count : count - 1;
    if (*text != 0 || tables < 1 || tables >= MOST_NAMES)
        return false;
    column->schema = tables == 2 ? names[0] : NULL;
    column->table = names[tables - 1];
    column->column = column->whole_row ? NULL : names[tables];
    return true;
}

static void check_column(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    ls_plan_column column;
    if (value->kind != LS_YAML_SCALAR || value->text[0] == 0 ||
        ls_plan_column_read(yaml->arena, value->text, &column))
        return;
    ls_yaml_wrong(yaml, value,
                  "%s has \"%s\"; expected table.column or schema.table.column, or table.* for the "
                  "whole row",
                  key, ls_yaml_quoted(yaml, value->text));
}

static void describe_column(json_t *schema) {
    json_object_set_new(schema, "pattern", json_string("^[^.]+(\\.[^.]+){1,2}$"));
}

const ls_value_form ls_plan_value_column = {check_column, describe_column};

/* --- Batches and reasons --------------------------------------------------------------------- */

static void check_batch(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    int64_t number = 0;
    if (ls_yaml_integer(value, &number) && (number < 1 || number > LARGEST_BATCH))
        ls_yaml_wrong(yaml, value, "%s is %lld; expected 1 to %d rows", key, (long long)number,
                      LARGEST_BATCH);
}

static void describe_batch(json_t *schema) {
    json_object_set_new(schema, "minimum", json_integer(1));
    json_object_set_new(schema, "maximum", json_integer(LARGEST_BATCH));
}

const ls_value_form ls_plan_value_batch = {check_batch, describe_batch};

static void check_reason(const ls_yaml *yaml, const ls_yaml_node *value, const char *key) {
    ls_value_text.check(yaml, value, key);
    if (value->kind == LS_YAML_SCALAR && value->text[0] != 0 && strlen(value->text) < LEAST_REASON)
        ls_yaml_wrong(yaml, value, "%s is \"%s\"; expected a reason of %d characters or more", key,
                      ls_yaml_quoted(yaml, value->text), LEAST_REASON);
}

static void describe_reason(json_t *schema) {
    json_object_set_new(schema, "minLength", json_integer(LEAST_REASON));
}

const ls_value_form ls_plan_value_reason = {check_reason, describe_reason};
