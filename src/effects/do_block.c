/*
 * do_block.c - the statements that a DO block runs, a routine of the history that is called, or
 * psql with what a query returns.
 *
 * Each SQL statement of the body goes through its own family as if it stood in the migration, with
 * its place in the body; a statement in a branch counts as one that runs. What is put together at
 * run time is beyond the analysis, and reported so, unless its text is known after all (dynamic.c);
 * the constraints that it may have dropped or named anew are doubted (doubt.c).
 *
 * What variables hold is followed along the steps of the body. Behind a part that may not run, or
 * not to its end, all that it may have changed is unknown; so it is in a loop and behind one. Where
 * it is known what a loop goes through, and nothing leaves it early, it runs round by round: a text
 * that another round had already, and what is no dynamic SQL, counts once.
 */
#include "effects/body_statements.h"
#include "effects/doubt.h"
#include "effects/dynamic.h"
#include "effects/replay_internal.h"
#include "sql/body.h"
#include "sql/lower/lower.h"
#include "sql/placeholder.h"
#include "sql/script.h"
#include "support/map.h"

#include <string.h>
#include <strings.h>

/* Where the body's offsets lie in the source. */
typedef struct {
    ls_span whole;
    bool exact;         /* the body stands in the source byte for byte */
    const char *what;   /* what is told of a statement that cannot be read */
    bool after_dynamic; /* dynamic SQL before it may have changed what the history shows */
} body_place;

static body_place place_of(const ls_builder *builder, const ls_do *block) {
    size_t length = strlen(block->body);
    uint32_t width = block->body_at.end - block->body_at.begin;
    return (body_place){
        .whole = block->body_at,
        .what = "a statement of the DO block",
        .exact = width == length &&
                 memcmp(builder->source->text + block->body_at.begin, block->body, length) == 0,
    };
}

static ls_span in_source(const body_place *place, ls_span at) {
    if (!place->exact)
        return place->whole;
    return ls_span_of(at.begin + place->whole.begin, at.end + place->whole.begin);
}

typedef struct {
    size_t effects, locks, work, changes, events, keys;
} outcome_size;

static outcome_size size_of(const ls_builder *builder) {
    const ls_outcome *outcome = builder->outcome;
    return (outcome_size){outcome->effects.count,
                          outcome->locks.count,
                          outcome->work.count,
                          builder->replay->session.changes.count,
                          builder->replay->session.events.count,
                          builder->replay->explicit_keys.count};
}

/* What the statement added stands in the body: give it its place in the source. */
static void move_places(ls_builder *builder, outcome_size before, const body_place *place,
                        bool was_refused) {
    ls_outcome *outcome = builder->outcome;
    for (size_t i = before.effects; i < outcome->effects.count; i++)
        outcome->effects.items[i]->at = in_source(place, outcome->effects.items[i]->at);
    for (size_t i = before.locks; i < outcome->locks.count; i++)
        outcome->locks.items[i].at = in_source(place, outcome->locks.items[i].at);
    for (size_t i = before.work; i < outcome->work.count; i++)
        outcome->work.items[i].at = in_source(place, outcome->work.items[i].at);
    if (!was_refused && outcome->refused != NULL)
        outcome->refused_at = in_source(place, outcome->refused_at);
}

/* The same of what is kept for the end of the transaction or the file. */
static void move_kept_places(ls_replay *replay, outcome_size before, const body_place *place) {
    ls_session *session = &replay->session;
    for (size_t i = before.changes; i < session->changes.count; i++)
        session->changes.items[i].at = in_source(place, session->changes.items[i].at);
    for (size_t i = before.events; i < session->events.count; i++)
        session->events.items[i].at = in_source(place, session->events.items[i].at);
    for (size_t i = before.keys; i < replay->explicit_keys.count; i++)
        replay->explicit_keys.items[i].at = in_source(place, replay->explicit_keys.items[i].at);
}

static void mark_loop(ls_builder *builder, outcome_size before, const ls_body_item *item) {
    for (size_t i = before.effects; i < builder->outcome->effects.count; i++) {
        ls_effect *effect = builder->outcome->effects.items[i];
        if (effect->kind != LS_EFFECT_UPDATE && effect->kind != LS_EFFECT_DELETE &&
            effect->kind != LS_EFFECT_MERGE)
            continue;
        ls_set_flag(builder, effect, LS_ATTRIBUTE_IN_LOOP, item->in_loop);
        ls_set_flag(builder, effect, LS_ATTRIBUTE_COMMITS, item->loop_commits);
    }
}

