/*
 * load_compare.c - what an attribute is compared with.
 *
 * A plain value, or a list of them, is what the attribute has to be; a mapping says it in other
 * ways, each a key. Which keys make sense depends on the attribute: numbers have bounds, lock modes
 * an order, free texts patterns. What could never hold is a mistake.
 */
#include "rules/loading.h"

#include "rules/like.h"
#include "rules/template.h"
#include "rules/vocabulary.h"

#include <string.h>

typedef LS_VECTOR(ls_condition) conditions;

typedef struct {
    const ls_yaml *yaml;
    const ls_effect_kinds *effects;
    ls_attribute attribute;
    bool fine;
} comparison_reader;

#define WRONG(reader, node, ...)                                                                   \
    do {                                                                                           \
        ls_yaml_wrong((reader)->yaml, (node), __VA_ARGS__);                                        \
        (reader)->fine = false;                                                                    \
    } while (0)

static ls_condition group_of(ls_condition_kind kind, const conditions *parts) {
    return (ls_condition){.kind = kind, .parts = parts->items, .part_count = parts->count};
}

static const char *name_of(const comparison_reader *reader) {
    return ls_attribute_name(reader->attribute);
}

/* --- Values ---------------------------------------------------------------------------------- */

static bool is_boolean(const ls_yaml_node *node, bool *value) {
    if (node->kind != LS_YAML_SCALAR || !node->plain)
        return false;
    *value = strcmp(node->text, "true") == 0;
    return *value || strcmp(node->text, "false") == 0;
}

static void check_word(comparison_reader *reader, const ls_yaml_node *node) {
    size_t count;
    const char *const *words = ls_vocabulary(reader->attribute, &count);
    if (words == NULL)
        return;
    const char *list = "";
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], node->text) == 0)
            return;
        list = ls_arena_format(reader->yaml->arena, "%s%s%s", list,
                               i == 0           ? ""
                               : i + 1 == count ? " or "
                                                : ", ",
                               words[i]);
    }
    WRONG(reader, node, "%s is never \"%s\"; expected %s%s", name_of(reader), node->text, list,
          ls_yaml_meant(reader->yaml, node->text, words, count));
}

static void check_value(comparison_reader *reader, const ls_yaml_node *node) {
    int64_t number;
    bool flag;
    if (node->kind != LS_YAML_SCALAR) {
        WRONG(reader, node, "%s: expected a single value", name_of(reader));
        return;
    }
    switch (ls_attribute_kind(reader->attribute)) {
    case LS_VALUE_FLAG:
        if (!is_boolean(node, &flag))
            WRONG(reader, node, "%s is \"%s\"; expected true or false", name_of(reader),
                  node->text);
        break;
    case LS_VALUE_NUMBER:
        if (!ls_yaml_integer(node, &number))
            WRONG(reader, node,
                  "%s is \"%s\"; expected a whole number, or a mapping with min and max",
                  name_of(reader), node->text);
        break;
    case LS_VALUE_TEXT:
    case LS_VALUE_WORDS:
        if (node->text[0] == 0)
            WRONG(reader, node,
                  "%s is empty; for an attribute that is not there write {present: false}",
                  name_of(reader));
        else
            check_word(reader, node);
        break;
    }
}

typedef void value_checker(comparison_reader *reader, const ls_yaml_node *node);

/* One value or a list of them. */
static ls_condition read_values(comparison_reader *reader, ls_condition_kind kind,
                                const ls_yaml_node *node, value_checker *check) {
    ls_arena *arena = reader->yaml->arena;
    ls_words values = {0};
    if (node->kind == LS_YAML_MAPPING) {
        WRONG(reader, node, "%s: expected a value or a list of values", name_of(reader));
        return (ls_condition){0};
    }
    if (node->kind == LS_YAML_SCALAR) {
        check(reader, node);
        LS_PUSH(arena, &values, node->text);
    }
    for (LS_EACH(const ls_yaml_entry, entry, node->entries)) {
        check(reader, entry->value);
        LS_PUSH(arena, &values, entry->value->text);
    }
    if (values.count == 0)
        WRONG(reader, node, "%s is one of none; expected a value", name_of(reader));
    return (ls_condition){.kind = kind,
                          .attribute = reader->attribute,
                          .values = values.items,
                          .value_count = values.count};
}

