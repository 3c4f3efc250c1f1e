/*
 * load_text.c - the texts of a rule, their placeholders checked when the rule is loaded.
 */
#include "rules/loading.h"

#include "rules/template.h"

#include <string.h>

#define SUFFIX_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789_"

const char *ls_block_text(ls_arena *arena, const char *text) {
    size_t length = strlen(text);
    while (length > 0 && strchr(" \n", text[length - 1]) != NULL)
        length--;
    return ls_arena_copy(arena, text, length);
}

static void wrong_placeholder(const ls_yaml *yaml, const ls_yaml_node *node, const char *name,
                              const char *what, const char *problem) {
    unsigned line, column;
    ls_yaml_place_of(yaml, node, ls_arena_format(yaml->arena, "{%s", name), &line, &column);
    ls_yaml_wrong_at(yaml, line, column, "%s: {%s} %s", what, name, problem);
}

/* The first of the effects that does not have the attribute, by name; NULL if as many have it as
 * must. */
static const char *effect_without(const ls_effect_kinds *effects, ls_attribute attribute,
                                  ls_known_to known_to) {
    const char *without = NULL;
    for (LS_EACH(const ls_effect_kind, effect, *effects)) {
        if (!ls_effect_has(*effect, attribute))
            without = without == NULL ? ls_effect_name(*effect) : without;
        else if (known_to == LS_KNOWN_TO_ONE)
            return NULL;
    }
    return without;
}

typedef struct {
    const ls_yaml *yaml;
    const ls_yaml_node *node;
    const char *what;
    const ls_effect_kinds *effects;
    ls_known_to known_to;
} text_check;

static bool check_text(const text_check *check, const char *text);

/* Why the placeholder cannot stand in the text, or NULL. */
static const char *problem_of(const text_check *check, const ls_template_part *part) {
    const ls_yaml *yaml = check->yaml;
    const ls_effect_kinds *effects = check->effects;
    const char *name = part->name;
    ls_attribute attribute;
    if (!ls_attribute_by_name(name, &attribute))
        return ls_arena_format(yaml->arena, "is no attribute%s",
                               ls_attribute_meant(yaml, name, effects));
    if (part->kind == LS_TEMPLATE_VALUE && ls_attribute_kind(attribute) == LS_VALUE_FLAG)
        return ls_arena_format(yaml->arena, "is true or false; expected {%s?text}", name);
    if (part->kind == LS_TEMPLATE_NAME && ls_attribute_kind(attribute) != LS_VALUE_TEXT)
        return "is no name, so nothing can be added to it";
    if (part->kind == LS_TEMPLATE_NAME && part->text[strspn(part->text, SUFFIX_LETTERS)] != 0)
        return "has something behind it that needs quotes; expected small letters, digits and _";
    const char *without = effect_without(effects, attribute, check->known_to);
    if (without == NULL)
        return NULL;
    return ls_arena_format(yaml->arena, "is no attribute of %s%s", without,
                           ls_attribute_meant(yaml, name, effects));
}

static bool check_part(const text_check *check, const ls_template_part *part) {
    if (part->kind == LS_TEMPLATE_BRACE) {
        ls_yaml_wrong(check->yaml, check->node,
                      "%s: a single \"%c\"; expected {attribute}, or %c%c for a brace", check->what,
                      part->text[0], part->text[0], part->text[0]);
        return false;
    }
    if (part->kind == LS_TEMPLATE_TEXT)
        return true;
    const char *problem = problem_of(check, part);
    if (problem != NULL)
        wrong_placeholder(check->yaml, check->node, part->name, check->what, problem);
    bool fine = problem == NULL;
    if (part->kind == LS_TEMPLATE_VALUE || part->kind == LS_TEMPLATE_NAME)
        return fine;
    return check_text(check, part->text) && fine;
}

static bool check_text(const text_check *check, const char *text) {
    bool fine = true;
    ls_template_part part = ls_template_next(check->yaml->arena, &text);
    for (; part.kind != LS_TEMPLATE_END; part = ls_template_next(check->yaml->arena, &text))
        fine = check_part(check, &part) && fine;
    return fine;
}

bool ls_load_template(const ls_yaml *yaml, const ls_yaml_node *node, const char *what,
                      const ls_effect_kinds *effects, ls_known_to known_to) {
    text_check check = {yaml, node, what, effects, known_to};
    return check_text(&check, node->text);
}

bool ls_load_keys(const ls_yaml *yaml, const ls_yaml_node *mapping, const char *const *keys,
                  size_t count) {
    bool fine = true;
    for (LS_EACH(const ls_yaml_entry, entry, mapping->entries)) {
        bool known = false;
        for (size_t i = 0; i < count && !known; i++)
            known = strcmp(keys[i], entry->key->text) == 0;
        if (!known)
            ls_yaml_wrong(yaml, entry->key, "unknown key \"%s\"%s", entry->key->text,
                          ls_yaml_meant(yaml, entry->key->text, keys, count));
        fine = fine && known;
    }
    return fine;
}
