#include "rules/template.h"

#include "support/buffer.h"

#include <inttypes.h>
#include <string.h>

static ls_template_part take(const char **at, ls_template_kind kind, size_t skipped, size_t length,
                             size_t closing) {
    ls_template_part part = {.kind = kind, .text = *at + skipped, .length = length};
    *at += skipped + length + closing;
    return part;
}

ls_template_part ls_template_next(const char **at) {
    const char *text = *at;
    if (text[0] == 0)
        return take(at, LS_TEMPLATE_END, 0, 0, 0);
    if (text[0] != '{' && text[0] != '}')
        return take(at, LS_TEMPLATE_TEXT, 0, strcspn(text, "{}"), 0);
    if (text[1] == text[0])
        return take(at, LS_TEMPLATE_TEXT, 1, 1, 0);
    size_t length = strcspn(text + 1, "{}\n");
    if (text[0] == '{' && text[1 + length] == '}')
        return take(at, LS_TEMPLATE_NAME, 1, length, 1);
    return take(at, LS_TEMPLATE_BRACE, 0, 1, 0);
}

static void add_words(ls_buffer *out, const ls_words *words) {
    for (size_t i = 0; i < words->count; i++) {
        if (i > 0)
            ls_buffer_string(out, ", ");
        ls_buffer_string(out, words->items[i]);
    }
}

static void add_value(ls_buffer *out, const ls_attribute_value *value, const char *absent) {
    switch (ls_attribute_kind(value->attribute)) {
    case LS_VALUE_TEXT:
        ls_buffer_string(out, value->text == NULL ? absent : value->text);
        break;
    case LS_VALUE_FLAG:
        ls_buffer_string(out, value->number != 0 ? "true" : "false");
        break;
    case LS_VALUE_NUMBER:
        ls_buffer_format(out, "%" PRId64, value->number);
        break;
    case LS_VALUE_WORDS:
        if (value->words == NULL || value->words->count == 0)
            ls_buffer_string(out, absent);
        else
            add_words(out, value->words);
        break;
    }
}

static void add_attribute(ls_arena *arena, ls_buffer *out, const ls_template_part *part,
                          const ls_effect *effect, const char *absent) {
    ls_attribute attribute;
    const ls_attribute_value *value = NULL;
    if (ls_attribute_by_name(ls_arena_copy(arena, part->text, part->length), &attribute))
        value = ls_effect_value(effect, attribute);
    if (value == NULL)
        ls_buffer_string(out, absent);
    else
        add_value(out, value, absent);
}

const char *ls_template_render(ls_arena *arena, const char *text, const ls_effect *effect,
                               const char *absent) {
    if (text == NULL)
        return NULL;
    ls_buffer out = {0};
    ls_template_part part = ls_template_next(&text);
    for (; part.kind != LS_TEMPLATE_END; part = ls_template_next(&text)) {
        if (part.kind == LS_TEMPLATE_NAME)
            add_attribute(arena, &out, &part, effect, absent);
        else
            ls_buffer_add(&out, part.text, part.length);
    }
    const char *rendered = ls_arena_copy(arena, out.text == NULL ? "" : out.text, out.length);
    ls_buffer_free(&out);
    return rendered;
}
