/*
 * words.h - the words of SQL and PL/pgSQL, one by one: for what the statement model does not hold.
 */
#ifndef LS_PLAN_WORDS_H
#define LS_PLAN_WORDS_H

#include "support/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum {
    LS_TOKEN_END,
    LS_TOKEN_WORD,   /* a name or a keyword; quoted ones without their quotes */
    LS_TOKEN_STRING, /* with its quotes */
    LS_TOKEN_NUMBER,
    LS_TOKEN_SIGN, /* one byte, but := as one */
} ls_token_kind;

typedef struct {
    ls_token_kind kind;
    bool quoted;
    uint32_t begin, end;
    const char *text; /* of a word in lower case unless quoted; else as written */
} ls_token;

typedef struct {
    ls_arena *arena;
    const char *text;
    uint32_t length, at;
} ls_token_reader;

/* The next token; comments and white space are passed over. */
ls_token ls_read_token(ls_token_reader *reader);

/* The two words stand side by side somewhere in the text, outside strings and comments. */
bool ls_has_words(const char *text, const char *first, const char *second);

#endif