static bool is_ignored(const ls_statement *statement) {
    return statement->kind == LS_STATEMENT_TRANSACTION || statement->kind == LS_STATEMENT_UNPARSED;
}

static void run_nested(ls_builder *nested, const ls_statement *statement) {
    if (statement->kind == LS_STATEMENT_SET) {
        ls_effects_of_set(nested, &statement->set);
    } else if (!is_ignored(statement)) {
        ls_effects_of(nested, statement);
    }
}

/* Runs the statement at `at` of `text`; its places are moved by `place`. */
static void run_text(ls_builder *builder, char *text, ls_span at, const body_place *place,
                     const ls_body_item *item) {
    ls_parse_error error = {0};
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    ls_statement *statement = ls_lower(arena, text, at, &error);
    if (statement == NULL && error.message != NULL && ls_blank_placeholders(text, at))
        statement = ls_lower(arena, text, at, &error);
    if (statement == NULL) {
        if (error.message != NULL)
            ls_not_analysed(builder, in_source(place, at), place->what, error.message);
        return;
    }
    ls_source *body = LS_NEW(ls_catalog_arena(builder->catalog), ls_source);
    *body =
        (ls_source){.name = builder->source->name, .text = text, .length = (uint32_t)strlen(text)};
    ls_builder nested = *builder;
    nested.source = body;
    nested.statement = statement;
    outcome_size before = size_of(builder);
    bool was_refused = ls_is_refused(builder);
    run_nested(&nested, statement);
    builder->outcome->conditional |= item->conditional || item->guarded;
    if (!was_refused && (item->conditional || item->guarded || place->after_dynamic))
        builder->outcome->refused = NULL; /* it may not run, or not in this state, or be caught */
    move_places(builder, before, place, was_refused);
    move_kept_places(builder->replay, before, place);
    mark_loop(builder, before, item);
}

/* A text of any number of statements, each with its place in it. */
static void run_sql(ls_builder *builder, const char *body, const body_place *place,
                    const ls_body_item *item) {
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    ls_text_problem problem;
    const ls_source *source =
        ls_source_new(arena, builder->source->name, body, strlen(body), &problem);
    if (source == NULL)
        return;
    const ls_script *script = ls_script_read(arena, source);
    char *text = ls_arena_copy(arena, source->text, source->length);
    for (LS_EACH(ls_statement *, statement, script->statements))
        run_text(builder, text, (*statement)->at, place, item);
}

/* --- Steps ----------------------------------------------------------------------------------- */

enum { MOST_ROUNDS_OF_A_BODY = 100 };

/* A body on its way. */
typedef struct {
    ls_builder *builder;
    ls_arena *arena;
    const ls_body *body;
    body_place place;
    ls_body_variables variables;
    ls_map ran; /* the items, with the texts that they ran */
    uint32_t rounds;
} body_run;

/* False if another round has done the same: what comes next meets a state that it has changed. */
static bool is_new(body_run *run, uint32_t item, const char *text) {
    const char *key = ls_arena_format(run->arena, "%u%s%s", (unsigned)item, text == NULL ? "" : " ",
                                      text == NULL ? "" : text);
    bool is_known = ls_map_get(&run->ran, key) != NULL;
    run->place.after_dynamic |= is_known;
    ls_map_set(run->arena, &run->ran, key, run);
    return !is_known;
}

/* EXECUTE: a text that is known is a statement like any other. */
static void run_dynamic(body_run *run, uint32_t number) {
    const ls_body_item *item = &run->body->items.items[number];
    const ls_span at = in_source(&run->place, item->at);
    const char *text = ls_dynamic_text(run->arena, run->body->text, item->at, &run->variables);
    if (!is_new(run, number, text))
        return;
    if (text == NULL) {
        ls_not_analysed(run->builder, at, "dynamic SQL",
                        "EXECUTE runs a text that is put together at run time");
        ls_doubt_constraints(run->builder, run->body->text, item->at);
        run->place.after_dynamic = true;
        return;
    }
    const body_place here = {.whole = at,
                             .what = run->place.what,
                             .after_dynamic = run->rounds > 0 && run->place.after_dynamic};
    run_sql(run->builder, text, &here, item);
}

static void run_item(body_run *run, uint32_t number) {
    const ls_body_item *item = &run->body->items.items[number];
    run->builder->body->present = number;
    if (item->kind == LS_BODY_EXECUTE)
        run_dynamic(run, number);
    else if (item->kind == LS_BODY_SQL && is_new(run, number, NULL))
        run_text(run->builder, run->body->text, item->at, &run->place, item);
}

