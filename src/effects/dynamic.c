/*
 * dynamic.c - strings joined by ||, format(), and the arrays and ranges that loops go through.
 *
 * A variable whose value is not known may hold anything, so that a text with one is known only
 * where its place says what it is and nothing hangs on its value: the role that gets a privilege,
 * loses it or becomes an owner. Whether it is such a place is asked of the whole text, when all of
 * it is put together.
 */
#include "effects/dynamic.h"

#include "sql/lexer.h"
#include "support/buffer.h"

#include <string.h>
#include <strings.h>

enum { MOST_ARGUMENTS = 16, MOST_ROUNDS = 100, MOST_DIGITS = 6 };

/* A string's value, that of a variable, or the name of one that is not known. */
typedef struct {
    const char *text; /* NULL: something else stands there */
    bool is_variable;
} piece;

typedef struct {
    ls_arena *arena;
    const char *at, *end;
    const ls_body_variables *known;
    ls_buffer out;
    LS_VECTOR(ls_span) variables; /* in `out` */
} text_reader;

/* --- The expression -------------------------------------------------------------------------- */

static void skip_blanks(text_reader *reader) {
    while (reader->at < reader->end && ls_is_space(*reader->at))
        reader->at++;
}

static bool take(text_reader *reader, const char *wanted) {
    size_t length = strlen(wanted);
    skip_blanks(reader);
    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, wanted, length) != 0)
        return false;
    reader->at += length;
    return true;
}

/* '...', in which quotes are doubled. */
static piece read_string(text_reader *reader) {
    ls_buffer value = {0};
    const char *at = reader->at + 1;
    for (; at < reader->end; at++) {
        if (*at == '\'' && (at + 1 == reader->end || at[1] != '\''))
            break;
        at += *at == '\'';
        ls_buffer_add(&value, at, 1);
    }
    const char *text =
        ls_arena_copy(reader->arena, value.length == 0 ? "" : value.text, value.length);
    ls_buffer_free(&value);
    if (at >= reader->end)
        return (piece){0};
    reader->at = at + 1;
    return (piece){.text = text};
}

/* A name or a keyword; NULL if none stands there. */
static const char *read_word(text_reader *reader) {
    skip_blanks(reader);
    const char *begin = reader->at;
    while (reader->at < reader->end && ls_is_word_byte(*reader->at))
        reader->at++;
    size_t length = (size_t)(reader->at - begin);
    bool is_name = length > 0 && !(*begin >= '0' && *begin <= '9');
    return is_name ? ls_arena_copy(reader->arena, begin, length) : NULL;
}

static bool take_word(text_reader *reader, const char *wanted) {
    const char *before = reader->at, *word = read_word(reader);
    bool found = word != NULL && strcasecmp(word, wanted) == 0;
    if (!found)
        reader->at = before;
    return found;
}

static piece read_variable(text_reader *reader) {
    const char *name = read_word(reader);
    const char *field = name != NULL && take(reader, ".") ? read_word(reader) : NULL;
    const char *value = name == NULL ? NULL : ls_body_variables_text(reader->known, name, field);
    if (value == NULL && field != NULL)
        return (piece){0};
    return (piece){.text = value == NULL ? name : value, .is_variable = value == NULL};
}

static piece read_piece(text_reader *reader) {
    skip_blanks(reader);
    const bool is_string = reader->at < reader->end && *reader->at == '\'';
    const piece read = is_string ? read_string(reader) : read_variable(reader);
    return take(reader, "::") && !take_word(reader, "text") ? (piece){0} : read;
}

/* --- The text -------------------------------------------------------------------------------- */

static void add(text_reader *reader, piece added) {
    size_t begin = reader->out.length;
    ls_buffer_string(&reader->out, added.is_variable ? "__" : "");
    ls_buffer_string(&reader->out, added.text);
    ls_buffer_string(&reader->out, added.is_variable ? "_" : "");
    if (added.is_variable)
        LS_PUSH(reader->arena, &reader->variables, ls_span_of(begin, reader->out.length));
}

/* A string as %I and %L write it. */
static void add_quoted(text_reader *reader, const char *value, char quote) {
    ls_buffer_add(&reader->out, &quote, 1);
    for (const char *at = value; *at != '\0'; at++) {
        ls_buffer_add(&reader->out, at, 1);
        if (*at == quote)
            ls_buffer_add(&reader->out, at, 1);
    }
    ls_buffer_add(&reader->out, &quote, 1);
}

/* What %s, %I or %L puts in place; false for another one. */
static bool add_argument(text_reader *reader, char directive, piece argument) {
    if (argument.text == NULL || strchr("sIL", directive) == NULL)
        return false;
    if (argument.is_variable || directive == 's')
        add(reader, argument);
    else
        add_quoted(reader, argument.text, directive == 'I' ? '"' : '\'');
    return !argument.is_variable || directive != 'L';
}

