/*
 * load_when.c - `when` from YAML into a condition.
 *
 * libcyaml has no word for a value of several shapes, so this walks the tree. A mapping is a
 * conjunction; a list of mappings are alternatives, each with effects of its own. An attribute must
 * be one that at least one of the effects can have, and a value one that the attribute can be.
 */
#include "rules/loading.h"

#include <string.h>

typedef LS_VECTOR(ls_condition) conditions;

/* What a conjunction is read with. */
typedef struct {
    const ls_yaml *yaml;
    ls_effect_kinds effects; /* of the alternative */
    bool fine;
} when_reader;

#define WRONG(reader, node, ...)                                                                   \
    do {                                                                                           \
        ls_yaml_wrong((reader)->yaml, (node), __VA_ARGS__);                                        \
        (reader)->fine = false;                                                                    \
    } while (0)

static conditions read_conjunction(when_reader *reader, const ls_yaml_node *node);

static ls_condition group_of(ls_condition_kind kind, const conditions *parts) {
    return (ls_condition){.kind = kind, .parts = parts->items, .part_count = parts->count};
}

/* --- Names ----------------------------------------------------------------------------------- */

static bool any_has(const ls_effect_kinds *effects, ls_attribute attribute) {
    for (LS_EACH(const ls_effect_kind, effect, *effects))
        if (ls_effect_has(*effect, attribute))
            return true;
    return false;
}

const char *ls_attribute_meant(const ls_yaml *yaml, const char *misspelt,
                               const ls_effect_kinds *effects) {
    const char *names[LS_ATTRIBUTES_END], *others[LS_ATTRIBUTES_END];
    for (size_t i = 0; i < LS_ATTRIBUTES_END; i++) {
        bool fits = any_has(effects, (ls_attribute)i);
        const char *name = ls_attribute_name((ls_attribute)i);
        bool other = strcmp(name, misspelt) != 0;
        names[i] = fits && other ? name : NULL;
        others[i] = !fits && other ? name : NULL;
    }
    const char *meant = ls_yaml_meant(yaml, misspelt, names, LS_ATTRIBUTES_END);
    return meant[0] != 0 ? meant : ls_yaml_meant(yaml, misspelt, others, LS_ATTRIBUTES_END);
}

/* "create_index or drop_index" */
static const char *effect_list(const when_reader *reader) {
    const char *list = "";
    for (size_t i = 0; i < reader->effects.count; i++)
        list = ls_arena_format(reader->yaml->arena, "%s%s%s", list, i == 0 ? "" : " or ",
                               ls_effect_name(reader->effects.items[i]));
    return list;
}

static bool find_attribute(when_reader *reader, const ls_yaml_node *key, const char *name,
                           ls_attribute *attribute) {
    if (!ls_attribute_by_name(name, attribute)) {
        WRONG(reader, key, "no attribute is called \"%s\"%s", name,
              ls_attribute_meant(reader->yaml, name, &reader->effects));
        return false;
    }
    if (!any_has(&reader->effects, *attribute)) {
        WRONG(reader, key, "%s has no attribute \"%s\"%s", effect_list(reader), name,
              ls_attribute_meant(reader->yaml, name, &reader->effects));
        return false;
    }
    return true;
}

static void add_effect(const ls_yaml *yaml, ls_effect_kinds *effects, ls_effect_kind kind) {
    for (LS_EACH(const ls_effect_kind, effect, *effects))
        if (*effect == kind)
            return;
    LS_PUSH(yaml->arena, effects, kind);
}

static void read_effect(when_reader *reader, const ls_yaml_node *node) {
    ls_effect_kind kind;
    if (node->kind != LS_YAML_SCALAR) {
        WRONG(reader, node, "expected the name of an effect");
        return;
    }
    if (ls_effect_by_name(node->text, &kind)) {
        add_effect(reader->yaml, &reader->effects, kind);
        return;
    }
    const char *names[LS_EFFECTS_END];
    for (size_t i = 0; i < LS_EFFECTS_END; i++)
        names[i] = ls_effect_name((ls_effect_kind)i);
    WRONG(reader, node, "no effect is called \"%s\"%s", node->text,
          ls_yaml_meant(reader->yaml, node->text, names, LS_EFFECTS_END));
}

static void read_effects(when_reader *reader, const ls_yaml_node *node) {
    if (node->kind != LS_YAML_SEQUENCE) {
        read_effect(reader, node);
        return;
    }
    for (LS_EACH(const ls_yaml_entry, entry, node->entries))
        read_effect(reader, entry->value);
}

/* --- Attributes ------------------------------------------------------------------------------ */

static ls_condition read_attribute(when_reader *reader, const ls_yaml_node *key, const char *name,
                                   const ls_yaml_node *value);

static bool has_parts(ls_attribute attribute) {
    const char *name = ls_attribute_name(attribute);
    size_t length = strlen(name);
    for (size_t i = 0; i < LS_ATTRIBUTES_END; i++) {
        const char *other = ls_attribute_name((ls_attribute)i);
        if (strncmp(other, name, length) == 0 && other[length] == '.')
            return true;
    }
    return false;
}

/* One entry of the mapping that an attribute is given: a comparison, or a part of it. */
static ls_condition read_aspect(when_reader *reader, ls_attribute attribute,
                                const ls_yaml_entry *entry) {
    const char *key = entry->key->text;
    ls_condition condition = {0};
    if (has_parts(attribute) && !ls_is_comparison(key))
        return read_attribute(
            reader, entry->key,
            ls_arena_format(reader->yaml->arena, "%s.%s", ls_attribute_name(attribute), key),
            entry->value);
    if (!ls_load_comparison(reader->yaml, &reader->effects, attribute, entry, &condition))
        reader->fine = false;
    return condition;
}

