/*
 * do_block.c - the statements that a DO block runs, a routine of the history that is called, or
 * psql with what a query returns.
 *
 * Each SQL statement of the body goes through its own family as if it stood in the migration, with
 * its place in the body; a statement in a branch counts as one that runs. What is put together at
 * run time is beyond the analysis, and reported so, unless its text is known after all (dynamic.c).
 */
#include "effects/dynamic.h"
#include "effects/replay_internal.h"
#include "sql/body.h"
#include "sql/lower/lower.h"
#include "sql/placeholder.h"
#include "sql/script.h"

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

/* EXECUTE: a text that is known is a statement like any other. */
static void run_dynamic(ls_builder *builder, const ls_body *body, body_place *place,
                        const ls_body_item *item) {
    char *text = ls_dynamic_text(ls_catalog_arena(builder->catalog), body->text, item->at);
    if (text == NULL) {
        ls_not_analysed(builder, in_source(place, item->at), "dynamic SQL",
                        "EXECUTE runs a text that is put together at run time");
        place->after_dynamic = true;
        return;
    }
    body_place here = {.whole = in_source(place, item->at), .what = place->what};
    run_sql(builder, text, &here, item);
}

static void run_item(ls_builder *builder, const ls_body *body, body_place *place,
                     const ls_body_item *item) {
    switch (item->kind) {
    case LS_BODY_SQL:
        run_text(builder, body->text, item->at, place, item);
        break;
    case LS_BODY_EXECUTE:
        run_dynamic(builder, body, place, item);
        break;
    case LS_BODY_COMMIT:
        break;
    }
}

static void run_body(ls_builder *builder, const ls_body *body, body_place place) {
    for (size_t i = 0; i < body->items.count; i++)
        run_item(builder, body, &place, &body->items.items[i]);
}

static bool is_sleep(const char *text, ls_span at) {
    static const char *const starts[] = {"select", "pg_catalog.", "pg_sleep"};
    const char *here = text + at.begin;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        const size_t length = strlen(starts[i]);
        const bool starts_so = strncasecmp(here, starts[i], length) == 0;
        if (!starts_so && i != 1)
            return false;
        here += starts_so ? length : 0;
        here += strspn(here, " \t\r\n");
    }
    return true;
}

/* A loop that commits its batches sleeps between them. */
static bool sleeps(const ls_body *body) {
    for (LS_EACH(const ls_body_item, item, body->items))
        if (item->kind == LS_BODY_SQL && item->loop_commits && is_sleep(body->text, item->at))
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
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PAUSED, sleeps(&body));
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
                    query->with.count == 0 && query->targets.count == 1;
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
    const ls_body_item item = {.kind = LS_BODY_EXECUTE,
                               .conditional = query->where != NULL || query->limit != NULL ||
                                              query->offset != NULL || query->having != NULL};
    run_text(builder, text, ls_span_of(0, strlen(text)), &place, &item);
    return true;
}
