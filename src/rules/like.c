/*
 * like.c - names and patterns. The patterns are those of fnmatch, whose matcher is used; braces
 * mean nothing to it.
 */
#include "rules/like.h"

#include "rules/template.h"
#include "support/buffer.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <string.h>

/* --- Quotes ---------------------------------------------------------------------------------- */

/* The next byte that is no delimiting quote; two quotes within quotes are one that counts. */
static const char *next_byte(const char *text, bool *quoted) {
    while (*text == '"') {
        if (*quoted && text[1] == '"')
            return text + 1;
        *quoted = !*quoted;
        text++;
    }
    return text;
}

bool ls_is_same_name(const char *wanted, const char *text) {
    if (strcmp(wanted, text) == 0)
        return true;
    bool quoted = false;
    for (text = next_byte(text, &quoted); *text != 0 && *text == *wanted; wanted++)
        text = next_byte(text + 1, &quoted);
    return *text == *wanted;
}

static void add_name(ls_buffer *out, const char *text) {
    bool quoted = false;
    for (text = next_byte(text, &quoted); *text != 0; text = next_byte(text + 1, &quoted))
        ls_buffer_add(out, text, 1);
}

/* --- Patterns -------------------------------------------------------------------------------- */

static void add_literally(ls_buffer *out, const char *text) {
    bool quoted = false;
    for (text = next_byte(text, &quoted); *text != 0; text = next_byte(text + 1, &quoted)) {
        if (strchr("*?[\\", *text) != NULL)
            ls_buffer_string(out, "\\");
        ls_buffer_add(out, text, 1);
    }
}

static void add_words(ls_buffer *out, const ls_words *words) {
    for (size_t i = 0; i < words->count; i++) {
        if (i > 0)
            ls_buffer_string(out, "_");
        add_literally(out, words->items[i]);
    }
}

/* Adds the value of an attribute by name; false if the effect does not have it. */
static bool add_value(ls_buffer *out, const char *name, size_t length, const ls_effect *effect) {
    enum { LONGEST = 64 };
    char copy[LONGEST] = {0};
    ls_attribute attribute;
    if (length >= LONGEST)
        return false;
    memcpy(copy, name, length);
    if (!ls_attribute_by_name(copy, &attribute))
        return false;
    const ls_attribute_value *value = ls_effect_value(effect, attribute);
    if (value == NULL || !ls_value_is_there(value))
        return false;
    if (ls_attribute_kind(attribute) == LS_VALUE_WORDS)
        add_words(out, value->words);
    else if (ls_attribute_kind(attribute) == LS_VALUE_NUMBER)
        ls_buffer_format(out, "%" PRId64, value->number);
    else
        add_literally(out, value->text);
    return true;
}

/* Fills in the attributes that a pattern names; the loader has checked the braces. */
static bool fill_in(ls_buffer *out, const char *pattern, const ls_effect *effect) {
    while (*pattern != 0) {
        size_t plain = strcspn(pattern, "{}");
        ls_buffer_add(out, pattern, plain);
        pattern += plain;
        if (*pattern == 0)
            break;
        if (pattern[1] == *pattern) {
            ls_buffer_add(out, pattern, 1);
            pattern += 2;
            continue;
        }
        size_t length = strcspn(pattern + 1, "}");
        if (!add_value(out, pattern + 1, length, effect))
            return false;
        pattern += length + 2;
    }
    ls_buffer_add(out, "", 0);
    return true;
}

bool ls_is_like(const char *pattern, const char *text, const ls_effect *effect) {
    ls_buffer filled = {0}, name = {0};
    bool fits = false;
    if (fill_in(&filled, pattern, effect)) {
        add_name(&name, text);
        ls_buffer_add(&name, "", 0);
        fits = fnmatch(filled.text, name.text, 0) == 0;
    }
    ls_buffer_free(&filled);
    ls_buffer_free(&name);
    return fits;
}

/* The byte after the set that starts at `at`, or NULL if it never ends. */
static const char *end_of_set(const char *at) {
    at++;
    if (*at == '!' || *at == '^')
        at++;
    if (*at == ']')
        at++;
    at += strcspn(at, "]");
    return *at == 0 ? NULL : at + 1;
}

const char *ls_like_problem(const char *pattern) {
    if (*pattern == 0)
        return "is empty";
    while (*pattern != 0) {
        if (*pattern == '\\' && pattern[1] == 0)
            return "ends with a backslash";
        const char *next = *pattern == '[' ? end_of_set(pattern) : pattern + 1;
        if (next == NULL)
            return "has a [ without its ]";
        pattern = *pattern == '\\' ? pattern + 2 : next;
    }
    return NULL;
}
