/*
 * moves.c - which moves a situation allows, and what they make of it.
 */
#include "plan/model/search.h"

#include <string.h>

/* --- Where the plan stands ------------------------------------------------------------------- */

static const ls_group_stage *stage_at(const ls_group *group, uint32_t number) {
    return &group->stages.items[number];
}

static bool front_ended(const ls_group *group, const ls_situation *situation) {
    return situation->at == stage_at(group, situation->front)->steps.count;
}

/* May the stage after the front start before the front has ended? */
static bool next_may_start(const ls_group *group, const ls_situation *situation) {
    if (situation->lag != LS_NO_LAG || situation->front + 1 >= group->stages.count)
        return false;
    const ls_group_stage *front = stage_at(group, situation->front);
    return stage_at(group, situation->front + 1)->overlaps &&
           (situation->at > 0 || front->starts_by_itself);
}

static void start_next(ls_situation *situation) {
    situation->lag = situation->at;
    situation->lag_done = situation->done;
    situation->front++;
    situation->at = 0;
    situation->done = false;
}

static void take_step(const ls_group *group, ls_situation *situation, bool of_lag) {
    if (of_lag) {
        situation->lag++;
        situation->lag_done = false;
        if (situation->lag == stage_at(group, situation->front - 1)->steps.count)
            situation->lag = LS_NO_LAG;
    } else {
        situation->at++;
        situation->done = false;
    }
    if (situation->lag == LS_NO_LAG && front_ended(group, situation)) {
        situation->front++;
        situation->at = 0;
    }
}

static const ls_group_step *step_at(const ls_group *group, const ls_situation *situation,
                                    bool of_lag) {
    if (of_lag)
        return situation->lag == LS_NO_LAG
                   ? NULL
                   : &stage_at(group, situation->front - 1)->steps.items[situation->lag];
    if (situation->front == group->stages.count || front_ended(group, situation))
        return NULL;
    return &stage_at(group, situation->front)->steps.items[situation->at];
}

const ls_group_step *ls_move_step(const ls_group *group, const ls_situation *situation,
                                  const ls_move *move, uint32_t *stage) {
    ls_situation now = *situation;
    if (move->version != LS_NOT_IN_GROUP)
        return NULL;
    if (move->starts)
        start_next(&now);
    *stage = now.front - (move->of_lag ? 1 : 0);
    return step_at(group, &now, move->of_lag);
}

/* --- Moves of versions ----------------------------------------------------------------------- */

static bool passes_rows_by(const ls_group_step *step) {
    return step != NULL && step->kind == LS_STEP_BACKFILL_ENDS &&
           step->backfill.model->rows == LS_MODEL_ROWS_ALL;
}

static bool is_enabled(const ls_group_write *write, const ls_row *row) {
    return write->creates != row->present;
}

static ls_step_kind kind_of(const ls_group_write *write) {
    return write->kind == LS_WRITE_INSERT   ? LS_STEP_INSERT
           : write->kind == LS_WRITE_UPDATE ? LS_STEP_UPDATE
                                            : LS_STEP_DELETE;
}

void ls_moves_of_version(const ls_search *search, const ls_situation *situation, ls_local number,
                         ls_move_visit *visit, void *context) {
    const ls_group *group = search->group;
    const ls_group_version *version = &group->versions.items[number];
    for (uint32_t i = 0; i < version->writes.count; i++) {
        const ls_group_write *write = &version->writes.items[i];
        ls_move move = {.kind = kind_of(write), .version = number, .item = (uint8_t)i};
        if (!is_enabled(write, &situation->row))
            continue;
        visit(context, &move);
        move.passed_by = true;
        if (write->creates && (passes_rows_by(step_at(group, situation, false)) ||
                               passes_rows_by(step_at(group, situation, true))))
            visit(context, &move);
    }
    for (LS_EACH_OF(carrier, version->reads)) {
        ls_move move = {.kind = LS_STEP_READ, .version = number, .item = (uint8_t)carrier};
        visit(context, &move);
    }
}

