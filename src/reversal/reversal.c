#include "reversal/reversal.h"

#include "effects/missing.h"
#include "effects/undo.h"
#include "reversal/describing.h"
#include "reversal/loss.h"
#include "reversal/referring.h"
#include "reversal/row_lookups.h"
#include "sql/lexer.h"

#include <string.h>
#include <strings.h>

/* A statement that may do more than the replay does. */
typedef struct {
    const ls_statement *statement;
    const char *text;
    bool by_down;
    bool dynamic; /* it may do so to what it does not name */
} unread;

typedef struct {
    ls_arena *arena;
    ls_replay *replay;
    ls_catalog *catalog;
    const ls_direction *up, *down;
    ls_catalog_moment moment; /* that of the first attempt: since then all has been touched */
    ls_description before;
    ls_possible_losses losses;
    ls_referring referring;
    ls_row_lookups lookups;
    LS_VECTOR(const ls_statement *) conditional; /* that may do less than the replay does */
    LS_VECTOR(unread) unread;
    ls_reversal result;
} trial;

/* --- Running --------------------------------------------------------------------------------- */

/* A direction on its way through the replay, section by section. */
typedef struct {
    ls_replay *replay;
    const ls_direction *direction;
    uint32_t section, statement;
} direction_run;

static direction_run begin(ls_replay *replay, const ls_direction *direction) {
    ls_replay_begin_file(replay, direction->script, direction->sections.items[0].mode, true);
    return (direction_run){.replay = replay, .direction = direction, .section = 1};
}

static const ls_outcome *next(direction_run *run) {
    const ls_direction *direction = run->direction;
    uint32_t number = run->statement++, section = run->section;
    while (run->section < direction->sections.count &&
           direction->sections.items[run->section].first <= number)
        run->section++;
    if (run->section > section)
        ls_replay_next_part(run->replay, direction->sections.items[run->section - 1].mode);
    return ls_replay_statement(run->replay, direction->script->statements.items[number]);
}

static bool is_done(const direction_run *run) {
    return run->statement == run->direction->script->statements.count;
}

void ls_run_direction(ls_replay *replay, const ls_direction *direction) {
    direction_run run = begin(replay, direction);
    while (!is_done(&run))
        next(&run);
    ls_replay_end_file(replay);
}

/* --- What is not known ----------------------------------------------------------------------- */

static void push_all(ls_arena *arena, ls_words *list, const ls_words *more) {
    for (LS_EACH(const char *, word, *more))
        LS_PUSH(arena, list, *word);
}

static void add_unknown(trial *work, const ls_statement *statement, const char *why) {
    LS_PUSH(work->arena, &work->result.unknown,
            ls_arena_format(work->arena, "%s is not followed%s%s", statement->tag,
                            why == NULL ? "" : ": ", why == NULL ? "" : why));
}

/* It has no tag to be named by. */
static void add_unparsed(trial *work, bool by_down, const char *why) {
    LS_PUSH(work->arena, &work->result.unknown,
            ls_arena_format(work->arena, "a statement of %s does not parse%s%s",
                            by_down ? "the down" : "this migration", why == NULL ? "" : ": ",
                            why == NULL ? "" : why));
}

static void add_unread(trial *work, const ls_outcome *outcome, bool by_down, bool dynamic) {
    const ls_direction *direction = by_down ? work->down : work->up;
    const unread one = {
        .statement = outcome->statement,
        .text = ls_normal_text(work->arena, direction->script->source, outcome->statement->at),
        .by_down = by_down,
        .dynamic = dynamic,
    };
    LS_PUSH(work->arena, &work->unread, one);
}

/* The tag of what makes something of a kind that is not followed, and undoes nothing. */
static const char CREATES[] = "CREATE ";

