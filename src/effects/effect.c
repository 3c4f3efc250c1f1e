/*
 * effect.c - an effect and its values.
 */
#include "effects/effects.h"
#include "sql/one_line.h"

#include <assert.h>
#include <limits.h>

static_assert(LS_ATTRIBUTES_END < UCHAR_MAX, "a place must fit into a byte");

static const ls_effect_layout everything = {
    .count = LS_ATTRIBUTES_END,
    .places =
        {
#define LS_ATTRIBUTE(enumerator, name, kind)                                                       \
    [LS_ATTRIBUTE_##enumerator] = LS_ATTRIBUTE_##enumerator + 1,
#include "effects/attributes.def"
#undef LS_ATTRIBUTE
        },
};

ls_effect *ls_effect_new(ls_arena *arena, const ls_effect_layout *layout, ls_effect_kind kind,
                         ls_span at) {
    if (layout == NULL)
        layout = &everything;
    ls_effect *effect = ls_arena_alloc(arena, sizeof(ls_effect) + sizeof(ls_attribute_value) *
                                                                      (size_t)layout->count);
    effect->kind = kind;
    effect->at = at;
    effect->arena = arena;
    effect->layout = layout;
    return effect;
}

bool ls_effect_asks(const ls_effect *effect, ls_attribute attribute) {
    return effect->layout->places[attribute] != 0;
}

/* The values belong to the effect, whoever reads them. */
static ls_attribute_value *value_of(const ls_effect *effect, ls_attribute attribute) {
    return (ls_attribute_value *)&effect->values[effect->layout->places[attribute] - 1];
}

const ls_attribute_value *ls_effect_value(const ls_effect *effect, ls_attribute attribute) {
    assert(ls_effect_asks(effect, attribute));
    if (!ls_effect_asks(effect, attribute))
        return NULL;
    ls_attribute_value *value = value_of(effect, attribute);
    if (value->written) {
        value->text = ls_on_one_line(effect->arena, effect->text, value->at);
        value->written = false;
    }
    return value->given ? value : NULL;
}

bool ls_effect_written_at(const ls_effect *effect, ls_attribute attribute, const ls_source *source,
                          ls_span *at) {
    if (!ls_effect_asks(effect, attribute))
        return false;
    const ls_attribute_value *value = value_of(effect, attribute);
    *at = value->at;
    return value->given && value->written && effect->text == source;
}

ls_attribute_value *ls_effect_slot(ls_effect *effect, ls_attribute attribute) {
    if (!ls_effect_asks(effect, attribute))
        return NULL;
    ls_attribute_value *value = value_of(effect, attribute);
    value->attribute = attribute;
    value->given = true;
    value->written = false;
    return value;
}

void ls_effect_set_text(ls_effect *effect, ls_attribute attribute, const char *text) {
    ls_attribute_value *value = text == NULL ? NULL : ls_effect_slot(effect, attribute);
    if (value != NULL)
        value->text = text;
}

const char *ls_effect_text(const ls_effect *effect, ls_attribute attribute) {
    assert(ls_attribute_kind(attribute) == LS_VALUE_TEXT);
    const ls_attribute_value *value = ls_effect_value(effect, attribute);
    return value == NULL ? NULL : value->text;
}

bool ls_effect_flag(const ls_effect *effect, ls_attribute attribute) {
    assert(ls_attribute_kind(attribute) == LS_VALUE_FLAG);
    const ls_attribute_value *value = ls_effect_value(effect, attribute);
    return value != NULL && value->number != 0;
}
