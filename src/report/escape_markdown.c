/*
 * escape_markdown.c - what Markdown gives a meaning to gets a backslash. What GitHub looks for in
 * the text that comes out (mentions, numbers of issues, addresses) is kept apart by a blank of no
 * width.
 */
#include "report/escape_markdown.h"

#include "report/escape.h"
#include "report/style.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

static const char APART[] = "&#8203;";

/* --- Sentences ------------------------------------------------------------------------------- */

static bool starts_with(const char *text, const char *word) {
    for (; *word != 0; text++, word++)
        if (tolower((unsigned char)*text) != *word)
            return false;
    return true;
}

/* Does the byte end what is a host's name to the renderer? */
static bool ends_host(const char *text, const char *at) {
    static const char HOST[] = "www";
    size_t length = sizeof HOST - 1;
    return at[0] == '.' && (size_t)(at - text) >= length && starts_with(at - length, HOST);
}

/* Does it begin a mention, the number of an issue, or what stands behind a scheme? */
static bool begins_reference(const char *at) {
    if (at[0] == '@' || at[0] == '#')
        return isalnum((unsigned char)at[1]) != 0;
    return starts_with(at, "://");
}

void ls_escape_markdown(ls_buffer *out, const char *text) {
    ls_buffer shown = {0};
    ls_escape_string(&shown, text);
    for (size_t i = 0; i < shown.length; i++) {
        const char *at = shown.text + i;
        if (ends_host(shown.text, at))
            ls_buffer_string(out, APART);
        if (strchr("\\`*_[]<>|~&{}!^$", *at) != NULL)
            ls_buffer_string(out, "\\");
        ls_buffer_add(out, at, 1);
        if (begins_reference(at))
            ls_buffer_string(out, APART);
    }
    ls_buffer_free(&shown);
}

/* --- Code ------------------------------------------------------------------------------------ */

/* A bar ends a cell even in code, unless it has a backslash; renderers disagree on what two
 * backslashes mean, so that a bar behind one is named instead. */
static void add_cell(ls_buffer *out, const char *code) {
    for (char before = 0; *code != 0; before = *code++) {
        if (*code != '|')
            ls_buffer_add(out, code, 1);
        else
            ls_buffer_string(out, before == '\\' ? "<U+007C>" : "\\|");
    }
}

void ls_escape_cell_code(ls_buffer *out, const char *text, size_t cells) {
    ls_buffer span = {0};
    bool cut;
    size_t length = ls_fitting_length(text, cells, &cut);
    ls_arena *arena = ls_arena_new();
    const char *kept = ls_arena_copy(arena, text, length);
    ls_escape_code_span(&span, cut ? ls_arena_join(arena, kept, "...", NULL) : kept);
    add_cell(out, span.text);
    ls_buffer_free(&span);
    ls_arena_free(arena);
}

/* Longer than any run in the code, and than what an editor may make of three. */
static size_t fence_length(const char *code) {
    enum { SHORTEST = 3 };
    size_t longest = ls_longest_run(code, '`');
    return longest >= SHORTEST ? longest + 1 : SHORTEST;
}

void ls_write_code_block(ls_buffer *out, const char *language, const char *code) {
    size_t fence = fence_length(code);
    ls_buffer_fill(out, '`', fence);
    ls_buffer_format(out, "%s\n%s", language, code);
    ls_buffer_fill(out, '`', fence);
    ls_buffer_string(out, "\n");
}

void ls_write_script_block(ls_buffer *out, const char *language, const char *script) {
    static const ls_text_style AS_IT_IS = {.colour = LS_COLOUR_NEVER, .width = INT_MAX};
    ls_buffer code = {0};
    ls_write_script(&code, &AS_IT_IS, 0, script);
    ls_write_code_block(out, language, code.text);
    ls_buffer_free(&code);
}