static ls_fault write_row(ls_search *search, ls_situation *situation, const ls_move *move) {
    const ls_group_version *version = &search->group->versions.items[move->version];
    const ls_schema *schema = &search->schemas.items[situation->schema];
    if (move->kind == LS_STEP_READ)
        return ls_row_read(search->group, schema, version, move->item, &situation->row);
    const ls_group_write *write = &version->writes.items[move->item];
    ls_fault fault = ls_row_write(search->group, schema, write, &situation->row);
    if (write->creates || write->kind == LS_WRITE_DELETE) {
        situation->done =
            move->passed_by && passes_rows_by(step_at(search->group, situation, false));
        situation->lag_done =
            move->passed_by && passes_rows_by(step_at(search->group, situation, true));
    }
    return fault;
}

/* --- Moves of the plan ----------------------------------------------------------------------- */

static bool names_exist(const ls_schema *schema, const ls_group_backfill *backfill) {
    ls_carrier_set names = ls_bit(backfill->target);
    if (backfill->source != LS_NOT_IN_GROUP)
        names |= ls_bit(backfill->source);
    return (names & ~(schema->exists | schema->aliases)) == 0;
}

static bool backfill_may_end(const ls_group *group, const ls_group_backfill *backfill,
                             const ls_row *row, bool done) {
    if (backfill->model->skip_locked || backfill->model->unknown ||
        !ls_row_left(group, backfill, row, done))
        return true;
    return backfill->source != LS_NOT_IN_GROUP && row->value[backfill->source] == LS_VALUE_NULL;
}

static void visit_backfill(const ls_search *search, const ls_situation *situation,
                           const ls_group_step *step, ls_move move, ls_move_visit *visit,
                           void *context) {
    const ls_schema *schema = &search->schemas.items[situation->schema];
    ls_group_backfill backfill = step->backfill;
    bool done = move.of_lag ? situation->lag_done : situation->done;
    bool named = names_exist(schema, &backfill);
    if (named) {
        backfill.target = ls_resolve(schema, backfill.target);
        if (backfill.source != LS_NOT_IN_GROUP)
            backfill.source = ls_resolve(schema, backfill.source);
    }
    if (named && backfill_may_end(search->group, &backfill, &situation->row, done))
        visit(context, &move);
    move.kind = LS_STEP_BACKFILL;
    if (!named || ls_row_left(search->group, &backfill, &situation->row, done))
        visit(context, &move);
}

/* A check that is not true yet waits; one that cannot be asked fails. */
static bool may_check(const ls_search *search, const ls_situation *situation,
                      const ls_group_step *step) {
    const ls_schema *schema = &search->schemas.items[situation->schema];
    return ls_schema_check(schema, step).violation != LS_NO_VIOLATION ||
           ls_row_passes(search->group, schema, step, &situation->row);
}

static void visit_step(const ls_search *search, const ls_situation *situation, bool of_lag,
                       bool starts, ls_move_visit *visit, void *context) {
    const ls_group_step *step = step_at(search->group, situation, of_lag);
    if (step == NULL)
        return;
    ls_move move = {
        .kind = step->kind, .version = LS_NOT_IN_GROUP, .of_lag = of_lag, .starts = starts};
    if (step->kind == LS_STEP_BACKFILL_ENDS)
        visit_backfill(search, situation, step, move, visit, context);
    else if (step->kind != LS_STEP_CHECK || may_check(search, situation, step))
        visit(context, &move);
}

void ls_moves(const ls_search *search, const ls_situation *situation, ls_move_visit *visit,
              void *context) {
    for (LS_EACH_OF(version, situation->live))
        ls_moves_of_version(search, situation, (ls_local)version, visit, context);
    if (situation->lag != LS_NO_LAG)
        visit_step(search, situation, true, false, visit, context);
    visit_step(search, situation, false, false, visit, context);
    if (situation->front < search->group->stages.count &&
        next_may_start(search->group, situation)) {
        ls_situation next = *situation;
        start_next(&next);
        visit_step(search, &next, false, true, visit, context);
    }
}

