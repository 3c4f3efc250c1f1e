/*
 * pattern.c - matching patterns against the tokens of a statement.
 */
#include "sql/pattern.h"

#include "sql/lexer.h"
#include "sql/split.h"

#include <string.h>

/* A group longer than this is taken to end here: the search for patterns stays linear. */
enum { LONGEST_GROUP = 2000 };

uint32_t ls_next_token(const char *text, ls_span span, uint32_t at) {
    while (at < span.end && ls_is_space(text[at]))
        at++;
    return at;
}

static uint32_t skip_group(const char *text, ls_span span, uint32_t at) {
    uint32_t depth = 0, end = span.end - at > LONGEST_GROUP ? at + LONGEST_GROUP : span.end;
    while (at < end) {
        if (text[at] == '(')
            depth++;
        else if (text[at] == ')' && --depth == 0)
            return at + 1;
        at = ls_split_skip(text, at, end);
    }
    return end;
}

static bool stands_alone(const char *text, ls_span span, uint32_t begin, uint32_t end) {
    while (begin > span.begin && (text[begin - 1] == ' ' || text[begin - 1] == '\t'))
        begin--;
    while (end < span.end && text[end] != '\n' && ls_is_space(text[end]))
        end++;
    return (begin == span.begin || text[begin - 1] == '\n') &&
           (end >= span.end || text[end] == '\n');
}

/* The byte after what one item of a pattern matches at `at`; `failed` if it does not. */
static uint32_t match_item(const char *item, size_t length, const char *text, ls_span span,
                           uint32_t at, uint32_t failed) {
    uint32_t end = at < span.end ? ls_split_skip(text, at, span.end) : at;
    char word[32] = "";
    if (length >= sizeof word)
        return failed;
    memcpy(word, item, length);
    if (strcmp(word, "$") == 0)
        return at == span.end ? at : failed;
    if (word[0] == '!' && length > 1)
        return ls_word_is(text + at, end - at, word + 1) ? failed : at;
    if (at == span.end)
        return failed;
    if (strcmp(word, "*") == 0)
        return end;
    if (strcmp(word, "()") == 0)
        return text[at] == '(' ? skip_group(text, span, at) : failed;
    if (strcmp(word, "''") == 0)
        return text[at] == '\'' ? end : failed;
    return ls_word_is(text + at, end - at, word) ? end : failed;
}

bool ls_pattern_matches(const char *pattern, const char *text, ls_span span, uint32_t at) {
    const uint32_t failed = UINT32_MAX;
    uint32_t begin = at;
    for (const char *item = pattern; *item != '\0';) {
        size_t length = strcspn(item, " ");
        if (length == 1 && *item == '^') {
            if (at != span.begin)
                return false;
        } else if (length == 1 && *item == '|') {
            if (!stands_alone(text, span, begin, at))
                return false;
        } else {
            begin = ls_next_token(text, span, at);
            at = match_item(item, length, text, span, begin, failed);
            if (at == failed)
                return false;
        }
        item += length + (item[length] == ' ');
    }
    return true;
}
