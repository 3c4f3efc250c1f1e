/*
 * judge_refused.c - SQL that fails where it stands, whatever the rows are: the catalog knows that
 * what it needs is missing, or an earlier stage has taken it away.
 *
 * A table that the history does not show may be there all the same, and so the catalog takes a
 * dropped one that is named again for another that it does not know. In a plan it is the same.
 */
#include "plan/judging.h"

#include <string.h>

static void tell(ls_plan_judging *judging, const ls_stage_facts *stage, const ls_plan_step *step,
                 const char *why) {
    ls_effect *effect = ls_tell(judging, LS_EFFECT_PLAN_VIOLATION, stage);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_CAUSE, "stage-refused");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT,
                 ls_arena_format(judging->arena, "\"%s: %s\" fails where it stands: %s",
                                 ls_plan_verb_name(stage->stage->verb), stage->stage->value, why));
    ls_tell_place(judging, effect, step, step->statement->at, "is refused");
}

/* --- Tables ---------------------------------------------------------------------------------- */

static bool brings(const ls_effect *effect) {
    return effect->kind == LS_EFFECT_CREATE_TABLE || effect->kind == LS_EFFECT_CREATE_TABLE_AS ||
           effect->kind == LS_EFFECT_CREATE_PARTITION || effect->kind == LS_EFFECT_CREATE_VIEW ||
           effect->kind == LS_EFFECT_CREATE_MATERIALIZED_VIEW ||
           effect->kind == LS_EFFECT_RENAME_TABLE || effect->kind == LS_EFFECT_RENAME_VIEW;
}

static bool takes(const ls_effect *effect) {
    return effect->kind == LS_EFFECT_DROP_TABLE || effect->kind == LS_EFFECT_DROP_VIEW;
}

static bool is_name(const char *full_name, const char *name) {
    return full_name != NULL && name != NULL &&
           strcmp(ls_shown_relation(full_name), ls_shown_relation(name)) == 0;
}

/* Whether the name is free after the effect, if that is about it. */
static bool is_free_after(const ls_plan_facts *facts, const ls_effect *effect, const char *name,
                          bool so_far) {
    const char *new_name = ls_unquoted(facts->arena, ls_effect_text(effect, LS_ATTRIBUTE_NEW_NAME));
    if (takes(effect) && is_name(effect->relation_name, name))
        return true;
    if (brings(effect) && (is_name(effect->relation_name, name) || is_name(new_name, name)))
        return false;
    return so_far;
}

/* --- Indexes --------------------------------------------------------------------------------- */

static bool covers(const ls_relation *index, const char *column) {
    for (LS_EACH(const ls_index_element, element, index->elements))
        if (element->column != NULL && strcmp(element->column, column) == 0)
            return true;
    return false;
}

/* The column's drop takes the index along. */
static bool takes_index(const ls_plan_facts *facts, unsigned stage, const ls_effect *effect,
                        const char *name) {
    const ls_relation *table = ls_state_of(facts, effect->relation, stage - 1);
    const char *column = ls_effect_column(facts->arena, effect);
    if (effect->kind != LS_EFFECT_DROP_COLUMN || table == NULL || column == NULL)
        return false;
    for (size_t i = 0; i < table->indexes.count; i++) {
        const ls_relation *index = ls_state_of(facts, table->indexes.items[i], stage - 1);
        if (index != NULL && strcmp(index->name, name) == 0 && covers(index, column))
            return true;
    }
    return false;
}

/* A constraint that is to be made of an index that the table, known as it is, does not have. */
static bool lacks_index(const ls_plan_facts *facts, const ls_stage_facts *stage,
                        const ls_effect *effect) {
    const ls_relation *table = ls_state_of(facts, effect->relation, stage->stage->number - 1);
    const char *index = ls_unquoted(facts->arena, ls_effect_text(effect, LS_ATTRIBUTE_INDEX));
    if (effect->kind != LS_EFFECT_ADD_CONSTRAINT || index == NULL || table == NULL ||
        !ls_effect_flag(effect, LS_ATTRIBUTE_USING_INDEX) || !table->birth.known ||
        (stage->phases & LS_PHASE_BIT(LS_PHASE_INDEX)) != 0)
        return false;
    for (size_t i = 0; i < table->indexes.count; i++) {
        const ls_relation *known =
            ls_state_of(facts, table->indexes.items[i], stage->stage->number - 1);
        if (known != NULL && strcmp(known->name, index) == 0)
            return false;
    }
    return true;
}

/* --- What is needed -------------------------------------------------------------------------- */

/* The first thing that the plan does to the name is to create a table under it. */
static bool is_to_come(const ls_plan_facts *facts, const char *name) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                const ls_effect *effect = one->effect;
                bool about = brings(effect) || takes(effect);
                if (about && is_free_after(facts, effect, name, true) !=
                                 is_free_after(facts, effect, name, false))
                    continue;
                if (about)
                    return effect->kind == LS_EFFECT_CREATE_TABLE &&
                           !ls_effect_flag(effect, LS_ATTRIBUTE_IF_NOT_EXISTS);
            }
    return false;
}

static bool has_gone(const ls_plan_facts *facts, const ls_plan_step *until, const char *relation,
                     const char *index) {
    bool gone = index == NULL && is_to_come(facts, relation);
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps)) {
            if (step == until)
                return gone;
            for (LS_EACH(const ls_plan_effect, one, step->effects))
                gone = index == NULL
                           ? is_free_after(facts, one->effect, relation, gone)
                           : gone || takes_index(facts, stage->stage->number, one->effect, index);
        }
    return gone;
}

static void judge_effect(ls_plan_judging *judging, const ls_stage_facts *stage,
                         const ls_plan_step *step, const ls_effect *effect) {
    bool is_drop = effect->kind == LS_EFFECT_DROP_INDEX;
    const char *index =
        is_drop ? ls_unquoted(judging->arena, ls_effect_text(effect, LS_ATTRIBUTE_INDEX)) : NULL;
    if (lacks_index(judging->facts, stage, effect))
        tell(judging, stage, step, "the index that it is to be made of is not there");
    const char *name = is_drop ? index : effect->relation_name;
    if (name == NULL || ls_effect_flag(effect, LS_ATTRIBUTE_IF_EXISTS) ||
        !has_gone(judging->facts, step, name, index))
        return;
    tell(judging, stage, step,
         ls_arena_join(judging->arena, ls_shown_relation(name), " is not there", NULL));
}

static bool brings_any(const ls_plan_step *step) {
    for (LS_EACH(const ls_plan_effect, one, step->effects))
        if (brings(one->effect))
            return true;
    return false;
}

static void judge_step(ls_plan_judging *judging, const ls_stage_facts *stage,
                       const ls_plan_step *step) {
    if (step->refused != NULL) {
        tell(judging, stage, step, step->refused);
        return;
    }
    for (uint32_t i = 0; i < step->effects.count && !brings_any(step); i++)
        judge_effect(judging, stage, step, step->effects.items[i].effect);
}

void ls_judge_refused(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            judge_step(judging, stage, step);
}
