/*
 * explicit_keys.c - values written into a column whose sequence does not hear of them.
 *
 * A row inserted with its own value for a serial or identity column leaves the sequence where it
 * was, and a later insert that draws the same number fails with a duplicate key (documentation:
 * sequence functions). setval and RESTART make up for it; what nobody has made up for is told when
 * the migration ends.
 */
#include "effects/families.h"
#include "effects/replay_internal.h"
#include "effects/row_checks.h"

#include <string.h>

static bool is_call_of(const ls_expression *value, const char *function) {
    return value->kind == LS_EXPR_FUNCTION && value->name.name != NULL &&
           strcmp(value->name.name, function) == 0;
}

/* Sequences count up from 1 (a descending one is beyond this). */
static bool is_of_the_sequence(const ls_expression *value) {
    if (value == NULL || value->kind == LS_EXPR_DEFAULT || is_call_of(value, "nextval"))
        return false;
    return value->kind != LS_EXPR_INTEGER || value->integer > 0;
}

static bool values_are_explicit(const ls_query *values, size_t place) {
    size_t width = ls_values_width(values);
    if (place >= width)
        return false;
    for (size_t i = place; i < values->values.count; i += width)
        if (is_of_the_sequence(values->values.items[i]))
            return true;
    return false;
}

/* A star gives every column; what stands behind one cannot be counted. */
static bool query_is_explicit(const ls_query *query, size_t place) {
    for (size_t i = 0; i < query->targets.count && i <= place; i++) {
        const ls_expression *value = query->targets.items[i].value;
        if (value == NULL || (value->kind == LS_EXPR_COLUMN && value->star))
            return true;
        if (i == place)
            return is_of_the_sequence(value);
    }
    return false;
}

static bool is_explicit(const ls_query *insert, size_t place) {
    const ls_query *source = insert->source;
    if (source == NULL || place == SIZE_MAX)
        return false;
    if (source->kind == LS_QUERY_VALUES)
        return values_are_explicit(source, place);
    return source->kind == LS_QUERY_SELECT && query_is_explicit(source, place);
}

static void keep(ls_builder *builder, ls_relation_id table, const ls_catalog_column *column,
                 ls_span at) {
    ls_replay *replay = builder->replay;
    for (LS_EACH(const ls_explicit_key, key, replay->explicit_keys))
        if (key->sequence == column->sequence)
            return;
    ls_explicit_key key = {.table = table,
                           .column = column->name,
                           .sequence = column->sequence,
                           .source = builder->outcome->source,
                           .at = at};
    LS_PUSH(replay->arena, &replay->explicit_keys, key);
}

void ls_note_inserted_keys(ls_builder *builder, ls_relation_id id, const ls_query *insert) {
    const ls_relation *table = ls_relation_of(builder, id);
    for (size_t i = 0; i < table->columns.count; i++)
        if (table->columns.items[i].sequence != 0 &&
            is_explicit(insert, ls_place_among_values(insert, table->columns.items[i].name, i)))
            keep(builder, id, &table->columns.items[i], insert->at);
}

void ls_note_copied_keys(ls_builder *builder, ls_relation_id id, const ls_copy *copy) {
    const ls_relation *table = ls_relation_of(builder, id);
    for (LS_EACH(const ls_catalog_column, column, table->columns))
        if (column->sequence != 0 &&
            (copy->columns.count == 0 || ls_has_word(&copy->columns, column->name)))
            keep(builder, id, column, copy->relation.at);
}

void ls_sequence_was_set(ls_builder *builder, ls_relation_id sequence) {
    ls_replay *replay = builder->replay;
    uint32_t kept = 0;
    for (LS_EACH(const ls_explicit_key, key, replay->explicit_keys))
        if (sequence != 0 && key->sequence != sequence)
            replay->explicit_keys.items[kept++] = *key;
    replay->explicit_keys.count = kept;
}

void ls_note_keys_left(ls_builder *builder) {
    for (LS_EACH(const ls_explicit_key, key, builder->replay->explicit_keys)) {
        if (ls_relation_of(builder, key->table) == NULL)
            continue;
        ls_effect *effect = ls_add_effect(builder, LS_EFFECT_EXPLICIT_KEY, key->at, key->table);
        effect->source = key->source;
        ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, key->column));
        ls_set_text(builder, effect, LS_ATTRIBUTE_SEQUENCE, ls_shown(builder, key->sequence));
    }
}