static void assign(body_run *run, const ls_body_step *step) {
    const char *text = run->body->text;
    const char *value = ls_dynamic_value(run->arena, text, step->at, &run->variables);
    const ls_texts elements = ls_dynamic_array(run->arena, text, step->at, &run->variables);
    ls_body_variables_set(run->arena, &run->variables, step->name, NULL, value);
    if (elements.count > 0)
        ls_body_variables_set_array(&run->variables, step->name, elements);
}

static void forget_changed(body_run *run, uint32_t begin, uint32_t end) {
    for (uint32_t at = begin; at < end; at++)
        if (run->body->steps.items[at].name != NULL)
            ls_body_variables_forget(&run->variables, run->body->steps.items[at].name);
}

static void run_steps(body_run *run, uint32_t begin, uint32_t end);

/* Without rounds, for a loop of which nothing is known. */
static void run_round(body_run *run, uint32_t loop, const ls_rounds *rounds, const char *value) {
    const ls_body_step *step = &run->body->steps.items[loop];
    const uint32_t declared = run->variables.items.count;
    forget_changed(run, loop, step->end);
    if (rounds != NULL && rounds->counts)
        LS_PUSH(run->arena, &run->variables.items,
                ((ls_body_variable){.name = step->name, .type = LS_LOOP_COUNTER}));
    if (rounds != NULL)
        ls_body_variables_set(run->arena, &run->variables, step->name, rounds->field, value);
    run_steps(run, loop + 1, step->end);
    forget_changed(run, loop, step->end);
    run->variables.items.count = declared;
}

static void run_loop(body_run *run, uint32_t loop) {
    const ls_body_step *step = &run->body->steps.items[loop];
    const ls_rounds rounds =
        ls_dynamic_rounds(run->arena, run->body->text, step->at, &run->variables);
    const uint32_t left = MOST_ROUNDS_OF_A_BODY - run->rounds;
    if (rounds.values.count == 0 || rounds.values.count > left || step->leaves) {
        run_round(run, loop, NULL, NULL);
        return;
    }
    run->rounds += rounds.values.count;
    for (LS_EACH(const char *, value, rounds.values))
        run_round(run, loop, &rounds, *value);
}

/* Gives the number of the step behind it. */
static uint32_t run_step(body_run *run, uint32_t number) {
    const ls_body_step *step = &run->body->steps.items[number];
    switch (step->kind) {
    case LS_BODY_ITEM:
        run_item(run, step->item);
        return number + 1;
    case LS_BODY_DECLARE:
        ls_body_variables_declare(run->arena, &run->variables, step->name, step->type);
        assign(run, step);
        return number + 1;
    case LS_BODY_ASSIGN:
        assign(run, step);
        return number + 1;
    case LS_BODY_FORGET:
        ls_body_variables_forget(&run->variables, step->name);
        return number + 1;
    case LS_BODY_PART:
        run_steps(run, number + 1, step->end);
        forget_changed(run, number + 1, step->end);
        return step->end;
    case LS_BODY_LOOP:
        run_loop(run, number);
        return step->end;
    }
    return number + 1;
}

static void run_steps(body_run *run, uint32_t begin, uint32_t end) {
    while (begin < end)
        begin = run_step(run, begin);
}

static void run_body(ls_builder *builder, const ls_body *body, body_place place) {
    ls_builder within = *builder;
    within.body = ls_body_statements_new(builder->replay->arena, body);
    body_run run = {.builder = &within,
                    .arena = ls_catalog_arena(builder->catalog),
                    .body = body,
                    .place = place};
    run_steps(&run, 0, body->steps.count);
}

/* --- DO -------------------------------------------------------------------------------------- */

/* pg_sleep, pg_sleep_for, pg_sleep_until: manual, "Delaying Execution". */
static bool is_sleep(const ls_expression *value) {
    return value != NULL && value->kind == LS_EXPR_FUNCTION &&
           (value->name.schema == NULL || strcmp(value->name.schema, "pg_catalog") == 0) &&
           strncmp(value->name.name, "pg_sleep", strlen("pg_sleep")) == 0;
}