static uint32_t keep_schema(ls_search *search, const ls_schema *schema) {
    for (uint32_t i = search->schemas.count; i-- > 0;)
        if (memcmp(&search->schemas.items[i], schema, sizeof *schema) == 0)
            return i;
    LS_PUSH(search->arena, &search->schemas, *schema);
    return search->schemas.count - 1;
}

static ls_fault change_schema(ls_search *search, ls_situation *situation,
                              const ls_group_step *step) {
    ls_schema schema = search->schemas.items[situation->schema];
    ls_fault fault = ls_row_transaction(search->group, step, &schema, &situation->row);
    situation->schema = keep_schema(search, &schema);
    return fault;
}

static bool is_contested(const ls_search *search, const ls_situation *situation, ls_local carrier) {
    for (LS_EACH_OF(version, situation->live))
        if (ls_has(search->group->versions.items[version].written, carrier))
            return true;
    return false;
}

static ls_fault backfill_row(ls_search *search, ls_situation *situation, const ls_group_step *step,
                             bool of_lag) {
    if (step->backfill.model->rows == LS_MODEL_ROWS_ALL)
        *(of_lag ? &situation->lag_done : &situation->done) = true;
    return ls_row_backfill(search->group, &search->schemas.items[situation->schema],
                           &step->backfill, is_contested(search, situation, step->backfill.target),
                           &situation->row);
}

static ls_fault move_plan(ls_search *search, ls_situation *situation, const ls_move *move) {
    if (move->starts)
        start_next(situation);
    const ls_group_step *step = step_at(search->group, situation, move->of_lag);
    if (move->kind == LS_STEP_BACKFILL)
        return backfill_row(search, situation, step, move->of_lag);
    ls_fault fault = LS_NO_FAULT;
    if (step->kind == LS_STEP_TRANSACTION)
        fault = change_schema(search, situation, step);
    else if (step->kind == LS_STEP_CHECK)
        fault = ls_schema_check(&search->schemas.items[situation->schema], step);
    else if (step->kind == LS_STEP_DEPLOY)
        situation->live |= step->versions;
    else if (step->kind == LS_STEP_SOAK)
        situation->live &= step->versions;
    take_step(search->group, situation, move->of_lag);
    return fault;
}

ls_fault ls_move_make(ls_search *search, ls_situation *situation, const ls_move *move) {
    ls_situation before = *situation;
    ls_fault fault = move->version != LS_NOT_IN_GROUP ? write_row(search, situation, move)
                                                      : move_plan(search, situation, move);
    if (fault.violation != LS_NO_VIOLATION && fault.violation != LS_DATA_LOST)
        *situation = before;
    return fault;
}

/* --- Before the first stage ------------------------------------------------------------------ */

/* What today's versions put into a row together: every column that one of them writes, and every
 * property that none of them may violate. */
static ls_carrier_set written_today(const ls_group *group) {
    ls_carrier_set written = 0, violated = 0;
    for (LS_EACH_OF(version, group->today)) {
        for (LS_EACH(const ls_group_write, write, group->versions.items[version].writes)) {
            if (write->creates)
                written |= write->carriers;
            for (LS_EACH_OF(property, group->properties & ~write->carriers))
                if (ls_has(write->carriers, group->of[property]))
                    violated |= ls_bit((ls_local)property);
        }
    }
    written = written & ~violated;
    return (written & ~group->properties) == 0 ? written | (group->exists & ~group->properties)
                                               : written;
}

void ls_situation_start(ls_search *search, bool present, ls_situation *situation) {
    const ls_group *group = search->group;
    ls_schema schema;
    ls_schema_start(group, &schema);
    *situation = (ls_situation){
        .lag = LS_NO_LAG, .schema = keep_schema(search, &schema), .live = group->today};
    if (!present)
        return;
    ls_group_write write = {
        .kind = LS_WRITE_INSERT, .creates = true, .carriers = written_today(group) & group->exists};
    if (ls_row_write(group, &schema, &write, &situation->row).violation == LS_NO_VIOLATION)
        return;
    situation->row = (ls_row){0};
    write.carriers = group->exists;
    ls_row_write(group, &schema, &write, &situation->row);
}
