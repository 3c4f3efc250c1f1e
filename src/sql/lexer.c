/*
 * lexer.c - the ends of strings, comments and words.
 *
 * The rules are those of PostgreSQL's scan.l and psql's psqlscan.l. Each search is one pass over
 * the bytes that it skips; a search that finds no close has read to the end, and it is the
 * caller who sees to it that this does not happen once per quote.
 */
#include "sql/lexer.h"

#include <string.h>

enum {
    OT = LS_BYTE_OTHER,
    SP = LS_BYTE_SPACE,
    NL = LS_BYTE_NEWLINE,
    WO = LS_BYTE_WORD,
    DI = LS_BYTE_DIGIT,
    QU = LS_BYTE_QUOTE,
    DQ = LS_BYTE_DOUBLE_QUOTE,
    DO = LS_BYTE_DOLLAR,
    DA = LS_BYTE_DASH,
    SL = LS_BYTE_SLASH,
    BS = LS_BYTE_BACKSLASH,
    SE = LS_BYTE_SEMICOLON,
    OP = LS_BYTE_OPEN,
    CL = LS_BYTE_CLOSE,
};

/* clang-format off */
const unsigned char ls_byte_classes[256] = {
    /* controls: tab, LF, vertical tab, form feed, CR are blank */
    OT, OT, OT, OT, OT, OT, OT, OT, OT, SP, NL, SP, SP, SP, OT, OT,
    OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT,
    /*   !   "   #   $   %   &   '   (   )   *   +   ,   -   .   / */
    SP, OT, DQ, OT, DO, OT, OT, QU, OP, CL, OT, OT, OT, DA, OT, SL,
    /* 0 to 9  :   ;   <   =   >   ? */
    DI, DI, DI, DI, DI, DI, DI, DI, DI, DI, OT, SE, OT, OT, OT, OT,
    /* @, A to O */
    OT, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO,
    /* P to Z  [   \   ]   ^   _ */
    WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, OT, BS, OT, OT, WO,
    /* `, a to o */
    OT, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO,
    /* p to z  {   |   }   ~   DEL */
    WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, OT, OT, OT, OT, OT,
    /* beyond ASCII */
    WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO,
    WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO,
    WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO,
    WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO,
    WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO,
    WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO,
    WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO,
    WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO, WO,
};
/* clang-format on */

uint32_t ls_skip_word(const char *text, uint32_t at, uint32_t end) {
    while (at < end && ls_is_word_byte(text[at]))
        at++;
    return at;
}

uint32_t ls_skip_number(const char *text, uint32_t at, uint32_t end) {
    while (at < end && text[at] != '$' && ls_is_word_byte(text[at]))
        at++;
    return at;
}

uint32_t ls_skip_quoted(const char *text, uint32_t at, uint32_t end) {
    char quote = text[at++];
    while (at < end) {
        const char *close = memchr(text + at, quote, end - at);
        if (close == NULL)
            return LS_NEVER_CLOSED;
        at = (uint32_t)(close - text) + 1;
        if (at == end || text[at] != quote)
            return at;
        at++;
    }
    return LS_NEVER_CLOSED;
}

/* After one quoted part of an E'...' string. */
static uint32_t skip_escaped_part(const char *text, uint32_t at, uint32_t end) {
    for (at++; at < end; at++) {
        if (text[at] == '\'' && (at + 1 == end || text[at + 1] != '\''))
            return at + 1;
        if (text[at] == '\'' || text[at] == '\\')
            at++;
    }
    return LS_NEVER_CLOSED;
}

/* The quote that continues a string after blanks with a line end in them, or `at`. */
static uint32_t continued_at(const char *text, uint32_t at, uint32_t end) {
    uint32_t next = at;
    bool line_end = false;
    for (; next < end && ls_is_space(text[next]); next++)
        line_end |= text[next] == '\n' || text[next] == '\r';
    return line_end && next < end && text[next] == '\'' ? next : at;
}

uint32_t ls_skip_escaped(const char *text, uint32_t at, uint32_t end) {
    for (;;) {
        uint32_t close = skip_escaped_part(text, at, end);
        if (close == LS_NEVER_CLOSED)
            return LS_NEVER_CLOSED;
        at = continued_at(text, close, end);
        if (at == close)
            return close;
    }
}

uint32_t ls_skip_dollar(const char *text, uint32_t at, uint32_t end) {
    uint32_t tag = at + 1;
    if (tag < end && ls_byte_class_of(text[tag]) == LS_BYTE_DIGIT)
        return at + 1;
    tag = ls_skip_number(text, tag, end);
    if (tag >= end || text[tag] != '$')
        return at + 1;
    uint32_t length = tag + 1 - at, next = tag + 1;
    while (next < end) {
        const char *close = memchr(text + next, '$', end - next);
        if (close == NULL)
            return LS_NEVER_CLOSED;
        next = (uint32_t)(close - text);
        if (end - next >= length && memcmp(close, text + at, length) == 0)
            return next + length;
        next++;
    }
    return LS_NEVER_CLOSED;
}

uint32_t ls_skip_block_comment(const char *text, uint32_t at, uint32_t end) {
    uint32_t depth = 0;
    while (at + 1 < end) {
        if (text[at] == '/' && text[at + 1] == '*') {
            depth++;
            at += 2;
        } else if (text[at] == '*' && text[at + 1] == '/') {
            at += 2;
            if (--depth == 0)
                return at;
        } else {
            at++;
        }
    }
    return LS_NEVER_CLOSED;
}

uint32_t ls_skip_line(const char *text, uint32_t at, uint32_t end) {
    while (at < end && text[at] != '\n' && text[at] != '\r')
        at++;
    return at;
}

uint32_t ls_skip_comment(const char *text, uint32_t at, uint32_t end) {
    if (end - at < 2)
        return at;
    if (text[at] == '-' && text[at + 1] == '-')
        return ls_skip_line(text, at, end);
    if (text[at] != '/' || text[at + 1] != '*')
        return at;
    uint32_t after = ls_skip_block_comment(text, at, end);
    return after == LS_NEVER_CLOSED ? end : after;
}

bool ls_word_is(const char *text, uint32_t length, const char *word) {
    for (uint32_t i = 0; i < length; i++) {
        char byte = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + ('a' - 'A')) : text[i];
        if (byte != word[i])
            return false;
    }
    return word[length] == '\0';
}