static bool sleeps_at(ls_arena *arena, const ls_body *body, ls_span at) {
    ls_parse_error error;
    const ls_statement *statement = ls_lower(arena, body->text, at, &error);
    if (statement == NULL || statement->kind != LS_STATEMENT_QUERY)
        return false;
    for (LS_EACH(const ls_target, target, statement->query->targets))
        if (is_sleep(target->value))
            return true;
    return false;
}

/* A loop that commits its batches sleeps between them. */
static bool sleeps(ls_arena *arena, const ls_body *body) {
    for (LS_EACH(const ls_body_item, item, body->items))
        if (item->kind == LS_BODY_SQL && item->loop_commits && sleeps_at(arena, body, item->at))
            return true;
    return false;
}

void ls_effects_of_do(ls_builder *builder, const ls_do *block) {
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_DO_BLOCK, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_LANGUAGE, block->language);
    bool readable =
        block->body != NULL && (block->language == NULL || strcmp(block->language, "plpgsql") == 0);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_ANALYSED, readable);
    if (!readable) {
        ls_not_analysed(builder, builder->statement->at, "a DO block",
                        "its language is not PL/pgSQL");
        return;
    }
    ls_body body;
    ls_body_read(ls_catalog_arena(builder->catalog), block->body, &body);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_LOOPS, body.has_loop);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_COMMITS, body.has_commit);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PAUSED,
                sleeps(ls_catalog_arena(builder->catalog), &body));
    if (body.has_commit)
        ls_forbid_in_transaction(builder, "a DO block that commits");
    run_body(builder, &body, place_of(builder, block));
}

/* --- Routines ------------------------------------------------------------------------------- */

/* Routines call others, and themselves. */
enum { MOST_ROUTINES = 100 };

/* The only one of that name that takes so many arguments; defaults may stand for some. */
static const ls_catalog_function *called(ls_builder *builder, const ls_expression *call) {
    const ls_functions named =
        ls_catalog_find_functions(builder->catalog, call->name.schema, call->name.name);
    const ls_catalog_function *found = NULL;
    for (LS_EACH(const ls_catalog_function *, function, named)) {
        if ((*function)->arguments.count < call->arguments.count)
            continue;
        if (found != NULL)
            return NULL;
        found = *function;
    }
    return found;
}

bool ls_run_routine(ls_builder *builder, const ls_expression *call) {
    if (call == NULL || call->kind != LS_EXPR_FUNCTION || call->name.name == NULL)
        return false;
    const ls_catalog_function *routine = called(builder, call);
    if (routine == NULL || routine->body == NULL || routine->language == NULL ||
        builder->outcome->routines >= MOST_ROUTINES)
        return false;
    builder->outcome->routines++;
    const body_place place = {.whole = call->at,
                              .what = ls_arena_format(builder->arena, "a statement of %s",
                                                      ls_shown_name(builder, &call->name))};
    if (strcmp(routine->language, "sql") == 0) {
        run_sql(builder, routine->body, &place, &(ls_body_item){.kind = LS_BODY_SQL});
        return true;
    }
    if (strcmp(routine->language, "plpgsql") != 0)
        return false;
    ls_body body;
    ls_body_read(ls_catalog_arena(builder->catalog), routine->body, &body);
    if (body.has_commit)
        ls_forbid_in_transaction(builder, "a procedure that commits");
    run_body(builder, &body, place);
    return true;
}

/* --- Results --------------------------------------------------------------------------------- */

/* The one text that a query of constants returns, if it returns any; NULL: it is not known. */
static const ls_expression *result_of(const ls_query *query) {
    bool is_plain = query->kind == LS_QUERY_SELECT && query->from.count == 0 &&
                    query->clauses->with.count == 0 && query->targets.count == 1;
    const ls_expression *value = is_plain ? query->targets.items[0].value : NULL;
    if (value == NULL || value->kind != LS_EXPR_STRING || value->text == NULL)
        return NULL;
    return strcspn(value->text, ";") + 1 < strlen(value->text) ? NULL : value;
}

bool ls_run_result(ls_builder *builder, const ls_query *query) {
    const ls_expression *result = result_of(query);
    if (result == NULL)
        return false;
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    char *text = ls_arena_copy(arena, result->text, strlen(result->text));
    const body_place place = {.whole = result->at, .what = "what \\gexec runs"};
    const ls_body_item item = {
        .kind = LS_BODY_EXECUTE,
        .conditional = query->where != NULL || query->clauses->limit != NULL ||
                       query->clauses->offset != NULL || query->clauses->having != NULL};
    run_text(builder, text, ls_span_of(0, strlen(text)), &place, &item);
    return true;
}
