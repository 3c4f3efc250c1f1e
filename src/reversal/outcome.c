/*
 * outcome.c - differences become effects, those of one kind at one statement together in one: a
 * statement is told once, with all that is wrong about it.
 */
#include "reversal/outcome.h"

#include "support/map.h"

#include <string.h>

static const char *const ACTIONS[] = {
    [LS_LEFT_OVER] = "leaves", [LS_LOST] = "loses",         [LS_CHANGED] = "changes",
    [LS_RENAMED] = "renames",  [LS_REORDERED] = "reorders",
};

static ls_effect *new_effect(ls_arena *arena, ls_outcome *outcome, const char *action, ls_span at) {
    ls_effect *effect = ls_effect_new(arena, NULL, LS_EFFECT_DOWN, at);
    ls_effect_set_text(effect, LS_ATTRIBUTE_ACTION, action);
    LS_PUSH(arena, &outcome->effects, effect);
    return effect;
}

static ls_outcome *new_outcome(ls_arena *arena, const ls_source *source) {
    ls_outcome *outcome = LS_NEW(arena, ls_outcome);
    *outcome = (ls_outcome){.source = source, .analysed = true};
    return outcome;
}

/* The effect of that action at that place, new if there is none. */
static ls_effect *effect_at(ls_arena *arena, ls_outcome *outcome, const char *action, ls_span at) {
    for (uint32_t i = 0; i < outcome->effects.count; i++) {
        ls_effect *effect = outcome->effects.items[i];
        if (effect->at.begin == at.begin &&
            strcmp(ls_effect_text(effect, LS_ATTRIBUTE_ACTION), action) == 0)
            return effect;
    }
    return new_effect(arena, outcome, action, at);
}

static void add_object(ls_arena *arena, ls_effect *effect, const char *object) {
    ls_attribute_value *slot = ls_effect_slot(effect, LS_ATTRIBUTE_OBJECTS);
    if (slot->words == NULL)
        slot->words = LS_NEW(arena, ls_words);
    LS_PUSH(arena, (ls_words *)(uintptr_t)slot->words, object);
}

/* --- Words ----------------------------------------------------------------------------------- */

enum { LONGEST_VALUE = 60 };

/* Long texts, as of functions and views, are not quoted. */
static bool is_short(const char *value) {
    return value == NULL || (strlen(value) <= LONGEST_VALUE && strchr(value, '\n') == NULL);
}

static const char *object_text(ls_arena *arena, const ls_difference *difference) {
    const ls_part *part = difference->part;
    const char *object = ls_arena_join(arena, part->object, " ", part->shown, NULL);
    switch (difference->kind) {
    case LS_CHANGED:
        if (!is_short(difference->before) || !is_short(difference->after))
            return ls_arena_join(arena, "the ", difference->property, " of ", object, NULL);
        return ls_arena_join(arena, "the ", difference->property, " of ", object, " (",
                             difference->after == NULL ? "none" : difference->after, " instead of ",
                             difference->before == NULL ? "none" : difference->before, ")", NULL);
    case LS_RENAMED:
        return ls_arena_join(arena, object, " is still called ", difference->after, NULL);
    case LS_REORDERED:
        return ls_arena_join(arena, difference->after, " stands before ", difference->before,
                             " in ", part->shown, NULL);
    case LS_LEFT_OVER:
    case LS_LOST:
        break;
    }
    return object;
}

static void add_difference(ls_arena *arena, ls_outcome *outcome, const ls_reversed *of,
                           const ls_unreversed *one) {
    ls_effect *effect =
        effect_at(arena, outcome, ACTIONS[one->difference.kind], one->statement->at);
    ls_effect_set_text(effect, LS_ATTRIBUTE_OBJECT, one->difference.part->object);
    ls_effect_set_text(effect, LS_ATTRIBUTE_FILE, of->down_file);
    if (one->by_down && one->difference.kind == LS_LOST)
        ls_effect_slot(effect, LS_ATTRIBUTE_NEW_OBJECT)->number = false;
    add_object(arena, effect, object_text(arena, &one->difference));
}

/* --- Outcomes -------------------------------------------------------------------------------- */

/* A label that was added cannot be taken away: the point of no return says so. */
static bool is_told_as_loss(const ls_unreversed *one, const ls_reversal *reversal) {
    const char *property = one->difference.property;
    if (property == NULL || strcmp(property, "labels") != 0)
        return false;
    for (LS_EACH(const ls_loss, loss, reversal->losses))
        if (loss->statement == one->statement)
            return true;
    return false;
}

