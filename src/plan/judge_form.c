/*
 * judge_form.c - stages and files: what has to be right before anything else can be asked, and the
 * facts of each stage that rules ask about one by one.
 */
#include "effects/undo.h"
#include "plan/judging.h"

#include "input/order.h"

#include <string.h>

/* --- Files ----------------------------------------------------------------------------------- */

static const ls_statement *first_unparsed(const ls_script *script) {
    for (LS_EACH(ls_statement *const, statement, script->statements))
        if ((*statement)->kind == LS_STATEMENT_UNPARSED)
            return *statement;
    return NULL;
}

static void tell_unparsed(ls_plan_judging *judging, ls_effect *effect, const ls_script *script) {
    const ls_statement *statement = first_unparsed(script);
    ls_tell_flag(judging, effect, LS_ATTRIBUTE_UNPARSED, statement != NULL);
    if (statement == NULL)
        return;
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHY, statement->problem.message);
    ls_label label = {.source = script->source,
                      .at = statement->at,
                      .message = "this statement is not understood"};
    LS_PUSH(judging->arena, &effect->labels, label);
}

static void tell_file(ls_plan_judging *judging, ls_effect *effect, const ls_plan_file *file) {
    if (file->path == NULL)
        return;
    ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, file->path);
    ls_tell_flag(judging, effect, LS_ATTRIBUTE_MISSING, file->script == NULL);
    if (file->script == NULL)
        ls_tell_text(judging, effect, LS_ATTRIBUTE_WHY, file->problem);
    else
        tell_unparsed(judging, effect, file->script);
}

static bool is_fine(const ls_stage_facts *stage) {
    if (stage->stage->verbs != 1)
        return false;
    return stage->file->path == NULL ||
           (stage->file->script != NULL && first_unparsed(stage->file->script) == NULL);
}

/* --- Facts of single stages ------------------------------------------------------------------ */

/* No statement brings back what it takes. Rows are a backfill's matter, and what is loosened holds
 * nothing. */
static bool is_lossy(const ls_plan_effect *one) {
    const ls_undo undo = ls_undo_of(one->effect);
    return undo == LS_UNDO_IMPOSSIBLE ||
           (undo == LS_UNDO_LOSES_DATA && one->phase != LS_PHASE_DATA &&
            one->phase != LS_PHASE_LOOSEN);
}

static bool is_irreversible(const ls_plan_facts *facts, const ls_stage_facts *stage) {
    if (!ls_plan_changes_schema(stage->stage->verb))
        return false;
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects))
            if (is_lossy(one) &&
                !ls_is_new_table(facts, one->effect->relation, stage->stage->number))
                return true;
    return false;
}

static bool does_nothing(const ls_stage_facts *stage) {
    return ls_stage_is(stage, LS_PLAN_CHECK) || ls_stage_is(stage, LS_PLAN_REHEARSE);
}

static bool is_before_contract(const ls_plan_facts *facts, const ls_stage_facts *stage) {
    unsigned next = stage->stage->number + 1;
    while (next <= facts->stages.count && does_nothing(ls_stage_numbered(facts, next)))
        next++;
    return next <= facts->stages.count &&
           ls_stage_is(ls_stage_numbered(facts, next), LS_PLAN_CONTRACT);
}

static int64_t batch_of(const ls_stage_facts *stage) {
    int64_t batch = stage->stage->batch;
    for (LS_EACH(const ls_row_change, change, stage->changes))
        batch = batch == 0 ? change->literal_limit : batch;
    return batch;
}

static void tell_measures(ls_plan_judging *judging, ls_effect *effect, const ls_plan_stage *stage) {
    ls_words *measured = LS_NEW(judging->arena, ls_words);
    for (LS_EACH(const ls_plan_word, word, stage->measure))
        LS_PUSH(judging->arena, measured, word->text);
    ls_effect_slot(effect, LS_ATTRIBUTE_MEASURED)->words = measured;
    ls_tell_text(judging, effect, LS_ATTRIBUTE_DATA, stage->data);
}

/* The DO block that takes its batches by itself: nobody waits for it or looks at a lag meanwhile.
 */
static const ls_effect *loop_of(const ls_stage_facts *stage) {
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects))
            if (one->effect->kind == LS_EFFECT_DO_BLOCK &&
                ls_effect_flag(one->effect, LS_ATTRIBUTE_LOOPS) &&
                ls_effect_flag(one->effect, LS_ATTRIBUTE_COMMITS))
                return one->effect;
    return NULL;
}

static void tell_throttle(ls_plan_judging *judging, ls_effect *effect,
                          const ls_stage_facts *stage) {
    const ls_effect *loop = loop_of(stage);
    const bool paused =
        loop != NULL ? ls_effect_flag(loop, LS_ATTRIBUTE_PAUSED) : stage->stage->pause.given;
    ls_tell_flag(judging, effect, LS_ATTRIBUTE_LOOPS, loop != NULL);
    ls_tell_flag(judging, effect, LS_ATTRIBUTE_PAUSED, paused);
    ls_tell_flag(judging, effect, LS_ATTRIBUTE_LAG_LIMITED,
                 loop == NULL && stage->stage->max_lag.given);
}

static void tell_modifiers(ls_plan_judging *judging, ls_effect *effect,
                           const ls_stage_facts *stage) {
    const ls_plan_stage *written = stage->stage;
    if (ls_stage_is(stage, LS_PLAN_BACKFILL)) {
        tell_throttle(judging, effect, stage);
        if (batch_of(stage) > 0)
            ls_tell_number(judging, effect, LS_ATTRIBUTE_BATCH, batch_of(stage));
    }
    if (ls_stage_is(stage, LS_PLAN_SOAK)) {
        ls_tell_flag(judging, effect, LS_ATTRIBUTE_WATCHED, written->watch.count > 0);
        ls_tell_flag(judging, effect, LS_ATTRIBUTE_BEFORE_CONTRACT,
                     is_before_contract(judging->facts, stage));
    }
    if (ls_stage_is(stage, LS_PLAN_REHEARSE))
        tell_measures(judging, effect, written);
    if (written->verbs == 1 && ls_plan_runs_sql(written->verb)) {
        ls_tell_flag(judging, effect, LS_ATTRIBUTE_NOTED, written->irreversible.text != NULL);
        ls_tell_flag(judging, effect, LS_ATTRIBUTE_IRREVERSIBLE,
                     is_irreversible(judging->facts, stage));
    }
}

bool ls_judge_form(ls_plan_judging *judging) {
    bool fine = true;
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages)) {
        ls_effect *effect = ls_tell(judging, LS_EFFECT_PLAN_STAGE, stage);
        ls_tell_number(judging, effect, LS_ATTRIBUTE_VERBS, stage->stage->verbs);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT, stage->stage->verb_list);
        tell_file(judging, effect, stage->file);
        tell_modifiers(judging, effect, stage);
        fine = is_fine(stage) && fine;
    }
    return fine;
}
