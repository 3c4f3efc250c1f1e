/*
 * pattern.h - a few tokens in a row, found without parsing.
 *
 * A pattern is words with a space between them. A word of letters stands for that word in any
 * case, other bytes for themselves, and these for more:
 *
 *     *    any one token           ()   a bracketed group
 *     ''   a string                !x   anything but the word x, the end included
 *     ^    the statement's start   $    its end
 *     |    a line of its own: only behind the last word, which then stands alone on its line
 */
#ifndef LS_SQL_PATTERN_H
#define LS_SQL_PATTERN_H

#include "sql/source.h"

/* Whether the tokens at `at`, which is a token's start, match. */
bool ls_pattern_matches(const char *pattern, const char *text, ls_span span, uint32_t at);

/* The next token's start at or after `at`, or the span's end. */
uint32_t ls_next_token(const char *text, ls_span span, uint32_t at);

#endif