bool ls_load_values(const ls_yaml *yaml, ls_attribute attribute, const ls_yaml_node *node,
                    ls_condition *condition) {
    comparison_reader reader = {.yaml = yaml, .attribute = attribute, .fine = true};
    *condition = read_values(&reader, LS_CONDITION_IS, node, check_value);
    return reader.fine;
}

/* --- Bounds and presence --------------------------------------------------------------------- */

static ls_condition read_bound(comparison_reader *reader, const ls_yaml_entry *entry) {
    ls_condition bound = {.attribute = reader->attribute};
    bound.kind = strcmp(entry->key->text, "min") == 0 ? LS_CONDITION_MIN : LS_CONDITION_MAX;
    if (!ls_yaml_integer(entry->value, &bound.number))
        WRONG(reader, entry->value, "%s: expected a whole number", entry->key->text);
    return bound;
}

static ls_condition read_present(comparison_reader *reader, const ls_yaml_entry *entry) {
    bool present = false;
    if (!is_boolean(entry->value, &present))
        WRONG(reader, entry->value, "present: expected true or false");
    return (ls_condition){
        .kind = LS_CONDITION_HAS, .attribute = reader->attribute, .number = present ? 1 : 0};
}

/* The modes from the given one on are one of these. */
static ls_condition read_at_least(comparison_reader *reader, const ls_yaml_entry *entry) {
    size_t count, first = 0;
    const char *const *words = ls_vocabulary(reader->attribute, &count);
    check_value(reader, entry->value);
    while (reader->fine && strcmp(words[first], entry->value->text) != 0)
        first++;
    return (ls_condition){.kind = LS_CONDITION_IS,
                          .attribute = reader->attribute,
                          .values = words + first,
                          .value_count = count - first};
}

/* --- Patterns -------------------------------------------------------------------------------- */

static void check_pattern(comparison_reader *reader, const ls_yaml_node *node) {
    if (node->kind != LS_YAML_SCALAR) {
        WRONG(reader, node, "like: expected a pattern");
        return;
    }
    const char *problem = ls_like_problem(node->text);
    if (problem != NULL)
        WRONG(reader, node, "the pattern \"%s\" %s", node->text, problem);
    else if (!ls_load_template(reader->yaml, node, "like", reader->effects, LS_KNOWN_TO_ALL))
        reader->fine = false;
    const char *at = node->text;
    ls_template_part part = ls_template_next(reader->yaml->arena, &at);
    for (; part.kind != LS_TEMPLATE_END; part = ls_template_next(reader->yaml->arena, &at))
        if (part.name != NULL && part.kind != LS_TEMPLATE_VALUE)
            WRONG(reader, node, "like: more than a value; expected {%s}", part.name);
}

static ls_condition read_like(comparison_reader *reader, const ls_yaml_entry *entry) {
    return read_values(reader, LS_CONDITION_LIKE, entry->value, check_pattern);
}

/* --- Negation -------------------------------------------------------------------------------- */

static ls_condition read_comparison(comparison_reader *reader, const ls_yaml_entry *entry);

static void require(comparison_reader *reader, conditions *parts, ls_attribute attribute) {
    ls_condition has = {.kind = LS_CONDITION_HAS, .attribute = attribute, .number = 1};
    LS_PUSH(reader->yaml->arena, parts, has);
}

/* What the patterns of the condition name has to be there. */
static void require_named(comparison_reader *reader, conditions *parts,
                          const ls_condition *condition) {
    for (size_t i = 0; condition->kind == LS_CONDITION_LIKE && i < condition->value_count; i++) {
        ls_attribute attribute;
        const char *at = condition->values[i];
        ls_template_part part = ls_template_next(reader->yaml->arena, &at);
        for (; part.kind != LS_TEMPLATE_END; part = ls_template_next(reader->yaml->arena, &at))
            if (part.kind == LS_TEMPLATE_VALUE && ls_attribute_by_name(part.name, &attribute))
                require(reader, parts, attribute);
    }
}

