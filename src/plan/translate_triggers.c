/*
 * translate_triggers.c - a trigger of the model copies one column into another, perhaps also back;
 * one of the database is as many of these as it has pairs of columns.
 */
#include "effects/trigger_facts.h"
#include "plan/translating.h"
#include "plan/triggers.h"

#include <string.h>

static bool is_pair(const ls_trigger_assignment *one, const ls_trigger_assignment *other) {
    bool same = strcmp(one->target, other->target) == 0 && strcmp(one->source, other->source) == 0;
    bool turned =
        strcmp(one->target, other->source) == 0 && strcmp(one->source, other->target) == 0;
    return same || turned;
}

/* The first assignment about its pair of columns. */
static bool begins_pair(const ls_trigger_assignments *all, uint32_t place) {
    for (uint32_t i = 0; i < place; i++)
        if (all->items[i].source != NULL && is_pair(&all->items[i], &all->items[place]))
            return false;
    return all->items[place].source != NULL;
}

static bool is_back(const ls_trigger_assignment *first, const ls_trigger_assignment *other) {
    return other->source != NULL && strcmp(first->target, other->source) == 0 &&
           strcmp(first->source, other->target) == 0;
}

static ls_model_fire fire_of(ls_guard guard, bool on_insert) {
    switch (guard) {
    case LS_GUARD_NONE:
        return LS_FIRE_ALWAYS;
    case LS_GUARD_NULL:
        return LS_FIRE_NULL;
    case LS_GUARD_CHANGED:
        return on_insert ? LS_FIRE_ALWAYS : LS_FIRE_CHANGED;
    case LS_GUARD_DIFFERENT:
        return on_insert ? LS_FIRE_DIFFERENT : LS_FIRE_ALWAYS;
    }
    return LS_FIRE_ALWAYS;
}

static ls_model_fire fires(const ls_plan_trigger *trigger, const ls_trigger_assignment *first,
                           bool on_insert) {
    bool comes =
        on_insert ? trigger->facts.on_insert : ls_trigger_sees_update(trigger, first->source);
    for (LS_EACH(const ls_trigger_assignment, one, trigger->body.assignments)) {
        bool same = one->source != NULL && strcmp(one->target, first->target) == 0 &&
                    strcmp(one->source, first->source) == 0;
        if (comes && same && (on_insert ? one->on_insert : one->on_update))
            return fire_of(one->guard, on_insert);
    }
    return LS_FIRE_NEVER;
}

/* The full name of the table that an assignment goes to, which may come later than the trigger. */
static const char *target_table(const ls_translation *translation, const ls_plan_trigger *trigger,
                                const ls_trigger_assignment *assignment, const char *own) {
    if (assignment->table.name == NULL)
        return own;
    const ls_relation *other = NULL;
    for (unsigned done = trigger->stage; other == NULL && done <= translation->facts->stages.count;
         done++)
        other = ls_state_named(translation->facts, assignment->table.schema, assignment->table.name,
                               done);
    return other == NULL ? NULL : other->full_name;
}

/* Of two tables that are kept in step, each has a trigger that writes to the other: together they
 * copy both ways. */
static const ls_plan_trigger *opposite_of(const ls_translation *translation,
                                          const ls_plan_trigger *trigger,
                                          const ls_trigger_assignment *assignment) {
    for (LS_EACH(const ls_plan_trigger, other, translation->facts->triggers))
        for (LS_EACH(const ls_trigger_assignment, back, other->body.assignments)) {
            bool there = back->table.name != NULL && other->relation != trigger->relation;
            if (there && assignment->table.name != NULL && back->source != NULL &&
                strcmp(back->source, assignment->target) == 0 &&
                strcmp(back->target, assignment->source) == 0)
                return other;
        }
    return NULL;
}

static void add_trigger(ls_translation *translation, const ls_plan_trigger *trigger,
                        const ls_trigger_assignment *first, const char *own) {
    const char *to = target_table(translation, trigger, first, own);
    const ls_plan_trigger *opposite = opposite_of(translation, trigger, first);
    if (to == NULL || (opposite != NULL && !trigger->facts.on_insert))
        return;
    ls_model_trigger added = {
        .name = trigger->name,
        .exists = trigger->stage == 0 && !trigger->facts.disabled,
        .source = ls_carrier(translation, own, first->source),
        .target = ls_carrier(translation, to, first->target),
        .on_insert = fires(trigger, first, true),
        .on_update = fires(trigger, first, false),
        .skips_null = first->skips_null,
        .two_way = opposite != NULL,
        .only_updates_back = opposite != NULL && !opposite->facts.on_insert,
    };
    for (LS_EACH(const ls_trigger_assignment, other, trigger->body.assignments))
        added.two_way = added.two_way ||
                        (is_back(first, other) && ls_trigger_sees_update(trigger, other->source));
    if (strcmp(to, own) != 0)
        translation->model->carriers.items[added.target].apart =
            !translation->model->carriers.items[added.target].exists;
    LS_PUSH(translation->arena, &translation->model->triggers, added);
}

/* What is assigned to NEW once the row is written goes nowhere. */
static bool takes_effect(const ls_plan_trigger *trigger, const ls_trigger_assignment *assignment) {
    return assignment->table.name != NULL || ls_trigger_changes_row(trigger->facts.timing);
}

void ls_translate_triggers(ls_translation *translation) {
    const ls_plan_facts *facts = translation->facts;
    translation->triggers =
        LS_NEW_ARRAY(translation->arena, ls_model_range, facts->triggers.count + 1);
    for (uint32_t i = 0; i < facts->triggers.count; i++) {
        const ls_plan_trigger *trigger = &facts->triggers.items[i];
        const ls_trigger_assignments *all = &trigger->body.assignments;
        const ls_relation *own = ls_state_of(facts, trigger->relation, trigger->stage);
        ls_model_range range = {.first = translation->model->triggers.count};
        for (uint32_t j = 0; own != NULL && j < all->count; j++)
            if (begins_pair(all, j) && takes_effect(trigger, &all->items[j]))
                add_trigger(translation, trigger, &all->items[j], own->full_name);
        range.count = translation->model->triggers.count - range.first;
        translation->triggers[i] = range;
    }
}
