/*
 * replay.c - the history replayed: transactions, settings, and each statement's outcome.
 */
#include "effects/replay.h"

#include "effects/later.h"
#include "effects/missing.h"
#include "effects/replay_internal.h"
#include "support/memory.h"

#include <stdlib.h>
#include <string.h>

ls_replay *ls_replay_new(const ls_replay_options *options) {
    ls_replay *replay = ls_allocate(sizeof *replay);
    *replay = (ls_replay){
        .options = *options,
        .catalog = ls_catalog_new(),
        .arena = ls_arena_new(),
        .statement_arena = ls_arena_new(),
        .first_unapplied = UINT32_MAX,
    };
    ls_interest_start(&replay->nobodys);
    return replay;
}

void ls_replay_free(ls_replay *replay) {
    if (replay == NULL)
        return;
    ls_catalog_free(replay->catalog);
    ls_arena_free(replay->arena);
    ls_arena_free(replay->statement_arena);
    free(replay);
}

void ls_replay_serve(ls_replay *replay, const ls_interest *interest) {
    replay->interest = interest;
}

void ls_replay_serve_nobody(ls_replay *replay) {
    replay->interest = &replay->nobodys;
}

bool ls_serves_nobody(const ls_replay *replay) {
    return replay->interest == &replay->nobodys;
}

const ls_interest *ls_replay_served(const ls_replay *replay) {
    return replay->interest;
}

ls_catalog *ls_replay_catalog(ls_replay *replay) {
    return replay->catalog;
}

/* --- What the file will do ------------------------------------------------------------------ */

static bool ends_transaction(const ls_statement *statement) {
    return statement->kind == LS_STATEMENT_TRANSACTION &&
           (statement->transaction.kind == LS_TRANSACTION_COMMIT ||
            statement->transaction.kind == LS_TRANSACTION_ROLLBACK ||
            statement->transaction.kind == LS_TRANSACTION_PREPARE);
}

static bool begins_transaction(const ls_statement *statement) {
    return statement->kind == LS_STATEMENT_TRANSACTION &&
           statement->transaction.kind == LS_TRANSACTION_BEGIN;
}

static bool are_in_one_text(const ls_statement *one, const ls_statement *other) {
    return ls_source_written(one->source) == ls_source_written(other->source);
}

/* For each statement, the one that ends the transaction it stands in, where both are in one text;
 * read from the end. */
static void find_transaction_ends(ls_replay *replay) {
    const ls_script *script = replay->script;
    size_t count = script->statements.count;
    replay->transaction_ends = LS_NEW_ARRAY(replay->arena, ls_span, count + 1);
    const ls_statement *end = NULL;
    for (size_t i = count; i-- > 0;) {
        if (end == NULL && script->kinds.items[i] != LS_STATEMENT_TRANSACTION)
            continue;
        const ls_statement *statement = script->statements.items[i];
        if (ends_transaction(statement))
            end = statement;
        if (end != NULL && are_in_one_text(end, statement))
            replay->transaction_ends[i] = ls_source_origin(end->source, end->at);
        if (begins_transaction(statement))
            end = NULL;
    }
}

/* Only these ask what is there when the file begins. */
static void look_at_drops(ls_replay *replay) {
    const ls_script *script = replay->script;
    for (size_t i = 0; i < script->statements.count; i++)
        if (script->kinds.items[i] == LS_STATEMENT_DROP)
            ls_note_there(replay, &script->statements.items[i]->drop);
}

static uint32_t count_acting(const ls_script *script) {
    uint32_t acting = 0;
    for (LS_EACH(const uint8_t, kind, script->kinds))
        acting += *kind != LS_STATEMENT_SET && *kind != LS_STATEMENT_TRANSACTION;
    return acting;
}

/* --- Files ---------------------------------------------------------------------------------- */

void ls_replay_list_run(ls_replay *replay, const ls_script *const *scripts, size_t count,
                        size_t first) {
    for (size_t i = first; i < count; i++)
        ls_later_list(replay, scripts[i], (uint32_t)i);
    replay->run_listed = true;
}

/* What the runner opens by itself. */
static void begin_part(ls_replay *replay, ls_transaction_mode mode) {
    replay->runner = mode;
    if (mode == LS_TRANSACTION_PER_STATEMENT)
        return;
    replay->for_file = mode;
    ls_session_begin(&replay->session, mode);
}

void ls_replay_next_part(ls_replay *replay, ls_transaction_mode mode) {
    ls_end_transaction(replay, true);
    begin_part(replay, mode);
}

/* What the session starts with; where a transaction goes on, so does all that is in it. */
static void begin_session(ls_replay *replay, ls_transaction_mode mode) {
    const ls_settings settings =
        ls_first_settings(replay->arena, &replay->options.runner, replay->script->first_schema);
    if (replay->goes_on) {
        replay->for_file = replay->session.mode;
        return;
    }
    replay->first_of_run = replay->file;
    replay->transaction_mix = (ls_transaction_mix){0};
    ls_session_start(&replay->session, replay->arena, replay->catalog, &settings,
                     replay->last_transaction);
    replay->for_file = LS_TRANSACTION_PER_STATEMENT;
    begin_part(replay, mode);
}

