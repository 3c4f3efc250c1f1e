/*
 * order.c - the order in which frameworks run what they find in a directory.
 *
 * Versions are compared as numbers of any length, part by part (V1.9 before V1.10, 9_x before
 * 10_x). Frameworks that sort names as text agree wherever their versions are padded, as those
 * that they generate are.
 */
#include "input/order.h"

#include <string.h>

typedef enum { VERSIONED, PLAIN, REPEATABLE } rank;

/* One name in a path. */
typedef struct {
    const char *text;
    size_t length;
} component;

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), wanted = strlen(end);
    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

static size_t digits_at(component name, size_t at) {
    size_t end = at;
    while (end < name.length && is_digit(name.text[end]))
        end++;
    return end - at;
}

/* Where the version's digits start, or the name's length. */
static size_t version_start(component name) {
    size_t start = name.length > 0 && (name.text[0] == 'V' || name.text[0] == 'v') ? 1 : 0;
    return digits_at(name, start) > 0 ? start : name.length;
}

static rank rank_of(component name) {
    if (version_start(name) < name.length)
        return VERSIONED;
    return name.length > 3 && strncmp(name.text, "R__", 3) == 0 ? REPEATABLE : PLAIN;
}

static bool is_separator(char byte) {
    return byte == '.' || byte == '_' || byte == '-';
}

/* The start of the version's next part after a part that ends at `at`, or the name's length:
 * 1_2_x has two parts, 1_2nd_x has one. */
static size_t next_part(component name, size_t at) {
    if (at + 1 >= name.length || !is_separator(name.text[at]))
        return name.length;
    size_t end = at + 1 + digits_at(name, at + 1);
    bool is_part = end > at + 1 && (end == name.length || is_separator(name.text[end]));
    return is_part ? at + 1 : name.length;
}

/* Compares two runs of digits as numbers. */
static int compare_digits(component left, component right) {
    while (left.length > 0 && *left.text == '0')
        left = (component){left.text + 1, left.length - 1};
    while (right.length > 0 && *right.text == '0')
        right = (component){right.text + 1, right.length - 1};
    if (left.length != right.length)
        return left.length < right.length ? -1 : 1;
    return memcmp(left.text, right.text, left.length);
}

static int compare_versions(component left, component right) {
    size_t a = version_start(left), b = version_start(right);
    while (a < left.length && b < right.length) {
        size_t a_length = digits_at(left, a), b_length = digits_at(right, b);
        int order = compare_digits((component){left.text + a, a_length},
                                   (component){right.text + b, b_length});
        if (order != 0)
            return order;
        a = next_part(left, a + a_length);
        b = next_part(right, b + b_length);
    }
    return (int)(a < left.length) - (int)(b < right.length);
}

static int compare_components(component left, component right) {
    int order = (int)rank_of(left) - (int)rank_of(right);
    if (order == 0 && rank_of(left) == VERSIONED)
        order = compare_versions(left, right);
    size_t shorter = left.length < right.length ? left.length : right.length;
    if (order == 0)
        order = memcmp(left.text, right.text, shorter);
    return order != 0 ? order : (int)(left.length > shorter) - (int)(right.length > shorter);
}

static component first_component(const char *path) {
    return (component){path, strcspn(path, "/")};
}

int ls_compare_migrations(const char *left, const char *right) {
    while (*left != '\0' && *right != '\0') {
        component a = first_component(left), b = first_component(right);
        int order = compare_components(a, b);
        if (order != 0)
            return order;
        left += a.length + (left[a.length] == '/');
        right += b.length + (right[b.length] == '/');
    }
    return (int)(*left != '\0') - (int)(*right != '\0');
}

bool ls_has_version(const char *name) {
    return rank_of((component){name, strlen(name)}) == VERSIONED;
}

int ls_compare_versions(const char *left, const char *right) {
    component a = {left, strlen(left)}, b = {right, strlen(right)};
    bool is_left = version_start(a) < a.length, is_right = version_start(b) < b.length;
    if (is_left && is_right)
        return compare_versions(a, b);
    return (int)is_right - (int)is_left;
}

bool ls_is_repeatable(const char *name) {
    return rank_of((component){name, strlen(name)}) == REPEATABLE;
}

size_t ls_version_length(const char *name) {
    const component whole = {name, strlen(name)};
    size_t end = version_start(whole);
    for (size_t at = end; at < whole.length; at = next_part(whole, end))
        end = at + digits_at(whole, at);
    return end;
}

bool ls_is_down_migration(const char *name) {
    bool is_undo = name[0] == 'U' && is_digit(name[1]) && strstr(name, "__") != NULL; /* Flyway */
    return is_undo || strcmp(name, "down.sql") == 0 || ends_with(name, ".down.sql") ||
           ends_with(name, ".undo.sql");
}

bool ls_is_named_by_directory(const char *name) {
    return strcmp(name, "up.sql") == 0 || strcmp(name, "down.sql") == 0 ||
           strcmp(name, "migration.sql") == 0;
}

bool ls_is_sql_file(const char *name) {
    return ends_with(name, ".sql") || ends_with(name, ".SQL");
}
