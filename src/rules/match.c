#include "rules/match.h"

#include "rules/like.h"
#include "rules/template.h"

#include <stdlib.h>
#include <string.h>

static bool is_one_of(const ls_condition *condition, const char *text) {
    for (size_t i = 0; text != NULL && i < condition->value_count; i++)
        if (ls_is_same_name(condition->values[i], text))
            return true;
    return false;
}

static bool is_like_one_of(const ls_condition *condition, const char *text,
                           const ls_effect *effect) {
    for (size_t i = 0; text != NULL && i < condition->value_count; i++)
        if (ls_is_like(condition->values[i], text, effect))
            return true;
    return false;
}

static bool value_is_like(const ls_condition *condition, const ls_attribute_value *value,
                          const ls_effect *effect) {
    if (ls_attribute_kind(condition->attribute) == LS_VALUE_TEXT)
        return is_like_one_of(condition, value->text, effect);
    for (size_t i = 0; value->words != NULL && i < value->words->count; i++)
        if (is_like_one_of(condition, value->words->items[i], effect))
            return true;
    return false;
}

static bool number_is_one_of(const ls_condition *condition, int64_t number) {
    for (size_t i = 0; i < condition->value_count; i++)
        if (strtoll(condition->values[i], NULL, 10) == number)
            return true;
    return false;
}

static bool word_is_one_of(const ls_condition *condition, const ls_words *words) {
    for (size_t i = 0; words != NULL && i < words->count; i++)
        if (is_one_of(condition, words->items[i]))
            return true;
    return false;
}

static bool value_is_one_of(const ls_condition *condition, const ls_attribute_value *value) {
    switch (ls_attribute_kind(condition->attribute)) {
    case LS_VALUE_FLAG:
        return is_one_of(condition, value->number != 0 ? "true" : "false");
    case LS_VALUE_NUMBER:
        return number_is_one_of(condition, value->number);
    case LS_VALUE_WORDS:
        return word_is_one_of(condition, value->words);
    case LS_VALUE_TEXT:
        break;
    }
    return is_one_of(condition, value->text);
}

/* A flag that is false is there too. */
static bool is_there(const ls_attribute_value *value) {
    return ls_value_is_there(value) ||
           (value != NULL && ls_attribute_kind(value->attribute) == LS_VALUE_FLAG);
}

static bool attribute_holds(const ls_condition *condition, const ls_effect *effect) {
    const ls_attribute_value *value = ls_effect_value(effect, condition->attribute);
    if (condition->kind == LS_CONDITION_HAS)
        return is_there(value) == (condition->number != 0);
    if (value == NULL)
        return false;
    switch (condition->kind) {
    case LS_CONDITION_MIN:
        return value->number >= condition->number;
    case LS_CONDITION_MAX:
        return value->number <= condition->number;
    case LS_CONDITION_LIKE:
        return value_is_like(condition, value, effect);
    default:
        return value_is_one_of(condition, value);
    }
}

static bool all_hold(const ls_condition *condition, const ls_effect *effect) {
    for (size_t i = 0; i < condition->part_count; i++)
        if (!ls_condition_holds(&condition->parts[i], effect))
            return false;
    return true;
}

static bool any_holds(const ls_condition *condition, const ls_effect *effect) {
    for (size_t i = 0; i < condition->part_count; i++)
        if (ls_condition_holds(&condition->parts[i], effect))
            return true;
    return false;
}

bool ls_condition_holds(const ls_condition *condition, const ls_effect *effect) {
    switch (condition->kind) {
    case LS_CONDITION_ALL:
        return all_hold(condition, effect);
    case LS_CONDITION_ANY:
        return any_holds(condition, effect);
    case LS_CONDITION_NOT:
        return !all_hold(condition, effect);
    case LS_CONDITION_EFFECT:
        return (int64_t)effect->kind == condition->number;
    default:
        return attribute_holds(condition, effect);
    }
}
