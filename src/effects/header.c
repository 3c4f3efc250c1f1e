/*
 * header.c - the file as a whole: its name, what its first comments say, how many statements.
 */
#include "effects/replay_internal.h"

#include "support/buffer.h"
#include "support/path.h"

#include <string.h>

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* A comment's text without the marks and the blanks around it. */
static ls_span inner(const char *text, ls_span comment) {
    ls_span span = ls_span_of(comment.begin + 2, comment.end);
    bool block = text[comment.begin] == '/';
    if (block && span.end - span.begin >= 2 && text[span.end - 1] == '/')
        span.end -= 2;
    while (span.begin < span.end && is_blank(text[span.begin]))
        span.begin++;
    while (span.begin < span.end && is_blank(text[span.end - 1]))
        span.end--;
    return span;
}

/* The comments before the first statement, one a line; NULL if there is none. */
static const char *header_of(ls_builder *builder, const ls_script *script) {
    ls_buffer text = {0};
    const char *source = script->source->text;
    for (LS_EACH(const ls_span, comment, script->comments)) {
        if (script->statements.count > 0 && comment->begin > script->statements.items[0]->at.begin)
            break;
        const ls_span words = inner(source, *comment);
        ls_buffer_string(&text, text.text == NULL ? "" : "\n");
        ls_buffer_add(&text, source + words.begin, words.end - words.begin);
    }
    const char *header =
        text.text == NULL ? NULL : ls_arena_copy(builder->arena, text.text, text.length);
    ls_buffer_free(&text);
    return header;
}

/* Where a finding about the file stands: its first comment or statement. */
static ls_span beginning(const ls_script *script) {
    ls_span at = {0};
    if (script->statements.count > 0)
        at = script->statements.items[0]->at;
    if (script->comments.count > 0 &&
        (ls_span_empty(at) || script->comments.items[0].begin < at.begin))
        at = script->comments.items[0];
    return at;
}

void ls_note_migration(ls_builder *builder) {
    if (!ls_is_wanted(builder, LS_EFFECT_MIGRATION))
        return;
    const ls_script *script = builder->replay->script;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_MIGRATION, beginning(script), 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_FILE, ls_path_last(script->source->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_HEADER, header_of(builder, script));
    ls_set_number(builder, effect, LS_ATTRIBUTE_COUNT, script->statements.count);
}
