/*
 * translate_stages.c - the effects of a stage's statements as actions on carriers, transaction by
 * transaction.
 */
#include "plan/judging.h"
#include "plan/translating.h"
#include "plan/triggers.h"

#include <string.h>

static void act(const ls_stage_translation *to, ls_model_action action) {
    LS_PUSH(to->translation->arena, &to->into->actions, action);
}

void ls_act_on(const ls_stage_translation *to, ls_model_act kind, ls_model_index carrier) {
    act(to,
        (ls_model_action){.act = kind, .carrier = carrier, .other = LS_NONE, .trigger = LS_NONE});
}

static void act_on_two(const ls_stage_translation *to, ls_model_act kind, ls_model_index carrier,
                       ls_model_index other) {
    act(to, (ls_model_action){.act = kind, .carrier = carrier, .other = other, .trigger = LS_NONE});
}

static void act_on_trigger(const ls_stage_translation *to, ls_model_act kind,
                           ls_model_index trigger) {
    act(to,
        (ls_model_action){.act = kind, .carrier = LS_NONE, .other = LS_NONE, .trigger = trigger});
}

const char *ls_translated_text(const ls_stage_translation *to, const ls_effect *effect,
                               ls_attribute attribute) {
    return ls_unquoted(to->translation->arena, ls_effect_text(effect, attribute));
}

/* --- Columns --------------------------------------------------------------------------------- */

static ls_model_index carrier_of(const ls_stage_translation *to, const ls_effect *effect) {
    const char *column = ls_translated_text(to, effect, LS_ATTRIBUTE_COLUMN);
    if (column == NULL || effect->relation_name == NULL)
        return LS_NONE;
    return ls_carrier(to->translation, effect->relation_name, column);
}

/* The column as the stage leaves it. */
static const ls_catalog_column *column_after(const ls_stage_translation *to,
                                             const ls_effect *effect, const char *name) {
    const ls_relation *after =
        ls_state_of(to->translation->facts, effect->relation, to->stage->stage->number);
    return after == NULL || name == NULL ? NULL : ls_relation_column(after, name);
}

static ls_model_default default_after(const ls_stage_translation *to, const ls_effect *effect) {
    const ls_catalog_column *column =
        column_after(to, effect, ls_translated_text(to, effect, LS_ATTRIBUTE_COLUMN));
    return column == NULL ? 0 : ls_default_of(to->translation, column);
}

/* A default that the same stage takes away again is one that the rows have got. */
static void add_column(const ls_stage_translation *to, const ls_effect *effect) {
    enum { SOME_DEFAULT = 1 << 21 };
    ls_model_index carrier = carrier_of(to, effect);
    if (carrier == LS_NONE || ls_effect_flag(effect, LS_ATTRIBUTE_EXISTS))
        return;
    ls_model_default value = default_after(to, effect);
    if (value == 0 && ls_effect_flag(effect, LS_ATTRIBUTE_HAS_DEFAULT))
        value = SOME_DEFAULT + carrier;
    act(to, (ls_model_action){
                .act = LS_ACT_ADD_CARRIER,
                .carrier = carrier,
                .other = LS_NONE,
                .trigger = LS_NONE,
                .not_null = ls_effect_flag(effect, LS_ATTRIBUTE_NOT_NULL),
                .default_value = value,
            });
}

static void rename_column(const ls_stage_translation *to, const ls_effect *effect) {
    const char *new_name = ls_translated_text(to, effect, LS_ATTRIBUTE_NEW_NAME);
    ls_model_index carrier = carrier_of(to, effect);
    if (carrier != LS_NONE && new_name != NULL)
        act_on_two(to, LS_ACT_RENAME_CARRIER, carrier,
                   ls_carrier(to->translation, effect->relation_name, new_name));
}

static void set_default(const ls_stage_translation *to, const ls_effect *effect) {
    ls_model_index carrier = carrier_of(to, effect);
    if (carrier == LS_NONE)
        return;
    act(to, (ls_model_action){
                .act = LS_ACT_SET_DEFAULT,
                .carrier = carrier,
                .other = LS_NONE,
                .trigger = LS_NONE,
                .default_value = default_after(to, effect),
            });
}

/* --- Partitions ------------------------------------------------------------------------------ */

