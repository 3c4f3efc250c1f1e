/*
 * judge_backfill.c - how a backfill goes through its table, and what stands around it.
 */
#include "plan/judging.h"
#include "plan/rows.h"
#include "plan/triggers.h"

#include "support/path.h"

#include <string.h>

static const ls_relation *table_of(const ls_plan_facts *facts, const ls_stage_facts *stage,
                                   const ls_row_change *change) {
    return ls_state_of(facts, change->relation, stage->stage->number);
}

static ls_effect *tell_about(ls_plan_judging *judging, const ls_stage_facts *stage,
                             const ls_row_change *change, const char *cause, const char *label) {
    ls_effect *effect = ls_tell_problem(judging, stage, cause);
    ls_tell_relation(judging, effect, table_of(judging->facts, stage, change));
    ls_tell_place(judging, effect, change->step, change->at, label);
    return effect;
}

/* --- Portions -------------------------------------------------------------------------------- */

static bool is_insert_of_values(const ls_row_change *change) {
    return change->query->kind == LS_QUERY_INSERT &&
           (change->query->source == NULL || change->query->source->kind == LS_QUERY_VALUES);
}

/* Single rows, by their keys. */
static bool takes_few(const ls_row_change *change) {
    for (LS_EACH(const ls_plan_effect, one, change->step->effects)) {
        const char *rows =
            one->phase == LS_PHASE_DATA ? ls_effect_text(one->effect, LS_ATTRIBUTE_ROWS) : NULL;
        if (rows != NULL && strcmp(rows, "few") != 0 && strcmp(rows, "values") != 0 &&
            strcmp(rows, "bounded") != 0)
            return false;
    }
    return true;
}

static void judge_portions(ls_plan_judging *judging, const ls_stage_facts *stage,
                           const ls_row_change *change) {
    if (change->batching != LS_BATCH_NONE || is_insert_of_values(change) || takes_few(change) ||
        ls_is_new_table(judging->facts, change->relation, stage->stage->number))
        return;
    tell_about(judging, stage, change, "unbatched", "takes every row that fits at once");
}

/* A loop that commits cannot run inside a transaction that it did not begin. */
static void judge_commits(ls_plan_judging *judging, const ls_stage_facts *stage,
                          const ls_row_change *change) {
    if (change->batching == LS_BATCH_LOOP && change->step->in_transaction)
        tell_about(judging, stage, change, "backfill-in-transaction",
                   "commits inside a transaction that it did not begin");
}

/* --- Running it again ------------------------------------------------------------------------ */

static void judge_repetition(ls_plan_judging *judging, const ls_stage_facts *stage,
                             const ls_row_change *change) {
    for (LS_EACH(const ls_assignment, assignment, change->assignments)) {
        bool in_place = assignment->of_itself && assignment->source_table == NULL;
        bool all = assignment->rows == LS_ROWS_WANTED_ALL && change->order_key == NULL;
        if (change->query->kind != LS_QUERY_UPDATE || !(in_place || all))
            continue;
        ls_effect *effect = tell_about(judging, stage, change, "not-resumable",
                                       in_place ? "starts from its own old value"
                                                : "does not tell the rows that are left");
        ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, assignment->column);
        return;
    }
}

/* --- The key --------------------------------------------------------------------------------- */

static bool leads(const ls_relation *index, const char *column) {
    return index->elements.count > 0 && index->elements.items[0].column != NULL &&
           strcmp(index->elements.items[0].column, column) == 0;
}

bool ls_has_index_on(const ls_plan_facts *facts, const ls_relation *table, const char *column,
                     unsigned done) {
    for (size_t i = 0; i < table->indexes.count; i++) {
        const ls_relation *index = ls_state_of(facts, table->indexes.items[i], done);
        if (index != NULL && leads(index, column))
            return true;
    }
    return false;
}

static void judge_key(ls_plan_judging *judging, const ls_stage_facts *stage,
                      const ls_row_change *change) {
    const ls_relation *table = table_of(judging->facts, stage, change);
    const char *key = stage->stage->key != NULL ? stage->stage->key : change->order_key;
    if (table == NULL || key == NULL || !table->columns_complete ||
        ls_relation_column(table, key) == NULL ||
        ls_has_index_on(judging->facts, table, key, stage->stage->number))
        return;
    ls_effect *effect =
        tell_about(judging, stage, change, "key-without-index", "goes along a column");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, key);
}

/* --- Who is woken up ------------------------------------------------------------------------- */

