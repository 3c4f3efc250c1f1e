/*
 * facts.c - the plan through the replay: each statement's outcome lives only until the next one, so
 * what is needed of it is copied.
 */
#include "plan/facts.h"

#include "plan/gates.h"
#include "plan/inverse.h"
#include "plan/live.h"
#include "plan/phases.h"
#include "plan/queries.h"
#include "plan/rows.h"
#include "plan/states.h"
#include "plan/triggers.h"

#include <string.h>

/* --- Copies ---------------------------------------------------------------------------------- */

static const ls_words *copy_words(ls_arena *arena, const ls_words *words) {
    ls_words *copy = LS_NEW(arena, ls_words);
    for (size_t i = 0; i < words->count; i++)
        LS_PUSH(arena, copy, ls_arena_string(arena, words->items[i]));
    return copy;
}

static const ls_effect *copy_effect(ls_arena *arena, const ls_effect *effect) {
    ls_effect *copy = ls_effect_new(arena, NULL, effect->kind, effect->at);
    copy->relation = effect->relation;
    copy->source = effect->source;
    copy->stage = effect->stage;
    copy->relation_name = ls_arena_string(arena, effect->relation_name);
    for (ls_attribute attribute = 0; attribute < LS_ATTRIBUTES_END; attribute++) {
        const ls_attribute_value *value = ls_effect_value(effect, attribute);
        if (value == NULL)
            continue;
        ls_attribute_value *copied = ls_effect_slot(copy, attribute);
        *copied = *value;
        if (ls_attribute_kind(attribute) == LS_VALUE_TEXT)
            copied->text = ls_arena_string(arena, value->text);
        else if (ls_attribute_kind(attribute) == LS_VALUE_WORDS)
            copied->words = copy_words(arena, value->words);
    }
    return copy;
}

static ls_plan_step copy_step(ls_arena *arena, const ls_outcome *outcome) {
    ls_plan_step step = {
        .statement = outcome->statement,
        .source = outcome->source,
        .in_transaction = outcome->in_transaction,
        .analysed = outcome->analysed,
        .forbidden_in_transaction = ls_arena_string(arena, outcome->forbidden_in_transaction),
        .refused = ls_arena_string(arena, outcome->refused),
    };
    for (size_t i = 0; i < outcome->effects.count; i++) {
        const ls_effect *effect = copy_effect(arena, outcome->effects.items[i]);
        ls_plan_effect one = {.effect = effect, .phase = ls_phase_of(effect)};
        LS_PUSH(arena, &step.effects, one);
    }
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks)) {
        ls_relation_lock held = *lock;
        held.relation.name = ls_arena_string(arena, lock->relation.name);
        LS_PUSH(arena, &step.locks, held);
    }
    return step;
}

/* --- Transactions ---------------------------------------------------------------------------- */

typedef struct {
    ls_plan_facts *facts;
    const ls_stage_seer *seer;   /* NULL: nobody looks */
    unsigned transactions, done; /* transactions begun; stages done */
    bool open;                   /* the last one goes on */
} plan_replay;

static bool ends_transaction(const ls_statement *statement) {
    if (statement->kind != LS_STATEMENT_TRANSACTION)
        return false;
    switch (statement->transaction.kind) {
    case LS_TRANSACTION_COMMIT:
    case LS_TRANSACTION_ROLLBACK:
    case LS_TRANSACTION_PREPARE:
        return true;
    default:
        return false;
    }
}

static bool begins_transaction(const ls_statement *statement) {
    return statement->kind == LS_STATEMENT_TRANSACTION &&
           statement->transaction.kind == LS_TRANSACTION_BEGIN;
}

/* A statement on its own is a transaction, too. */
static void number_transaction(plan_replay *replay, ls_plan_step *step) {
    if (!replay->open)
        replay->transactions++;
    step->transaction = replay->transactions;
    step->ends_transaction = ends_transaction(step->statement);
    replay->open =
        !step->ends_transaction && (step->in_transaction || begins_transaction(step->statement));
}

/* --- Files ----------------------------------------------------------------------------------- */

static void note_touched(plan_replay *replay, const ls_plan_step *step) {
    ls_plan_facts *facts = replay->facts;
    for (LS_EACH(const ls_plan_effect, one, step->effects))
        if (one->effect->relation != 0)
            ls_states_note(facts->states, one->effect->relation, replay->done);
    for (LS_EACH(const ls_relation_lock, lock, step->locks))
        ls_states_note(facts->states, lock->relation.id, replay->done);
}

