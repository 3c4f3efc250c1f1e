#include "sql/creation.h"

#include "sql/lexer.h"
#include "sql/pattern.h"
#include "sql/split.h"

#include <ctype.h>
#include <string.h>

typedef struct {
    ls_arena *arena;
    const char *text;
    ls_span span;
    uint32_t at; /* the next token */
} token_reader;

static uint32_t end_of_token(const token_reader *reader) {
    return reader->at < reader->span.end ? ls_split_skip(reader->text, reader->at, reader->span.end)
                                         : reader->at;
}

static void go_to(token_reader *reader, uint32_t at) {
    reader->at = ls_next_token(reader->text, reader->span, at);
}

/* Reads the words of the pattern if they come next. */
static bool read_words(token_reader *reader, const char *pattern, uint32_t words) {
    if (!ls_pattern_matches(pattern, reader->text, reader->span, reader->at))
        return false;
    while (words-- > 0)
        go_to(reader, end_of_token(reader));
    return true;
}

static const char *read_identifier(token_reader *reader) {
    const uint32_t end = end_of_token(reader);
    const ls_byte_class class =
        end > reader->at ? ls_byte_class_of(reader->text[reader->at]) : LS_BYTE_OTHER;
    if (class != LS_BYTE_WORD && class != LS_BYTE_DOUBLE_QUOTE)
        return NULL;
    const bool quoted = class == LS_BYTE_DOUBLE_QUOTE;
    if (quoted && end - reader->at < 3)
        return NULL;
    char *name = ls_arena_copy(reader->arena, reader->text + reader->at + quoted,
                               end - reader->at - 2 * quoted);
    for (char *byte = name; *byte != '\0' && !quoted; byte++)
        *byte = (char)tolower((unsigned char)*byte);
    go_to(reader, end);
    return name;
}

/* schema.name or name */
static ls_name read_name(token_reader *reader) {
    ls_name name = {.at = ls_span_of(reader->at, end_of_token(reader))};
    name.name = read_identifier(reader);
    if (name.name == NULL || !read_words(reader, ".", 1))
        return name;
    name.schema = name.name;
    name.at.end = end_of_token(reader);
    name.name = read_identifier(reader);
    return name;
}

/* What may stand between CREATE and what it creates. */
static void read_modifiers(token_reader *reader, ls_creation *creation) {
    for (;;) {
        if (read_words(reader, "or replace", 2) || read_words(reader, "recursive", 1) ||
            read_words(reader, "global", 1) || read_words(reader, "local", 1))
            continue;
        if (read_words(reader, "temp", 1) || read_words(reader, "temporary", 1))
            creation->temporary = true;
        else if (read_words(reader, "materialized", 1))
            creation->materialized = true;
        else if (!read_words(reader, "unlogged", 1))
            return;
    }
}

ls_creation ls_read_creation(ls_arena *arena, const char *text, ls_span span) {
    token_reader reader = {.arena = arena, .text = text, .span = span};
    ls_creation creation = {0};
    go_to(&reader, span.begin);
    if (!read_words(&reader, "create", 1))
        return creation;
    read_modifiers(&reader, &creation);
    creation.view = read_words(&reader, "view", 1);
    if (!creation.view && !read_words(&reader, "table", 1))
        return creation;
    creation.if_not_exists = read_words(&reader, "if not exists", 3);
    creation.name = read_name(&reader);
    return creation;
}
