/*
 * placeholder.c - the forms of placeholders, and how each is overwritten.
 *
 * psql: :name :'name' :"name". Flyway, goose, Liquibase, shells: ${name}. Go templates, Jinja:
 * {{ name }}. Python: %(name)s. Synapse: $%NAME%$. Others: @name@. Only looked for in a statement
 * that does not parse, so that what means something in SQL (array[1:n], @ as operator) is safe.
 */
#include "sql/placeholder.h"

#include "sql/lexer.h"
#include "sql/split.h"

#include <string.h>

/* A bound, so that brackets that never close cost no more than their line's length times it. */
enum { LONGEST_PLACEHOLDER = 200 };

static const struct {
    const char *open, *close;
} BRACKETS[] = {{"${", "}"}, {"{{", "}}"}, {"%(", ")s"}, {"$%", "%$"}};

static bool is_at(const char *text, uint32_t at, uint32_t end, const char *wanted) {
    size_t length = strlen(wanted);
    return end - at >= length && memcmp(text + at, wanted, length) == 0;
}

/* The end of a bracketed placeholder at `at`, which closes on its own line, or `at`. */
static uint32_t bracketed_end(const char *text, uint32_t at, uint32_t end) {
    if (end - at > LONGEST_PLACEHOLDER)
        end = at + LONGEST_PLACEHOLDER;
    for (size_t i = 0; i < sizeof BRACKETS / sizeof *BRACKETS; i++) {
        if (!is_at(text, at, end, BRACKETS[i].open))
            continue;
        for (uint32_t next = at + 2; next < end && text[next] != '\n'; next++)
            if (is_at(text, next, end, BRACKETS[i].close))
                return next + (uint32_t)strlen(BRACKETS[i].close);
    }
    return at;
}

/* The end of @name@ at `at`, or `at`. */
static uint32_t at_sign_end(const char *text, uint32_t at, uint32_t end) {
    uint32_t name = at + 1, close = ls_skip_word(text, name, end);
    return close > name && close < end && text[close] == '@' ? close + 1 : at;
}

/* The end of what a colon at `at` makes a psql variable: for a quoted one the colon alone. */
static uint32_t colon_end(const char *text, ls_span span, uint32_t at) {
    char before = at > span.begin ? text[at - 1] : ' ';
    if (at + 1 >= span.end || before == ':' || before == ']' || before == ')' ||
        ls_is_word_byte(before))
        return at;
    char after = text[at + 1];
    if (after == '\'' || after == '"')
        return at + 1;
    return ls_byte_class_of(after) == LS_BYTE_WORD ? ls_skip_word(text, at + 1, span.end) : at;
}

/* A name in quotes that is a template, which may hold quotes of its own: "{{ index .x "y" }}". */
static uint32_t quoted_template_end(const char *text, uint32_t at, uint32_t end) {
    if (at + 1 >= end || text[at + 1] != '{')
        return at;
    uint32_t close = bracketed_end(text, at + 1, end);
    return close > at + 1 && close < end && text[close] == '"' ? close + 1 : at;
}

static uint32_t placeholder_end(const char *text, ls_span span, uint32_t at) {
    switch (text[at]) {
    case '"':
        return quoted_template_end(text, at, span.end);
    case '$':
    case '{':
    case '%':
        return bracketed_end(text, at, span.end);
    case '@':
        return at_sign_end(text, at, span.end);
    case ':':
        return colon_end(text, span, at);
    default:
        return at;
    }
}

/* A template in quotes is the same name as one without. */
static void make_name(char *text, uint32_t begin, uint32_t end) {
    if (text[begin] == '"' && end > begin + 1) {
        text[begin++] = ' ';
        text[--end] = ' ';
    }
    bool quoted = end == begin + 1;
    for (uint32_t i = begin; i < end; i++)
        if (text[i] == '$' || !ls_is_word_byte(text[i]))
            text[i] = quoted ? ' ' : '_';
}

/* The end of the unit at `at`; a word ends before a dollar sign that a placeholder starts with. */
static uint32_t skip_unit(const char *text, uint32_t at, uint32_t end) {
    uint32_t next = ls_split_skip(text, at, end), last = next - 1;
    bool is_word = text[at] != '$' && ls_is_word_byte(text[at]);
    if (is_word && last > at && next < end && text[last] == '$' &&
        (text[next] == '{' || text[next] == '%'))
        return last;
    return next;
}

bool ls_blank_placeholders(char *text, ls_span span) {
    bool found = false;
    for (uint32_t at = span.begin; at < span.end;) {
        uint32_t end = placeholder_end(text, span, at);
        if (end > at) {
            make_name(text, at, end);
            found = true;
            at = end;
        } else {
            at = skip_unit(text, at, span.end);
        }
    }
    return found;
}

bool ls_is_placeholder(const ls_source *source, ls_span at) {
    const ls_byte_class first = ls_byte_class_of(source->text[at.begin]);
    return first != LS_BYTE_WORD && first != LS_BYTE_DOUBLE_QUOTE;
}
