/*
 * lexer.h - PostgreSQL's lexical units, as far as their ends matter.
 *
 * Every function takes the bytes [0, end) of a text and the offset where the unit starts. Those
 * that look for a close give the offset after it, or LS_NEVER_CLOSED. Nothing is allocated.
 */
#ifndef LS_SQL_LEXER_H
#define LS_SQL_LEXER_H

#include <stdbool.h>
#include <stdint.h>

/* No unit ends at offset 0. */
enum { LS_NEVER_CLOSED = 0 };

typedef enum {
    LS_BYTE_OTHER, /* operators and whatever has no meaning of its own to the cutter */
    LS_BYTE_SPACE,
    LS_BYTE_NEWLINE,
    LS_BYTE_WORD, /* may start a word: letters, underscore, all beyond ASCII */
    LS_BYTE_DIGIT,
    LS_BYTE_DOLLAR,
    LS_BYTE_QUOTE,
    LS_BYTE_DOUBLE_QUOTE,
    LS_BYTE_DASH,
    LS_BYTE_SLASH,
    LS_BYTE_BACKSLASH,
    LS_BYTE_SEMICOLON,
    LS_BYTE_OPEN,
    LS_BYTE_CLOSE,
} ls_byte_class;

/* The class of each byte. The functions on it are inline, for they are asked about every byte. */
extern const unsigned char ls_byte_classes[256];

static inline ls_byte_class ls_byte_class_of(char byte) {
    return (ls_byte_class)ls_byte_classes[(unsigned char)byte];
}

/* Whether a byte can stand inside a word; a dollar sign can. */
static inline bool ls_is_word_byte(char byte) {
    ls_byte_class class = ls_byte_class_of(byte);
    return class == LS_BYTE_WORD || class == LS_BYTE_DIGIT || class == LS_BYTE_DOLLAR;
}

static inline bool ls_is_space(char byte) {
    ls_byte_class class = ls_byte_class_of(byte);
    return class == LS_BYTE_SPACE || class == LS_BYTE_NEWLINE;
}

/* The end of a word or of a number with what sticks to it. */
uint32_t ls_skip_word(const char *text, uint32_t at, uint32_t end);
uint32_t ls_skip_number(const char *text, uint32_t at, uint32_t end);

/* A '...' or "..." whose opening quote is at `at`; a doubled quote does not close it. */
uint32_t ls_skip_quoted(const char *text, uint32_t at, uint32_t end);

/* The string of an E'...', from its opening quote: backslashes escape, also in the parts that
 * continue it on later lines. */
uint32_t ls_skip_escaped(const char *text, uint32_t at, uint32_t end);

/* $tag$...$tag$; at + 1 where the dollar sign starts no string. */
uint32_t ls_skip_dollar(const char *text, uint32_t at, uint32_t end);

/* A block comment with the comments nested in it. */
uint32_t ls_skip_block_comment(const char *text, uint32_t at, uint32_t end);

/* The byte after the comment that begins at `at`; `at` itself if none does. */
uint32_t ls_skip_comment(const char *text, uint32_t at, uint32_t end);

/* To the end of the line: LF or CR, which is not part of it. */
uint32_t ls_skip_line(const char *text, uint32_t at, uint32_t end);

/* Whether the word [at, at + length) is `word` (in lower case), in whatever case it is written. */
bool ls_word_is(const char *text, uint32_t length, const char *word);

#endif