static conditions read_negated(comparison_reader *reader, const ls_yaml_node *node) {
    conditions parts = {0};
    if (node->kind != LS_YAML_MAPPING)
        LS_PUSH(reader->yaml->arena, &parts,
                read_values(reader, LS_CONDITION_IS, node, check_value));
    for (LS_EACH(const ls_yaml_entry, entry, node->entries))
        if (node->kind == LS_YAML_MAPPING)
            LS_PUSH(reader->yaml->arena, &parts, read_comparison(reader, entry));
    return parts;
}

/* The attribute is there and is not so: what is not known is not compared. */
static ls_condition read_not(comparison_reader *reader, const ls_yaml_entry *entry) {
    conditions inner = read_negated(reader, entry->value), parts = {0};
    if (inner.count == 0)
        WRONG(reader, entry->value, "not: expected a value, a list, or a mapping");
    require(reader, &parts, reader->attribute);
    for (LS_EACH(const ls_condition, one, inner))
        require_named(reader, &parts, one);
    LS_PUSH(reader->yaml->arena, &parts, group_of(LS_CONDITION_NOT, &inner));
    return group_of(LS_CONDITION_ALL, &parts);
}

/* --- Which comparison it is ------------------------------------------------------------------ */

typedef enum { OF_ANY, OF_NUMBERS, OF_MODES, OF_TEXTS } comparison_range;

static const struct {
    const char *key;
    comparison_range range;
    ls_condition (*read)(comparison_reader *reader, const ls_yaml_entry *entry);
} comparisons[] = {
    {"present", OF_ANY, read_present},     {"not", OF_ANY, read_not},
    {"min", OF_NUMBERS, read_bound},       {"max", OF_NUMBERS, read_bound},
    {"at_least", OF_MODES, read_at_least}, {"like", OF_TEXTS, read_like},
};

enum { COMPARISONS = sizeof comparisons / sizeof *comparisons };

static bool is_in_range(ls_attribute attribute, comparison_range range) {
    size_t count;
    ls_value_kind kind = ls_attribute_kind(attribute);
    bool text = kind == LS_VALUE_TEXT || kind == LS_VALUE_WORDS;
    switch (range) {
    case OF_NUMBERS:
        return kind == LS_VALUE_NUMBER;
    case OF_MODES:
        return attribute == LS_ATTRIBUTE_LOCK || attribute == LS_ATTRIBUTE_MODE;
    case OF_TEXTS:
        return text && ls_vocabulary(attribute, &count) == NULL;
    case OF_ANY:
        break;
    }
    return true;
}

/* "min, max, not or present", and in *keys the names for a guess. */
static const char *expected(const comparison_reader *reader, const char **keys) {
    const char *list = "not or present";
    for (size_t i = COMPARISONS; i-- > 0;) {
        bool fits = is_in_range(reader->attribute, comparisons[i].range);
        keys[i] = fits ? comparisons[i].key : NULL;
        if (fits && comparisons[i].range != OF_ANY)
            list = ls_arena_format(reader->yaml->arena, "%s, %s", comparisons[i].key, list);
    }
    return list;
}

static ls_condition read_comparison(comparison_reader *reader, const ls_yaml_entry *entry) {
    const char *keys[COMPARISONS];
    for (size_t i = 0; i < COMPARISONS; i++)
        if (strcmp(comparisons[i].key, entry->key->text) == 0 &&
            is_in_range(reader->attribute, comparisons[i].range))
            return comparisons[i].read(reader, entry);
    const char *list = expected(reader, keys);
    WRONG(reader, entry->key, "%s has no \"%s\"; expected %s%s", name_of(reader), entry->key->text,
          list, ls_yaml_meant(reader->yaml, entry->key->text, keys, COMPARISONS));
    return (ls_condition){0};
}

bool ls_is_comparison(const char *key) {
    for (size_t i = 0; i < COMPARISONS; i++)
        if (strcmp(comparisons[i].key, key) == 0)
            return true;
    return false;
}

bool ls_load_comparison(const ls_yaml *yaml, const ls_effect_kinds *effects, ls_attribute attribute,
                        const ls_yaml_entry *entry, ls_condition *condition) {
    comparison_reader reader = {
        .yaml = yaml, .effects = effects, .attribute = attribute, .fine = true};
    *condition = read_comparison(&reader, entry);
    return reader.fine;
}