/* The table becomes a partition in this very stage. */
static bool is_attached(const ls_plan_facts *facts, ls_relation_id table, unsigned stage) {
    const ls_relation *before = ls_state_of(facts, table, stage - 1);
    const ls_relation *after = ls_state_of(facts, table, stage);
    return before != NULL && after != NULL && !before->is_partition && after->is_partition;
}

/* A new table that gets the rows of one from before the plan with ATTACH PARTITION: until then it
 * has none, and then its columns are other names for those of the partition. */
static bool takes_old_rows(const ls_plan_facts *facts, ls_relation_id table) {
    for (unsigned number = 1; number <= facts->stages.count; number++) {
        const ls_relation *after = ls_state_of(facts, table, number);
        for (size_t i = 0; after != NULL && i < after->children.count; i++)
            if (is_attached(facts, after->children.items[i], number) &&
                ls_state_of(facts, after->children.items[i], 0) != NULL)
                return ls_state_of(facts, table, 0) == NULL;
    }
    return false;
}

static void attach_partition(const ls_stage_translation *to, const ls_effect *effect) {
    const ls_plan_facts *facts = to->translation->facts;
    const unsigned number = to->stage->stage->number;
    const ls_relation *parent = ls_state_of(facts, effect->relation, number);
    if (parent == NULL || !takes_old_rows(facts, parent->id))
        return;
    for (size_t i = 0; i < parent->children.count; i++) {
        const ls_relation *child = ls_state_of(facts, parent->children.items[i], number);
        if (child == NULL || !is_attached(facts, child->id, number))
            continue;
        for (LS_EACH(const ls_catalog_column, column, child->columns))
            act_on_two(to, LS_ACT_ADD_ALIAS,
                       ls_carrier(to->translation, parent->full_name, column->name),
                       ls_carrier(to->translation, child->full_name, column->name));
    }
}

/* --- Tables and views ------------------------------------------------------------------------ */

static void create_table(const ls_stage_translation *to, const ls_effect *effect) {
    const ls_plan_facts *facts = to->translation->facts;
    const ls_relation *table = ls_state_of(facts, effect->relation, to->stage->stage->number);
    if (table == NULL || ls_effect_flag(effect, LS_ATTRIBUTE_EXISTS) ||
        takes_old_rows(facts, table->id))
        return;
    for (LS_EACH(const ls_catalog_column, column, table->columns))
        act(to, (ls_model_action){
                    .act = LS_ACT_ADD_CARRIER,
                    .carrier = ls_carrier(to->translation, table->full_name, column->name),
                    .other = LS_NONE,
                    .trigger = LS_NONE,
                    .not_null = column->not_null,
                    .default_value = ls_default_of(to->translation, column),
                });
}

/* Of a table, the columns that were there before the stage; a view's have names only. */
static void drop_relation(const ls_stage_translation *to, const ls_effect *effect,
                          ls_model_act kind) {
    const ls_relation *table =
        ls_state_of(to->translation->facts, effect->relation, to->stage->stage->number - 1);
    if (table == NULL)
        return;
    for (LS_EACH(const ls_catalog_column, column, table->columns))
        ls_act_on(to, kind, ls_carrier(to->translation, table->full_name, column->name));
}

static void rename_table(const ls_stage_translation *to, const ls_effect *effect) {
    const ls_plan_facts *facts = to->translation->facts;
    const unsigned number = to->stage->stage->number;
    const ls_relation *before = ls_state_of(facts, effect->relation, number - 1);
    const ls_relation *after = ls_state_of(facts, effect->relation, number);
    if (before == NULL || after == NULL || before->kind == LS_RELATION_VIEW ||
        takes_old_rows(facts, before->id))
        return;
    for (LS_EACH(const ls_catalog_column, column, before->columns))
        act_on_two(to, LS_ACT_RENAME_CARRIER,
                   ls_carrier(to->translation, before->full_name, column->name),
                   ls_carrier(to->translation, after->full_name, column->name));
}

static const ls_relation *table_under(const ls_stage_translation *to, const ls_relation *view,
                                      const char *column) {
    for (LS_EACH(const ls_column_use, use, view->uses))
        if (use->column != NULL && strcmp(use->column, column) == 0)
            return ls_state_of(to->translation->facts, use->relation, to->stage->stage->number);
    return NULL;
}

