/*
 * judge_contract.c - what is added and never used, what is left behind, and what is removed
 * together.
 */
#include "plan/judging.h"

#include <string.h>

/* --- Added for nobody ------------------------------------------------------------------------ */

static bool is_named_by_versions(const ls_plan_facts *facts, const ls_relation *table,
                                 const char *column) {
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (version->stage > 0 && ls_version_uses(facts, version, table, column))
            return true;
    return false;
}

/* Any later statement about the column: a constraint, an index, a copy, a rename. */
static bool is_mentioned(const ls_plan_facts *facts, ls_relation_id relation, const char *column,
                         const ls_effect *except) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages)) {
        for (LS_EACH(const ls_row_change, change, stage->changes))
            for (LS_EACH(const ls_assignment, assignment, change->assignments))
                if (change->relation == relation && strcmp(assignment->column, column) == 0)
                    return true;
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                const char *named = ls_effect_column(facts->arena, one->effect);
                bool removes = one->phase == LS_PHASE_REMOVE || one->phase == LS_PHASE_RENAME;
                if (one->effect != except && removes && one->effect->relation == relation &&
                    named != NULL && strcmp(named, column) == 0)
                    return true;
            }
    }
    return false;
}

static void judge_unused(ls_plan_judging *judging, const ls_stage_facts *stage,
                         const ls_plan_step *step, const ls_effect *effect) {
    const ls_plan_facts *facts = judging->facts;
    const ls_relation *table = ls_state_of(facts, effect->relation, stage->stage->number);
    const char *column = ls_effect_column(judging->arena, effect);
    if (effect->kind != LS_EFFECT_ADD_COLUMN || table == NULL || column == NULL ||
        ls_effect_flag(effect, LS_ATTRIBUTE_EXISTS) || is_named_by_versions(facts, table, column) ||
        is_mentioned(facts, table->id, column, effect))
        return;
    ls_effect *told = ls_tell_problem(judging, stage, "unused-expand");
    ls_tell_relation(judging, told, table);
    ls_tell_text(judging, told, LS_ATTRIBUTE_COLUMN, column);
    ls_tell_place(judging, told, step, effect->at, "is added here");
}

/* --- Left behind ----------------------------------------------------------------------------- */

/* Queries name what is none of the plan's, too. */
static bool was_used(const ls_plan_facts *facts, const ls_relation *table, const char *column) {
    if (!ls_is_listed(facts, table, column) && !ls_is_copied(facts, table, column))
        return false;
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (!version->uses_all && ls_version_uses(facts, version, table, column))
            return true;
    return false;
}

/* A statement of the plan drops it, even if it is refused for now. */
static bool is_to_be_dropped(const ls_plan_facts *facts, ls_relation_id relation,
                             const char *column) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                const char *named = ls_effect_column(facts->arena, one->effect);
                if (one->effect->kind == LS_EFFECT_DROP_COLUMN &&
                    one->effect->relation == relation && named != NULL &&
                    strcmp(named, column) == 0)
                    return true;
            }
    return false;
}

static void judge_left_behind(ls_plan_judging *judging) {
    const ls_plan_facts *facts = judging->facts;
    const unsigned all = facts->stages.count;
    const ls_stage_facts *last = ls_stage_numbered(facts, all);
    const ls_relation_ids ids = ls_plan_relations(facts);
    for (size_t i = 0; i < ids.count; i++) {
        const ls_relation *table = ls_state_of(facts, ids.items[i], all);
        for (uint32_t j = 0; table != NULL && j < table->columns.count; j++) {
            const char *column = table->columns.items[j].name;
            if (!was_used(facts, table, column) ||
                ls_anyone_uses(facts, last->after, table, column) ||
                is_to_be_dropped(facts, table->id, column))
                continue;
            ls_effect *effect = ls_tell_problem(judging, last, "never-contracted");
            ls_tell_relation(judging, effect, table);
            ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, column);
        }
    }
}

/* --- Nobody moved ---------------------------------------------------------------------------- */

static unsigned stage_that_adds(const ls_plan_facts *facts, ls_relation_id relation,
                                unsigned before) {
    for (unsigned number = before; number-- > 1;)
        for (LS_EACH(const ls_plan_step, step, ls_stage_numbered(facts, number)->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects))
                if (one->effect->kind == LS_EFFECT_ADD_COLUMN && one->effect->relation == relation)
                    return number;
    return 0;
}

/* Then the versions have moved without knowing. */
static bool exchanges_names(const ls_stage_facts *stage) {
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        if (ls_is_swap(stage, step->transaction))
            return true;
    return false;
}

static bool is_deployed_between(const ls_plan_facts *facts, unsigned from, unsigned to) {
    for (unsigned number = from + 1; number < to; number++)
        if (ls_stage_is(ls_stage_numbered(facts, number), LS_PLAN_DEPLOY) ||
            exchanges_names(ls_stage_numbered(facts, number)))
            return true;
    return false;
}

static void judge_drop(ls_plan_judging *judging, const ls_stage_facts *stage,
                       const ls_plan_step *step, const ls_effect *effect) {
    const ls_plan_facts *facts = judging->facts;
    unsigned number = stage->stage->number;
    const ls_relation *table = ls_state_of(facts, effect->relation, number - 1);
    const char *column = ls_effect_column(judging->arena, effect);
    if (effect->kind != LS_EFFECT_DROP_COLUMN || table == NULL || column == NULL)
        return;
    unsigned added = stage_that_adds(facts, effect->relation, number);
    if (added > 0 && !is_deployed_between(facts, added, number) &&
        ls_state_of(facts, effect->relation, 0) != NULL) {
        ls_effect *told = ls_tell_problem(judging, stage, "no-deploy-between");
        ls_tell_relation(judging, told, table);
        ls_tell_text(judging, told, LS_ATTRIBUTE_COLUMN, column);
        ls_tell_number(judging, told, LS_ATTRIBUTE_COUNT, added);
        ls_tell_place(judging, told, step, effect->at, "is removed here");
    }
}

/* --- Several at once ------------------------------------------------------------------------- */

static bool removes_data(const ls_effect *effect) {
    return effect->kind == LS_EFFECT_DROP_TABLE || effect->kind == LS_EFFECT_DROP_COLUMN;
}

static void judge_bundle(ls_plan_judging *judging, const ls_stage_facts *stage) {
    const ls_effect *first = NULL;
    const ls_plan_step *first_step = NULL;
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects)) {
            if (!removes_data(one->effect))
                continue;
            if (first == NULL) {
                first = one->effect;
                first_step = step;
                continue;
            }
            ls_effect *effect = ls_tell_problem(judging, stage, "contract-bundle");
            ls_tell_place(judging, effect, first_step, first->at, "one removal");
            ls_tell_place(judging, effect, step, one->effect->at, "another");
            return;
        }
}

void ls_judge_contract(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages)) {
        if (ls_stage_is(stage, LS_PLAN_CONTRACT))
            judge_bundle(judging, stage);
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                judge_unused(judging, stage, step, one->effect);
                judge_drop(judging, stage, step, one->effect);
            }
    }
    judge_left_behind(judging);
}
