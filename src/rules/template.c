#include "rules/template.h"

#include "support/buffer.h"

#include <inttypes.h>
#include <string.h>

/* --- Cutting --------------------------------------------------------------------------------- */

static ls_template_part take_text(const char **at, size_t skipped, size_t length) {
    ls_template_part part = {.kind = LS_TEMPLATE_TEXT, .text = *at + skipped, .length = length};
    *at += skipped + length;
    return part;
}

/* What stands between braces, `length` bytes after the opening one. */
static ls_template_part take_placeholder(ls_arena *arena, const char **at, size_t length) {
    const char *inner = *at + 1;
    const char *mark = memchr(inner, '?', length);
    size_t name_length = mark == NULL ? length : (size_t)(mark - inner);
    ls_template_part part = {.kind = LS_TEMPLATE_VALUE};
    part.name = ls_arena_copy(arena, inner, name_length);
    if (mark != NULL) {
        part.kind = LS_TEMPLATE_OPTIONAL;
        part.text = mark + 1;
        part.length = length - name_length - 1;
    }
    *at += length + 2;
    return part;
}

ls_template_part ls_template_next(ls_arena *arena, const char **at) {
    const char *text = *at;
    if (text[0] == 0)
        return (ls_template_part){.kind = LS_TEMPLATE_END};
    if (text[0] != '{' && text[0] != '}')
        return take_text(at, 0, strcspn(text, "{}"));
    if (text[1] == text[0])
        return take_text(at, 1, 1);
    size_t length = strcspn(text + 1, "{}\n");
    if (text[0] == '{' && text[1 + length] == '}')
        return take_placeholder(arena, at, length);
    ++*at;
    return (ls_template_part){.kind = LS_TEMPLATE_BRACE, .text = text, .length = 1};
}

/* --- Rendering ------------------------------------------------------------------------------- */

bool ls_value_is_there(const ls_attribute_value *value) {
    if (value == NULL)
        return false;
    switch (ls_attribute_kind(value->attribute)) {
    case LS_VALUE_TEXT:
        return value->text != NULL;
    case LS_VALUE_FLAG:
        return value->number != 0;
    case LS_VALUE_WORDS:
        return value->words != NULL && value->words->count > 0;
    case LS_VALUE_NUMBER:
        break;
    }
    return true;
}

static void add_words(ls_buffer *out, const ls_words *words) {
    for (size_t i = 0; i < words->count; i++) {
        if (i > 0)
            ls_buffer_string(out, ", ");
        ls_buffer_string(out, words->items[i]);
    }
}

static void add_value(ls_buffer *out, const ls_attribute_value *value) {
    switch (ls_attribute_kind(value->attribute)) {
    case LS_VALUE_TEXT:
        ls_buffer_string(out, value->text);
        break;
    case LS_VALUE_WORDS:
        add_words(out, value->words);
        break;
    case LS_VALUE_NUMBER:
        ls_buffer_format(out, "%" PRId64, value->number);
        break;
    case LS_VALUE_FLAG: /* the loader lets no flag be shown */
        break;
    }
}

static const ls_attribute_value *value_of(const ls_effect *effect, const char *name) {
    ls_attribute attribute;
    if (!ls_attribute_by_name(name, &attribute))
        return NULL;
    const ls_attribute_value *value = ls_effect_value(effect, attribute);
    return ls_value_is_there(value) ? value : NULL;
}

/* False if the part has nothing to show and nothing stands for it. */
static bool add_part(ls_buffer *out, const ls_template_part *part, const ls_effect *effect,
                     const char *absent) {
    if (part->kind != LS_TEMPLATE_VALUE && part->kind != LS_TEMPLATE_OPTIONAL) {
        ls_buffer_add(out, part->text, part->length);
        return true;
    }
    const ls_attribute_value *value = value_of(effect, part->name);
    if (part->kind == LS_TEMPLATE_OPTIONAL) {
        ls_buffer_add(out, part->text, value == NULL ? 0 : part->length);
        return true;
    }
    if (value != NULL)
        add_value(out, value);
    else if (absent != NULL)
        ls_buffer_string(out, absent);
    return value != NULL || absent != NULL;
}

const char *ls_template_render(ls_arena *arena, const char *text, const ls_effect *effect,
                               const char *absent) {
    if (text == NULL)
        return NULL;
    ls_buffer out = {0};
    bool complete = true;
    ls_template_part part = ls_template_next(arena, &text);
    for (; part.kind != LS_TEMPLATE_END; part = ls_template_next(arena, &text))
        complete = add_part(&out, &part, effect, absent) && complete;
    const char *rendered =
        complete ? ls_arena_copy(arena, out.text == NULL ? "" : out.text, out.length) : NULL;
    ls_buffer_free(&out);
    return rendered;
}