static void note_unknown(trial *work, const ls_outcome *outcome, bool by_down) {
    const ls_statement *statement = outcome->statement;
    for (uint32_t i = 0; i < outcome->effects.count; i++) {
        const ls_effect *effect = outcome->effects.items[i];
        if (effect->kind == LS_EFFECT_NOT_ANALYSED || effect->kind == LS_EFFECT_UNPARSED) {
            const char *why =
                ls_arena_string(work->arena, ls_effect_text(effect, LS_ATTRIBUTE_WHY));
            if (effect->kind == LS_EFFECT_UNPARSED)
                add_unparsed(work, by_down, why);
            else
                add_unknown(work, statement, why);
            add_unread(work, outcome, by_down, effect->kind == LS_EFFECT_NOT_ANALYSED);
            return;
        }
    }
    if (outcome->conditional) {
        LS_PUSH(work->arena, &work->conditional, statement);
        LS_PUSH(work->arena, &work->result.unknown,
                ls_arena_format(work->arena,
                                "which branches of the %s run is decided on the server",
                                statement->tag));
    }
    if (!outcome->analysed ||
        (statement->kind == LS_STATEMENT_OTHER && !ls_leaves_no_trace(statement->tag))) {
        add_unknown(work, statement, NULL);
        if (strncmp(statement->tag, CREATES, sizeof CREATES - 1) != 0)
            add_unread(work, outcome, by_down, false);
    }
    if (by_down && outcome->doubt != NULL)
        LS_PUSH(work->arena, &work->result.unknown,
                ls_arena_format(work->arena, "%s is not known", outcome->doubt));
}

/* --- No way back ----------------------------------------------------------------------------- */

static const char *word_after(const char *text, const char *word) {
    size_t length = strlen(word);
    text += strspn(text, " \t\r\n");
    return strncasecmp(text, word, length) == 0 ? text + length : NULL;
}

/* DO $$ BEGIN RAISE EXCEPTION ...: whoever writes that says that there is no way back. */
static bool says_no_way_back(const ls_statement *statement) {
    const char *rest = statement->kind == LS_STATEMENT_DO ? statement->do_block.body : NULL;
    if (rest == NULL || (rest = word_after(rest, "begin")) == NULL ||
        (rest = word_after(rest, "raise")) == NULL)
        return false;
    return word_after(rest, "exception") != NULL || word_after(rest, "'") != NULL;
}

/* --- The first attempt ----------------------------------------------------------------------- */

/* The server cannot read it either, unless it is newer than the parser. */
static bool is_unreadable(const ls_statement *statement) {
    return statement->kind == LS_STATEMENT_UNPARSED && statement->needs_postgres == 0 &&
           !statement->problem.placeholder;
}

static bool is_refused(const ls_outcome *outcome) {
    return outcome->refused != NULL || ls_names_missing(outcome) ||
           is_unreadable(outcome->statement) ||
           (outcome->forbidden_in_transaction != NULL && outcome->in_transaction);
}

static void run_up(trial *work) {
    ls_replay_serve(work->replay, NULL);
    direction_run run = begin(work->replay, work->up);
    while (!is_done(&run)) {
        const ls_outcome *outcome = next(&run);
        work->result.up_fails |= is_refused(outcome);
        note_unknown(work, outcome, false);
        ls_note_losses(&work->losses, outcome);
        ls_note_written(&work->referring, outcome);
        ls_note_lookups(&work->lookups, outcome->statement, false);
    }
    ls_replay_end_file(work->replay);
}

static void run_down(trial *work, ls_outcome_seer *see, void *context) {
    direction_run run = begin(work->replay, work->down);
    while (!is_done(&run)) {
        const ls_outcome *outcome = next(&run);
        work->result.down_fails |= is_refused(outcome) || says_no_way_back(outcome->statement);
        note_unknown(work, outcome, true);
        ls_note_restored(&work->losses, outcome);
        ls_note_deleted(&work->referring, outcome);
        ls_note_lookups(&work->lookups, outcome->statement, true);
        if (see != NULL)
            see(context, outcome);
    }
    const ls_words guards = ls_guarding_clauses(&work->referring);
    const ls_words lookups = ls_lookup_clauses(&work->lookups);
    push_all(work->arena, &work->result.unknown, &guards);
    push_all(work->arena, &work->result.unknown, &lookups);
    const ls_outcome *whole = ls_replay_end_file(work->replay);
    if (see != NULL)
        see(context, whole);
}

