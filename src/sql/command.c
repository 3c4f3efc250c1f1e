/*
 * command.c - what psql does itself: backslash commands and the data of COPY ... FROM stdin.
 *
 * psql's rules: a command goes to the end of its line or to the next backslash outside quotes,
 * and `\\` ends it without starting another; a few commands take the whole line. The commands
 * that send the query end the statement, and so does `\;`. Any other command leaves the statement
 * before it open, which then goes on behind it.
 */
#include "sql/cutter.h"
#include "sql/lexer.h"

#include <stddef.h>
#include <string.h>

static const char OPEN_DATA[] = "COPY data that never ends: the line \\. after it is missing";

typedef enum { SENDS = 1, WHOLE_LINE = 2, COPIES = 4, FORGETS = 8 } command_traits;

/* From psql's manual page; what is not here does none of the four. */
static const struct {
    const char *name;
    command_traits traits;
} COMMANDS[] = {
    {"!", WHOLE_LINE},       {"copy", WHOLE_LINE | COPIES},
    {"crosstabview", SENDS}, {"ef", WHOLE_LINE},
    {"ev", WHOLE_LINE},      {"g", SENDS},
    {"gdesc", SENDS},        {"gexec", SENDS},
    {"gset", SENDS},         {"gx", SENDS},
    {"h", WHOLE_LINE},       {"help", WHOLE_LINE},
    {"r", FORGETS},          {"reset", FORGETS},
    {"sf", WHOLE_LINE},      {"sv", WHOLE_LINE},
    {"watch", SENDS},
};

static unsigned traits_of(const char *name, uint32_t length) {
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++)
        if (strlen(COMMANDS[i].name) == length && memcmp(COMMANDS[i].name, name, length) == 0)
            return COMMANDS[i].traits;
    return 0;
}

/* The end of a command's name: a word, or one byte that is none. */
static uint32_t name_end(const ls_cutter *cutter, uint32_t name) {
    uint32_t end = ls_skip_word(cutter->text, name, cutter->length);
    bool is_byte = end == name && name < cutter->length && !ls_is_space(cutter->text[name]);
    return is_byte ? name + 1 : end;
}

static bool ends_line(const ls_cutter *cutter, uint32_t at) {
    return at >= cutter->length || cutter->text[at] == '\n' || cutter->text[at] == '\r';
}

/* The end of a command's arguments; one in quotes may hold a backslash. */
static uint32_t arguments_end(const ls_cutter *cutter, uint32_t at) {
    char quote = 0;
    for (; !ends_line(cutter, at); at++) {
        char byte = cutter->text[at];
        if (quote != 0)
            quote = byte == quote ? 0 : quote;
        else if (byte == '\\')
            break;
        else if (byte == '\'' || byte == '"' || byte == '`')
            quote = byte;
    }
    return at;
}

/* Whether FROM STDIN stands in the line of a \copy. */
static bool copies_from_stdin(const char *text, uint32_t at, uint32_t line_end) {
    ls_statement_words words = {.count = 1, .copy = true};
    uint32_t depth = 0;
    while (at < line_end) {
        uint32_t end = ls_split_skip(text, at, line_end);
        if (ls_byte_class_of(text[at]) == LS_BYTE_WORD)
            ls_see_word(&words, text + at, end - at, depth);
        else if (text[at] == '(')
            depth++;
        else if (text[at] == ')' && depth > 0)
            depth--;
        at = end;
    }
    return words.reads_stdin;
}

static void push_command(ls_cutter *cutter, ls_span span) {
    ls_piece piece = {.kind = LS_PIECE_PSQL_COMMAND,
                      .at = {span.begin, ls_cutter_trim(cutter, span.begin, span.end)},
                      .terminated = true};
    LS_PUSH(cutter->arena, &cutter->out->pieces, piece);
    ls_cutter_blank(cutter, span);
    cutter->at = span.end;
}

static uint32_t command_end(const ls_cutter *cutter, uint32_t name, uint32_t arguments,
                            unsigned traits) {
    if (arguments == name + 1 && cutter->text[name] == '\\')
        return arguments;
    if ((traits & WHOLE_LINE) != 0)
        return ls_skip_line(cutter->text, arguments, cutter->length);
    return arguments_end(cutter, arguments);
}

void ls_cutter_command(ls_cutter *cutter) {
    const char *text = cutter->text;
    uint32_t at = cutter->at, name = at + 1;
    if (name < cutter->length && text[name] == ';') {
        ls_cutter_blank(cutter, ls_span_of(at, name + 1));
        ls_cutter_finish(cutter, true);
        cutter->at = name + 1;
        return;
    }
    uint32_t arguments = name_end(cutter, name);
    unsigned traits = traits_of(text + name, arguments - name);
    uint32_t end = command_end(cutter, name, arguments, traits);
    if ((traits & SENDS) != 0)
        ls_cutter_finish(cutter, true);
    else if ((traits & FORGETS) != 0)
        cutter->statement.open = false;
    cutter->data_follows |= (traits & COPIES) != 0 && copies_from_stdin(text, arguments, end);
    push_command(cutter, ls_span_of(at, end));
}

/* Whether the line at `at` is the one that ends COPY data. */
static bool ends_data(const char *text, uint32_t at, uint32_t length) {
    if (length - at < 2 || text[at] != '\\' || text[at + 1] != '.')
        return false;
    at += 2;
    if (at < length && text[at] == '\r')
        at++;
    return at == length || text[at] == '\n';
}

/* The end of the data's closing line, or LS_NEVER_CLOSED. */
static uint32_t data_end(const char *text, uint32_t at, uint32_t length) {
    while (at < length) {
        if (ends_data(text, at, length))
            return at + 2;
        const char *line_end = memchr(text + at, '\n', length - at);
        if (line_end == NULL)
            break;
        at = (uint32_t)(line_end - text) + 1;
    }
    return LS_NEVER_CLOSED;
}

void ls_cutter_copy_data(ls_cutter *cutter) {
    uint32_t begin = cutter->at, end = data_end(cutter->text, begin, cutter->length);
    ls_piece piece = {.kind = LS_PIECE_COPY_DATA, .terminated = end != LS_NEVER_CLOSED};
    cutter->data_follows = false;
    if (!piece.terminated) {
        end = ls_cutter_trim(cutter, begin, cutter->length);
        piece.problem = OPEN_DATA;
        piece.problem_at = ls_span_of(begin, begin + 1);
    }
    if (end == begin)
        return; /* nothing follows at all: the data comes from elsewhere */
    piece.at = ls_span_of(begin, end);
    LS_PUSH(cutter->arena, &cutter->out->pieces, piece);
    ls_cutter_blank(cutter, piece.at);
    cutter->at = end;
}
