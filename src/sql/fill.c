/*
 * fill.c - values in place of placeholders, byte by byte: a tool that fills them in knows nothing
 * of quotes.
 *
 * A name without a value stays, as one that tells it from others, where the brackets are not among
 * those that placeholder.c knows.
 */
#include "sql/fill.h"

#include "sql/lexer.h"
#include "support/buffer.h"

#include <string.h>
#include <strings.h>

enum { LONGEST_NAME = 200 };

typedef struct {
    ls_arena *arena;
    const ls_placeholders *placeholders;
    ls_buffer out;
    ls_source *made; /* NULL: nothing is filled in so far */
} filling;

typedef struct {
    const char *name;
    size_t length; /* with the brackets; 0: there is no placeholder */
} placeholder;

static placeholder placeholder_at(const filling *work, const char *text, size_t length) {
    const char *open = work->placeholders->open, *close = work->placeholders->close;
    size_t before = strlen(open), behind = strlen(close);
    if (length < before + behind || memcmp(text, open, before) != 0)
        return (placeholder){0};
    for (size_t at = before; at + behind <= length && at - before <= LONGEST_NAME; at++) {
        if (text[at] == '\n')
            break;
        if (memcmp(text + at, close, behind) == 0)
            return (placeholder){ls_arena_copy(work->arena, text + before, at - before),
                                 at + behind};
    }
    return (placeholder){0};
}

/* Case does not matter (PlaceholderReplacingReader.java). */
static const char *value_of(const filling *work, const char *name) {
    for (LS_EACH(const ls_placeholder_value, value, work->placeholders->values))
        if (strcasecmp(value->name, name) == 0)
            return value->text;
    return NULL;
}

static const char *name_for(ls_arena *arena, const char *unknown, size_t length) {
    char *name = ls_arena_copy(arena, unknown, length);
    for (size_t i = 0; i < length; i++)
        if (name[i] == '$' || !ls_is_word_byte(name[i]))
            name[i] = '_';
    return name;
}

static void write(filling *work, ls_span use, const char *value) {
    uint32_t begin = (uint32_t)work->out.length;
    ls_buffer_string(&work->out, value);
    const ls_source_shift shift = {.here = ls_span_of(begin, work->out.length), .origin = use};
    if (work->made == NULL)
        work->made = LS_NEW(work->arena, ls_source);
    LS_PUSH(work->arena, &work->made->shifts, shift);
}

static void fill_span(filling *work, const char *text, ls_span span) {
    bool is_usual = strcmp(work->placeholders->open, "${") == 0;
    for (uint32_t at = span.begin; at < span.end;) {
        const placeholder found = placeholder_at(work, text + at, span.end - at);
        const char *value = found.length == 0 ? NULL : value_of(work, found.name);
        if (value == NULL && found.length > 0 && !is_usual)
            value = name_for(work->arena, text + at, found.length);
        if (value != NULL)
            write(work, ls_span_of(at, at + found.length), value);
        else
            ls_buffer_add(&work->out, text + at, 1);
        at += value != NULL ? (uint32_t)found.length : 1;
    }
}

ls_source *ls_fill(ls_arena *arena, const ls_placeholders *placeholders, const ls_source *source,
                   const char *blanked, ls_span span) {
    filling work = {.arena = arena, .placeholders = placeholders};
    if (placeholders == NULL)
        return NULL;
    fill_span(&work, blanked, span);
    if (work.made != NULL)
        ls_source_derive(arena, work.made, source, span.begin, work.out.text,
                         (uint32_t)work.out.length);
    ls_buffer_free(&work.out);
    return work.made;
}
