#include "rules/reads.h"

#include "rules/template.h"

typedef struct {
    ls_arena *arena;
    ls_attributes found;
} reading;

static void add(reading *to, ls_attribute attribute) {
    for (LS_EACH(const ls_attribute, known, to->found))
        if (*known == attribute)
            return;
    LS_PUSH(to->arena, &to->found, attribute);
}

/* Recursion goes as deep as the text's braces. */
static void read_text(reading *to, const char *text) {
    if (text == NULL)
        return;
    ls_attribute attribute;
    ls_template_part part = ls_template_next(to->arena, &text);
    for (; part.kind != LS_TEMPLATE_END; part = ls_template_next(to->arena, &text)) {
        if (part.name != NULL && ls_attribute_by_name(part.name, &attribute))
            add(to, attribute);
        if (part.kind == LS_TEMPLATE_OPTIONAL || part.kind == LS_TEMPLATE_UNLESS)
            read_text(to, part.text);
    }
}

/* Recursion goes as deep as the YAML did. */
static void read_condition(reading *to, const ls_condition *condition) {
    for (size_t i = 0; i < condition->part_count; i++)
        read_condition(to, &condition->parts[i]);
    switch (condition->kind) {
    case LS_CONDITION_ALL:
    case LS_CONDITION_ANY:
    case LS_CONDITION_NOT:
    case LS_CONDITION_EFFECT:
        return;
    case LS_CONDITION_LIKE:
        for (size_t i = 0; i < condition->value_count; i++)
            read_text(to, condition->values[i]);
        break;
    case LS_CONDITION_IS:
    case LS_CONDITION_MIN:
    case LS_CONDITION_MAX:
    case LS_CONDITION_HAS:
        break;
    }
    add(to, condition->attribute);
}

static void read_remedy(reading *to, const ls_remedy *remedy) {
    read_condition(to, &remedy->when);
    read_text(to, remedy->says);
    for (size_t i = 0; i < remedy->edit_count; i++) {
        read_text(to, remedy->edits[i].write);
        if (remedy->edits[i].place == LS_PLACE_ATTRIBUTE)
            add(to, remedy->edits[i].attribute);
    }
}

ls_attributes ls_attributes_read(ls_arena *arena, const ls_rule *rule) {
    reading to = {.arena = arena};
    read_condition(&to, &rule->when);
    read_text(&to, rule->message);
    read_text(&to, rule->label);
    for (size_t i = 0; i < rule->advice_count; i++) {
        read_condition(&to, &rule->advice[i].when);
        read_text(&to, rule->advice[i].text);
    }
    for (size_t i = 0; i < rule->remedy_count; i++)
        read_remedy(&to, &rule->remedies[i]);
    return to.found;
}