/* What a stage makes has no state yet. */
static void note_made(plan_replay *replay) {
    const ls_relation_ids all = ls_catalog_relations(replay->facts->arena, replay->facts->catalog);
    for (uint32_t i = 0; i < all.count; i++)
        if (ls_states_at(replay->facts->states, all.items[i], replay->done) == NULL)
            ls_states_note(replay->facts->states, all.items[i], replay->done);
}

static void show(const plan_replay *replay, const ls_outcome *outcome) {
    if (replay->seer != NULL)
        replay->seer->see(replay->seer->context, outcome);
}

static void replay_statements(plan_replay *replay, const ls_plan_file *file,
                              ls_stage_facts *stage) {
    ls_plan_facts *facts = replay->facts;
    ls_transaction_mode mode = ls_plan_mode_at(file, 0);
    ls_replay_begin_file(facts->replay, file->script, mode, false);
    replay->open = false;
    LS_RESERVE(facts->arena, &stage->steps, file->script->statements.count);
    for (LS_EACH(ls_statement *const, statement, file->script->statements)) {
        ls_transaction_mode next = ls_plan_mode_at(file, (*statement)->at.begin);
        if (next != mode) {
            ls_replay_next_part(facts->replay, next);
            replay->open = false;
            mode = next;
        }
        const ls_outcome *outcome = ls_replay_statement(facts->replay, *statement);
        show(replay, outcome);
        ls_plan_step step = copy_step(facts->arena, outcome);
        number_transaction(replay, &step);
        step.stage = stage->stage->number;
        for (LS_EACH(const ls_plan_effect, effect, step.effects))
            stage->phases |= LS_PHASE_BIT(effect->phase);
        LS_PUSH(facts->arena, &stage->steps, step);
        ls_note_triggers(facts, &stage->steps.items[stage->steps.count - 1]);
    }
    show(replay, ls_replay_end_file(facts->replay));
}

/* While the catalog is what the stage has made of it. */
static void read_rows(ls_plan_facts *facts, ls_stage_facts *stage) {
    for (LS_EACH(const ls_plan_step, step, stage->steps)) {
        ls_read_row_changes(facts, stage, step);
        if (stage->stage->verb == LS_PLAN_CHECK)
            ls_read_gates(facts, stage, step);
    }
}

static void replay_stage(plan_replay *replay, ls_stage_facts *stage) {
    ls_plan_facts *facts = replay->facts;
    replay->done = stage->stage->number;
    if (stage->file->script == NULL || stage->again)
        return;
    if (replay->seer != NULL)
        replay->seer->begin(replay->seer->context, facts, stage);
    replay_statements(replay, stage->file, stage);
    if (replay->seer != NULL && replay->seer->end != NULL)
        replay->seer->end(replay->seer->context);
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        note_touched(replay, step);
    note_made(replay);
    read_rows(facts, stage);
    if (ls_plan_changes_schema(stage->stage->verb))
        ls_ask_queries(facts, replay->done);
    bool wants_down =
        stage->stage->verb == LS_PLAN_EXPAND || stage->stage->verb == LS_PLAN_CONSTRAIN;
    if (wants_down && stage->file->down != NULL)
        stage->left_by_down = ls_left_by_down(facts, stage);
}

static void replay_history(const ls_plan_facts *facts, const ls_migration *migration) {
    const ls_plan_file file = {.migration = migration, .script = migration->script};
    ls_replay_serve_nobody(facts->replay);
    ls_transaction_mode mode = ls_plan_mode_at(&file, 0);
    ls_replay_begin_file(facts->replay, migration->script, mode, true);
    for (LS_EACH(ls_statement *const, statement, migration->script->statements)) {
        ls_transaction_mode next = ls_plan_mode_at(&file, (*statement)->at.begin);
        if (next != mode)
            ls_replay_next_part(facts->replay, next);
        mode = next;
        ls_replay_statement(facts->replay, *statement);
    }
    ls_replay_end_file(facts->replay);
}

/* Read last, when the plan is done: what they touch is all that is asked. */
static void replay_other(ls_plan_facts *facts, const ls_migration *migration) {
    ls_replay_begin_file(facts->replay, migration->script, LS_TRANSACTION_PER_STATEMENT, false);
    for (LS_EACH(ls_statement *const, statement, migration->script->statements)) {
        ls_plan_step step = copy_step(facts->arena, ls_replay_statement(facts->replay, *statement));
        LS_PUSH(facts->arena, &facts->others, step);
    }
    ls_replay_end_file(facts->replay);
}

