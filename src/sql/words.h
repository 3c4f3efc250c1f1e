/*
 * words.h - what the words of a statement say about where it may end.
 */
#ifndef LS_SQL_WORDS_H
#define LS_SQL_WORDS_H

#include <stdbool.h>
#include <stdint.h>

/* Zeroed before the first word. */
typedef struct {
    uint32_t count;
    bool create, copy; /* the first word */
    bool rule;         /* CREATE RULE: a semicolon in its parentheses does not end it */
    bool routine;      /* CREATE FUNCTION or PROCEDURE: it may have a BEGIN ATOMIC body */
    bool after_begin, after_from;
    bool reads_stdin;     /* COPY ... FROM stdin: data follows */
    uint32_t begin_depth; /* BEGIN ATOMIC, and the CASEs in it, that still want their END */
} ls_statement_words;

/* Takes note of the next word, which stands inside `depth` parentheses. */
void ls_see_word(ls_statement_words *words, const char *text, uint32_t length, uint32_t depth);

#endif
