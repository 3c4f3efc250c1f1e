#include "report/json_value.h"

#include "report/escape.h"

#include <string.h>

json_t *ls_json_text(const char *text) {
    json_t *value = json_string(text == NULL ? "" : text);
    if (value != NULL)
        return value;
    ls_arena *arena = ls_arena_new();
    value = json_string(ls_valid_text(arena, text));
    ls_arena_free(arena);
    return value;
}

json_t *ls_json_text_or_null(const char *text) {
    return text == NULL ? json_null() : ls_json_text(text);
}

json_t *ls_json_number(size_t number) {
    return json_integer((json_int_t)number);
}

void ls_json_set_place(json_t *object, const ls_source *source, uint32_t offset) {
    ls_position position = ls_source_position(source, offset);
    json_object_set_new(object, "line", ls_json_number(position.line));
    json_object_set_new(object, "column", ls_json_number(position.column));
}

/* What may not be sent as it is though jansson would. CI services take ## for the start of a
 * command wherever it stands in a line of their log. In JSON it can only stand in a string, where
 * the second one may be written as an escape. */
static const char *escape_of(const ls_buffer *out, char byte) {
    bool is_second = byte == '#' && out->length > 0 && out->text[out->length - 1] == '#';
    return byte == '\x7F' ? "\\u007f" : is_second ? "\\u0023" : NULL;
}

static bool is_special(char byte) {
    return byte == '#' || byte == '\x7F';
}

static int add_to_buffer(const char *text, size_t length, void *buffer) {
    ls_buffer *out = buffer;
    for (size_t at = 0; at < length;) {
        const char *escape = escape_of(out, text[at]);
        size_t run = 1;
        while (escape == NULL && at + run < length && !is_special(text[at + run]))
            run++;
        if (escape == NULL)
            ls_buffer_add(out, text + at, run);
        else
            ls_buffer_string(out, escape);
        at += run;
    }
    return 0;
}

static void write_document(ls_buffer *out, json_t *document, size_t form) {
    json_dump_callback(document, add_to_buffer, out, form | JSON_ENSURE_ASCII);
    ls_buffer_string(out, "\n");
    json_decref(document);
}

void ls_json_write(ls_buffer *out, json_t *document) {
    write_document(out, document, JSON_INDENT(2));
}

void ls_json_write_line(ls_buffer *out, json_t *document) {
    write_document(out, document, JSON_COMPACT);
}
