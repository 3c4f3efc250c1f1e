/*
 * split.c - the cutter run over a whole text, and the small walks over a blanked one.
 */
#include "sql/split.h"

#include "sql/cutter.h"
#include "sql/lexer.h"
#include "sql/start.h"

void ls_split_source(ls_arena *arena, const ls_source *source, ls_split *split) {
    ls_cutter cutter;
    ls_cutter_start(&cutter, arena, source, split);
    while (ls_cutter_next(&cutter))
        continue;
}

/*
 * Strings are searched too, for it may be a stray quote that opened them, and what looks like a
 * string is then the text between two. A dollar quote's tags pair by themselves; inside one only
 * the start of another routine is taken for a sign of a tag that is missing.
 */
uint32_t ls_split_next_start(const char *blanked, ls_span span) {
    uint32_t margin = ls_margin(blanked, span.begin), at = span.begin, from = at;
    while (at < span.end) {
        uint32_t unit = at;
        at = ls_split_skip(blanked, at, span.end);
        if (blanked[unit] != '$' || at == unit + 1)
            continue;
        uint32_t start = ls_next_line_that(ls_starts_statement, blanked, from, unit, margin);
        if (start < unit)
            return start;
        start = ls_next_line_that(ls_starts_routine, blanked, unit, at, margin);
        if (start < at)
            return start;
        from = at;
    }
    return ls_next_line_that(ls_starts_statement, blanked, from, span.end, margin);
}

uint32_t ls_split_skip(const char *blanked, uint32_t at, uint32_t end) {
    uint32_t next = at + 1;
    switch (ls_byte_class_of(blanked[at])) {
    case LS_BYTE_QUOTE:
    case LS_BYTE_DOUBLE_QUOTE:
        next = ls_skip_quoted(blanked, at, end);
        break;
    case LS_BYTE_DOLLAR:
        next = ls_skip_dollar(blanked, at, end);
        break;
    case LS_BYTE_DIGIT:
        return ls_skip_number(blanked, at, end);
    case LS_BYTE_WORD:
        next = ls_skip_word(blanked, at, end);
        if (next == at + 1 && (blanked[at] | 0x20) == 'e' && next < end && blanked[next] == '\'')
            next = ls_skip_escaped(blanked, next, end);
        break;
    default:
        break;
    }
    return next == LS_NEVER_CLOSED ? end : next;
}
