/*
 * source.h - one text with its name, and where a byte of it stands.
 *
 * A source borrows its text: whoever read it keeps it until everything that points into it is
 * gone. Offsets are bytes from the start of the text, a byte order mark included; lines and
 * columns count from 1, a column counts Unicode code points, and only LF ends a line.
 */
#ifndef LS_SQL_SOURCE_H
#define LS_SQL_SOURCE_H

#include "support/vector.h"

#include <stdbool.h>
#include <stdint.h>

/* Bytes [begin, end) of a source. */
typedef struct {
    uint32_t begin, end;
} ls_span;

typedef struct {
    uint32_t line, column;
} ls_position;

typedef struct ls_source ls_source;

/* A span and the source that it is of. */
typedef struct {
    const ls_source *source;
    ls_span at;
} ls_place;

/* Bytes that stand for others in the text that a text was made from. */
typedef struct {
    ls_span here, origin;
} ls_source_shift;

struct ls_source {
    const char *name; /* the path as the user would type it, or the name given to standard input */
    const char *text; /* NUL-terminated, valid UTF-8 without NUL bytes */
    uint32_t length;
    uint32_t *line_starts; /* made by ls_source_new */
    uint32_t line_count;
    uint32_t *characters_before; /* code points before each block of the text; NULL: all ASCII */

    /* Of a text that was made from a part of another one, as that of a statement whose variables
     * have got their values. Positions are those in the other one. */
    const ls_source *origin; /* NULL: it is no such text */
    uint32_t origin_begin;
    LS_VECTOR(ls_source_shift) shifts; /* in order; what lies between them is the same in both */
};

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

/* Makes a source of a copy of `text`, which was made from `origin` from its byte `begin` on; the
 * shifts are there already. */
void ls_source_derive(ls_arena *arena, ls_source *source, const ls_source *origin, uint32_t begin,
                      const char *text, uint32_t length);

/* Where a span of a derived source stands in the one that it was made from: all of a use where it
 * touches a value. The span itself for any other source. */
ls_span ls_source_origin(const ls_source *source, ls_span span);

/* The source that a file holds: the origin of a derived one, else itself. */
const ls_source *ls_source_written(const ls_source *source);

/* Line and column of a byte; an offset at or past the end gives the place after the last byte. */
ls_position ls_source_position(const ls_source *source, uint32_t offset);

/* The bytes of one line (from 1), without its line end (LF or CRLF) and without the byte order
 * mark; empty, at the end of the text, for a line that there is not. */
ls_span ls_source_line(const ls_source *source, uint32_t line);

/* How the text ends its lines: "\r\n" or "\n". */
const char *ls_source_line_end(const ls_source *source);

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