/* --- Laying differences to statements -------------------------------------------------------- */

static void lay_to(trial *work, const ls_description *state, const ls_statement *statement,
                   bool by_down) {
    for (LS_EACH(ls_unreversed, one, work->result.unreversed)) {
        if (one->statement != NULL || !ls_has_difference(state, &work->before, &one->difference))
            continue;
        one->statement = statement;
        one->by_down = by_down;
    }
}

static bool is_all_laid(const trial *work) {
    for (LS_EACH(const ls_unreversed, one, work->result.unreversed))
        if (one->statement == NULL)
            return false;
    return true;
}

/* What the statement may have made different from what it was. */
static ls_asked_parts not_laid(ls_arena *arena, const trial *work) {
    ls_asked_parts asked = {0};
    for (LS_EACH(const ls_unreversed, one, work->result.unreversed))
        if (one->statement == NULL)
            ls_ask_about(arena, &asked, one->difference.part);
    return asked;
}

static void step_through(trial *work, const ls_direction *direction, bool by_down) {
    ls_arena *step = ls_arena_new();
    direction_run run = begin(work->replay, direction);
    while (!is_done(&run) && !is_all_laid(work)) {
        const ls_statement *statement = next(&run)->statement;
        const ls_asked_parts asked = not_laid(step, work);
        const ls_description state = ls_describe_asked(step, work->catalog, work->moment, &asked);
        lay_to(work, &state, statement, by_down);
        ls_arena_clear(step);
    }
    ls_replay_end_file(work->replay);
    ls_arena_free(step);
}

static bool is_conditional(const trial *work, const ls_statement *statement) {
    for (LS_EACH(const ls_statement *, conditional, work->conditional))
        if (*conditional == statement)
            return true;
    return false;
}

static bool is_later(const unread *than, const ls_unreversed *one) {
    if (one->statement == NULL || than->by_down != one->by_down)
        return than->by_down || one->statement == NULL;
    return than->statement->at.begin > one->statement->at.begin;
}

/* A name without what it is qualified with. */
static const char *last_name(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot == NULL ? name : dot + 1;
}

static bool names(const char *text, const char *name) {
    const char *at = text;
    while ((at = strstr(at, name)) != NULL) {
        const char *end = at + strlen(name);
        bool begins = at == text || !ls_is_word_byte(at[-1]);
        if (begins && !ls_is_word_byte(*end))
            return true;
        at = end;
    }
    return false;
}

/* What brings back by dynamic SQL of the up itself what the up has taken away does not take away
 * what it has made. */
static bool may_undo(const unread *statement, const ls_difference *difference) {
    const ls_part *part = difference->part;
    if (statement->dynamic)
        return statement->by_down || difference->kind == LS_LOST || difference->kind == LS_RENAMED;
    return names(statement->text, last_name(part->relation == NULL ? part->shown : part->relation));
}

static bool may_be_undone(const trial *work, const ls_unreversed *one) {
    for (LS_EACH(const unread, statement, work->unread))
        if (is_later(statement, one) && may_undo(statement, &one->difference))
            return true;
    return false;
}

/* As it is shown, without a function's arguments. */
static bool is_called(const trial *work, const ls_part *part, const ls_name *name) {
    const char *called = ls_plain_name(work->arena, name->schema, name->name);
    const size_t length = strlen(called);
    return strncmp(part->shown, called, length) == 0 &&
           (part->shown[length] == '\0' || part->shown[length] == '(');
}

/* What the up drops, and the down makes, was there though the history does not show it. */
static bool is_put_back(const trial *work, const ls_unreversed *one) {
    if (one->difference.kind != LS_LEFT_OVER || !one->by_down)
        return false;
    for (LS_EACH(ls_statement *, statement, work->up->script->statements)) {
        if ((*statement)->kind != LS_STATEMENT_DROP)
            continue;
        for (LS_EACH(const ls_dropped, dropped, (*statement)->drop.objects))
            if (is_called(work, one->difference.part, &dropped->name))
                return true;
    }
    return false;
}

