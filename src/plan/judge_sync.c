/*
 * judge_sync.c - writes that what keeps two copies in step does not see: deleted rows, and what
 * passes triggers by; and triggers of which nobody can say what they keep in step.
 */
#include "effects/row_checks.h"
#include "plan/judging.h"
#include "plan/triggers.h"
#include "plan/words.h"

#include <string.h>

/* --- Deleted rows ---------------------------------------------------------------------------- */

static bool cascades(const ls_relation *copy, ls_relation_id original) {
    for (LS_EACH(const ls_catalog_constraint, constraint, copy->constraints))
        if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY && constraint->referenced == original &&
            ls_action_deletes_rows(constraint->on_delete))
            return true;
    return false;
}

static bool watches_deletes(const ls_relation *table) {
    for (LS_EACH(const ls_catalog_trigger, trigger, table->triggers))
        if (trigger->on_delete && !trigger->disabled)
            return true;
    return false;
}

/* The table that the statement copies rows from; NULL: it copies none. */
static const ls_relation *copied_from(const ls_plan_facts *facts, const ls_stage_facts *stage,
                                      const ls_row_change *change) {
    if (change->query->kind != LS_QUERY_INSERT)
        return NULL;
    for (LS_EACH(const ls_assignment, assignment, change->assignments)) {
        if (assignment->source_table == NULL || assignment->source == NULL)
            continue;
        return ls_state_shown(facts, assignment->source_table, stage->stage->number);
    }
    return NULL;
}

static void judge_copy(ls_plan_judging *judging, const ls_stage_facts *stage,
                       const ls_row_change *change) {
    const ls_relation *original = copied_from(judging->facts, stage, change);
    const ls_relation *copy = ls_state_of(judging->facts, change->relation, stage->stage->number);
    if (original == NULL || copy == NULL || original->id == copy->id ||
        cascades(copy, original->id) || watches_deletes(original))
        return;
    ls_effect *effect = ls_tell_problem(judging, stage, "delete-not-synced");
    ls_tell_relation(judging, effect, copy);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_OTHER, ls_shown_relation(original->full_name));
    ls_tell_place(judging, effect, change->step, change->at, "copies rows");
}

/* --- Triggers that are passed by ------------------------------------------------------------- */

static bool is_gone(const ls_plan_facts *facts, const ls_plan_trigger *trigger, unsigned done) {
    const ls_relation *table = ls_state_of(facts, trigger->relation, done);
    return table == NULL || ls_relation_trigger(table, trigger->name) == NULL;
}

/* The sync trigger of a table when the stage begins. */
static const ls_plan_trigger *sync_of(const ls_plan_facts *facts, ls_relation_id relation,
                                      unsigned stage) {
    for (LS_EACH(const ls_plan_trigger, trigger, facts->triggers))
        if ((relation == 0 || trigger->relation == relation) && trigger->stage < stage &&
            ls_is_sync_trigger(trigger) && !is_gone(facts, trigger, stage - 1))
            return trigger;
    return NULL;
}

static const char *text_of(const ls_plan_judging *judging, const ls_plan_step *step) {
    const ls_span at = step->statement->at;
    return ls_arena_copy(judging->arena, step->source->text + at.begin, at.end - at.begin);
}

static bool fires_always(const ls_plan_judging *judging, const ls_plan_trigger *trigger) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                const char *name = ls_effect_text(one->effect, LS_ATTRIBUTE_TRIGGER);
                if (one->effect->kind == LS_EFFECT_SWITCH_TRIGGER && name != NULL &&
                    strcmp(ls_unquoted(judging->arena, name), trigger->name) == 0 &&
                    ls_has_words(text_of(judging, step), "enable", "always"))
                    return true;
            }
    return false;
}

static ls_effect *tell_bypass(ls_plan_judging *judging, const ls_stage_facts *stage,
                              const ls_plan_trigger *trigger, const char *what) {
    ls_effect *effect = ls_tell_problem(judging, stage, "trigger-bypassed");
    ls_tell_relation(judging, effect,
                     ls_state_of(judging->facts, trigger->relation, stage->stage->number - 1));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_TRIGGER, trigger->name);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT, what);
    return effect;
}

static bool sets_role(const ls_effect *effect) {
    const char *parameter = ls_effect_text(effect, LS_ATTRIBUTE_PARAMETER);
    const char *value = ls_effect_text(effect, LS_ATTRIBUTE_VALUE);
    return effect->kind == LS_EFFECT_SET_PARAMETER && parameter != NULL && value != NULL &&
           strcmp(parameter, "session_replication_role") == 0 && strstr(value, "replica") != NULL;
}