static bool fill_format(text_reader *reader, const char *format, const piece *arguments) {
    uint32_t next = 0;
    for (const char *at = format; *at != '\0'; at++) {
        if (*at != '%' || *++at == '%')
            ls_buffer_add(&reader->out, at, 1);
        else if (*at == '\0' || next == MOST_ARGUMENTS ||
                 !add_argument(reader, *at, arguments[next++]))
            return false;
    }
    return true;
}

/* ('...', a, 'b'), behind the function's name. */
static bool read_format(text_reader *reader) {
    piece arguments[MOST_ARGUMENTS] = {{0}};
    const piece format = take(reader, "(") ? read_piece(reader) : (piece){0};
    uint32_t count = 0;
    while (take(reader, ",")) {
        const piece argument = read_piece(reader);
        if (argument.text == NULL || count == MOST_ARGUMENTS)
            return false;
        arguments[count++] = argument;
    }
    return format.text != NULL && !format.is_variable && take(reader, ")") &&
           fill_format(reader, format.text, arguments);
}

/* (a), behind the function's name: what %I and %L put in place. */
static bool read_quoting(text_reader *reader, char directive) {
    const piece argument = take(reader, "(") ? read_piece(reader) : (piece){0};
    return argument.text != NULL && take(reader, ")") && add_argument(reader, directive, argument);
}

static bool read_operand(text_reader *reader) {
    const piece read = read_piece(reader);
    if (read.text == NULL)
        return false;
    if (read.is_variable && strcasecmp(read.text, "format") == 0)
        return read_format(reader);
    if (read.is_variable && strcasecmp(read.text, "quote_ident") == 0)
        return read_quoting(reader, 'I');
    if (read.is_variable && strcasecmp(read.text, "quote_literal") == 0)
        return read_quoting(reader, 'L');
    add(reader, read);
    return true;
}

static bool read_all(text_reader *reader) {
    do
        if (!read_operand(reader))
            return false;
    while (take(reader, "||"));
    skip_blanks(reader);
    return reader->at == reader->end;
}

/* --- Roles ----------------------------------------------------------------------------------- */

static uint32_t before_blanks(const char *text, uint32_t at) {
    while (at > 0 && ls_is_space(text[at - 1]))
        at--;
    return at;
}

/* The word that ends at a byte, blanks between them left out. */
static ls_span word_before(const char *text, uint32_t at) {
    uint32_t end = before_blanks(text, at), begin = end;
    while (begin > 0 && ls_is_word_byte(text[begin - 1]))
        begin--;
    return ls_span_of(begin, end);
}

static ls_span word_behind(const char *text, uint32_t at) {
    uint32_t begin = at;
    while (ls_is_space(text[begin]))
        begin++;
    uint32_t end = begin;
    while (ls_is_word_byte(text[end]))
        end++;
    return ls_span_of(begin, end);
}

/* The words have blanks between them. */
static bool is_one_of(const char *text, ls_span word, const char *words) {
    const size_t length = word.end - word.begin;
    for (const char *at = words; length > 0 && *at != '\0'; at += *at == ' ') {
        size_t width = strcspn(at, " ");
        if (width == length && strncasecmp(text + word.begin, at, length) == 0)
            return true;
        at += width;
    }
    return false;
}

/* Where the list begins that the name at `at` stands in. */
static uint32_t list_begin(const char *text, uint32_t at) {
    uint32_t comma = before_blanks(text, at);
    while (comma > 0 && text[comma - 1] == ',') {
        at = word_before(text, comma - 1).begin;
        comma = before_blanks(text, at);
    }
    return at;
}

static bool is_role(const char *text, ls_span name) {
    const ls_span first = word_behind(text, 0), second = word_behind(text, first.end);
    const ls_span keyword = word_before(text, list_begin(text, name.begin));
    const ls_span earlier = word_before(text, keyword.begin);
    bool is_default = is_one_of(text, first, "alter") && is_one_of(text, second, "default");
    if (is_one_of(text, first, "grant revoke") && keyword.begin == first.begin)
        return is_one_of(text, word_behind(text, name.end), "to from");
    if (is_one_of(text, first, "grant revoke") || is_default)
        return is_one_of(text, keyword, "to from by role user");
    if (is_one_of(text, keyword, "role user group"))
        return earlier.begin == first.begin && is_one_of(text, first, "create alter drop");
    return is_one_of(text, keyword, "to") && is_one_of(text, earlier, "owner");
}

/* --- Values ---------------------------------------------------------------------------------- */

