#include "report/pattern.h"

#include "rules/template.h"
#include "support/buffer.h"

/* What surrounds an optional text stays outside of its brackets. */
static void add_optional(ls_buffer *shown, const char *text, size_t length) {
    size_t begin = 0, end = length;
    while (begin < end && text[begin] == ' ')
        begin++;
    while (end > begin && text[end - 1] == ' ')
        end--;
    ls_buffer_add(shown, text, begin);
    ls_buffer_format(shown, "[%.*s]", (int)(end - begin), text + begin);
    ls_buffer_add(shown, text + end, length - end);
}

char *ls_help_pattern(ls_arena *arena, const char *help) {
    ls_buffer shown = {0};
    for (ls_template_part part; (part = ls_template_next(arena, &help)).kind != LS_TEMPLATE_END;) {
        if (part.kind == LS_TEMPLATE_VALUE)
            ls_buffer_format(&shown, "<%s>", part.name);
        else if (part.kind == LS_TEMPLATE_OPTIONAL)
            add_optional(&shown, part.text, part.length);
        else
            ls_buffer_add(&shown, part.text, part.length);
    }
    char *pattern = ls_arena_copy(arena, shown.text, shown.length);
    ls_buffer_free(&shown);
    return pattern;
}