static ls_condition read_attribute(when_reader *reader, const ls_yaml_node *key, const char *name,
                                   const ls_yaml_node *value) {
    ls_attribute attribute;
    ls_condition condition = {0};
    if (!find_attribute(reader, key, name, &attribute))
        return condition;
    if (value->kind != LS_YAML_MAPPING) {
        if (!ls_load_values(reader->yaml, attribute, value, &condition))
            reader->fine = false;
        return condition;
    }
    conditions parts = {0};
    for (LS_EACH(const ls_yaml_entry, aspect, value->entries))
        LS_PUSH(reader->yaml->arena, &parts, read_aspect(reader, attribute, aspect));
    return group_of(LS_CONDITION_ALL, &parts);
}

/* --- Conjunctions ---------------------------------------------------------------------------- */

static ls_condition read_not(when_reader *reader, const ls_yaml_node *node) {
    conditions inner = read_conjunction(reader, node), parts = {0};
    LS_PUSH(reader->yaml->arena, &parts, group_of(LS_CONDITION_ALL, &inner));
    return group_of(LS_CONDITION_NOT, &parts);
}

static ls_condition read_any(when_reader *reader, const ls_yaml_node *node) {
    conditions parts = {0};
    if (node->kind != LS_YAML_SEQUENCE || node->entries.count == 0)
        WRONG(reader, node, "any: expected a list of mappings");
    for (LS_EACH(const ls_yaml_entry, entry, node->entries)) {
        conditions inner = read_conjunction(reader, entry->value);
        LS_PUSH(reader->yaml->arena, &parts, group_of(LS_CONDITION_ALL, &inner));
    }
    return group_of(LS_CONDITION_ANY, &parts);
}

static ls_condition read_part(when_reader *reader, const ls_yaml_entry *entry) {
    if (strcmp(entry->key->text, "not") == 0)
        return read_not(reader, entry->value);
    if (strcmp(entry->key->text, "any") == 0)
        return read_any(reader, entry->value);
    if (strcmp(entry->key->text, "effect") != 0)
        return read_attribute(reader, entry->key, entry->key->text, entry->value);
    WRONG(reader, entry->key, "\"effect\" stands at the top of a rule's when, nowhere else");
    return (ls_condition){0};
}

static conditions read_conjunction(when_reader *reader, const ls_yaml_node *node) {
    conditions parts = {0};
    if (node->kind != LS_YAML_MAPPING || node->entries.count == 0)
        WRONG(reader, node, "expected a mapping of attributes to values");
    else
        for (LS_EACH(const ls_yaml_entry, entry, node->entries))
            LS_PUSH(reader->yaml->arena, &parts, read_part(reader, entry));
    return parts;
}

/* --- Alternatives ---------------------------------------------------------------------------- */

static ls_condition effect_condition(const when_reader *reader) {
    conditions parts = {0};
    for (LS_EACH(const ls_effect_kind, effect, reader->effects)) {
        ls_condition is = {.kind = LS_CONDITION_EFFECT, .number = (int64_t)*effect};
        LS_PUSH(reader->yaml->arena, &parts, is);
    }
    return group_of(LS_CONDITION_ANY, &parts);
}

/* One mapping with its effects; `several`: other alternatives stand beside it, and the condition
 * must say for which effects it holds. */
static ls_condition read_alternative(when_reader *reader, const ls_yaml_node *node, bool several) {
    conditions parts = {0};
    const ls_yaml_node *effect = ls_yaml_get(node, "effect");
    reader->effects = (ls_effect_kinds){0};
    if (effect == NULL) {
        WRONG(reader, node, "when: expected a mapping with \"effect\"");
        return (ls_condition){0};
    }
    read_effects(reader, effect);
    if (reader->effects.count == 0) {
        if (effect->kind == LS_YAML_SEQUENCE && effect->entries.count == 0)
            WRONG(reader, effect, "effect: expected the name of an effect, or a list of them");
        return (ls_condition){0};
    }
    if (several)
        LS_PUSH(reader->yaml->arena, &parts, effect_condition(reader));
    for (LS_EACH(const ls_yaml_entry, entry, node->entries))
        if (entry->value != effect)
            LS_PUSH(reader->yaml->arena, &parts, read_part(reader, entry));
    return group_of(LS_CONDITION_ALL, &parts);
}

static void keep_effects(const when_reader *reader, ls_effect_kinds *effects) {
    for (LS_EACH(const ls_effect_kind, effect, reader->effects))
        add_effect(reader->yaml, effects, *effect);
}

bool ls_load_condition(const ls_yaml *yaml, const ls_yaml_node *node,
                       const ls_effect_kinds *effects, ls_condition *condition) {
    when_reader reader = {.yaml = yaml, .effects = *effects, .fine = true};
    conditions parts = read_conjunction(&reader, node);
    *condition = group_of(LS_CONDITION_ALL, &parts);
    return reader.fine;
}

bool ls_load_when(const ls_yaml *yaml, const ls_yaml_node *when, ls_effect_kinds *effects,
                  ls_condition *condition) {
    when_reader reader = {.yaml = yaml, .fine = true};
    if (when->kind != LS_YAML_SEQUENCE) {
        *condition = read_alternative(&reader, when, false);
        keep_effects(&reader, effects);
        return reader.fine;
    }
    conditions parts = {0};
    if (when->entries.count == 0)
        WRONG(&reader, when, "when: expected a mapping with \"effect\"");
    for (LS_EACH(const ls_yaml_entry, entry, when->entries)) {
        ls_condition part = read_alternative(&reader, entry->value, true);
        LS_PUSH(yaml->arena, &parts, part);
        keep_effects(&reader, effects);
    }
    *condition = group_of(LS_CONDITION_ANY, &parts);
    return reader.fine;
}
