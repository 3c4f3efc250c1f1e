#include "plan/touches.h"

typedef struct {
    ls_arena *arena;
    const ls_plan_facts *facts;
    ls_plan_touches *touches;
} touch_reading;

static void add(const touch_reading *reading, ls_plan_touch touch) {
    if (touch.table != NULL)
        LS_PUSH(reading->arena, reading->touches, touch);
}

static const char *table_at(const touch_reading *reading, ls_relation_id id, unsigned stage) {
    const ls_relation *relation = ls_state_of(reading->facts, id, stage - 1);
    if (relation == NULL)
        relation = ls_state_of(reading->facts, id, stage);
    return relation == NULL ? NULL : relation->full_name;
}

static ls_table_fate fate_of(const ls_effect *effect) {
    switch (effect->kind) {
    case LS_EFFECT_CREATE_TABLE:
    case LS_EFFECT_CREATE_TABLE_AS:
        return LS_TABLE_CREATED;
    case LS_EFFECT_RENAME_TABLE:
        return LS_TABLE_RENAMED;
    case LS_EFFECT_ALTER_COLUMN_TYPE:
        return LS_TABLE_REWRITTEN;
    case LS_EFFECT_DROP_TABLE:
        return LS_TABLE_DROPPED;
    default:
        return LS_TABLE_STAYS;
    }
}

static void add_effect(const touch_reading *reading, const ls_stage_facts *stage,
                       const ls_effect *effect) {
    ls_plan_touch touch = {
        .stage = stage,
        .table = table_at(reading, effect->relation, stage->stage->number),
        .column = ls_unquoted(reading->arena, ls_effect_text(effect, LS_ATTRIBUTE_COLUMN)),
        .fate = fate_of(effect),
    };
    add(reading, touch);
    const ls_attribute_value *columns = ls_effect_value(effect, LS_ATTRIBUTE_COLUMNS);
    for (size_t i = 0; columns != NULL && i < columns->words->count; i++) {
        touch.column = ls_unquoted(reading->arena, columns->words->items[i]);
        add(reading, touch);
    }
}

static void add_change(const touch_reading *reading, const ls_stage_facts *stage,
                       const ls_row_change *change) {
    ls_plan_touch touch = {.stage = stage, .table = change->table};
    for (LS_EACH(const ls_assignment, assignment, change->assignments)) {
        touch.column = assignment->column;
        add(reading, touch);
        if (assignment->source == NULL)
            continue;
        ls_plan_touch source = touch;
        source.column = assignment->source;
        source.table = assignment->source_table == NULL ? change->table : assignment->source_table;
        add(reading, source);
    }
}

static void add_words(const touch_reading *reading, const ls_stage_facts *stage,
                      const ls_plan_columns *words) {
    for (LS_EACH(const ls_plan_column, word, *words)) {
        const ls_relation *relation =
            ls_state_named(reading->facts, word->schema, word->table, stage->stage->number);
        if (relation == NULL)
            continue;
        add(reading, (ls_plan_touch){.stage = stage,
                                     .table = relation->full_name,
                                     .column = word->column,
                                     .declared = true});
    }
}

ls_plan_touches ls_plan_touches_of(ls_arena *arena, const ls_plan_facts *facts) {
    ls_plan_touches touches = {0};
    const touch_reading reading = {.arena = arena, .facts = facts, .touches = &touches};
    for (LS_EACH(const ls_stage_facts, stage, facts->stages)) {
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects))
                if (one->phase > LS_PHASE_READ && one->effect->relation != 0)
                    add_effect(&reading, stage, one->effect);
        for (LS_EACH(const ls_row_change, change, stage->changes))
            add_change(&reading, stage, change);
        add_words(&reading, stage, &stage->stage->version.reads);
        add_words(&reading, stage, &stage->stage->version.writes);
    }
    return touches;
}
