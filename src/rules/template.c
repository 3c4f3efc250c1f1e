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

/* The brace that closes the one that the text begins with; NULL if none does. */
static const char *closing_brace(const char *text) {
    size_t open = 0;
    for (; *text != 0; text++) {
        open += *text == '{';
        if (*text == '}' && --open == 0)
            return text;
    }
    return NULL;
}

static ls_template_kind kind_of_mark(char mark) {
    switch (mark) {
    case '+':
        return LS_TEMPLATE_NAME;
    case '!':
        return LS_TEMPLATE_UNLESS;
    default:
        return LS_TEMPLATE_OPTIONAL;
    }
}

/* What stands between the brace at `*at` and the one at `end`. */
static ls_template_part take_placeholder(ls_arena *arena, const char **at, const char *end) {
    const char *inner = *at + 1;
    size_t length = (size_t)(end - inner), name_length = strcspn(inner, "?!+{}");
    ls_template_part part = {.kind = LS_TEMPLATE_VALUE};
    part.name = ls_arena_copy(arena, inner, name_length);
    if (name_length < length) {
        part.kind = kind_of_mark(inner[name_length]);
        part.length = length - name_length - 1;
        part.text = ls_arena_copy(arena, inner + name_length + 1, part.length);
    }
    *at = end + 1;
    return part;
}

/* A name is one line, and is followed by its end or a mark. */
static const char *placeholder_end(const char *text) {
    const char *name_end = text + 1 + strcspn(text + 1, "?!+{}\n");
    return text[0] == '{' && *name_end != 0 && strchr("?!+}", *name_end) != NULL
               ? closing_brace(text)
               : NULL;
}

ls_template_part ls_template_next(ls_arena *arena, const char **at) {
    const char *text = *at;
    if (text[0] == 0)
        return (ls_template_part){.kind = LS_TEMPLATE_END};
    if (text[0] != '{' && text[0] != '}')
        return take_text(at, 0, strcspn(text, "{}"));
    if (text[1] == text[0])
        return take_text(at, 1, 1);
    const char *end = placeholder_end(text);
    if (end != NULL)
        return take_placeholder(arena, at, end);
    ++*at;
    return (ls_template_part){.kind = LS_TEMPLATE_BRACE, .text = text, .length = 1};
}

typedef struct {
    ls_template_kind kind;
    bool known; /* it is about the attribute */
    ls_attribute attribute;
    const char *text;
    size_t length;
    const ls_template *inner; /* OPTIONAL, UNLESS */
} cut_part;

struct ls_template {
    LS_VECTOR(cut_part) parts;
};

static cut_part cut(ls_arena *arena, const ls_template_part *part) {
    cut_part result = {.kind = part->kind, .text = part->text, .length = part->length};
    result.known = part->name != NULL && ls_attribute_by_name(part->name, &result.attribute);
    if (part->kind == LS_TEMPLATE_OPTIONAL || part->kind == LS_TEMPLATE_UNLESS)
        result.inner = ls_template_cut(arena, part->text);
    return result;
}

