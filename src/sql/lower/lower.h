/*
 * lower.h - one statement's text into the statement model.
 *
 * This directory is the only one that sees PostgreSQL's headers. It parses with the raw parser
 * and copies what the model needs, so that nothing of the parser's memory outlives the call.
 */
#ifndef LS_SQL_LOWER_LOWER_H
#define LS_SQL_LOWER_LOWER_H

#include "sql/statement.h"

typedef struct {
    const char *message; /* in the arena; NULL if it parsed */
    uint32_t at;         /* byte offset in `text` of the token it stopped at */
} ls_parse_error;

/*
 * Parses the statement at `span` of `text` (a blanked, writable copy of a source: it is terminated
 * in place during the call and restored) and lowers it. NULL with *error set if it does not parse;
 * an empty statement gives NULL without an error. Several statements in the span give the first.
 */
ls_statement *ls_lower(ls_arena *arena, char *text, ls_span span, ls_parse_error *error);

#endif
