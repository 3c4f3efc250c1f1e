/*
 * psql.c - the commands that change what is read, and psql's own quotes.
 *
 * An argument ends at a blank. '...' is taken with C's escapes, "..." as it stands with its quotes,
 * `...` is run by a shell, and a colon uses a variable as in SQL (psql's manual page,
 * Meta-Commands).
 */
#include "sql/psql.h"

#include "sql/lexer.h"
#include "support/buffer.h"

#include <string.h>

static const struct {
    const char *name;
    ls_psql_kind kind;
} COMMANDS[] = {
    {"set", LS_PSQL_SET},
    {"unset", LS_PSQL_UNSET},
    {"if", LS_PSQL_IF},
    {"elif", LS_PSQL_ELIF},
    {"else", LS_PSQL_ELSE},
    {"endif", LS_PSQL_ENDIF},
    {"i", LS_PSQL_INCLUDE},
    {"include", LS_PSQL_INCLUDE},
    {"ir", LS_PSQL_INCLUDE_RELATIVE},
    {"include_relative", LS_PSQL_INCLUDE_RELATIVE},
    {"c", LS_PSQL_CONNECT},
    {"connect", LS_PSQL_CONNECT},
    {"copy", LS_PSQL_COPY},
    {"gexec", LS_PSQL_RUN_RESULT},
};

ls_psql_command ls_psql_read(const char *text, ls_span command) {
    uint32_t name = command.begin + 1, end = name;
    while (end < command.end && ls_is_word_byte(text[end]))
        end++;
    ls_psql_command read = {.at = command, .rest = ls_span_of(end, command.end)};
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++)
        if (strlen(COMMANDS[i].name) == end - name &&
            strncmp(text + name, COMMANDS[i].name, end - name) == 0)
            read.kind = COMMANDS[i].kind;
    return read;
}

/* --- Arguments ------------------------------------------------------------------------------- */

typedef struct {
    const ls_variables *variables;
    const char *text;
    uint32_t at, end;
    ls_buffer out; /* of the argument that is being read */
    bool known;
} argument_reader;

static char escaped(char byte) {
    switch (byte) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    default:
        return byte;
    }
}

static void read_string(argument_reader *reader) {
    for (reader->at++; reader->at < reader->end; reader->at++) {
        char byte = reader->text[reader->at];
        bool is_last = reader->at + 1 >= reader->end;
        if (byte == '\'' && (is_last || reader->text[reader->at + 1] != '\''))
            break;
        if (!is_last && (byte == '\'' || byte == '\\')) {
            byte = reader->text[++reader->at];
            byte = reader->text[reader->at - 1] == '\\' ? escaped(byte) : byte;
        }
        ls_buffer_add(&reader->out, &byte, 1);
    }
    reader->at += reader->at < reader->end;
}

static uint32_t quoted_end(const argument_reader *reader, char quote) {
    uint32_t at = reader->at + 1;
    while (at < reader->end && reader->text[at] != quote)
        at++;
    return at < reader->end ? at + 1 : at;
}

static void read_variable(argument_reader *reader) {
    const char *value;
    uint32_t length =
        ls_variable_use(reader->variables, reader->text, reader->at, reader->end, &value);
    if (length > 0 && value == NULL)
        reader->known = false;
    else
        ls_buffer_string(&reader->out, length > 0 ? value : ":");
    reader->at += length > 0 ? length : 1;
}

static void read_unit(argument_reader *reader) {
    const char *text = reader->text + reader->at;
    uint32_t end = reader->at + 1;
    switch (*text) {
    case '\'':
        read_string(reader);
        return;
    case ':':
        read_variable(reader);
        return;
    case '`':
        reader->known = false;
        reader->at = quoted_end(reader, '`');
        return;
    case '"':
        end = quoted_end(reader, '"');
        break;
    default:
        break;
    }
    ls_buffer_add(&reader->out, text, end - reader->at);
    reader->at = end;
}

/* False where there is none any more. */
static bool read_argument(argument_reader *reader) {
    while (reader->at < reader->end && ls_is_space(reader->text[reader->at]))
        reader->at++;
    reader->out.length = 0;
    reader->known = true;
    bool is_any = reader->at < reader->end;
    while (reader->at < reader->end && !ls_is_space(reader->text[reader->at]))
        read_unit(reader);
    return is_any;
}

ls_psql_arguments ls_psql_arguments_of(const ls_variables *variables, const char *text,
                                       const ls_psql_command *command) {
    ls_arena *arena = variables->arena;
    ls_psql_arguments arguments = {0};
    argument_reader reader = {
        .variables = variables, .text = text, .at = command->rest.begin, .end = command->rest.end};
    while (read_argument(&reader))
        LS_PUSH(arena, &arguments,
                reader.known ? ls_arena_copy(arena, reader.out.length == 0 ? "" : reader.out.text,
                                             reader.out.length)
                             : NULL);
    ls_buffer_free(&reader.out);
    return arguments;
}

const char *ls_psql_joined(ls_arena *arena, const ls_psql_arguments *arguments, uint32_t skipped,
                           const char *between) {
    const char *joined = "";
    for (uint32_t i = skipped; i < arguments->count; i++) {
        if (arguments->items[i] == NULL)
            return NULL;
        joined =
            ls_arena_join(arena, joined, i > skipped ? between : "", arguments->items[i], NULL);
    }
    return joined;
}
