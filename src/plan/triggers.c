#include "plan/triggers.h"

#include "effects/trigger_facts.h"

#include <string.h>

static const char *body_of(ls_plan_facts *facts, const ls_catalog_trigger *trigger) {
    const ls_functions functions =
        ls_catalog_find_functions(facts->catalog, trigger->function_schema, trigger->function);
    return functions.count == 1 ? functions.items[0]->body : NULL;
}

static void note(ls_plan_facts *facts, ls_relation_id relation, const ls_catalog_trigger *trigger,
                 const ls_plan_step *step) {
    ls_plan_trigger noted = {
        .relation = relation,
        .name = trigger->name,
        .stage = step == NULL ? 0 : step->stage,
        .step = step,
        .facts = *trigger,
    };
    const char *body = body_of(facts, trigger);
    noted.has_body = body != NULL;
    if (noted.has_body)
        noted.body = ls_read_trigger_body(facts->arena, body);
    if (trigger->row)
        LS_PUSH(facts->arena, &facts->triggers, noted);
}

void ls_note_old_triggers(ls_plan_facts *facts) {
    const ls_relation_ids all = ls_catalog_relations(facts->arena, facts->catalog);
    for (size_t i = 0; i < all.count; i++) {
        const ls_relation *relation = ls_catalog_relation(facts->catalog, all.items[i]);
        for (LS_EACH(const ls_catalog_trigger, trigger, relation->triggers))
            note(facts, relation->id, trigger, NULL);
    }
}

static void note_created(ls_plan_facts *facts, const ls_plan_step *step, const ls_effect *effect) {
    const ls_relation *relation = ls_catalog_relation(facts->catalog, effect->relation);
    const char *name = ls_unquoted(facts->arena, ls_effect_text(effect, LS_ATTRIBUTE_TRIGGER));
    const ls_catalog_trigger *trigger =
        relation == NULL || name == NULL ? NULL : ls_relation_trigger(relation, name);
    if (trigger != NULL)
        note(facts, relation->id, trigger, step);
}

/* Each trigger once, by its newest state. */
static bool is_newest(const ls_plan_facts *facts, uint32_t place) {
    const ls_plan_trigger *trigger = &facts->triggers.items[place];
    for (uint32_t i = place + 1; i < facts->triggers.count; i++)
        if (facts->triggers.items[i].relation == trigger->relation &&
            strcmp(facts->triggers.items[i].name, trigger->name) == 0)
            return false;
    return true;
}

static void note_replaced(ls_plan_facts *facts, const ls_plan_step *step,
                          const ls_create_function *function) {
    for (uint32_t i = 0, known = facts->triggers.count; i < known; i++) {
        const ls_plan_trigger *trigger = &facts->triggers.items[i];
        const ls_relation *relation = ls_catalog_relation(facts->catalog, trigger->relation);
        const ls_catalog_trigger *now =
            relation == NULL ? NULL : ls_relation_trigger(relation, trigger->name);
        if (now != NULL && is_newest(facts, i) && strcmp(now->function, function->name.name) == 0)
            note(facts, relation->id, now, step);
    }
}

void ls_note_triggers(ls_plan_facts *facts, const ls_plan_step *step) {
    if (step->statement->kind == LS_STATEMENT_CREATE_FUNCTION &&
        step->statement->create_function->or_replace)
        note_replaced(facts, step, step->statement->create_function);
    for (LS_EACH(const ls_plan_effect, one, step->effects))
        if (one->effect->kind == LS_EFFECT_CREATE_TRIGGER)
            note_created(facts, step, one->effect);
}

const ls_plan_trigger *ls_trigger_before(const ls_plan_facts *facts, ls_relation_id relation,
                                         const char *name, unsigned stage) {
    const ls_plan_trigger *found = NULL;
    for (LS_EACH(const ls_plan_trigger, trigger, facts->triggers))
        if (trigger->relation == relation && trigger->stage < stage &&
            strcmp(trigger->name, name) == 0)
            found = trigger;
    return found;
}

bool ls_is_sync_trigger(const ls_plan_trigger *trigger) {
    if (!trigger->facts.on_insert && !trigger->facts.on_update)
        return false;
    for (LS_EACH(const ls_trigger_assignment, assignment, trigger->body.assignments))
        if (assignment->source != NULL)
            return true;
    return false;
}

static bool assigns_to_new(const ls_plan_trigger *trigger) {
    for (LS_EACH(const ls_trigger_assignment, assignment, trigger->body.assignments))
        if (assignment->table.name == NULL)
            return true;
    return false;
}

const char *ls_loss_of_trigger(const ls_plan_trigger *trigger) {
    if (!trigger->facts.on_insert && !trigger->facts.on_update)
        return NULL;
    return ls_trigger_loss(trigger->facts.timing, assigns_to_new(trigger), trigger->body.returns);
}

bool ls_trigger_sees_update(const ls_plan_trigger *trigger, const char *column) {
    const ls_words *columns = &trigger->facts.columns;
    return trigger->facts.on_update && (columns->count == 0 || ls_has_word(columns, column));
}
