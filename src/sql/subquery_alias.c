#include "sql/subquery_alias.h"

#include "sql/lexer.h"
#include "sql/split.h"

#include <string.h>

static const char alias = '_';

bool ls_lacks_alias(const char *message) {
    return message != NULL && strstr(message, "in FROM must have an alias") != NULL;
}

/* Where the parenthesis at `at` is closed; the span's end if nowhere. */
static uint32_t find_close(const char *text, ls_span span, uint32_t at) {
    for (uint32_t depth = 0; at < span.end; at = ls_split_skip(text, at, span.end)) {
        if (text[at] == '(')
            depth++;
        else if (text[at] == ')' && --depth == 0)
            return at;
    }
    return span.end;
}

static bool is_room(const char *text, ls_span span, uint32_t at) {
    return at >= span.end || !ls_is_word_byte(text[at]);
}

bool ls_write_alias(char *text, ls_span span, uint32_t at) {
    const uint32_t close = at < span.end && text[at] == '(' ? find_close(text, span, at) : span.end;
    if (close == span.end)
        return false;
    if (close + 1 < span.end && ls_is_space(text[close + 1]) && is_room(text, span, close + 2)) {
        text[close + 1] = alias;
        return true;
    }
    if (!ls_is_space(text[close - 1]) || !is_room(text, span, close + 1))
        return false;
    text[close - 1] = ')';
    text[close] = alias;
    return true;
}
