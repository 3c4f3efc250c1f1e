#include "sql/find_word.h"

#include "sql/lexer.h"

uint32_t ls_skip_blanks(const ls_source *source, uint32_t at, uint32_t end) {
    while (at < end) {
        const uint32_t behind =
            ls_is_space(source->text[at]) ? at + 1 : ls_skip_comment(source->text, at, end);
        if (behind == at)
            return at;
        at = behind == LS_NEVER_CLOSED ? end : behind;
    }
    return end;
}

static bool starts_escaped(const char *text, uint32_t at, uint32_t end) {
    return (text[at] == 'e' || text[at] == 'E') && at + 1 < end && text[at + 1] == '\'';
}

/* The end of the unit at `at`, or LS_NEVER_CLOSED. */
static uint32_t skip_unit(const char *text, uint32_t at, uint32_t end) {
    switch (ls_byte_class_of(text[at])) {
    case LS_BYTE_WORD:
        return starts_escaped(text, at, end) ? ls_skip_escaped(text, at + 1, end)
                                             : ls_skip_word(text, at, end);
    case LS_BYTE_DIGIT:
        return ls_skip_number(text, at, end);
    case LS_BYTE_DOLLAR:
        return ls_skip_dollar(text, at, end);
    case LS_BYTE_QUOTE:
    case LS_BYTE_DOUBLE_QUOTE:
        return ls_skip_quoted(text, at, end);
    default:
        return at + 1;
    }
}

static bool is_one_of(const char *text, ls_span unit, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (ls_word_is(text + unit.begin, unit.end - unit.begin, words[i]))
            return true;
    return false;
}

bool ls_find_word(const ls_source *source, ls_span in, const char *const *words, size_t count,
                  ls_span *found) {
    const char *text = source->text;
    uint32_t depth = 0;
    bool qualified = false;
    for (uint32_t at = ls_skip_blanks(source, in.begin, in.end); at < in.end;) {
        const uint32_t behind = skip_unit(text, at, in.end);
        const ls_span unit = ls_span_of(at, behind == LS_NEVER_CLOSED ? in.end : behind);
        const ls_byte_class class = ls_byte_class_of(text[at]);
        if (class == LS_BYTE_WORD && depth == 0 && !qualified &&
            is_one_of(text, unit, words, count)) {
            *found = unit;
            return true;
        }
        depth += text[at] == '(' || text[at] == '[';
        depth -= depth > 0 && (text[at] == ')' || text[at] == ']');
        qualified = text[at] == '.';
        at = ls_skip_blanks(source, unit.end, in.end);
    }
    return false;
}