static void judge_statement(ls_plan_judging *judging, const ls_stage_facts *stage,
                            const ls_plan_step *step, const ls_effect *effect) {
    const unsigned number = stage->stage->number;
    const ls_plan_trigger *trigger = NULL;
    const char *what = "the session plays a replica, for which it does not fire";
    if (sets_role(effect))
        trigger = sync_of(judging->facts, 0, number);
    if (trigger != NULL && fires_always(judging, trigger))
        trigger = NULL;
    if (effect->kind == LS_EFFECT_TRUNCATE) {
        trigger = sync_of(judging->facts, effect->relation, number);
        what = "TRUNCATE fires no row trigger";
    }
    if (trigger != NULL)
        ls_tell_place(judging, tell_bypass(judging, stage, trigger, what), step,
                      step->statement->at, "passes the trigger by");
}

static void judge_replication(ls_plan_judging *judging, const ls_plan_trigger *trigger) {
    if (trigger->stage == 0 || !ls_is_sync_trigger(trigger))
        return;
    const ls_stage_facts *stage = ls_stage_numbered(judging->facts, trigger->stage);
    const ls_relation *table = ls_state_of(judging->facts, trigger->relation, trigger->stage);
    if (table == NULL || !ls_is_configured(&judging->rollout->replicated_tables, table) ||
        fires_always(judging, trigger))
        return;
    ls_effect *effect =
        tell_bypass(judging, stage, trigger, "what logical replication writes does not fire it");
    ls_tell_place(judging, effect, trigger->step, trigger->step->statement->at,
                  "fires for ordinary sessions only");
}

/* --- Triggers that are not followed ---------------------------------------------------------- */

/* A function from before the plan may do anything with what the plan is not about. */
static bool is_about_copies(const ls_plan_facts *facts, const ls_plan_trigger *trigger) {
    const ls_relation *table = ls_state_of(facts, trigger->relation, trigger->stage);
    for (size_t i = 0; table != NULL && i < trigger->body.names.count; i++)
        if (ls_is_copied(facts, table, trigger->body.names.items[i]))
            return true;
    return trigger->stage > 0;
}

/* Of those that a plan creates: nobody would have kept another for long. */
static void judge_loss(ls_plan_judging *judging, const ls_plan_trigger *trigger) {
    const char *why = trigger->step == NULL ? NULL : ls_loss_of_trigger(trigger);
    if (why == NULL)
        return;
    ls_effect *effect = ls_tell_problem(judging, ls_stage_numbered(judging->facts, trigger->stage),
                                        "trigger-loses-writes");
    ls_tell_relation(judging, effect,
                     ls_state_of(judging->facts, trigger->relation, trigger->stage));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_TRIGGER, trigger->name);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHY, why);
    ls_tell_place(judging, effect, trigger->step, trigger->step->statement->at,
                  "loses what is written");
}

static const char *not_followed(const ls_plan_trigger *trigger) {
    if (!trigger->has_body)
        return "its function is not known";
    if (!trigger->body.understood)
        return "its function tests or does something that is not followed";
    return trigger->facts.when_columns.count > 0 ? "its WHEN is not followed" : NULL;
}

static void judge_reach(ls_plan_judging *judging, const ls_plan_trigger *trigger) {
    const ls_plan_facts *facts = judging->facts;
    const char *why = not_followed(trigger);
    bool fires = trigger->facts.on_insert || trigger->facts.on_update;
    if (why == NULL || !fires || trigger->facts.disabled || !is_about_copies(facts, trigger))
        return;
    unsigned stage = trigger->stage == 0 ? 1 : trigger->stage;
    ls_effect *effect =
        ls_tell_problem(judging, ls_stage_numbered(facts, stage), "trigger-not-followed");
    ls_tell_relation(judging, effect, ls_state_of(facts, trigger->relation, trigger->stage));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_TRIGGER, trigger->name);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHY, why);
    if (trigger->step != NULL)
        ls_tell_place(judging, effect, trigger->step, trigger->step->statement->at,
                      "what it does is known in part only");
}

void ls_judge_sync(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages)) {
        for (LS_EACH(const ls_row_change, change, stage->changes))
            judge_copy(judging, stage, change);
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects))
                judge_statement(judging, stage, step, one->effect);
    }
    for (LS_EACH(const ls_plan_trigger, trigger, judging->facts->triggers)) {
        judge_replication(judging, trigger);
        judge_loss(judging, trigger);
        judge_reach(judging, trigger);
    }
}
