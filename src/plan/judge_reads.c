/*
 * judge_reads.c - the moment at which a version begins to read another column.
 */
#include "plan/judging.h"

#include <string.h>

const ls_live_version *ls_version_before(const ls_plan_facts *facts,
                                         const ls_live_version *version) {
    const ls_live_version *before = NULL;
    for (LS_EACH(const ls_live_version, other, facts->versions)) {
        if (other == version)
            break;
        if (strcmp(other->app, version->app) == 0)
            before = other;
    }
    return before;
}

/* --- Proof ----------------------------------------------------------------------------------- */

/* A check between the backfill and the version, or a constraint that has been validated. */
static bool is_checked(const ls_plan_facts *facts, unsigned from, unsigned to,
                       ls_relation_id relation) {
    for (unsigned number = from + 1; number < to; number++) {
        const ls_stage_facts *stage = ls_stage_numbered(facts, number);
        if (ls_stage_is(stage, LS_PLAN_CHECK))
            return true;
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects))
                if (one->effect->relation == relation &&
                    (one->effect->kind == LS_EFFECT_VALIDATE_CONSTRAINT ||
                     one->effect->kind == LS_EFFECT_SET_NOT_NULL))
                    return true;
    }
    return false;
}

/* The last copy into the column before the stage; NULL if there is none. */
static const ls_row_change *copy_into(const ls_plan_facts *facts, ls_relation_id relation,
                                      const char *column, unsigned before, unsigned *in) {
    const ls_row_change *found = NULL;
    for (unsigned number = 1; number < before; number++)
        for (LS_EACH(const ls_row_change, change, ls_stage_numbered(facts, number)->changes))
            for (LS_EACH(const ls_assignment, assignment, change->assignments))
                if (change->relation == relation && assignment->source != NULL &&
                    strcmp(assignment->column, column) == 0) {
                    found = change;
                    *in = number;
                }
    return found;
}

static void judge_switch(ls_plan_judging *judging, const ls_live_version *version,
                         const ls_relation *table, const char *column) {
    const ls_plan_facts *facts = judging->facts;
    unsigned filled;
    const ls_row_change *copy = copy_into(facts, table->id, column, version->stage, &filled);
    if (copy == NULL || is_checked(facts, filled, version->stage, table->id))
        return;
    ls_effect *effect =
        ls_tell_problem(judging, ls_stage_numbered(facts, version->stage), "read-switch-unchecked");
    ls_tell_relation(judging, effect, table);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, column);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_VERSION, version->label);
    ls_tell_place(judging, effect, copy->step, copy->at, "fills it");
}

/* --- The last copy --------------------------------------------------------------------------- */

/* A column of the table that the version no longer writes, but that the one before it wrote and
 * read. */
static const char *given_up(const ls_plan_facts *facts, const ls_live_version *version,
                            const ls_live_version *before, const ls_relation *table) {
    for (LS_EACH(const ls_catalog_column, column, table->columns))
        if (ls_version_reads(facts, before, table, column->name) &&
            ls_version_writes(facts, before, table, column->name) &&
            !ls_version_uses(facts, version, table, column->name))
            return column->name;
    return NULL;
}

static bool is_copied(const ls_plan_facts *facts, const ls_relation *table, const char *from,
                      const char *to) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_row_change, change, stage->changes))
            for (LS_EACH(const ls_assignment, assignment, change->assignments))
                if (change->relation == table->id && assignment->source != NULL &&
                    strcmp(assignment->source, from) == 0 && strcmp(assignment->column, to) == 0)
                    return true;
    return false;
}

static bool is_synced_back(const ls_plan_facts *facts, const ls_relation *table, const char *from,
                           const char *to) {
    for (LS_EACH(const ls_plan_trigger, trigger, facts->triggers))
        for (LS_EACH(const ls_trigger_assignment, one, trigger->body.assignments))
            if (trigger->relation == table->id && one->source != NULL &&
                strcmp(one->source, from) == 0 && strcmp(one->target, to) == 0)
                return true;
    return false;
}

static void judge_flip(ls_plan_judging *judging, const ls_live_version *version,
                       const ls_live_version *before, const ls_relation *table,
                       const char *column) {
    const ls_plan_facts *facts = judging->facts;
    const char *old = given_up(facts, version, before, table);
    if (old == NULL || !is_copied(facts, table, old, column) ||
        is_synced_back(facts, table, column, old))
        return;
    ls_effect *effect =
        ls_tell_problem(judging, ls_stage_numbered(facts, version->stage), "sole-copy-flip");
    ls_tell_relation(judging, effect, table);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, column);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_SOURCE, old);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_VERSION, version->label);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_OTHER, before->label);
}

static void judge_version(ls_plan_judging *judging, const ls_live_version *version) {
    const ls_plan_facts *facts = judging->facts;
    const ls_live_version *before = ls_version_before(facts, version);
    const ls_relation_ids ids = ls_plan_relations(facts);
    if (version->stage == 0 || version->uses_all)
        return;
    for (size_t i = 0; i < ids.count; i++) {
        const ls_relation *table = ls_state_of(facts, ids.items[i], version->stage);
        for (uint32_t j = 0; table != NULL && j < table->columns.count; j++) {
            const char *column = table->columns.items[j].name;
            bool begins = ls_version_reads(facts, version, table, column) &&
                          (before == NULL || !ls_version_reads(facts, before, table, column));
            if (!begins)
                continue;
            judge_switch(judging, version, table, column);
            if (before != NULL)
                judge_flip(judging, version, before, table, column);
        }
    }
}

void ls_judge_reads(ls_plan_judging *judging) {
    for (LS_EACH(const ls_live_version, version, judging->facts->versions))
        judge_version(judging, version);
}
