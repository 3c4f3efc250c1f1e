/*
 * translate_constraints.c - constraints as what they ask of carriers: a value, or the promise to
 * keep a rule.
 */
#include "effects/predicates.h"
#include "plan/columns.h"
#include "plan/judging.h"
#include "plan/translating.h"

#include <string.h>

/* As the table had it some time during the stage. */
static const ls_catalog_constraint *constraint_of(const ls_stage_translation *to,
                                                  const ls_effect *effect) {
    const char *name = ls_translated_text(to, effect, LS_ATTRIBUTE_CONSTRAINT);
    for (unsigned back = 0; name != NULL && back < 2; back++) {
        const ls_relation *table =
            ls_state_of(to->translation->facts, effect->relation, to->stage->stage->number - back);
        const ls_catalog_constraint *found =
            table == NULL ? NULL : ls_relation_constraint(table, name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static bool asks_something(const ls_catalog_constraint *constraint) {
    return constraint->kind == LS_CONSTRAINT_CHECK || constraint->kind == LS_CONSTRAINT_FOREIGN_KEY;
}

/* A foreign key of the column is there before the plan: its values have parents. */
static bool has_parents(const ls_translation *translation, const char *table, const char *column) {
    const ls_relation *before = ls_state_shown(translation->facts, table, 0);
    for (uint32_t i = 0; before != NULL && i < before->constraints.count; i++) {
        const ls_catalog_constraint *constraint = &before->constraints.items[i];
        if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY && constraint->valid &&
            constraint->columns.count == 1 && strcmp(constraint->columns.items[0], column) == 0)
            return true;
    }
    return false;
}

/* Validated or not: what it asks of writers is the same. */
static bool proves_bound(const ls_relation *partition, const ls_relation *parent,
                         const ls_catalog_constraint *constraint) {
    ls_relation alone = *partition;
    ls_catalog_constraint proven = *constraint;
    proven.valid = true;
    alone.constraints.items = &proven;
    alone.constraints.count = 1;
    return ls_table_implies_bound(&alone, &parent->partitioning, partition->bound);
}

/* The proof for a later ATTACH PARTITION. That no row lies beyond the bound is what the author
 * chooses it for, and no list of columns says it of a version. */
static bool is_bound_to_be(const ls_plan_facts *facts, ls_relation_id table, const char *name) {
    for (unsigned done = 1; name != NULL && done <= facts->stages.count; done++) {
        const ls_relation *before = ls_state_of(facts, table, done - 1);
        const ls_relation *after = ls_state_of(facts, table, done);
        if (before == NULL || after == NULL || before->is_partition || !after->is_partition ||
            after->parents.count == 0)
            continue;
        const ls_relation *parent = ls_state_of(facts, after->parents.items[0], done);
        const ls_catalog_constraint *constraint = ls_relation_constraint(after, name);
        return parent != NULL && constraint != NULL && proves_bound(after, parent, constraint);
    }
    return false;
}

/* The carrier that the constraint is about: its column, or the promise to keep it. */
static ls_model_index constrained(ls_translation *translation, const ls_effect *effect,
                                  const ls_catalog_constraint *constraint) {
    const char *table = effect->relation_name;
    const char *column = ls_not_null_check(translation->arena, constraint);
    if (column != NULL)
        return ls_carrier(translation, table, column);
    const ls_words columns = ls_constrained_columns(translation->arena, constraint);
    if (!asks_something(constraint) || columns.count == 0 ||
        is_bound_to_be(translation->facts, effect->relation, constraint->name) ||
        (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY &&
         has_parents(translation, table, columns.items[0])))
        return LS_NONE;
    return ls_add_property(translation, ls_carrier(translation, table, columns.items[0]),
                           constraint->kind == LS_CONSTRAINT_FOREIGN_KEY);
}

static void add_key(const ls_stage_translation *to, const ls_effect *effect) {
    const ls_attribute_value *columns = ls_effect_value(effect, LS_ATTRIBUTE_COLUMNS);
    const char *kind = ls_effect_text(effect, LS_ATTRIBUTE_CONSTRAINT_KIND);
    if (columns == NULL || kind == NULL || strcmp(kind, "primary_key") != 0)
        return;
    for (size_t i = 0; i < columns->words->count; i++)
        ls_act_on(to, LS_ACT_SET_NOT_NULL,
                  ls_carrier(to->translation, effect->relation_name,
                             ls_unquoted(to->translation->arena, columns->words->items[i])));
}

void ls_translate_new_constraint(const ls_stage_translation *to, const ls_effect *effect) {
    const ls_catalog_constraint *constraint = constraint_of(to, effect);
    bool unproven = ls_effect_flag(effect, LS_ATTRIBUTE_NOT_VALID);
    if (effect->relation_name == NULL)
        return;
    ls_model_index carrier =
        constraint == NULL ? LS_NONE : constrained(to->translation, effect, constraint);
    if (carrier == LS_NONE)
        add_key(to, effect);
    else if (constraint->kind == LS_CONSTRAINT_NOT_NULL)
        ls_act_on(to, unproven ? LS_ACT_NOT_NULL_NOT_VALID : LS_ACT_SET_NOT_NULL, carrier);
    else
        ls_act_on(to, unproven ? LS_ACT_ADD_CHECK_NOT_VALID : LS_ACT_ADD_CHECK, carrier);
}

void ls_translate_constraint_change(const ls_stage_translation *to, const ls_effect *effect,
                                    ls_model_act kind) {
    const ls_catalog_constraint *constraint = constraint_of(to, effect);
    if (constraint == NULL || effect->relation_name == NULL)
        return;
    ls_model_index carrier = constrained(to->translation, effect, constraint);
    bool not_null = constraint->kind == LS_CONSTRAINT_NOT_NULL && kind == LS_ACT_DROP_CHECK;
    if (carrier != LS_NONE)
        ls_act_on(to, not_null ? LS_ACT_DROP_NOT_NULL : kind, carrier);
}

void ls_translate_properties(ls_translation *translation) {
    for (LS_EACH(const ls_stage_facts, stage, translation->facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                const ls_stage_translation to = {
                    .translation = translation, .stage = stage, .step = step};
                const ls_catalog_constraint *constraint =
                    one->effect->kind == LS_EFFECT_ADD_CONSTRAINT ? constraint_of(&to, one->effect)
                                                                  : NULL;
                if (constraint != NULL && one->effect->relation_name != NULL)
                    constrained(translation, one->effect, constraint);
            }
}
