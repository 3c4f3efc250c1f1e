/*
 * translate_rows.c - what backfills and other data changes do to carriers, and what checks prove.
 */
#include "plan/judging.h"
#include "plan/live.h"
#include "plan/translating.h"

#include <string.h>

static bool is_guess(const ls_assignment *assignment) {
    return assignment->rows == LS_ROWS_WANTED_OTHER && assignment->source == NULL;
}

static ls_model_rows model_rows(ls_rows_wanted rows) {
    switch (rows) {
    case LS_ROWS_WANTED_ALL:
        return LS_MODEL_ROWS_ALL;
    case LS_ROWS_WANTED_DISTINCT:
        return LS_MODEL_ROWS_DISTINCT;
    case LS_ROWS_WANTED_NULL:
    case LS_ROWS_WANTED_OTHER:
        return LS_MODEL_ROWS_NULL;
    }
    return LS_MODEL_ROWS_ALL;
}

/* An INSERT brings rows that are missing, and with ON CONFLICT DO UPDATE those that differ. */
static ls_model_rows rows_copied(const ls_row_change *change, const ls_assignment *assignment) {
    if (assignment->source_table == NULL)
        return model_rows(assignment->rows);
    const ls_conflict *conflict = change->query->conflict;
    if (conflict == NULL)
        return LS_MODEL_ROWS_NULL;
    for (LS_EACH(const ls_target, target, conflict->set))
        if (target->name != NULL && strcmp(target->name, assignment->column) == 0 &&
            (assignment->rows == LS_ROWS_WANTED_DISTINCT || assignment->rows == LS_ROWS_WANTED_ALL))
            return LS_MODEL_ROWS_DISTINCT;
    return LS_MODEL_ROWS_NULL;
}

/* A change by a condition of its own repairs what a constraint will ask for, if there is one. */
static void add_repair(ls_translation *translation, const ls_row_change *change, const char *column,
                       ls_model_stage *into) {
    ls_model_index carrier = ls_known_carrier(translation, change->table, column);
    ls_model_index property = carrier == LS_NONE ? LS_NONE : ls_property_of(translation, carrier);
    if (property == LS_NONE)
        return;
    ls_model_backfill repair = {.target = property,
                                .source = LS_NONE,
                                .rows = LS_MODEL_ROWS_NULL,
                                .skip_locked = change->skip_locked};
    LS_PUSH(translation->arena, &into->backfills, repair);
}

static bool updates(const ls_live_version *version, const char *table, const char *column) {
    for (LS_EACH(const ls_plan_write, change, version->data_changes))
        if (change->kind == LS_QUERY_UPDATE && strcmp(change->table, table) == 0)
            for (LS_EACH(const char *, set, change->columns))
                if (strcmp(*set, column) == 0)
                    return true;
    return false;
}

static bool lists(const ls_plan_columns *words, const ls_relation *relation, const char *column) {
    for (LS_EACH(const ls_plan_column, word, *words))
        if (!word->derived && ls_word_names(word, relation, column))
            return true;
    return false;
}

/* A column that no version names and no stage changes is none of the plan's: what is made of it is
 * computed, not copied. Queries name all that there is; what they update can become stale. */
static bool is_of_plan(const ls_translation *translation, const char *table, const char *column) {
    const char *name = ls_shown_relation(table), *dot = strchr(name, '.');
    const ls_relation relation = {
        .schema =
            dot == NULL ? "public" : ls_arena_copy(translation->arena, name, (size_t)(dot - name)),
        .name = dot == NULL ? name : dot + 1,
    };
    for (LS_EACH(const ls_live_version, version, translation->facts->versions))
        if (version->uses_all || lists(&version->version->reads, &relation, column) ||
            lists(&version->version->writes, &relation, column) || updates(version, table, column))
            return true;
    return ls_known_carrier(translation, table, column) != LS_NONE;
}

static void add_backfill(ls_translation *translation, const ls_row_change *change,
                         const ls_assignment *assignment, ls_model_stage *into) {
    if (is_guess(assignment)) {
        add_repair(translation, change, assignment->column, into);
        return;
    }
    const char *source_table =
        assignment->source_table == NULL ? change->table : assignment->source_table;
    bool copied =
        assignment->source != NULL && is_of_plan(translation, source_table, assignment->source);
    ls_model_backfill backfill = {
        .target = ls_carrier(translation, change->table, assignment->column),
        .source = copied ? ls_carrier(translation, source_table, assignment->source) : LS_NONE,
        .rows = rows_copied(change, assignment),
        .skip_locked = change->skip_locked,
        .unknown = copied && assignment->of_several,
    };
    ls_model_carrier *target = &translation->model->carriers.items[backfill.target];
    target->apart = target->apart || (assignment->source_table != NULL && !target->exists);
    LS_PUSH(translation->arena, &into->backfills, backfill);
}

/* Rows that a constraint does not take may also be deleted. */
static void add_deletion(ls_translation *translation, const ls_row_change *change,
                         ls_model_stage *into) {
    const ls_model *model = translation->model;
    for (uint32_t i = 0; i < model->carriers.count; i++) {
        const ls_model_carrier *property = &model->carriers.items[i];
        if (property->of != LS_NONE &&
            strcmp(model->tables.items[property->table], ls_shown_relation(change->table)) == 0)
            add_repair(translation, change, model->carriers.items[property->of].name, into);
    }
}

void ls_translate_backfill(ls_translation *translation, const ls_stage_facts *stage,
                           ls_model_stage *into) {
    for (LS_EACH(const ls_row_change, change, stage->changes)) {
        for (LS_EACH(const ls_assignment, assignment, change->assignments))
            add_backfill(translation, change, assignment, into);
        if (change->query->kind == LS_QUERY_DELETE)
            add_deletion(translation, change, into);
    }
}

void ls_translate_gates(ls_translation *translation, const ls_stage_facts *stage,
                        ls_model_stage *into) {
    for (LS_EACH(const ls_plan_gate, gate, stage->gates)) {
        ls_model_gate made = {.source = LS_NONE};
        made.carrier = ls_known_carrier(translation, gate->table, gate->column);
        if (gate->other && made.carrier != LS_NONE)
            made.carrier = ls_property_of(translation, made.carrier);
        if (gate->source != NULL)
            made.source = ls_known_carrier(translation, gate->table, gate->source);
        if (made.carrier != LS_NONE)
            LS_PUSH(translation->arena, &into->gates, made);
    }
}

/* Rows that a migration changes without more ado: all of them at once. */
void ls_translate_copies(ls_translation *translation, const ls_stage_facts *stage,
                         const ls_plan_step *step, ls_model_transaction *into) {
    for (LS_EACH(const ls_row_change, change, stage->changes))
        for (size_t i = 0; change->step == step && i < change->assignments.count; i++) {
            const ls_assignment *assignment = &change->assignments.items[i];
            if (change->query->kind != LS_QUERY_UPDATE || is_guess(assignment))
                continue;
            ls_model_action copy = {.act = LS_ACT_COPY, .other = LS_NONE, .trigger = LS_NONE};
            copy.carrier = ls_carrier(translation, change->table, assignment->column);
            if (assignment->source != NULL)
                copy.other = ls_carrier(translation, change->table, assignment->source);
            LS_PUSH(translation->arena, &into->actions, copy);
        }
}
