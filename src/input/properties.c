/*
 * properties.c - one reader for TOML and properties: what tools keep in either is the same lines.
 *
 * A value ends with its line, but for a list in brackets, and for a line that ends in a backslash.
 */
#include "input/properties.h"

#include "support/buffer.h"

#include <stdint.h>
#include <string.h>

static const char BLANKS[] = " \t\r";

typedef struct {
    ls_arena *arena;
    const char *at;
    const char *section; /* with a dot behind it; "" before the first */
    ls_map values;
    ls_property_keys keys;
} property_reader;

static const char *without_blanks(ls_arena *arena, const char *text, size_t length) {
    size_t start = strspn(text, BLANKS);
    if (start >= length)
        return "";
    while (length > start && strchr(BLANKS, text[length - 1]) != NULL)
        length--;
    return ls_arena_copy(arena, text + start, length - start);
}

static const char *unquoted(ls_arena *arena, const char *word) {
    size_t length = strlen(word);
    bool is_quoted = length > 1 && (*word == '"' || *word == '\'') && word[length - 1] == *word;
    return is_quoted ? ls_arena_copy(arena, word + 1, length - 2) : word;
}

/* Where a bare value ends: at its line's end, or before a comment. */
static size_t bare_length(const char *text) {
    size_t length = strcspn(text, "\n");
    for (size_t i = 0; i + 1 < length; i++)
        if (strchr(BLANKS, text[i]) != NULL && text[i + 1] == '#')
            return i;
    return length;
}

static size_t quoted_length(const char *text) {
    const char quote[] = {*text, '\n', 0};
    size_t length = 1 + strcspn(text + 1, quote);
    return text[length] == *text ? length + 1 : length;
}

/* The elements of a list, with commas between. */
static const char *read_list(property_reader *reader) {
    ls_buffer list = {0};
    reader->at++;
    while (*reader->at != 0 && *reader->at != ']') {
        if (strchr(" \t\r\n,", *reader->at) != NULL) {
            reader->at++;
            continue;
        }
        if (*reader->at == '#') {
            reader->at += strcspn(reader->at, "\n");
            continue;
        }
        bool is_quoted = *reader->at == '"' || *reader->at == '\'';
        size_t length = is_quoted ? quoted_length(reader->at) : strcspn(reader->at, ",]\n");
        const char *element = without_blanks(reader->arena, reader->at, length);
        ls_buffer_string(&list, list.length == 0 ? "" : ",");
        ls_buffer_string(&list, unquoted(reader->arena, element));
        reader->at += length;
    }
    const char *value =
        list.length == 0 ? "" : ls_arena_copy(reader->arena, list.text, list.length);
    ls_buffer_free(&list);
    return value;
}

/* A line that ends in a backslash goes on in the next one. */
static const char *read_lines(property_reader *reader) {
    const char *value = "";
    for (;;) {
        size_t length = bare_length(reader->at);
        const char *line = without_blanks(reader->arena, reader->at, length);
        size_t width = strlen(line);
        bool goes_on = width > 0 && line[width - 1] == '\\';
        reader->at += strcspn(reader->at, "\n");
        if (!goes_on || *reader->at == 0)
            return ls_arena_join(reader->arena, value, line, NULL);
        value = ls_arena_join(reader->arena, value, ls_arena_copy(reader->arena, line, width - 1),
                              NULL);
        reader->at++;
    }
}

static const char *read_value(property_reader *reader) {
    reader->at += strspn(reader->at, BLANKS);
    if (*reader->at == '[')
        return read_list(reader);
    if (*reader->at != '"' && *reader->at != '\'')
        return read_lines(reader);
    size_t length = quoted_length(reader->at);
    return unquoted(reader->arena, ls_arena_copy(reader->arena, reader->at, length));
}

/* [section]; what stands in a list of tables, [[section]], is never asked for. */
static void read_section(property_reader *reader) {
    const char *name = reader->at + 1;
    size_t length = strcspn(name, "]\n");
    reader->section = ls_arena_format(reader->arena, "%.*s.", (int)length, name);
}

static void read_line(property_reader *reader) {
    reader->at += strspn(reader->at, BLANKS);
    size_t length = strcspn(reader->at, "=\n");
    if (*reader->at == '[') {
        read_section(reader);
    } else if (strchr("#!", *reader->at) == NULL && reader->at[length] == '=') {
        const char *key = without_blanks(reader->arena, reader->at, length);
        key = ls_arena_join(reader->arena, reader->section, unquoted(reader->arena, key), NULL);
        reader->at += length + 1;
        LS_PUSH(reader->arena, &reader->keys, key);
        ls_map_set(reader->arena, &reader->values, key, (void *)(uintptr_t)read_value(reader));
    }
    reader->at += strcspn(reader->at, "\n");
}

static property_reader read_all(ls_arena *arena, const char *text) {
    property_reader reader = {.arena = arena, .at = text, .section = ""};
    while (*reader.at != 0) {
        read_line(&reader);
        reader.at += *reader.at == '\n';
    }
    return reader;
}

ls_map ls_properties_read(ls_arena *arena, const char *text) {
    return read_all(arena, text).values;
}

ls_property_keys ls_property_keys_of(ls_arena *arena, const char *text) {
    return read_all(arena, text).keys;
}

bool ls_property_is(const ls_map *properties, const char *key, const char *value) {
    const char *found = ls_map_get(properties, key);
    return found != NULL && strcmp(found, value) == 0;
}
