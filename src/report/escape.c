#include "report/escape.h"

#include "report/characters.h"

#include <string.h>

static const char REPLACEMENT[] = "\xEF\xBF\xBD";

size_t ls_escape(ls_buffer *out, const char *text, size_t length) {
    size_t width = 0;
    for (size_t at = 0, step; at < length; at += step) {
        step = ls_plain_length(text + at, length - at);
        if (step > 0) {
            if (out != NULL)
                ls_buffer_add(out, text + at, step);
            width += step;
            continue;
        }
        ls_shown_character shown = ls_show(text + at, length - at, &step);
        if (out != NULL)
            ls_buffer_add(out, shown.text, shown.length);
        width += shown.width;
    }
    return width;
}

size_t ls_escape_string(ls_buffer *out, const char *text) {
    return ls_escape(out, text, strlen(text));
}

char *ls_valid_text(ls_arena *arena, const char *text) {
    if (text == NULL)
        return ls_arena_string(arena, "");
    ls_buffer valid = {0};
    size_t length = strlen(text);
    for (size_t at = 0, step; at < length; at += step) {
        int32_t character;
        step = ls_read_character(text + at, length - at, &character);
        if (character == LS_INVALID_BYTE)
            ls_buffer_string(&valid, REPLACEMENT);
        else
            ls_buffer_add(&valid, text + at, step);
    }
    char *copy = ls_arena_copy(arena, valid.text, valid.length);
    ls_buffer_free(&valid);
    return copy;
}
