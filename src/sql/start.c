/*
 * start.c - the tables of words that statements start with.
 *
 * The first words of the commands of PostgreSQL's manual (SQL Commands), less those that also
 * start a line inside another statement.
 */
#include "sql/start.h"

#include "sql/lexer.h"

#include <stddef.h>
#include <string.h>

/* Space before and after each word: they are searched as " word ". */
#define OBJECTS                                                                                    \
    " access aggregate cast collation conversion database domain event extension foreign "         \
    "function group index language large materialized operator policy procedure publication "      \
    "role routine rule schema sequence server statistics subscription table tablespace text "      \
    "trigger type user view "

typedef struct {
    const char *first;
    const char *second; /* the words that may follow; ";" is one; NULL: any */
} start_form;

static const start_form FORMS[] = {
    {"alter", OBJECTS " default system "},
    {"begin", " ; transaction work isolation "},
    {"comment", " on "},
    {"commit", " ; transaction work "},
    {"copy", NULL},
    {"create", OBJECTS " constraint global local or recursive temp temporary transform trusted "
                       "unique unlogged "},
    {"delete", " from "},
    {"drop", OBJECTS " owned transform "},
    {"grant", " all create execute insert select update usage "},
    {"insert", " into "},
    {"lock", " table "},
    {"merge", " into "},
    {"reassign", " owned "},
    {"refresh", " materialized "},
    {"reindex", " concurrently database index schema system table "},
    {"revoke", " all create execute grant insert select update usage "},
    {"rollback", " ; transaction work to "},
    {"set", " local lock_timeout role search_path session statement_timeout "},
    {"start", " transaction "},
    {"truncate", " only table "},
    {"vacuum", " ; analyze full verbose "},
};

/* What follows UPDATE inside another statement: ON CONFLICT DO UPDATE SET, FOR UPDATE OF,
 * BEFORE UPDATE ON, GRANT UPDATE ON. */
static const char NOT_AFTER_UPDATE[] = " from nowait of on or set skip to ";

static const char VERBS[] =
    " abort alter analyze begin call checkpoint close cluster comment commit copy create "
    "deallocate declare delete discard do drop execute explain fetch grant import insert listen "
    "load lock merge move notify prepare reassign refresh reindex release reset revoke rollback "
    "savepoint security select show start truncate unlisten update vacuum ";

enum { LONGEST_WORD = 24 };

/* Whether a word, or the byte of a semicolon, is in a table of " words ". */
static bool is_among(const char *words, const char *text, uint32_t length) {
    char padded[LONGEST_WORD + 3] = " ";
    if (length == 0 || length > LONGEST_WORD)
        return false;
    for (uint32_t i = 0; i < length; i++)
        padded[i + 1] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + ('a' - 'A')) : text[i];
    padded[length + 1] = ' ';
    return strstr(words, padded) != NULL;
}

static uint32_t skip_spaces(const char *text, uint32_t at, uint32_t end) {
    while (at < end && ls_is_space(text[at]))
        at++;
    return at;
}

/* The end of the word at `at`; a semicolon counts as a word here. */
static uint32_t skip_start_word(const char *text, uint32_t at, uint32_t end) {
    if (at < end && text[at] == ';')
        return at + 1;
    return ls_skip_word(text, at, end);
}

bool ls_starts_statement(const char *text, uint32_t at, uint32_t end) {
    uint32_t first = ls_skip_word(text, at, end) - at;
    uint32_t next = skip_spaces(text, at + first, end);
    uint32_t second = skip_start_word(text, next, end) - next;
    if (first == 0)
        return false;
    if (ls_word_is(text + at, first, "update"))
        return next < end && (second > 0 || text[next] == '"') &&
               !is_among(NOT_AFTER_UPDATE, text + next, second);
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (ls_word_is(text + at, first, FORMS[i].first))
            return FORMS[i].second == NULL || is_among(FORMS[i].second, text + next, second);
    return false;
}

bool ls_starts_routine(const char *text, uint32_t at, uint32_t end) {
    static const char *const PREFIX[] = {"create", "or", "replace"};
    for (size_t i = 0; i < sizeof PREFIX / sizeof *PREFIX; i++) {
        uint32_t length = ls_skip_word(text, at, end) - at;
        if (length == 0)
            return false;
        if (ls_word_is(text + at, length, PREFIX[i]))
            at = skip_spaces(text, at + length, end);
        else if (i != 1)
            return false;
        else
            break;
    }
    return is_among(" function procedure ", text + at, ls_skip_word(text, at, end) - at);
}

bool ls_starts_with_verb(const char *text, uint32_t at, uint32_t end) {
    return is_among(VERBS, text + at, ls_skip_word(text, at, end) - at);
}

uint32_t ls_margin(const char *text, uint32_t at) {
    uint32_t line = at;
    while (line > 0 && (text[line - 1] == ' ' || text[line - 1] == '\t'))
        line--;
    return line == 0 || text[line - 1] == '\n' ? at - line : 0;
}

uint32_t ls_next_line_that(ls_start_test starts, const char *text, uint32_t at, uint32_t end,
                           uint32_t margin) {
    while (at < end) {
        const char *line_end = memchr(text + at, '\n', end - at);
        if (line_end == NULL)
            return end;
        at = (uint32_t)(line_end - text) + 1;
        uint32_t first = at;
        while (first < end && first - at < margin && (text[first] == ' ' || text[first] == '\t'))
            first++;
        if (first < end && ls_byte_class_of(text[first]) == LS_BYTE_WORD &&
            starts(text, first, end))
            return first;
    }
    return end;
}
