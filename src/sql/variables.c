/*
 * variables.c - values, and the four ways to use one.
 *
 * psql replaces a variable wherever its lexer meets it outside quotes and dollar quotes. :'name'
 * becomes a string and :"name" a quoted name, whatever the value holds; :{?name} says whether there
 * is a value at all (psql's manual page, SQL Interpolation).
 */
#include "sql/variables.h"

#include "sql/lexer.h"
#include "sql/split.h"
#include "support/buffer.h"

#include <string.h>

typedef struct {
    const char *value; /* NULL: nobody knows it */
} ls_variable;

void ls_variables_set(ls_variables *variables, const char *name, const char *value, bool certain) {
    const ls_variable *before = ls_map_get(&variables->known, name);
    bool differs = before != NULL &&
                   (before->value == NULL || value == NULL || strcmp(before->value, value) != 0);
    ls_variable *variable = LS_NEW(variables->arena, ls_variable);
    variable->value = !certain && differs ? NULL : ls_arena_string(variables->arena, value);
    ls_map_set(variables->arena, &variables->known, ls_arena_string(variables->arena, name),
               variable);
}

void ls_variables_forget(ls_variables *variables, const char *name) {
    ls_map_set(variables->arena, &variables->known, name, NULL);
}

const char *ls_variables_get(const ls_variables *variables, const char *name) {
    const ls_variable *variable = ls_map_get(&variables->known, name);
    return variable == NULL ? NULL : variable->value;
}

bool ls_variables_has(const ls_variables *variables, const char *name) {
    return ls_map_get(&variables->known, name) != NULL;
}

/* --- Uses ------------------------------------------------------------------------------------ */

static bool is_name_byte(char byte) {
    return ls_is_word_byte(byte) && byte != '$';
}

static uint32_t name_end(const char *text, uint32_t at, uint32_t end) {
    while (at < end && is_name_byte(text[at]))
        at++;
    return at;
}

/* The value between quotes, which are doubled in it; a string with a backslash is an E''. */
static const char *quoted(ls_arena *arena, const char *value, char quote) {
    ls_buffer out = {0};
    bool escapes = quote == '\'' && strchr(value, '\\') != NULL;
    if (escapes)
        ls_buffer_string(&out, " E");
    ls_buffer_add(&out, &quote, 1);
    for (const char *at = value; *at != '\0'; at++) {
        if (*at == quote || (escapes && *at == '\\'))
            ls_buffer_add(&out, at, 1);
        ls_buffer_add(&out, at, 1);
    }
    ls_buffer_add(&out, &quote, 1);
    const char *copy = ls_arena_copy(arena, out.text, out.length);
    ls_buffer_free(&out);
    return copy;
}

static const char *value_at(const ls_variables *variables, const char *text, ls_span name) {
    return ls_variables_get(
        variables, ls_arena_copy(variables->arena, text + name.begin, name.end - name.begin));
}

static uint32_t quoted_use(const ls_variables *variables, const char *text, uint32_t at,
                           uint32_t end, const char **value) {
    const char quote = text[at + 1];
    uint32_t name = at + 2, close = name_end(text, name, end);
    if (close == name || close >= end || text[close] != quote)
        return 0;
    const char *plain = value_at(variables, text, ls_span_of(name, close));
    *value = plain == NULL ? NULL : quoted(variables->arena, plain, quote);
    return close + 1 - at;
}

/* Whether there is a value is known only where the script gives one. */
static uint32_t existence_use(const ls_variables *variables, const char *text, uint32_t at,
                              uint32_t end, const char **value) {
    uint32_t name = at + 3, close = name_end(text, name, end);
    if (close == name || close >= end || text[close] != '}')
        return 0;
    const char *copy = ls_arena_copy(variables->arena, text + name, close - name);
    *value = ls_variables_has(variables, copy) ? "TRUE" : NULL;
    return close + 1 - at;
}

uint32_t ls_variable_use(const ls_variables *variables, const char *text, uint32_t at, uint32_t end,
                         const char **value) {
    *value = NULL;
    if (at + 1 >= end || text[at] != ':')
        return 0;
    if (text[at + 1] == '\'' || text[at + 1] == '"')
        return quoted_use(variables, text, at, end, value);
    if (text[at + 1] == '{' && at + 2 < end && text[at + 2] == '?')
        return existence_use(variables, text, at, end, value);
    uint32_t close = name_end(text, at + 1, end);
    if (close > at + 1)
        *value = value_at(variables, text, ls_span_of(at + 1, close));
    return close > at + 1 ? close - at : 0;
}

/* --- Statements ------------------------------------------------------------------------------ */

typedef struct {
    const ls_variables *variables;
    const char *text; /* blanked */
    ls_buffer out;
    ls_source *made; /* NULL: nothing is substituted so far */
} substitution;

static void substitute_one(substitution *work, ls_span use, const char *value) {
    ls_arena *arena = work->variables->arena;
    if (work->made == NULL)
        work->made = LS_NEW(arena, ls_source);
    uint32_t begin = (uint32_t)work->out.length;
    ls_buffer_string(&work->out, value);
    const ls_source_shift shift = {.here = ls_span_of(begin, work->out.length), .origin = use};
    LS_PUSH(arena, &work->made->shifts, shift);
}

/* What stands at `at`: its end, and its text in `out`. */
static uint32_t substitute_unit(substitution *work, uint32_t at, ls_span span) {
    const char *value = NULL;
    uint32_t length = 0;
    bool is_cast = work->text[at] == ':' && at + 1 < span.end && work->text[at + 1] == ':';
    if (!is_cast)
        length = ls_variable_use(work->variables, work->text, at, span.end, &value);
    if (value != NULL) {
        substitute_one(work, ls_span_of(at, at + length), value);
        return at + length;
    }
    uint32_t next = is_cast ? at + 2 : ls_split_skip(work->text, at, span.end);
    ls_buffer_add(&work->out, work->text + at, next - at);
    return next;
}

ls_source *ls_substitute(const ls_variables *variables, const ls_source *source,
                         const char *blanked, ls_span span) {
    if (variables->known.count == 0 ||
        memchr(blanked + span.begin, ':', span.end - span.begin) == 0)
        return NULL;
    substitution work = {.variables = variables, .text = blanked};
    for (uint32_t at = span.begin; at < span.end;)
        at = substitute_unit(&work, at, span);
    if (work.made != NULL)
        ls_source_derive(variables->arena, work.made, source, span.begin, work.out.text,
                         (uint32_t)work.out.length);
    ls_buffer_free(&work.out);
    return work.made;
}
