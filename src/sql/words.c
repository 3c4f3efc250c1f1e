/*
 * words.c - the few words that decide where a statement ends.
 *
 * psql's own rules (psqlscan.l), with two differences that lose nothing on valid SQL and keep a
 * mistake small: BEGIN counts only before ATOMIC, and parentheses hold a semicolon in CREATE RULE
 * alone, as no other statement can have one there.
 */
#include "sql/words.h"

#include "sql/lexer.h"

/* CREATE OR REPLACE RULE: the object's kind is the fourth word at the latest. */
enum { LAST_KIND_WORD = 3 };

static void see_routine_word(ls_statement_words *words, const char *text, uint32_t length) {
    if (words->begin_depth == 0) {
        if (words->after_begin && ls_word_is(text, length, "atomic"))
            words->begin_depth = 1;
        words->after_begin = ls_word_is(text, length, "begin");
    } else if (ls_word_is(text, length, "case")) {
        words->begin_depth++;
    } else if (ls_word_is(text, length, "end")) {
        words->begin_depth--;
    }
}

static void see_first_word(ls_statement_words *words, const char *text, uint32_t length) {
    words->create = ls_word_is(text, length, "create");
    words->copy = ls_word_is(text, length, "copy");
}

void ls_see_word(ls_statement_words *words, const char *text, uint32_t length, uint32_t depth) {
    uint32_t place = words->count++;
    if (place == 0) {
        see_first_word(words, text, length);
    } else if (words->copy && depth == 0) {
        words->reads_stdin |= words->after_from && ls_word_is(text, length, "stdin");
        words->after_from = ls_word_is(text, length, "from");
    } else if (words->routine && depth == 0) {
        see_routine_word(words, text, length);
    } else if (words->create && place <= LAST_KIND_WORD) {
        words->rule |= ls_word_is(text, length, "rule");
        words->routine |=
            ls_word_is(text, length, "function") || ls_word_is(text, length, "procedure");
    }
}
