/*
 * split.h - a text cut into statements, as psql cuts it.
 *
 * The cutter knows quotes, E'' strings, dollar quotes, nested comments, CREATE RULE (...) and
 * BEGIN ATOMIC bodies, psql's backslash commands, and the data after COPY ... FROM stdin. It does
 * not parse: a statement that is not SQL hides no other, and a quote that never ends costs only
 * the text up to the next line that starts like a statement. Time is linear in the text.
 *
 * Checked against PostgreSQL's own parser in tests/unit and by a fuzzer in tests/fuzz.
 */
#ifndef LS_SQL_SPLIT_H
#define LS_SQL_SPLIT_H

#include "sql/source.h"
#include "support/vector.h"

typedef enum {
    LS_PIECE_STATEMENT,    /* from its first to its last significant byte, without the semicolon */
    LS_PIECE_PSQL_COMMAND, /* a backslash command, to the end of its line */
    LS_PIECE_COPY_DATA,    /* the lines after COPY ... FROM stdin, with the closing \. */
} ls_piece_kind;

typedef struct {
    ls_piece_kind kind;
    ls_span at;
    bool terminated;     /* a semicolon (or \g and the like) ended it, not the end of the text */
    const char *problem; /* NULL, or what is not closed: "a quoted string that never ends" */
    ls_span problem_at;  /* where the unclosed thing starts */
} ls_piece;

typedef struct {
    LS_VECTOR(ls_piece) pieces;
    LS_VECTOR(ls_span) comments; /* each with its delimiters, in order */
    /*
     * The source's bytes with comments as spaces (newlines kept) and psql commands and COPY data
     * as spaces too: same length, same offsets, NUL-terminated. It belongs to the arena and is
     * writable, so that a statement can be terminated in place while it is parsed.
     */
    char *blanked;
} ls_split;

void ls_split_source(ls_arena *arena, const ls_source *source, ls_split *split);

/* Where a new statement seems to start on a line of its own inside `span` of `blanked`, after its
 * first line; span.end if nowhere. For recovery after a parse error: a missing semicolon. */
uint32_t ls_split_next_start(const char *blanked, ls_span span);

/* The byte after one lexical unit at `at` (a quoted string, a dollar-quoted string, a quoted
 * identifier, a word, or one byte) of a blanked text that ends at `end`. */
uint32_t ls_split_skip(const char *blanked, uint32_t at, uint32_t end);

#endif