void ls_replay_go_on(ls_replay *replay) {
    replay->goes_on = true;
}

void ls_replay_begin_file(ls_replay *replay, const ls_script *script, ls_transaction_mode mode,
                          bool applied) {
    if (replay->started)
        replay->file++;
    replay->started = true;
    replay->script = script;
    if (applied)
        replay->first_unapplied = UINT32_MAX;
    else if (replay->first_unapplied == UINT32_MAX)
        replay->first_unapplied = replay->file;
    if (!replay->goes_on)
        ls_arena_clear(replay->arena);
    ls_arena_clear(replay->statement_arena);
    memset(replay->created, 0, sizeof replay->created);
    memset(replay->creations_listed, 0, sizeof replay->creations_listed);
    replay->there_at_first = (ls_map){0};
    memset(replay->named, 0, sizeof replay->named);
    memset(replay->named_listed, 0, sizeof replay->named_listed);
    replay->acting_statements = count_acting(script);
    replay->altered = (ls_last_alteration){0};
    replay->dropped = (ls_map){0};
    replay->repeatable = 0;
    replay->mix = (ls_migration_mix){0};
    replay->ended.count = replay->ended.capacity = 0;
    replay->ended.items = NULL;
    replay->explicit_keys.count = replay->explicit_keys.capacity = 0;
    replay->explicit_keys.items = NULL;
    look_at_drops(replay);
    find_transaction_ends(replay);
    if (!replay->run_listed)
        ls_later_list(replay, script, replay->file);
    begin_session(replay, mode);
    replay->goes_on = false;
    replay->changes_before = replay->session.changes.count;
}

/* --- Rehearsals ----------------------------------------------------------------------------- */

struct ls_rehearsal {
    ls_replay before;
    ls_arena *maps; /* the replay's arena is cleared with each file */
    ls_catalog_point point;
};

ls_rehearsal *ls_replay_rehearse(ls_replay *replay) {
    ls_rehearsal *rehearsal = LS_NEW(replay->arena, ls_rehearsal);
    rehearsal->before = *replay;
    rehearsal->point = ls_catalog_mark(replay->catalog);
    replay->arena = ls_arena_new();
    replay->goes_on = false;
    /* maps of more than one file: what is added to them now is not to stay */
    rehearsal->maps = ls_arena_new();
    replay->gone = ls_map_copy(rehearsal->maps, &replay->gone);
    if (!replay->run_listed)
        replay->later = (ls_later){0}; /* what was listed before is no longer later */
    return rehearsal;
}

void ls_replay_leave_run(ls_replay *replay, ls_rehearsal *rehearsal) {
    if (!replay->run_listed)
        return;
    rehearsal->before.later = replay->later;
    replay->later = (ls_later){0};
    replay->run_listed = false;
}

void ls_replay_rehearsed(ls_replay *replay, ls_rehearsal *rehearsal) {
    ls_catalog_undo(replay->catalog, rehearsal->point);
    ls_arena_free(replay->arena);
    ls_arena_free(rehearsal->maps);
    if (replay->run_listed) /* by the way; the run is the same */
        rehearsal->before.later = replay->later;
    *replay = rehearsal->before;
}

uint32_t ls_replay_file(const ls_replay *replay) {
    return replay->file;
}

/* --- Statements ----------------------------------------------------------------------------- */

ls_builder ls_replay_builder(ls_replay *replay, const ls_statement *statement,
                             ls_outcome *outcome) {
    const ls_source *source =
        statement == NULL || statement->source == NULL ? replay->script->source : statement->source;
    return (ls_builder){
        .replay = replay,
        .arena = replay->statement_arena,
        .catalog = replay->catalog,
        .postgres = replay->options.postgres,
        .source = source,
        .statement = statement,
        .outcome = outcome,
        .time_zone = replay->session.current.time_zone,
        .birth = {.known = true,
                  .file = replay->file & LS_BIRTH_FILES,
                  .transaction = replay->session.transaction,
                  .source = source,
                  .at = statement == NULL ? (ls_span){0} : statement->at},
    };
}

void ls_end_transaction(ls_replay *replay, bool commit) {
    ls_migration_end_transaction(replay);
    if (commit)
        ls_session_commit(&replay->session);
    else
        ls_session_rollback(&replay->session);
}

static void refuse_in_transaction(ls_builder *builder) {
    const ls_outcome *outcome = builder->outcome;
    if (outcome->forbidden_in_transaction == NULL || !outcome->in_transaction)
        return;
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_FORBIDDEN_IN_TRANSACTION, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_WHAT, outcome->forbidden_in_transaction);
    ls_set_written(builder, effect, LS_ATTRIBUTE_TEXT, builder->statement->at);
    ls_set_text(builder, effect, LS_ATTRIBUTE_BEGUN_BY, ls_begun_by(outcome->transaction));
    ls_refuse(builder, builder->statement->at, "%s cannot run inside a transaction block",
              outcome->forbidden_in_transaction);
}