/* IF NOT EXISTS may have found it, and others may use it by now: a down that leaves it is right. */
static bool may_have_been_there(const ls_unreversed *one) {
    return one->difference.kind == LS_LEFT_OVER && one->statement != NULL &&
           one->statement->kind == LS_STATEMENT_EXTENSION &&
           one->statement->extension.if_not_exists;
}

static void note_put_back(trial *work) {
    for (LS_EACH(const ls_unreversed, one, work->result.unreversed))
        if (is_put_back(work, one))
            LS_PUSH(work->arena, &work->result.unknown,
                    ls_arena_format(work->arena, "what %s %s was like is not known",
                                    one->difference.part->object, one->difference.part->shown));
}

/* What a branch does that may not run is no difference, nor is what something that is not followed
 * may undo; that it is not known has been noted. */
static void keep_certain(trial *work) {
    uint32_t kept = 0;
    for (LS_EACH(const ls_unreversed, one, work->result.unreversed))
        if (!is_conditional(work, one->statement) && !may_be_undone(work, one) &&
            !is_put_back(work, one) && !may_have_been_there(one))
            work->result.unreversed.items[kept++] = *one;
    work->result.unreversed.count = kept;
}

static void lay_differences(trial *work, const ls_differences *differences) {
    for (LS_EACH(const ls_difference, difference, differences->items))
        LS_PUSH(work->arena, &work->result.unreversed,
                ((ls_unreversed){.difference = *difference}));
    if (work->result.unreversed.count == 0)
        return;
    ls_rehearsal *second = ls_replay_rehearse(work->replay);
    ls_replay_serve_nobody(work->replay);
    step_through(work, work->up, false);
    step_through(work, work->down, true);
    ls_replay_rehearsed(work->replay, second);
    note_put_back(work);
    keep_certain(work);
}

/* What the down is the first to name may not be there. */
static void note_strangers(trial *work, const ls_description *between,
                           const ls_description *after) {
    for (LS_EACH(const ls_part, part, after->parts))
        if (part->declared && part->id != 0 && ls_described(&work->before, part->key) == NULL &&
            ls_described(between, part->key) == NULL)
            LS_PUSH(work->arena, &work->result.unknown,
                    ls_arena_format(work->arena, "whether there is a %s %s is not known",
                                    part->object, part->shown));
}

ls_reversal ls_try_reversal(ls_arena *arena, ls_replay *replay, const ls_direction *up,
                            const ls_direction *down, ls_outcome_seer *see, void *context) {
    trial work = {.arena = arena,
                  .replay = replay,
                  .catalog = ls_replay_catalog(replay),
                  .up = up,
                  .down = down,
                  .losses = {.arena = arena, .catalog = ls_replay_catalog(replay)},
                  .referring = {.arena = arena, .catalog = ls_replay_catalog(replay)},
                  .lookups = {.arena = arena, .catalog = ls_replay_catalog(replay)}};
    if (up->script->statements.count > 0)
        work.result.first = up->script->statements.items[0];
    work.moment = ls_catalog_now(work.catalog);
    const ls_interest *interest = ls_replay_served(replay);
    ls_rehearsal *first = ls_replay_rehearse(replay);
    run_up(&work);
    const uint32_t up_file = ls_replay_file(replay);
    const ls_description between = ls_describe(arena, work.catalog, work.moment);
    if (see != NULL)
        ls_replay_serve(replay, interest);
    ls_replay_leave_run(replay, first);
    run_down(&work, see, context);
    const ls_description after = ls_describe(arena, work.catalog, work.moment);
    ls_replay_rehearsed(replay, first);
    work.before = ls_describe(arena, work.catalog, work.moment);
    const ls_differences done = ls_compare(arena, &work.before, &between, up_file);
    work.result.does_nothing = done.items.count == 0;
    work.result.losses = ls_certain_losses(&work.losses);
    if (work.result.up_fails || work.result.down_fails)
        return work.result;
    const ls_differences differences = ls_compare(arena, &work.before, &after, up_file);
    push_all(arena, &work.result.unknown, &differences.unknown);
    note_strangers(&work, &between, &after);
    lay_differences(&work, &differences);
    return work.result;
}