static void judge_other_triggers(ls_plan_judging *judging, const ls_stage_facts *stage,
                                 const ls_row_change *change) {
    const ls_relation *table = table_of(judging->facts, stage, change);
    for (uint32_t i = 0; table != NULL && i < table->triggers.count; i++) {
        const ls_catalog_trigger *trigger = &table->triggers.items[i];
        const ls_plan_trigger *known =
            ls_trigger_before(judging->facts, table->id, trigger->name, stage->stage->number);
        bool fires = change->query->kind == LS_QUERY_UPDATE && trigger->on_update &&
                     trigger->columns.count == 0 && trigger->when_columns.count == 0;
        if (!fires || trigger->disabled || (known != NULL && ls_is_sync_trigger(known)))
            continue;
        ls_effect *effect =
            tell_about(judging, stage, change, "other-triggers-fire", "fires for every row");
        ls_tell_text(judging, effect, LS_ATTRIBUTE_TRIGGER, trigger->name);
        return;
    }
}

/* --- Proof that it is done ------------------------------------------------------------------- */

static bool checks(const ls_stage_facts *stage, const char *table, const char *column) {
    for (LS_EACH(const ls_plan_gate, gate, stage->gates))
        if (strcmp(gate->table, table) == 0 &&
            (strcmp(gate->column, column) == 0 ||
             (gate->source != NULL && strcmp(gate->source, column) == 0)))
            return true;
    return false;
}

/* VALIDATE of a constraint on the column, or SET NOT NULL, goes through all rows. */
static bool proves(const ls_stage_facts *stage, ls_relation_id relation) {
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects)) {
            const ls_effect_kind kind = one->effect->kind;
            if (one->effect->relation == relation &&
                (kind == LS_EFFECT_VALIDATE_CONSTRAINT || kind == LS_EFFECT_SET_NOT_NULL))
                return true;
        }
    return false;
}

static bool starts_reading(const ls_plan_facts *facts, const ls_stage_facts *stage,
                           const ls_relation *table, const char *column) {
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (version->stage == stage->stage->number)
            return ls_version_reads(facts, version, table, column);
    return false;
}

static bool check_is_strange(const ls_stage_facts *stage) {
    return ls_stage_is(stage, LS_PLAN_CHECK) && stage->gates.count == 0 &&
           stage->empty_gate.why == NULL;
}

/* A unique index takes the values for what they are to be. */
static bool indexes(const ls_plan_facts *facts, const ls_stage_facts *stage,
                    const ls_relation *table, const char *column) {
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects)) {
            const ls_attribute_value *columns = ls_effect_value(one->effect, LS_ATTRIBUTE_COLUMNS);
            bool unique = one->effect->kind == LS_EFFECT_CREATE_INDEX &&
                          ls_effect_flag(one->effect, LS_ATTRIBUTE_UNIQUE) &&
                          one->effect->relation == table->id;
            for (size_t i = 0; unique && columns != NULL && i < columns->words->count; i++)
                if (strcmp(ls_unquoted(facts->arena, columns->words->items[i]), column) == 0)
                    return true;
        }
    return false;
}

/* The first stage that takes the column for filled, with nothing before it that shows it is. */
static const ls_stage_facts *unproven_use(const ls_plan_facts *facts, const ls_stage_facts *stage,
                                          const ls_row_change *change, const char *column,
                                          ls_phase *by) {
    for (unsigned next = stage->stage->number + 1; next <= facts->stages.count; next++) {
        const ls_stage_facts *later = ls_stage_numbered(facts, next);
        const ls_relation *table = ls_state_of(facts, change->relation, next);
        if (table == NULL || checks(later, table->full_name, column) || check_is_strange(later))
            return NULL;
        bool read = starts_reading(facts, later, table, column);
        *by = read                                   ? LS_PHASE_READ
              : proves(later, change->relation)      ? LS_PHASE_PROVE
              : indexes(facts, later, table, column) ? LS_PHASE_INDEX
                                                     : LS_PHASE_NONE;
        if (*by != LS_PHASE_NONE)
            return later;
    }
    return NULL;
}

static void judge_proof(ls_plan_judging *judging, const ls_stage_facts *stage,
                        const ls_row_change *change) {
    for (LS_EACH(const ls_assignment, assignment, change->assignments)) {
        ls_phase by;
        const ls_stage_facts *use =
            unproven_use(judging->facts, stage, change, assignment->column, &by);
        if (use == NULL)
            continue;
        ls_effect *effect =
            tell_about(judging, stage, change, "unverified-backfill", "fills the column");
        ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, assignment->column);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_PHASE, ls_phase_name(by));
        ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT,
                     ls_arena_format(judging->arena, "%s: %s", ls_plan_verb_name(use->stage->verb),
                                     use->stage->value));
        return;
    }
}

void ls_judge_backfill(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages)) {
        for (LS_EACH(const ls_row_change, change, stage->changes)) {
            judge_portions(judging, stage, change);
            judge_commits(judging, stage, change);
            if (!ls_stage_is(stage, LS_PLAN_BACKFILL))
                continue;
            judge_repetition(judging, stage, change);
            judge_key(judging, stage, change);
            judge_other_triggers(judging, stage, change);
            judge_proof(judging, stage, change);
        }
    }
}
