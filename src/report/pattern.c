#include "report/pattern.h"

#include "rules/template.h"
#include "support/buffer.h"

#include <inttypes.h>

/* --- The script ------------------------------------------------------------------------------ */

static void add_pattern(ls_arena *arena, ls_buffer *shown, const char *text);

/* What surrounds an optional text stays outside of its brackets. */
static void add_optional(ls_arena *arena, ls_buffer *shown, const ls_template_part *part) {
    const char *text = part->text;
    size_t begin = 0, end = part->length;
    while (begin < end && text[begin] == ' ')
        begin++;
    while (end > begin && text[end - 1] == ' ')
        end--;
    ls_buffer_add(shown, text, begin);
    ls_buffer_string(shown, "[");
    add_pattern(arena, shown, ls_arena_copy(arena, text + begin, end - begin));
    ls_buffer_string(shown, "]");
    ls_buffer_add(shown, text + end, part->length - end);
}

static void add_pattern(ls_arena *arena, ls_buffer *shown, const char *text) {
    for (ls_template_part part; (part = ls_template_next(arena, &text)).kind != LS_TEMPLATE_END;) {
        if (part.kind == LS_TEMPLATE_VALUE)
            ls_buffer_format(shown, "<%s>", part.name);
        else if (part.kind == LS_TEMPLATE_NAME)
            ls_buffer_format(shown, "<%s>%s", part.name, part.text);
        else if (part.kind == LS_TEMPLATE_OPTIONAL || part.kind == LS_TEMPLATE_UNLESS)
            add_optional(arena, shown, &part);
        else
            ls_buffer_add(shown, part.text, part.length);
    }
}

static char *pattern_of(ls_arena *arena, const char *text) {
    ls_buffer shown = {0};
    add_pattern(arena, &shown, text);
    char *pattern = ls_arena_copy(arena, shown.text, shown.length);
    ls_buffer_free(&shown);
    return pattern;
}

char *ls_advice_pattern(ls_arena *arena, const ls_advice *advice) {
    return pattern_of(arena, advice->text);
}

char *ls_remedy_pattern(ls_arena *arena, const ls_remedy *remedy) {
    return pattern_of(arena, remedy->says);
}

/* --- The condition --------------------------------------------------------------------------- */

static void add_condition(ls_buffer *out, const ls_condition *condition, bool inner);

static void add_parts(ls_buffer *out, const ls_condition *condition, const char *between,
                      bool inner) {
    bool bracketed = inner && condition->part_count > 1;
    ls_buffer_string(out, bracketed ? "(" : "");
    for (size_t i = 0; i < condition->part_count; i++) {
        ls_buffer_string(out, i == 0 ? "" : between);
        add_condition(out, &condition->parts[i], inner || condition->part_count > 1);
    }
    ls_buffer_string(out, bracketed ? ")" : "");
}

static void add_values(ls_buffer *out, const ls_condition *condition) {
    const char *name = ls_attribute_name(condition->attribute);
    if (ls_attribute_kind(condition->attribute) == LS_VALUE_FLAG && condition->value_count == 1) {
        ls_buffer_format(out, "%s%s", condition->values[0][0] == 't' ? "" : "not ", name);
        return;
    }
    ls_buffer_format(out, "%s is %s", name, condition->kind == LS_CONDITION_LIKE ? "like " : "");
    for (size_t i = 0; i < condition->value_count; i++) {
        ls_buffer_string(out, i == 0 ? "" : " or ");
        ls_buffer_string(out, condition->values[i]);
    }
}

static void add_condition(ls_buffer *out, const ls_condition *condition, bool inner) {
    switch (condition->kind) {
    case LS_CONDITION_ALL:
        add_parts(out, condition, " and ", inner);
        break;
    case LS_CONDITION_ANY:
        add_parts(out, condition, " or ", inner);
        break;
    case LS_CONDITION_NOT:
        ls_buffer_string(out, "not ");
        add_parts(out, condition, " and ", true);
        break;
    case LS_CONDITION_IS:
    case LS_CONDITION_LIKE:
        add_values(out, condition);
        break;
    case LS_CONDITION_MIN:
    case LS_CONDITION_MAX:
        ls_buffer_format(out, "%s is at %s %" PRId64, ls_attribute_name(condition->attribute),
                         condition->kind == LS_CONDITION_MIN ? "least" : "most", condition->number);
        break;
    case LS_CONDITION_HAS:
        ls_buffer_format(out, "%s is %sknown", ls_attribute_name(condition->attribute),
                         condition->number != 0 ? "" : "not ");
        break;
    case LS_CONDITION_EFFECT:
        ls_buffer_string(out, ls_effect_name((ls_effect_kind)condition->number));
        break;
    }
}

const char *ls_advice_when(ls_arena *arena, const ls_rule *rule, size_t number) {
    const ls_condition *when = &rule->advice[number].when;
    if (rule->advice_count == 1)
        return NULL;
    if (number + 1 == rule->advice_count)
        return "otherwise";
    if (when->part_count == 0)
        return "where all the names in it are known";
    ls_buffer out = {0};
    ls_buffer_string(&out, "where ");
    add_condition(&out, when, false);
    const char *words = ls_arena_copy(arena, out.text, out.length);
    ls_buffer_free(&out);
    return words;
}
