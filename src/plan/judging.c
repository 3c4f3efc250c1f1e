#include "plan/judging.h"

#include <string.h>

/* --- Telling --------------------------------------------------------------------------------- */

ls_effect *ls_tell(ls_plan_judging *judging, ls_effect_kind kind, const ls_stage_facts *stage) {
    const ls_plan_stage *written = stage->stage;
    ls_effect *effect = ls_effect_new(judging->arena, NULL, kind, written->at);
    effect->stage = written->number;
    LS_PUSH(judging->arena, &judging->effects, effect);
    ls_tell_number(judging, effect, LS_ATTRIBUTE_POSTGRES, judging->facts->postgres);
    if (written->verbs == 0)
        return effect;
    const char *verb = ls_plan_verb_name(written->verb);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_VERB, verb);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_STAGE,
                 ls_arena_format(judging->arena, "%s: %s", verb, written->value));
    return effect;
}

ls_effect *ls_tell_problem(ls_plan_judging *judging, const ls_stage_facts *stage,
                           const char *cause) {
    ls_effect *effect = ls_tell(judging, LS_EFFECT_PLAN_PROBLEM, stage);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_CAUSE, cause);
    return effect;
}

void ls_tell_text(ls_plan_judging *judging, ls_effect *effect, ls_attribute attribute,
                  const char *text) {
    (void)judging;
    if (text != NULL)
        ls_effect_slot(effect, attribute)->text = text;
}

void ls_tell_flag(ls_plan_judging *judging, ls_effect *effect, ls_attribute attribute, bool flag) {
    (void)judging;
    ls_effect_slot(effect, attribute)->number = flag;
}

void ls_tell_number(ls_plan_judging *judging, ls_effect *effect, ls_attribute attribute,
                    int64_t number) {
    (void)judging;
    ls_effect_slot(effect, attribute)->number = number;
}

void ls_tell_relation(ls_plan_judging *judging, ls_effect *effect, const ls_relation *relation) {
    if (relation != NULL)
        ls_tell_text(judging, effect, LS_ATTRIBUTE_RELATION,
                     ls_shown_relation(relation->full_name));
}

void ls_tell_place(ls_plan_judging *judging, ls_effect *effect, const ls_plan_step *step,
                   ls_span at, const char *message) {
    ls_label label = {.source = step->source, .at = at, .message = message};
    LS_PUSH(judging->arena, &effect->labels, label);
}

/* --- Names ----------------------------------------------------------------------------------- */

const char *ls_shown_relation(const char *full_name) {
    static const char usual[] = "public.";
    return strncmp(full_name, usual, strlen(usual)) == 0 ? full_name + strlen(usual) : full_name;
}

const char *ls_shown_column(ls_arena *arena, const ls_relation *relation, const char *column) {
    return ls_arena_join(arena, ls_shown_relation(relation->full_name), ".", column, NULL);
}

const char *ls_effect_column(ls_arena *arena, const ls_effect *effect) {
    return ls_unquoted(arena, ls_effect_text(effect, LS_ATTRIBUTE_COLUMN));
}

const ls_stage_facts *ls_stage_numbered(const ls_plan_facts *facts, unsigned number) {
    return &facts->stages.items[number - 1];
}

/* --- What rules share ------------------------------------------------------------------------ */

bool ls_is_new_table(const ls_plan_facts *facts, ls_relation_id id, unsigned stage) {
    const ls_relation *now = ls_state_of(facts, id, stage);
    if (now == NULL || !now->birth.known || ls_state_of(facts, id, 0) != NULL)
        return false;
    return !ls_anyone_uses(facts, ls_stage_numbered(facts, stage)->live, now, NULL);
}

bool ls_is_copied(const ls_plan_facts *facts, const ls_relation *table, const char *column) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_row_change, change, stage->changes))
            for (LS_EACH(const ls_assignment, one, change->assignments))
                if (change->relation == table->id &&
                    (strcmp(one->column, column) == 0 ||
                     (one->source != NULL && strcmp(one->source, column) == 0)))
                    return true;
    return false;
}

static bool lists_itself(const ls_plan_columns *words, const ls_relation *table,
                         const char *column) {
    for (LS_EACH(const ls_plan_column, word, *words))
        if (!word->derived && ls_word_names(word, table, column))
            return true;
    return false;
}

bool ls_is_listed(const ls_plan_facts *facts, const ls_relation *table, const char *column) {
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (version->version != NULL && (lists_itself(&version->version->reads, table, column) ||
                                         lists_itself(&version->version->writes, table, column)))
            return true;
    return false;
}

bool ls_is_of_plan(const ls_plan_facts *facts, const ls_plan_column *column) {
    const ls_relation *table = NULL;
    for (unsigned done = 0; done <= facts->stages.count; done++) {
        const ls_relation *then = ls_state_named(facts, column->schema, column->table, done);
        if (then == NULL || ls_relation_column(then, column->column) == NULL)
            return then == NULL || then->columns_complete;
        table = then;
    }
    return table != NULL && (ls_is_copied(facts, table, column->column) ||
                             ls_is_listed(facts, table, column->column));
}

static bool is_renaming(const ls_effect *effect) {
    return effect->kind == LS_EFFECT_RENAME_COLUMN || effect->kind == LS_EFFECT_RENAME_TABLE ||
           effect->kind == LS_EFFECT_RENAME_VIEW;
}

static const char *old_name(const ls_effect *effect) {
    return ls_effect_text(effect, effect->kind == LS_EFFECT_RENAME_COLUMN
                                      ? LS_ATTRIBUTE_COLUMN
                                      : LS_ATTRIBUTE_RELATION_NAME);
}

static bool gives_up(const ls_stage_facts *stage, unsigned transaction, const ls_effect *taker) {
    const char *taken = ls_effect_text(taker, LS_ATTRIBUTE_NEW_NAME);
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (size_t i = 0; step->transaction == transaction && i < step->effects.count; i++) {
            const ls_effect *effect = step->effects.items[i].effect;
            if (effect == taker)
                return false;
            bool alike = effect->kind == taker->kind && (effect->kind != LS_EFFECT_RENAME_COLUMN ||
                                                         effect->relation == taker->relation);
            const char *given = alike ? old_name(effect) : NULL;
            if (given != NULL && taken != NULL && strcmp(given, taken) == 0)
                return true;
        }
    return false;
}

bool ls_is_swap(const ls_stage_facts *stage, unsigned transaction) {
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (size_t i = 0; step->transaction == transaction && i < step->effects.count; i++)
            if (is_renaming(step->effects.items[i].effect) &&
                gives_up(stage, transaction, step->effects.items[i].effect))
                return true;
    return false;
}
