/*
 * find_word.h - a keyword of a statement, found in its text.
 */
#ifndef LS_SQL_FIND_WORD_H
#define LS_SQL_FIND_WORD_H

#include "sql/source.h"

/*
 * The first of the words (in lower case) that is written in the span: outside of comments, strings,
 * quoted names and brackets, and not behind a dot, where any word is a name. False if none is.
 */
bool ls_find_word(const ls_source *source, ls_span in, const char *const *words, size_t count,
                  ls_span *found);

/* Past the blanks and comments behind a place; `end` at most. */
uint32_t ls_skip_blanks(const ls_source *source, uint32_t at, uint32_t end);

#endif