static void create_view(const ls_stage_translation *to, const ls_effect *effect) {
    const ls_relation *view =
        ls_state_of(to->translation->facts, effect->relation, to->stage->stage->number);
    if (view == NULL)
        return;
    const ls_relation *replaced =
        ls_effect_flag(effect, LS_ATTRIBUTE_REPLACES)
            ? ls_state_of(to->translation->facts, effect->relation, to->stage->stage->number - 1)
            : NULL;
    for (LS_EACH(const ls_catalog_column, column, view->columns)) {
        const ls_relation *table = table_under(to, view, column->name);
        bool known = replaced != NULL && ls_relation_column(replaced, column->name) != NULL;
        if (table != NULL && !known)
            act_on_two(to, LS_ACT_ADD_ALIAS,
                       ls_carrier(to->translation, view->full_name, column->name),
                       ls_carrier(to->translation, table->full_name, column->name));
    }
}

/* --- Triggers -------------------------------------------------------------------------------- */

static void act_on_triggers(const ls_stage_translation *to, const ls_plan_trigger *trigger,
                            ls_model_act kind) {
    const ls_translation *translation = to->translation;
    const ls_model_range range =
        translation->triggers[trigger - translation->facts->triggers.items];
    for (uint32_t i = 0; i < range.count; i++)
        act_on_trigger(to, kind, range.first + i);
}

static const ls_plan_trigger *trigger_of(const ls_stage_translation *to, const ls_effect *effect) {
    const char *name = ls_translated_text(to, effect, LS_ATTRIBUTE_TRIGGER);
    return name == NULL ? NULL
                        : ls_trigger_before(to->translation->facts, effect->relation, name,
                                            to->stage->stage->number + 1);
}

static void change_trigger(const ls_stage_translation *to, const ls_effect *effect,
                           ls_model_act kind) {
    const ls_plan_trigger *trigger = trigger_of(to, effect);
    if (trigger != NULL)
        act_on_triggers(to, trigger, kind);
}

/* Those that the statement has made; what they replace goes. */
static void create_triggers(const ls_stage_translation *to) {
    const ls_plan_facts *facts = to->translation->facts;
    for (LS_EACH(const ls_plan_trigger, trigger, facts->triggers)) {
        if (trigger->step != to->step)
            continue;
        const ls_plan_trigger *before =
            ls_trigger_before(facts, trigger->relation, trigger->name, to->stage->stage->number);
        bool replaces = to->step->statement->kind == LS_STATEMENT_CREATE_FUNCTION;
        if (before != NULL && replaces)
            act_on_triggers(to, before, LS_ACT_DROP_TRIGGER);
        act_on_triggers(to, trigger, LS_ACT_CREATE_TRIGGER);
    }
}

/* --- Effects --------------------------------------------------------------------------------- */

static void act_on_column(const ls_stage_translation *to, const ls_effect *effect,
                          ls_model_act kind) {
    ls_model_index carrier = carrier_of(to, effect);
    if (carrier != LS_NONE)
        ls_act_on(to, kind, carrier);
}

static void switch_trigger(const ls_stage_translation *to, const ls_effect *effect) {
    bool disables = strcmp(ls_effect_text(effect, LS_ATTRIBUTE_ACTION), "disable") == 0;
    change_trigger(to, effect, disables ? LS_ACT_DISABLE_TRIGGER : LS_ACT_ENABLE_TRIGGER);
}

/* Each effect that means something to the model: a function that asks for more than its kind, or
 * one of those that do the same for several acts. */