/* --- The whole ------------------------------------------------------------------------------- */

static void add_stages(ls_plan_facts *facts) {
    LS_RESERVE(facts->arena, &facts->stages, facts->plan->stages.count);
    for (uint32_t i = 0; i < facts->plan->stages.count; i++) {
        ls_stage_facts stage = {.stage = &facts->plan->stages.items[i],
                                .file = &facts->files->of_stages.items[i]};
        LS_PUSH(facts->arena, &facts->stages, stage);
    }
}

static bool share_database(const ls_plan_stage *one, const ls_plan_stage *other) {
    for (LS_EACH(const ls_plan_word, word, one->on))
        for (LS_EACH(const ls_plan_word, match, other->on))
            if (strcmp(word->text, match->text) == 0)
                return true;
    return one->on.count == 0 || other->on.count == 0;
}

/* What the file does is replayed once, however many databases it goes to one after the other. */
static void find_repetitions(ls_plan_facts *facts) {
    for (LS_EACH(ls_stage_facts, stage, facts->stages))
        for (const ls_stage_facts *earlier = facts->stages.items; earlier != stage; earlier++)
            if (stage->file->path != NULL && earlier->file->path != NULL &&
                strcmp(stage->file->path, earlier->file->path) == 0 &&
                !share_database(stage->stage, earlier->stage))
                stage->again = true;
}

ls_plan_facts *ls_plan_facts_new(ls_arena *arena, const ls_plan *plan, const ls_plan_files *files,
                                 const ls_replay_options *options, const ls_stage_seer *seer) {
    ls_plan_facts *facts = LS_NEW(arena, ls_plan_facts);
    facts->arena = arena;
    facts->plan = plan;
    facts->files = files;
    facts->postgres = options->postgres;
    facts->timeout_by_runner = ls_duration_limits(options->runner.lock_timeout);
    facts->replay = ls_replay_new(options);
    facts->catalog = ls_replay_catalog(facts->replay);
    add_stages(facts);
    find_repetitions(facts);
    for (size_t i = 0; i < files->history.count; i++)
        replay_history(facts, files->history.items[i]);
    facts->states = ls_states_new(arena, facts->catalog);
    ls_list_queries(facts);
    ls_ask_queries(facts, 0);
    ls_note_old_triggers(facts);
    ls_replay_serve(facts->replay, NULL);
    plan_replay replay = {.facts = facts, .seer = seer};
    for (LS_EACH(ls_stage_facts, stage, facts->stages))
        replay_stage(&replay, stage);
    ls_find_live(facts);
    ls_derive_versions(facts);
    for (size_t i = 0; i < files->between.count; i++)
        replay_other(facts, files->between.items[i]);
    return facts;
}

void ls_plan_facts_free(ls_plan_facts *facts) {
    if (facts != NULL)
        ls_replay_free(facts->replay);
}

/* --- States ---------------------------------------------------------------------------------- */

const ls_relation *ls_state_of(const ls_plan_facts *facts, ls_relation_id id, unsigned done) {
    return ls_states_at(facts->states, id, done);
}

const ls_relation *ls_state_named(const ls_plan_facts *facts, const char *schema, const char *name,
                                  unsigned done) {
    return ls_states_named(facts->states, schema, name, done);
}

const ls_relation *ls_state_shown(const ls_plan_facts *facts, const char *shown, unsigned done) {
    const char *dot = strchr(shown, '.');
    const char *schema =
        dot == NULL ? NULL : ls_arena_copy(facts->arena, shown, (size_t)(dot - shown));
    return ls_state_named(facts, schema, dot == NULL ? shown : dot + 1, done);
}

const ls_catalog_column *ls_state_column(const ls_plan_facts *facts, const ls_plan_column *column,
                                         unsigned done) {
    const ls_relation *relation = ls_state_named(facts, column->schema, column->table, done);
    return relation == NULL || column->column == NULL
               ? NULL
               : ls_relation_column(relation, column->column);
}

ls_relation_ids ls_plan_relations(const ls_plan_facts *facts) {
    return ls_states_touched(facts->states);
}

const char *ls_unquoted(ls_arena *arena, const char *name) {
    if (name == NULL || name[0] != '"')
        return name;
    char *plain = ls_arena_copy(arena, name + 1, strlen(name + 1));
    char *to = plain;
    for (const char *from = plain; *from != 0; from++) {
        if (from[0] == '"' && from[1] != '"')
            break;
        from += from[0] == '"';
        *to++ = *from;
    }
    *to = 0;
    return plain;
}
