/*
 * load_text.c - the placeholders of a rule's texts, checked when the rule is loaded.
 */
#include "rules/loading.h"

#include "rules/template.h"

#include <string.h>

static void wrong_placeholder(const ls_yaml *yaml, const ls_yaml_node *node, const char *name,
                              const char *what, const char *problem) {
    unsigned line, column;
    ls_yaml_place_of(yaml, node, ls_arena_format(yaml->arena, "{%s", name), &line, &column);
    ls_yaml_wrong_at(yaml, line, column, "%s: {%s} %s", what, name, problem);
}

/* The first of the effects that does not have the attribute, by name; NULL if all have it. */
static const char *effect_without(const ls_effect_kinds *effects, ls_attribute attribute) {
    for (LS_EACH(const ls_effect_kind, effect, *effects))
        if (!ls_effect_has(*effect, attribute))
            return ls_effect_name(*effect);
    return NULL;
}

/* Why the placeholder cannot stand in the text, or NULL. */
static const char *problem_of(const ls_yaml *yaml, const ls_template_part *part,
                              const ls_effect_kinds *effects) {
    const char *name = part->name;
    ls_attribute attribute;
    if (!ls_attribute_by_name(name, &attribute))
        return ls_arena_format(yaml->arena, "is no attribute%s",
                               ls_attribute_meant(yaml, name, effects));
    if (part->kind == LS_TEMPLATE_VALUE && ls_attribute_kind(attribute) == LS_VALUE_FLAG)
        return ls_arena_format(yaml->arena, "is true or false; expected {%s?text}", name);
    const char *without = effect_without(effects, attribute);
    if (without == NULL)
        return NULL;
    return ls_arena_format(yaml->arena, "is no attribute of %s%s", without,
                           ls_attribute_meant(yaml, name, effects));
}

static bool check_part(const ls_yaml *yaml, const ls_yaml_node *node, const char *what,
                       const ls_effect_kinds *effects, const ls_template_part *part) {
    if (part->kind == LS_TEMPLATE_BRACE) {
        ls_yaml_wrong(yaml, node, "%s: a single \"%c\"; expected {attribute}, or %c%c for a brace",
                      what, part->text[0], part->text[0], part->text[0]);
        return false;
    }
    if (part->kind == LS_TEMPLATE_TEXT)
        return true;
    const char *problem = problem_of(yaml, part, effects);
    if (problem != NULL)
        wrong_placeholder(yaml, node, part->name, what, problem);
    return problem == NULL;
}

bool ls_load_template(const ls_yaml *yaml, const ls_yaml_node *node, const char *what,
                      const ls_effect_kinds *effects) {
    bool fine = true;
    const char *at = node->text;
    ls_template_part part = ls_template_next(yaml->arena, &at);
    for (; part.kind != LS_TEMPLATE_END; part = ls_template_next(yaml->arena, &at))
        fine = check_part(yaml, node, what, effects, &part) && fine;
    return fine;
}
