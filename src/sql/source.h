/*
 * source.h - one text with its name, and where a byte of it stands.
 *
 * A source borrows its text: whoever read it keeps it until everything that points into it is
 * gone. Offsets are bytes from the start of the text, a byte order mark included; lines and
 * columns count from 1, a column counts Unicode code points, and only LF ends a line.
 */
#ifndef LS_SQL_SOURCE_H
#define LS_SQL_SOURCE_H

#include "support/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Bytes [begin, end) of a source. */
typedef struct {
    uint32_t begin, end;
} ls_span;

typedef struct {
    uint32_t line, column;
} ls_position;

typedef struct {
    const char *name; /* the path as the user would type it, or the name given to standard input */
    const char *text; /* NUL-terminated, valid UTF-8 without NUL bytes */
    uint32_t length;
    uint32_t *line_starts; /* made by ls_source_new */
    uint32_t line_count;
    uint32_t *characters_before; /* code points before each block of the text; NULL: all ASCII */
} ls_source;

/* Why a text cannot be a source; `at` is the first offending byte. */
typedef struct {
    const char *message; /* what was found and what to do; NULL if the text is fine */
    uint32_t at;
    ls_position position;
} ls_text_problem;

/*
 * A source over `text` (kept by reference). NULL with *problem set when the text holds a NUL byte,
 * invalid UTF-8 (UTF-16 is recognised and named), or is larger than 4 GiB.
 */
ls_source *ls_source_new(ls_arena *arena, const char *name, const char *text, size_t length,
                         ls_text_problem *problem);

/* Line and column of a byte; an offset at or past the end gives the place after the last byte. */
ls_position ls_source_position(const ls_source *source, uint32_t offset);

/* The bytes of one line (from 1), without its line end (LF or CRLF) and without the byte order
 * mark; empty, at the end of the text, for a line that there is not. */
ls_span ls_source_line(const ls_source *source, uint32_t line);

/* The bytes that a byte order mark takes at the start of the text: 3 or 0. */
uint32_t ls_source_mark_length(const ls_source *source);

/* A NUL-terminated copy of a span's bytes. */
char *ls_source_copy(ls_arena *arena, const ls_source *source, ls_span span);

static inline ls_span ls_span_of(size_t begin, size_t end) {
    return (ls_span){(uint32_t)begin, (uint32_t)end};
}

static inline bool ls_span_empty(ls_span span) {
    return span.begin >= span.end;
}

#endif