static void note_refusal(ls_builder *builder) {
    const ls_outcome *outcome = builder->outcome;
    if (outcome->refused == NULL ||
        (outcome->forbidden_in_transaction != NULL && outcome->in_transaction))
        return;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_REFUSED, outcome->refused_at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_WHY, outcome->refused);
    ls_set_text(builder, effect, LS_ATTRIBUTE_IN_THE_WAY, outcome->in_the_way);
    if (builder->statement->needs_postgres > builder->postgres)
        ls_set_number(builder, effect, LS_ATTRIBUTE_NEEDS_POSTGRES,
                      builder->statement->needs_postgres);
}

/* It is applied all the same: what follows was written for a server that takes it. */
static void refuse_newer_syntax(ls_builder *builder) {
    const ls_statement *statement = builder->statement;
    if (statement->needs_postgres > builder->postgres)
        ls_refuse(builder, statement->newer_at,
                  "PostgreSQL %d asks for an alias behind a subquery in FROM; %d is the first that "
                  "does not",
                  builder->postgres, statement->needs_postgres);
}

/* What psql's command hides may have changed anything. */
static void note_psql(ls_builder *builder, const ls_statement *statement) {
    const char *what = ls_arena_join(builder->arena, "what follows ", statement->psql.what, NULL);
    if (!statement->psql.includes) {
        ls_not_analysed(builder, statement->at, what, statement->psql.why);
        return;
    }
    builder->outcome->analysed = false;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_NOT_INCLUDED, statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_WHAT, statement->psql.what);
    ls_set_text(builder, effect, LS_ATTRIBUTE_WHY, statement->psql.why);
}

static void run(ls_builder *builder) {
    const ls_statement *statement = builder->statement;
    switch (statement->kind) {
    case LS_STATEMENT_UNPARSED:
        ls_effects_of_unparsed(builder, statement);
        return;
    case LS_STATEMENT_PSQL:
        note_psql(builder, statement);
        return;
    case LS_STATEMENT_TRANSACTION:
        ls_effects_of_transaction(builder, &statement->transaction);
        break;
    case LS_STATEMENT_SET:
        ls_effects_of_set(builder, &statement->set);
        break;
    default:
        ls_effects_of(builder, statement);
    }
    refuse_newer_syntax(builder);
    bool is_query = statement->kind == LS_STATEMENT_QUERY;
    if (statement->result_is_run && !(is_query && ls_run_result(builder, statement->query)))
        ls_not_analysed(builder, statement->at, "what \\gexec runs",
                        "psql runs the texts that the query returns");
    refuse_in_transaction(builder);
    note_refusal(builder);
}

/* What only the company of other statements makes dangerous: of history, nobody asks. */
static void note_company(ls_builder *builder) {
    if (ls_serves_nobody(builder->replay))
        return;
    ls_note_timeouts(builder);
    ls_note_pending_events(builder);
    ls_migration_note(builder);
    ls_finish_effects(builder);
}

const ls_outcome *ls_replay_statement(ls_replay *replay, const ls_statement *statement) {
    ls_session *session = &replay->session;
    if (!ls_in_transaction(session))
        session->transaction++;
    ls_arena_clear(replay->statement_arena);
    ls_outcome *outcome = LS_NEW(replay->statement_arena, ls_outcome);
    session->source = statement->source == NULL ? replay->script->source : statement->source;
    outcome->statement = statement;
    outcome->source = session->source;
    outcome->in_transaction = ls_in_transaction(session);
    outcome->transaction = session->mode;
    outcome->analysed = true;
    outcome->held.items = session->holds.items;
    outcome->held.count = session->holds.count;
    if (outcome->in_transaction)
        outcome->transaction_end = replay->transaction_ends[statement->number];
    ls_builder builder = ls_replay_builder(replay, statement, outcome);
    run(&builder);
    ls_note_gone(&builder);
    note_company(&builder);
    ls_session_hold(session, outcome);
    return outcome;
}

const ls_outcome *ls_replay_end_file(ls_replay *replay) {
    ls_outcome *outcome = LS_NEW(replay->statement_arena, ls_outcome);
    outcome->source = replay->script->source;
    outcome->transaction = replay->for_file;
    outcome->in_transaction = outcome->transaction != LS_TRANSACTION_PER_STATEMENT;
    outcome->analysed = true;
    ls_builder builder = ls_replay_builder(replay, NULL, outcome);
    ls_note_left_open(&builder);
    if (!replay->goes_on)
        ls_end_transaction(replay, replay->session.mode != LS_TRANSACTION_EXPLICIT);
    ls_note_settings_left(&builder);
    ls_note_keys_left(&builder);
    ls_migration_end(&builder);
    ls_finish_effects(&builder);
    replay->last_transaction = replay->session.transaction;
    return outcome;
}
