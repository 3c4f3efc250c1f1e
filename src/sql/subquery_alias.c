#include "sql/subquery_alias.h"

#include "sql/lexer.h"
#include "sql/split.h"

#include <string.h>

static const char alias = '_';

bool ls_lacks_alias(const char *message) {
    return message != NULL && strstr(message, "in FROM must have an alias") != NULL;
}

typedef struct {
    uint32_t close; /* the bracket that closes the subquery; the span's end if none does */
    uint32_t spare; /* the last blank before it that another one follows, or itself; or the end */
} subquery_end;

static subquery_end find_end(const char *text, ls_span span, uint32_t at) {
    subquery_end end = {span.end, span.end};
    for (uint32_t depth = 0; at < span.end; at = ls_split_skip(text, at, span.end)) {
        if (text[at] == '(') {
            depth++;
        } else if (text[at] == ')' && --depth == 0) {
            end.close = at;
            return end;
        } else if (ls_is_space(text[at]) && at + 1 < span.end &&
                   (ls_is_space(text[at + 1]) || text[at + 1] == ')')) {
            end.spare = at;
        }
    }
    return end;
}

static bool is_room(const char *text, ls_span span, uint32_t at) {
    return at >= span.end || !ls_is_word_byte(text[at]);
}

bool ls_write_alias(char *text, ls_span span, uint32_t at) {
    if (at >= span.end || text[at] != '(')
        return false;
    const subquery_end end = find_end(text, span, at);
    if (end.close == span.end || !is_room(text, span, end.close + 1))
        return false;
    if (end.close + 1 < span.end && ls_is_space(text[end.close + 1]) &&
        is_room(text, span, end.close + 2)) {
        text[end.close + 1] = alias;
        return true;
    }
    if (end.spare == span.end)
        return false;
    memmove(text + end.spare, text + end.spare + 1, end.close - end.spare);
    text[end.close] = alias;
    return true;
}
