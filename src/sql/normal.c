/*
 * normal.c - comments and white space go, and plain letters become small ones, where no quote
 * keeps them.
 */
#include "sql/normal.h"

#include "sql/lexer.h"
#include "sql/split.h"

#include <string.h>
#include <strings.h>

/* Beside these no white space is needed to tell what stands there. */
static bool is_punctuation(char byte) {
    return byte == '(' || byte == ')' || byte == ',' || byte == '[' || byte == ']';
}

static void add_lower(ls_buffer *out, const char *text, uint32_t length) {
    ls_buffer_add(out, text, length);
    for (char *byte = out->text + out->length - length; length-- > 0; byte++)
        if (*byte >= 'A' && *byte <= 'Z')
            *byte = (char)(*byte + ('a' - 'A'));
}

static bool is_quoted(const char *text, uint32_t at, uint32_t next) {
    char first = text[at], last = text[next - 1];
    return first == '"' || last == '\'' || (first == '$' && next > at + 1);
}

static void add_normal(ls_buffer *out, const char *text, ls_span span, bool body_is_code);

/* $tag$ body $tag$ */
static void add_body(ls_buffer *out, const char *text, ls_span quoted) {
    uint32_t tag = quoted.begin + 1;
    while (tag < quoted.end && text[tag] != '$')
        tag++;
    uint32_t tag_length = tag + 1 - quoted.begin;
    if (quoted.end - quoted.begin < 2 * tag_length)
        return;
    add_normal(out, text, ls_span_of(quoted.begin + tag_length, quoted.end - tag_length), false);
}

static void add_unit(ls_buffer *out, const char *text, ls_span unit, bool body_is_code) {
    if (body_is_code && text[unit.begin] == '$' && unit.end > unit.begin + 1)
        add_body(out, text, unit);
    else if (is_quoted(text, unit.begin, unit.end))
        ls_buffer_add(out, text + unit.begin, unit.end - unit.begin);
    else
        add_lower(out, text + unit.begin, unit.end - unit.begin);
}

/* Adds the text with one blank for each run of white space and comments that separates anything. */
static void add_normal(ls_buffer *out, const char *text, ls_span span, bool body_is_code) {
    bool gap = false;
    char last = '(';
    for (uint32_t at = span.begin; at < span.end;) {
        uint32_t next = ls_skip_comment(text, at, span.end);
        if (next > at || ls_is_space(text[at])) {
            at = next > at ? next : at + 1;
            gap = true;
            continue;
        }
        if (gap && !is_punctuation(last) && !is_punctuation(text[at]))
            ls_buffer_string(out, " ");
        gap = false;
        next = ls_split_skip(text, at, span.end);
        add_unit(out, text, ls_span_of(at, next), body_is_code);
        last = text[next - 1];
        at = next;
    }
}

static bool is_do(const ls_source *source, ls_span statement) {
    uint32_t end = ls_split_skip(source->text, statement.begin, statement.end);
    return end - statement.begin == 2 && strncasecmp(source->text + statement.begin, "do", 2) == 0;
}

void ls_normal_add(ls_buffer *out, const ls_source *source, ls_span statement) {
    add_normal(out, source->text, statement, is_do(source, statement));
}