static void add_differences(ls_arena *arena, ls_outcome *outcome, const ls_reversed *of,
                            const ls_reversal *reversal, bool by_down) {
    for (LS_EACH(const ls_unreversed, one, reversal->unreversed))
        if (one->statement != NULL && one->by_down == by_down && !is_told_as_loss(one, reversal))
            add_difference(arena, outcome, of, one);
}

/* The first loss is the point of no return; what else is lost is told with it, each thing once,
 * however many statements destroy it. */
static void add_losses(ls_arena *arena, ls_outcome *outcome, const ls_reversal *reversal) {
    ls_effect *effect = NULL;
    ls_map told = {0};
    for (LS_EACH(const ls_loss, loss, reversal->losses)) {
        if (ls_map_get(&told, loss->what) != NULL)
            continue;
        ls_map_set(arena, &told, loss->what, outcome);
        if (effect == NULL)
            effect = new_effect(arena, outcome, "destroys", loss->statement->at);
        add_object(arena, effect, loss->what);
    }
}

static bool is_said_before(const ls_words *reasons, uint32_t number) {
    for (uint32_t i = 0; i < number; i++)
        if (strcmp(reasons->items[i], reasons->items[number]) == 0)
            return true;
    return false;
}

static void add_unknown(ls_arena *arena, ls_outcome *outcome, const ls_reversed *of,
                        const ls_reversal *reversal) {
    if (reversal->unknown.count == 0 || reversal->first == NULL || reversal->up_fails ||
        reversal->down_fails)
        return;
    ls_effect *effect = new_effect(arena, outcome, "unknown", reversal->first->at);
    ls_effect_set_text(effect, LS_ATTRIBUTE_FILE, of->down_file);
    for (uint32_t i = 0; i < reversal->unknown.count; i++)
        if (!is_said_before(&reversal->unknown, i))
            add_object(arena, effect, reversal->unknown.items[i]);
}

const ls_outcome *ls_no_return_outcome(ls_arena *arena, const ls_reversed *of,
                                       const ls_reversal *reversal) {
    ls_outcome *outcome = new_outcome(arena, of->up);
    add_losses(arena, outcome, reversal);
    return outcome;
}

const ls_outcome *ls_reversal_outcome(ls_arena *arena, const ls_reversed *of,
                                      const ls_reversal *reversal) {
    ls_outcome *outcome = new_outcome(arena, of->up);
    add_losses(arena, outcome, reversal);
    add_unknown(arena, outcome, of, reversal);
    add_differences(arena, outcome, of, reversal, false);
    return outcome;
}

const ls_outcome *ls_down_outcome(ls_arena *arena, const ls_reversed *of,
                                  const ls_reversal *reversal) {
    ls_outcome *outcome = new_outcome(arena, of->down);
    add_differences(arena, outcome, of, reversal, true);
    return outcome;
}

static bool only_proves(const ls_alter_table *alter) {
    for (LS_EACH(const ls_action, action, alter->actions))
        if (action->kind != LS_ALTER_VALIDATE_CONSTRAINT)
            return false;
    return alter->actions.count > 0;
}

bool ls_needs_down(const ls_script *script) {
    for (LS_EACH(ls_statement *, item, script->statements)) {
        const ls_statement *statement = *item;
        const bool is_setting =
            statement->kind == LS_STATEMENT_SET || statement->kind == LS_STATEMENT_TRANSACTION;
        if (!is_setting &&
            (statement->kind != LS_STATEMENT_ALTER_TABLE || !only_proves(&statement->alter_table)))
            return true;
    }
    return false;
}

const ls_outcome *ls_missing_down_outcome(ls_arena *arena, const ls_script *script,
                                          const char *file, const char *others, bool empty) {
    ls_outcome *outcome = new_outcome(arena, script->source);
    if (!ls_needs_down(script))
        return outcome;
    ls_effect *effect =
        new_effect(arena, outcome, empty ? "empty" : "missing", script->statements.items[0]->at);
    ls_effect_set_text(effect, LS_ATTRIBUTE_FILE, file);
    if (others != NULL)
        ls_effect_set_text(effect, LS_ATTRIBUTE_OTHER, others);
    return outcome;
}
