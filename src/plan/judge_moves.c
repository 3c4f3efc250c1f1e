/*
 * judge_moves.c - a value that moves to another column without being copied.
 *
 * Two columns belong together where something copies from one to the other; where nothing does,
 * the plan may mean it and have forgotten it. It is suspected where one version stops reading a
 * column that the plan drops, and begins in the same deploy to read a new one of the same type that
 * cannot be empty: whoever says users.nickname? does not take it for a successor.
 */
#include "effects/type_facts.h"
#include "plan/judging.h"
#include "support/same.h"

#include <string.h>

static bool can_be_empty(const ls_live_version *version, const char *column) {
    for (LS_EACH(const ls_plan_column, word, version->version->reads))
        if (word->optional && ls_same_name(word->column, column))
            return true;
    return false;
}

/* Something is put into the column that may be the old one's value: not that of another alone. */
static bool may_carry(const char *source, bool of_several, const char *old) {
    return source == NULL || of_several || strcmp(source, old) == 0;
}

static bool is_assigned(const ls_plan_facts *facts, const ls_relation *table, const char *column,
                        const char *old) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_row_change, change, stage->changes))
            for (LS_EACH(const ls_assignment, assignment, change->assignments))
                if (change->relation == table->id && strcmp(assignment->column, column) == 0 &&
                    may_carry(assignment->source, assignment->of_several, old))
                    return true;
    for (LS_EACH(const ls_plan_trigger, trigger, facts->triggers)) {
        if (trigger->relation == table->id && (!trigger->has_body || !trigger->body.understood))
            return true;
        for (LS_EACH(const ls_trigger_assignment, assignment, trigger->body.assignments))
            if (trigger->relation == table->id && strcmp(assignment->target, column) == 0 &&
                may_carry(assignment->source, false, old))
                return true;
    }
    return false;
}

/* The table's new column that the version reads instead of the old one; NULL: none. */
static const char *successor(const ls_plan_facts *facts, const ls_live_version *version,
                             const ls_relation *table, const ls_catalog_column *old) {
    const ls_relation *at_first = ls_state_of(facts, table->id, 0);
    for (LS_EACH(const ls_catalog_column, column, table->columns))
        if (at_first != NULL && at_first->columns_complete &&
            ls_relation_column(at_first, column->name) == NULL &&
            ls_same_type(&column->type, &old->type) &&
            ls_version_reads(facts, version, table, column->name) &&
            !can_be_empty(version, column->name) && column->default_value == NULL &&
            column->generated == 0 && !is_assigned(facts, table, column->name, old->name))
            return column->name;
    return NULL;
}

static bool stops_reading(const ls_plan_facts *facts, const ls_live_version *version,
                          const ls_relation *table, const char *column) {
    const ls_live_version *before = ls_version_before(facts, version);
    return before != NULL && !before->uses_all && !version->uses_all &&
           ls_version_reads(facts, before, table, column) &&
           !ls_version_reads(facts, version, table, column);
}

static void judge_drop(ls_plan_judging *judging, const ls_stage_facts *stage,
                       const ls_plan_step *step, const ls_effect *drop) {
    const ls_plan_facts *facts = judging->facts;
    const ls_relation *table = ls_state_of(facts, drop->relation, stage->stage->number - 1);
    const char *name = ls_effect_column(judging->arena, drop);
    const ls_catalog_column *old =
        table == NULL || name == NULL ? NULL : ls_relation_column(table, name);
    if (old == NULL)
        return;
    for (LS_EACH(const ls_live_version, version, facts->versions)) {
        if (version->stage == 0 || version->stage >= stage->stage->number ||
            !stops_reading(facts, version, table, name))
            continue;
        const char *other = successor(facts, version, table, old);
        if (other == NULL)
            continue;
        ls_effect *effect = ls_tell_problem(judging, stage, "moved-without-copy");
        ls_tell_relation(judging, effect, table);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, name);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_OTHER, other);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_VERSION, version->label);
        ls_tell_place(judging, effect, step, drop->at, "its values go with it");
    }
}

void ls_judge_moves(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects))
                if (one->effect->kind == LS_EFFECT_DROP_COLUMN)
                    judge_drop(judging, stage, step, one->effect);
}