static text_reader reader_of(ls_arena *arena, const char *text, ls_span at,
                             const ls_body_variables *variables) {
    return (text_reader){
        .arena = arena, .at = text + at.begin, .end = text + at.end, .known = variables};
}

/* All that is read; NULL if it cannot be. */
static char *read_text(text_reader *reader) {
    bool is_known = read_all(reader);
    char *known =
        ls_arena_copy(reader->arena, is_known && reader->out.length > 0 ? reader->out.text : "",
                      is_known ? reader->out.length : 0);
    ls_buffer_free(&reader->out);
    return is_known ? known : NULL;
}

char *ls_dynamic_text(ls_arena *arena, const char *text, ls_span at,
                      const ls_body_variables *variables) {
    text_reader reader = reader_of(arena, text, at, variables);
    char *known = read_text(&reader);
    for (LS_EACH(const ls_span, name, reader.variables))
        if (known != NULL && !is_role(known, *name))
            known = NULL;
    return known;
}

const char *ls_dynamic_value(ls_arena *arena, const char *text, ls_span at,
                             const ls_body_variables *variables) {
    text_reader reader = reader_of(arena, text, at, variables);
    const char *known = read_text(&reader);
    return reader.variables.count > 0 ? NULL : known;
}

/* --- Arrays and rounds ----------------------------------------------------------------------- */

static ls_texts read_elements(text_reader *reader) {
    ls_texts elements = {0};
    do {
        const piece element = read_piece(reader);
        if (element.text == NULL || element.is_variable)
            return (ls_texts){0};
        LS_PUSH(reader->arena, &elements, element.text);
    } while (take(reader, ","));
    return take(reader, "]") ? elements : (ls_texts){0};
}

/* ARRAY['a', 'b'], with a cast or without, or the variable of an array. */
static ls_texts read_array(text_reader *reader) {
    const char *name = read_word(reader);
    if (name == NULL)
        return (ls_texts){0};
    if (strcasecmp(name, "array") != 0 || !take(reader, "["))
        return ls_body_variables_array(reader->known, name);
    const ls_texts elements = read_elements(reader);
    bool is_other = take(reader, "::") && (!take_word(reader, "text") || !take(reader, "[]"));
    return is_other ? (ls_texts){0} : elements;
}

static bool is_at_end(text_reader *reader) {
    skip_blanks(reader);
    return reader->at == reader->end;
}

ls_texts ls_dynamic_array(ls_arena *arena, const char *text, ls_span at,
                          const ls_body_variables *variables) {
    text_reader reader = reader_of(arena, text, at, variables);
    const ls_texts elements = read_array(&reader);
    return is_at_end(&reader) ? elements : (ls_texts){0};
}

static bool read_number(text_reader *reader, uint32_t *number) {
    skip_blanks(reader);
    const char *begin = reader->at;
    for (*number = 0; reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9';)
        *number = *number % 100000000 * 10 + (uint32_t)(*reader->at++ - '0');
    return reader->at > begin && reader->at - begin <= MOST_DIGITS;
}

/* 1..4 */
static ls_texts read_range(text_reader *reader) {
    ls_texts numbers = {0};
    uint32_t first, last;
    if (!read_number(reader, &first) || !take(reader, "..") || !read_number(reader, &last) ||
        first + MOST_ROUNDS <= last)
        return numbers;
    for (uint32_t number = first; number <= last; number++)
        LS_PUSH(reader->arena, &numbers, ls_arena_format(reader->arena, "%u", (unsigned)number));
    return numbers;
}

/* unnest(ARRAY['a', 'b']) AS name, behind SELECT */
static ls_texts read_unnest(text_reader *reader, const char **field) {
    if (!take_word(reader, "unnest") || !take(reader, "("))
        return (ls_texts){0};
    const ls_texts elements = read_array(reader);
    if (!take(reader, ")"))
        return (ls_texts){0};
    (void)take_word(reader, "as");
    const char *name = read_word(reader);
    *field = name == NULL ? "unnest" : name;
    return elements;
}

ls_rounds ls_dynamic_rounds(ls_arena *arena, const char *text, ls_span at,
                            const ls_body_variables *variables) {
    text_reader reader = reader_of(arena, text, at, variables);
    ls_rounds rounds = {0};
    skip_blanks(&reader);
    if (reader.at < reader.end && *reader.at >= '0' && *reader.at <= '9') {
        rounds.counts = true;
        rounds.values = read_range(&reader);
    } else if (take_word(&reader, "select")) {
        rounds.values = read_unnest(&reader, &rounds.field);
    } else if (take_word(&reader, "array")) {
        rounds.values = read_array(&reader);
    }
    return is_at_end(&reader) && rounds.values.count <= MOST_ROUNDS ? rounds : (ls_rounds){0};
}
