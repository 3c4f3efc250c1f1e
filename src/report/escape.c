#include "report/escape.h"

#include "report/characters.h"

#include <ctype.h>
#include <string.h>

static const char REPLACEMENT[] = "\xEF\xBF\xBD";
static const char CUT[] = "...";

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

void ls_escape_lines(ls_buffer *out, const char *text) {
    for (;;) {
        size_t length = strcspn(text, "\n");
        ls_escape(out, text, length);
        text += length;
        if (*text == 0)
            return;
        ls_buffer_string(out, "\n");
        text++;
    }
}

bool ls_starts_with_command(const char *text, size_t length) {
    size_t at = 0, step;
    while (at < length && ls_is_blank(text + at, length - at, &step))
        at += step;
    return length - at >= 2 && text[at] == ':' && text[at + 1] == ':';
}

size_t ls_escape_first(ls_buffer *out, const char *text) {
    size_t mark = ls_starts_with_command(text, strlen(text)) ? 1 : 0;
    if (out != NULL)
        ls_buffer_fill(out, '\\', mark);
    return mark + ls_escape_string(out, text);
}

/* --- Markup ---------------------------------------------------------------------------------- */

static const char *entity_of(char byte) {
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void ls_escape_markup(ls_buffer *out, const char *text) {
    ls_buffer shown = {0};
    ls_escape_string(&shown, text);
    for (size_t i = 0; i < shown.length; i++) {
        const char *entity = entity_of(shown.text[i]);
        if (entity == NULL)
            ls_buffer_add(out, shown.text + i, 1);
        else
            ls_buffer_string(out, entity);
    }
    ls_buffer_free(&shown);
}

/* --- Markdown -------------------------------------------------------------------------------- */

static bool is_of_word(char byte) {
    return isalnum((unsigned char)byte) || ((unsigned char)byte & 0x80) != 0;
}

/* An underscore between letters is no emphasis. */
static bool is_safe_in_diagram(const ls_buffer *text, size_t at) {
    char byte = text->text[at];
    if (byte == '_')
        return at > 0 && is_of_word(text->text[at - 1]) && is_of_word(text->text[at + 1]);
    return is_of_word(byte) || strchr(" .,:/-", byte) != NULL;
}

size_t ls_fitting_length(const char *text, size_t cells, bool *cut) {
    size_t width = 0, fits = 0, step, length = strlen(text);
    *cut = false;
    for (size_t at = 0; at < length; at += step) {
        width += ls_show(text + at, length - at, &step).width;
        if (width + strlen(CUT) <= cells)
            fits = at + step;
        *cut = *cut || width > cells;
    }
    return *cut ? fits : length;
}

void ls_escape_diagram(ls_buffer *out, const char *text, size_t cells) {
    bool cut;
    ls_buffer shown = {0};
    size_t length = ls_fitting_length(text, cells, &cut);
    ls_escape(&shown, text, length);
    for (size_t i = 0; i < shown.length; i++) {
        if (is_safe_in_diagram(&shown, i))
            ls_buffer_add(out, shown.text + i, 1);
        else
            ls_buffer_format(out, "#%d;", shown.text[i]);
    }
    ls_buffer_string(out, cut ? CUT : "");
    ls_buffer_free(&shown);
}

size_t ls_longest_run(const char *text, char of) {
    size_t longest = 0;
    for (size_t run = 0; *text != 0; text++) {
        run = *text == of ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

void ls_escape_code_span(ls_buffer *out, const char *text) {
    size_t ticks = ls_longest_run(text, '`') + 1;
    const char *pad = ticks > 1 || text[0] == 0 ? " " : ""; /* two ticks alone open a longer span */
    ls_buffer_fill(out, '`', ticks);
    ls_buffer_string(out, pad);
    ls_escape_string(out, text);
    ls_buffer_string(out, pad);
    ls_buffer_fill(out, '`', ticks);
}

/* --- JSON ------------------------------------------------------------------------------------ */

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
