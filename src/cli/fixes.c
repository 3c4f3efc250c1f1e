/*
 * fixes.c - a rehearsal of the migration tells what may be fixed, and one for each fix whether that
 * is any better.
 *
 * All of them see the file in the same way, and less of it than the run does: its statements alone,
 * not what has become of the file, nor its down, nor the release that it is part of. None of these
 * is about the statements' text.
 */
#include "cli/fixes.h"

#include "cli/judged_texts.h"
#include "cli/migration_replay.h"
#include "input/directive.h"
#include "rules/fixes.h"

#include <string.h>

typedef struct {
    ls_run *run;
    const ls_migration *migration;
    uint32_t file;
} trial_place;

static void judge_statements(ls_run *run, const ls_migration *migration,
                             const ls_judged_texts *texts) {
    const ls_script *script = migration->script;
    ls_replay_serve(run->replay, &run->interest);
    ls_migration_replay replay = ls_begin_migration(run, migration);
    for (uint32_t i = 0; i < script->statements.count; i++) {
        const ls_outcome *outcome = ls_next_of_migration(&replay, i);
        ls_judge_outcome(ls_judged_text_around(texts, script->statements.items[i])->judge, outcome);
    }
    ls_judge_outcome(texts->items[0].judge, ls_replay_end_file(run->replay));
}

/* What is found in the migration, which leaves nothing behind. */
static ls_findings rehearse(ls_run *run, ls_arena *arena, const ls_migration *migration,
                            uint32_t file, bool proposes) {
    ls_findings findings = {0};
    ls_rehearsal *rehearsal = ls_replay_rehearse(run->replay);
    ls_judged_texts texts = ls_judged_texts_of(run, arena, migration->script, file);
    for (LS_EACH(ls_judged_text, text, texts))
        if (proposes)
            ls_judge_propose_fixes(text->judge);
    judge_statements(run, migration, &texts);
    for (LS_EACH(ls_judged_text, text, texts)) {
        ls_judge_suppressions(text->judge, &text->suppressions);
        ls_judge_finish(text->judge, &findings);
    }
    ls_replay_rehearsed(run->replay, rehearsal);
    return findings;
}

static bool try_text(void *context, ls_arena *arena, const char *text, ls_findings *findings) {
    const trial_place *place = context;
    ls_migration edited;
    if (!ls_input_read_text(arena, place->run->input, place->migration, text, &edited))
        return false;
    *findings = rehearse(place->run, arena, &edited, place->file, false);
    place->run->asked_migration = NULL;
    return true;
}

/* What the configuration says of transactions counts for the runner, whatever the file asks it. */
static bool is_asked_by_file(ls_run *run, const ls_migration *migration) {
    ls_transaction_mode mode;
    return !ls_find_mode(run, migration, &mode);
}

/* --- Proposals ------------------------------------------------------------------------------- */

/* How the runner is asked stands above the statements. A fix that it cannot be asked for is none.
 */
static void ask_runner(ls_run *run, const ls_migration *migration, ls_fix *fix) {
    ls_fix asking = {.says = fix->says, .safe = fix->safe};
    ls_edit first = {0};
    if (is_asked_by_file(run, migration) &&
        ls_directive_against_transaction(run->arena, migration, &first.at.begin, &first.text)) {
        first.at.end = first.at.begin;
        LS_PUSH(run->arena, &asking.edits, first);
        for (LS_EACH(const ls_edit, edit, fix->edits))
            LS_PUSH(run->arena, &asking.edits, *edit);
    }
    *fix = asking;
}

static void ask_runners(ls_run *run, const ls_migration *migration, ls_findings *findings) {
    for (LS_EACH(ls_finding, finding, *findings))
        if (finding->fix.outside_transaction)
            ask_runner(run, migration, &finding->fix);
}

static bool has_proposals(const ls_findings *findings) {
    for (LS_EACH(const ls_finding, finding, *findings))
        if (finding->fix.edits.count > 0)
            return true;
    return false;
}

ls_findings ls_find_fixes(ls_run *run, const ls_migration *migration, uint32_t file) {
    ls_findings findings = rehearse(run, run->arena, migration, file, true);
    ask_runners(run, migration, &findings);
    if (!has_proposals(&findings))
        return (ls_findings){0};
    trial_place place = {run, migration, file};
    const ls_fix_trials trials = {.source = migration->source,
                                  .statements = migration->script->statements.count,
                                  .trial = try_text,
                                  .context = &place};
    ls_keep_good_fixes(&findings, &trials);
    return findings;
}

static bool is_same(const ls_finding *one, const ls_finding *other) {
    return one->rule == other->rule && one->source == other->source &&
           one->at.begin == other->at.begin && one->at.end == other->at.end &&
           strcmp(one->message, other->message) == 0;
}

/* Both lists are in the order of the file, so that the next one is mostly near. */
void ls_take_fixes(ls_findings *findings, uint32_t first, const ls_findings *fixed) {
    for (LS_EACH(const ls_finding, one, *fixed))
        for (uint32_t i = first; one->fix.edits.count > 0 && i < findings->count; i++)
            if (is_same(&findings->items[i], one))
                findings->items[i].fix = one->fix;
}
