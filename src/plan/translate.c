#include "plan/columns.h"
#include "plan/judging.h"
#include "plan/translating.h"

#include <string.h>

/* --- Tables and carriers --------------------------------------------------------------------- */

ls_model_index ls_model_table(ls_translation *translation, const char *table) {
    ls_model *model = translation->model;
    const char *shown = ls_shown_relation(table);
    for (uint32_t i = 0; i < model->tables.count; i++)
        if (strcmp(model->tables.items[i], shown) == 0)
            return i;
    LS_PUSH(translation->arena, &model->tables, shown);
    return model->tables.count - 1;
}

ls_model_index ls_known_carrier(const ls_translation *translation, const char *table,
                                const char *column) {
    const ls_model *model = translation->model;
    for (uint32_t i = 0; i < model->carriers.count; i++) {
        const ls_model_carrier *carrier = &model->carriers.items[i];
        if (carrier->of == LS_NONE && strcmp(carrier->name, column) == 0 &&
            strcmp(model->tables.items[carrier->table], ls_shown_relation(table)) == 0)
            return i;
    }
    return LS_NONE;
}

/* A stage of the plan adds it: where the history does not show the table, it was not there. */
static bool is_added(const ls_plan_facts *facts, const char *table, const char *column) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                const ls_effect *effect = one->effect;
                bool adds =
                    effect->kind == LS_EFFECT_ADD_COLUMN || effect->kind == LS_EFFECT_RENAME_COLUMN;
                if (!adds || effect->relation_name == NULL ||
                    strcmp(effect->relation_name, table) != 0)
                    continue;
                const char *name = ls_unquoted(
                    facts->arena, ls_effect_text(effect, effect->kind == LS_EFFECT_ADD_COLUMN
                                                             ? LS_ATTRIBUTE_COLUMN
                                                             : LS_ATTRIBUTE_NEW_NAME));
                if (name != NULL && strcmp(name, column) == 0)
                    return true;
            }
    return false;
}

ls_model_index ls_carrier(ls_translation *translation, const char *table, const char *column) {
    ls_model_index known = ls_known_carrier(translation, table, column);
    if (known != LS_NONE)
        return known;
    ls_model_carrier carrier = {
        .table = ls_model_table(translation, table), .name = column, .of = LS_NONE};
    const ls_relation *relation = ls_state_shown(translation->facts, table, 0);
    const ls_catalog_column *there = relation == NULL ? NULL : ls_relation_column(relation, column);
    if (there != NULL) {
        carrier.exists = true;
        carrier.not_null = ls_wants_value(translation->arena, relation, there);
        carrier.default_value = ls_default_of(translation, there);
    } else if (relation != NULL && !relation->columns_complete) {
        carrier.exists = !is_added(translation->facts, table, column);
    }
    LS_PUSH(translation->arena, &translation->model->carriers, carrier);
    return translation->model->carriers.count - 1;
}

ls_model_index ls_property_of(const ls_translation *translation, ls_model_index carrier) {
    const ls_model *model = translation->model;
    for (uint32_t i = 0; i < model->carriers.count; i++)
        if (model->carriers.items[i].of == carrier)
            return i;
    return LS_NONE;
}

ls_model_index ls_add_property(ls_translation *translation, ls_model_index carrier,
                               bool only_when_written) {
    ls_model_index known = ls_property_of(translation, carrier);
    if (known != LS_NONE)
        return known;
    const ls_model_carrier of = translation->model->carriers.items[carrier];
    ls_model_carrier property = {
        .table = of.table,
        .name = of.name,
        .exists = true,
        .of = carrier,
        .only_when_written = only_when_written,
    };
    LS_PUSH(translation->arena, &translation->model->carriers, property);
    return translation->model->carriers.count - 1;
}

/* --- Defaults -------------------------------------------------------------------------------- */

/* Above every number of a constant: a default that nothing else is equal to. */
enum { FIRST_OWN_DEFAULT = 1 << 20 };

static bool is_constant(const ls_expression *expression) {
    switch (expression->kind) {
    case LS_EXPR_BOOLEAN:
    case LS_EXPR_INTEGER:
    case LS_EXPR_FLOAT:
    case LS_EXPR_STRING:
        return true;
    case LS_EXPR_CAST:
        return expression->arguments.count == 1 && is_constant(expression->arguments.items[0]);
    default:
        return false;
    }
}

static const ls_expression *without_casts(const ls_expression *expression) {
    while (expression->kind == LS_EXPR_CAST && expression->arguments.count == 1)
        expression = expression->arguments.items[0];
    return expression;
}

ls_model_default ls_default_of(ls_translation *translation, const ls_catalog_column *column) {
    bool filled = column->identity != 0 || column->generated != 0 || column->sequence != 0;
    if (column->default_value == NULL)
        return filled ? FIRST_OWN_DEFAULT + translation->model->carriers.count : 0;
    const ls_expression *value = without_casts(column->default_value);
    if (value->kind == LS_EXPR_NULL)
        return 0;
    if (!is_constant(value))
        return FIRST_OWN_DEFAULT + translation->model->carriers.count;
    for (uint32_t i = 0; i < translation->defaults.count; i++)
        if (ls_same_expression(translation->defaults.items[i], value))
            return i + 1;
    LS_PUSH(translation->arena, &translation->defaults, value);
    return translation->defaults.count;
}

/* --- The whole ------------------------------------------------------------------------------- */

const ls_model *ls_model_of(ls_arena *arena, const ls_plan_facts *facts) {
    ls_translation translation = {.arena = arena, .facts = facts, .model = LS_NEW(arena, ls_model)};
    ls_translate_properties(&translation);
    ls_translate_triggers(&translation);
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        ls_translate_stage(&translation, stage);
    ls_translate_versions(&translation);
    return translation.model;
}