static const struct {
    ls_effect_kind kind;
    void (*translate)(const ls_stage_translation *to, const ls_effect *effect);
    void (*act)(const ls_stage_translation *to, const ls_effect *effect, ls_model_act act);
    ls_model_act with;
} translations[] = {
    {.kind = LS_EFFECT_ADD_COLUMN, .translate = add_column},
    {.kind = LS_EFFECT_RENAME_COLUMN, .translate = rename_column},
    {.kind = LS_EFFECT_SET_DEFAULT, .translate = set_default},
    {.kind = LS_EFFECT_ADD_CONSTRAINT, .translate = ls_translate_new_constraint},
    {.kind = LS_EFFECT_CREATE_TABLE, .translate = create_table},
    {.kind = LS_EFFECT_RENAME_TABLE, .translate = rename_table},
    {.kind = LS_EFFECT_ATTACH_PARTITION, .translate = attach_partition},
    {.kind = LS_EFFECT_MOVE_TABLE, .translate = rename_table},
    {.kind = LS_EFFECT_CREATE_VIEW, .translate = create_view},
    {.kind = LS_EFFECT_SWITCH_TRIGGER, .translate = switch_trigger},
    {LS_EFFECT_DROP_COLUMN, NULL, act_on_column, LS_ACT_DROP_CARRIER},
    {LS_EFFECT_SET_NOT_NULL, NULL, act_on_column, LS_ACT_SET_NOT_NULL},
    {LS_EFFECT_DROP_NOT_NULL, NULL, act_on_column, LS_ACT_DROP_NOT_NULL},
    {LS_EFFECT_DROP_DEFAULT, NULL, act_on_column, LS_ACT_DROP_DEFAULT},
    {LS_EFFECT_VALIDATE_CONSTRAINT, NULL, ls_translate_constraint_change, LS_ACT_VALIDATE},
    {LS_EFFECT_DROP_CONSTRAINT, NULL, ls_translate_constraint_change, LS_ACT_DROP_CHECK},
    {LS_EFFECT_DROP_TABLE, NULL, drop_relation, LS_ACT_DROP_CARRIER},
    {LS_EFFECT_DROP_VIEW, NULL, drop_relation, LS_ACT_DROP_ALIAS},
    {LS_EFFECT_DROP_TRIGGER, NULL, change_trigger, LS_ACT_DROP_TRIGGER},
};

static void translate_effect(const ls_stage_translation *to, const ls_effect *effect) {
    for (size_t i = 0; i < sizeof translations / sizeof *translations; i++) {
        if (translations[i].kind != effect->kind)
            continue;
        if (translations[i].translate != NULL)
            translations[i].translate(to, effect);
        else
            translations[i].act(to, effect, translations[i].with);
    }
}

/* --- Stages ---------------------------------------------------------------------------------- */

static void translate_statements(ls_translation *translation, const ls_stage_facts *stage,
                                 ls_model_stage *into) {
    unsigned last = 0;
    for (LS_EACH(const ls_plan_step, step, stage->steps)) {
        if (step->transaction != last || into->transactions.count == 0)
            LS_PUSH(translation->arena, &into->transactions, (ls_model_transaction){0});
        last = step->transaction;
        const ls_stage_translation to = {
            .translation = translation,
            .stage = stage,
            .step = step,
            .into = &into->transactions.items[into->transactions.count - 1],
        };
        for (LS_EACH(const ls_plan_effect, one, step->effects))
            translate_effect(&to, one->effect);
        create_triggers(&to);
        ls_translate_copies(translation, stage, step, to.into);
    }
}

static ls_model_index version_of(const ls_plan_facts *facts, unsigned stage) {
    for (uint32_t i = 0; i < facts->versions.count; i++)
        if (facts->versions.items[i].stage == stage)
            return i;
    return LS_NONE;
}

void ls_translate_stage(ls_translation *translation, const ls_stage_facts *stage) {
    static const ls_model_stage_kind kinds[LS_PLAN_VERBS] = {
        [LS_PLAN_EXPAND] = LS_STAGE_SQL,   [LS_PLAN_CONSTRAIN] = LS_STAGE_SQL,
        [LS_PLAN_CONTRACT] = LS_STAGE_SQL, [LS_PLAN_BACKFILL] = LS_STAGE_BACKFILL,
        [LS_PLAN_CHECK] = LS_STAGE_CHECK,  [LS_PLAN_DEPLOY] = LS_STAGE_DEPLOY,
        [LS_PLAN_SOAK] = LS_STAGE_SOAK,    [LS_PLAN_REHEARSE] = LS_STAGE_OTHER,
    };
    const ls_plan_stage *written = stage->stage;
    ls_model_stage made = {
        .kind = kinds[written->verb],
        .name = ls_arena_format(translation->arena, "%s: %s", ls_plan_verb_name(written->verb),
                                written->value),
        .overlaps = written->overlaps,
        .version = LS_NONE,
    };
    if (made.kind == LS_STAGE_SQL)
        translate_statements(translation, stage, &made);
    if (made.kind == LS_STAGE_BACKFILL)
        ls_translate_backfill(translation, stage, &made);
    if (made.kind == LS_STAGE_CHECK)
        ls_translate_gates(translation, stage, &made);
    if (made.kind == LS_STAGE_DEPLOY)
        made.version = version_of(translation->facts, written->number);
    LS_PUSH(translation->arena, &translation->model->stages, made);
}
