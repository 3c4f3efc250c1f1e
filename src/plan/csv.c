#include "plan/csv.h"

#include "sql/lexer.h"

#include <string.h>

typedef struct {
    ls_arena *arena;
    const ls_source *source;
    const char *text;
    uint32_t at, end;
    LS_VECTOR(ls_csv_value) row;
    const char *problem;
    ls_span problem_at;
} csv_reader;

static bool fail(csv_reader *reader, uint32_t begin, uint32_t end, const char *problem) {
    reader->problem = problem;
    reader->problem_at = ls_span_of(begin, end);
    return false;
}

static bool at_line_end(const csv_reader *reader) {
    return reader->at >= reader->end || reader->text[reader->at] == '\n' ||
           (reader->text[reader->at] == '\r' && reader->at + 1 < reader->end &&
            reader->text[reader->at + 1] == '\n');
}

static bool at_value_end(const csv_reader *reader) {
    return at_line_end(reader) || reader->text[reader->at] == ',';
}

static bool read_quoted(csv_reader *reader, ls_csv_value *value) {
    uint32_t opened = reader->at++;
    value->quoted = true;
    value->at.begin = reader->at;
    for (;; reader->at++) {
        if (reader->at >= reader->end)
            return fail(reader, opened, opened + 1, "this quote is never closed");
        if (reader->text[reader->at] != '"')
            continue;
        if (reader->at + 1 >= reader->end || reader->text[reader->at + 1] != '"')
            break;
        reader->at++;
    }
    value->at.end = reader->at++;
    return at_value_end(reader) || fail(reader, reader->at, reader->at + 1,
                                        "expected a comma or the line's end behind the quote");
}

static bool read_plain(csv_reader *reader, ls_csv_value *value) {
    value->at.begin = reader->at;
    for (; !at_value_end(reader); reader->at++)
        if (reader->text[reader->at] == '"')
            return fail(reader, reader->at, reader->at + 1,
                        "a quote inside a value that does not begin with one");
    value->at.end = reader->at;
    return true;
}

/* One row, and the line end behind it. */
static bool read_row(csv_reader *reader) {
    reader->row.count = 0;
    for (;;) {
        ls_csv_value value = {0};
        bool quoted = reader->at < reader->end && reader->text[reader->at] == '"';
        if (!(quoted ? read_quoted(reader, &value) : read_plain(reader, &value)))
            return false;
        LS_PUSH(reader->arena, &reader->row, value);
        if (at_line_end(reader))
            break;
        reader->at++;
    }
    if (reader->at < reader->end && reader->text[reader->at] == '\r')
        reader->at++;
    reader->at += reader->at < reader->end;
    return true;
}

static bool is_named(const csv_reader *reader, const ls_csv_value *value, const char *name) {
    return ls_word_is(reader->text + value->at.begin, value->at.end - value->at.begin, name);
}

static bool find_column(csv_reader *reader, const char *name, uint32_t *place) {
    unsigned found = 0;
    for (uint32_t i = 0; i < reader->row.count; i++)
        if (is_named(reader, &reader->row.items[i], name)) {
            *place = i;
            found++;
        }
    if (found == 1)
        return true;
    ls_span header = ls_source_line(reader->source, 1);
    return fail(reader, header.begin, header.end,
                ls_arena_format(reader->arena,
                                found == 0 ? "expected a header with a column \"%s\""
                                           : "the header has more than one column \"%s\"",
                                name));
}

static bool read_values(csv_reader *reader, const char *name, ls_csv_column *column) {
    uint32_t place = 0;
    if (!read_row(reader) || !find_column(reader, name, &place))
        return false;
    uint32_t width = reader->row.count;
    while (reader->at < reader->end) {
        uint32_t begin = reader->at;
        if (!read_row(reader))
            return false;
        if (reader->row.count != width)
            return fail(reader, begin, begin + 1,
                        ls_arena_format(reader->arena, "this row has %u values, the header %u",
                                        reader->row.count, width));
        LS_PUSH(reader->arena, &column->values, reader->row.items[place]);
    }
    return true;
}

ls_csv_column ls_csv_read(ls_arena *arena, const ls_source *source, const char *column) {
    ls_csv_column read = {0};
    csv_reader reader = {
        .arena = arena,
        .source = source,
        .text = source->text,
        .at = ls_source_mark_length(source),
        .end = source->length,
    };
    if (!read_values(&reader, column, &read))
        return (ls_csv_column){.problem = reader.problem, .problem_at = reader.problem_at};
    return read;
}