/* Recursion goes as deep as the template's braces. */
const ls_template *ls_template_cut(ls_arena *arena, const char *text) {
    if (text == NULL)
        return NULL;
    ls_template *template = LS_NEW(arena, ls_template);
    ls_template_part part = ls_template_next(arena, &text);
    for (; part.kind != LS_TEMPLATE_END; part = ls_template_next(arena, &text)) {
        cut_part fresh = cut(arena, &part);
        LS_PUSH(arena, &template->parts, fresh);
    }
    return template;
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

/* The line that is being written is a SQL comment. */
static bool is_in_comment(const ls_buffer *out) {
    size_t line = out->length;
    while (line > 0 && out->text[line - 1] != '\n')
        line--;
    while (line < out->length && out->text[line] == ' ')
        line++;
    return out->length - line >= 2 && memcmp(out->text + line, "--", 2) == 0;
}

/* What stands in a migration must not end the comment that it is shown in and become a statement of
 * the help. */
static void add_text(ls_buffer *out, const char *text) {
    if (strpbrk(text, "\r\n") == NULL || !is_in_comment(out)) {
        ls_buffer_string(out, text);
        return;
    }
    for (; *text != 0; text++)
        ls_buffer_add(out, *text == '\n' || *text == '\r' ? " " : text, 1);
}

/* One more is named rather than counted. */
enum { MOST_WORDS = 4 };

static void add_words(ls_buffer *out, const ls_words *words, bool all) {
    const size_t shown = all || words->count <= MOST_WORDS ? words->count : MOST_WORDS - 1;
    for (size_t i = 0; i < shown; i++) {
        if (i > 0)
            ls_buffer_string(out, ", ");
        add_text(out, words->items[i]);
    }
    if (shown < words->count)
        ls_buffer_format(out, " and %zu more", words->count - shown);
}

static void add_value(ls_buffer *out, const ls_attribute_value *value, bool all) {
    switch (ls_attribute_kind(value->attribute)) {
    case LS_VALUE_TEXT:
        add_text(out, value->text);
        break;
    case LS_VALUE_WORDS:
        add_words(out, value->words, all);
        break;
    case LS_VALUE_NUMBER:
        ls_buffer_format(out, "%" PRId64, value->number);
        break;
    case LS_VALUE_FLAG: /* the loader lets no flag be shown */
        break;
    }
}

static void add_name(ls_buffer *out, const char *name, const char *suffix) {
    size_t length = strlen(name);
    bool quoted = length > 0 && name[length - 1] == '"';
    ls_buffer_add(out, name, length - quoted);
    ls_buffer_string(out, suffix);
    ls_buffer_string(out, quoted ? "\"" : "");
}

static const ls_attribute_value *value_of(const ls_effect *effect, const cut_part *part) {
    if (!part->known)
        return NULL;
    const ls_attribute_value *value = ls_effect_value(effect, part->attribute);
    return ls_value_is_there(value) ? value : NULL;
}

typedef struct {
    const ls_effect *effect;
    const char *absent;
    ls_buffer out;
    bool complete; /* no value was missing that nothing stands for */
} rendering;

static void render(rendering *to, const ls_template *template);

static void add_shown(rendering *to, const cut_part *part, const ls_attribute_value *value) {
    if (value == NULL && to->absent == NULL)
        to->complete = false;
    else if (value == NULL)
        ls_buffer_string(&to->out, to->absent);
    else if (part->kind == LS_TEMPLATE_NAME)
        add_name(&to->out, value->text, part->text);
    else
        add_value(&to->out, value, to->absent == NULL);
}

static void add_part(rendering *to, const cut_part *part) {
    const ls_attribute_value *value = value_of(to->effect, part);
    switch (part->kind) {
    case LS_TEMPLATE_VALUE:
    case LS_TEMPLATE_NAME:
        add_shown(to, part, value);
        break;
    case LS_TEMPLATE_OPTIONAL:
    case LS_TEMPLATE_UNLESS:
        if ((value != NULL) == (part->kind == LS_TEMPLATE_OPTIONAL))
            render(to, part->inner);
        break;
    default:
        ls_buffer_add(&to->out, part->text, part->length);
        break;
    }
}

/* Recursion goes as deep as the template's braces. */
static void render(rendering *to, const ls_template *template) {
    for (LS_EACH(const cut_part, part, template->parts))
        add_part(to, part);
}

const char *ls_template_render(ls_arena *arena, const ls_template *template,
                               const ls_effect *effect, const char *absent) {
    if (template == NULL)
        return NULL;
    rendering to = {.effect = effect, .absent = absent, .complete = true};
    render(&to, template);
    const char *rendered = NULL;
    if (to.complete)
        rendered = ls_arena_copy(arena, to.out.text == NULL ? "" : to.out.text, to.out.length);
    ls_buffer_free(&to.out);
    return rendered;
}
