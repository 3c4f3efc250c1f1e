/*
 * run.c - every file is replayed in order, so that the catalog is what the history made of it;
 * only the files that are judged leave something in the report.
 */
#include "cli/run.h"

#include "cli/baselined.h"
#include "cli/configured.h"
#include "cli/downs.h"
#include "cli/fixes.h"
#include "cli/judged_texts.h"
#include "cli/migration_replay.h"
#include "cli/outputs.h"
#include "cli/plan_reader.h"
#include "cli/planned.h"
#include "cli/terminal.h"
#include "cli/timeline.h"
#include "cli/verbose.h"
#include "cli/verbs.h"
#include "plan/running.h"
#include "rules/fingerprint.h"
#include "support/path.h"

#include <string.h>

/* --- Before -------------------------------------------------------------------------------- */

static bool complain_of(const ls_input *input) {
    for (size_t i = 0; i < input->errors.count; i++)
        ls_complain("%s", input->errors.items[i]);
    return input->errors.count > 0;
}

/* What there is to say of the input, and the fixes, are for the run over the files as they are. */
static bool is_first(const ls_run *run) {
    return run->texts == NULL;
}

static void tell_notes(const ls_run *run) {
    for (LS_EACH(const char *, note, run->input->notes))
        ls_complain("note: %s", *note);
}

static void leave_to_history(ls_run *run) {
    ls_scope_mark(&run->scope, run->input);
    ls_configured_history(run->arena, run->command, &run->config, run->input);
}

/* The texts may say that more has changed than that there are new files. */
static bool read_files(ls_run *run) {
    leave_to_history(run);
    ls_input_read(run->input);
    if (ls_scope_sees_changes(&run->scope, run->input)) {
        if (!ls_scope_ask_for_changes(&run->scope))
            return false;
        leave_to_history(run);
    }
    ls_input_settle(run->input);
    return true;
}

/* Where no dump is configured. */
static const char *find_schema(ls_run *run) {
    ls_scope *scope = &run->scope;
    const char *found = scope->open ? ls_scope_find_schema(scope, run->arena, &run->paths) : NULL;
    const char *unused = scope->open ? NULL : ls_unused_schema(run->arena, &run->paths);
    if (found != NULL)
        run->report.schema = ls_arena_format(run->arena, "%s at %.10s", found, scope->base);
    if (unused != NULL && is_first(run))
        ls_complain("note: %s is a dump of the schema: with --since it is the start state, and "
                    "schema: %s in lockstep.yaml says so for good",
                    unused, unused);
    return found;
}

static const ls_files *files_of(ls_run *run) {
    const ls_files *files = ls_scope_files(&run->scope);
    if (is_first(run))
        return files;
    ls_edited_files_open(&run->edited, files, run->texts);
    return &run->edited.files;
}

static bool read_input(ls_run *run) {
    if (!ls_configured_paths(run->arena, run->command, &run->config, &run->paths))
        return false;
    const char *schema = run->config.schema;
    if (schema != NULL)
        schema = ls_configured_path(run->arena, &run->config, schema);
    if (!ls_scope_open(&run->scope, run->arena, run->command, &run->paths, schema))
        return false;
    run->report.schema = run->config.schema;
    if (schema == NULL)
        schema = find_schema(run);
    const ls_input_request request = {
        .schema = schema,
        .frameworks = ls_configured_frameworks(run->arena, &run->config),
        .paths = run->paths.items,
        .path_count = run->paths.count,
        .stdin_name = run->command->stdin_filename,
        .judge_all = run->command->all,
        .from = files_of(run),
        .may_be_empty = run->scope.open,
    };
    run->input = ls_input_find(&request);
    if (complain_of(run->input) || !read_files(run))
        return false;
    if (is_first(run)) {
        ls_note_missing_migrations(run->arena, run->command, &run->config, request.from);
        tell_notes(run);
    }
    return !complain_of(run->input);
}

static void start_replay(ls_run *run) {
    const ls_replay_options options = ls_configured_replay(run->arena, run->command, &run->config);
    run->replay = ls_replay_new(&options);
    run->report.parser = ls_parser_version();
    run->report.postgres = options.postgres;
    run->report.runner_sets_lock_timeout = ls_duration_limits(options.runner.lock_timeout);
    if (run->command->verb == LS_VERB_LOCKS)
        run->report.down_files = run->input->down_files;
}

/* --- File by file ---------------------------------------------------------------------------- */

static void replay_history(ls_run *run, const ls_migration *migration) {
    ls_replay_serve_nobody(run->replay);
    ls_migration_replay replay = ls_begin_migration(run, migration);
    for (uint32_t i = 0; i < migration->script->statements.count; i++) {
        bool analysed = ls_next_of_migration(&replay, i)->analysed;
        run->report.schema_statements += migration->is_schema;
        run->report.schema_analysed += migration->is_schema && analysed;
    }
    ls_replay_end_file(run->replay);
    run->report.history_files += !migration->is_schema;
}

static void count(ls_run *run, const ls_outcome *outcome) {
    run->report.statements++;
    run->report.analysed += outcome->analysed;
}

static bool choose_rules(ls_run *run) {
    if (!ls_configured_rules(run->arena, &run->config, &run->rules))
        return false;
    run->policy = ls_rule_policy_new(run->arena, run->command, &run->config, run->rules);
    return run->policy != NULL;
}

static void judge_facts(ls_run *run, ls_judge *judge, const ls_script *script,
                        const ls_history_facts *facts) {
    if (facts->count > 0)
        ls_judge_outcome(judge, ls_history_outcome(run->arena, script, facts));
}

static void push_findings(ls_run *run, const ls_findings *findings) {
    for (LS_EACH(const ls_finding, finding, *findings))
        LS_PUSH(run->arena, &run->report.findings, *finding);
}

static void take_findings(ls_run *run, ls_judge *judge) {
    ls_judge_finish(judge, &run->report.findings);
    ls_add_waived(run->arena, &run->report.waived, ls_judge_suppressed(judge));
}

/* What has become of a file whose statements are not judged. */
static void judge_history(ls_run *run, const ls_script *script, const ls_history_facts *facts,
                          uint32_t file) {
    const ls_chosen_rules *rules = ls_rule_policy_of(run->policy, script->source->name);
    ls_judge *judge = ls_judge_new(run->arena, rules, script->source, file);
    uint32_t before = run->report.findings.count;
    judge_facts(run, judge, script, facts);
    take_findings(run, judge);
    run->report.files += run->report.findings.count > before;
}

static void judge_deleted(ls_run *run) {
    uint32_t number = run->input->files.count;
    for (LS_EACH(const ls_deleted_migration, deleted, run->history.deleted))
        judge_history(run, deleted->script, &deleted->facts, number++);
}

static void judge_release(ls_run *run, ls_judge *judge, const ls_release *release,
                          const ls_outcome *outcome) {
    const ls_outcome *told =
        release == NULL ? NULL : ls_release_outcome(run->arena, outcome, release);
    if (told != NULL)
        ls_judge_outcome(judge, told);
}

static bool needs_fixes(const ls_run *run) {
    const ls_command *command = run->command;
    return ls_outputs_need(command, LS_NEEDS_FIXES) || command->statistics ||
           ((command->diff || command->fix) && is_first(run));
}

/* Other rules may hold for a file that is included. */
static void judge(ls_run *run, const ls_migration *migration, uint32_t file) {
    const ls_script *script = migration->script;
    ls_judged_texts texts = ls_judged_texts_of(run, run->arena, script, file);
    ls_judge *own = texts.items[0].judge;
    ls_findings of_down = {0};
    ls_replay_serve(run->replay, &run->interest);
    const ls_outcome *back = ls_judge_way_back(
        run, migration, ls_rule_policy_of(run->policy, script->source->name), file, &of_down);
    ls_replay_serve(run->replay, &run->interest); /* the trial was about all there is */
    const ls_findings fixed =
        needs_fixes(run) ? ls_find_fixes(run, migration, file) : (ls_findings){0};
    const uint32_t before = run->report.findings.count;
    ls_release release;
    bool released =
        run->interest.asked[LS_EFFECT_RELEASE] && ls_code_release(&run->code, migration, &release);
    ls_migration_replay replay = ls_begin_migration(run, migration);
    bool draws = ls_outputs_need(run->command, LS_NEEDS_TIMELINE);
    ls_timeline_drawing drawing = {0};
    if (draws)
        drawing = ls_timeline_begin(run->arena, &run->report, script);
    for (uint32_t i = 0; i < script->statements.count; i++) {
        const ls_judged_text *text = ls_judged_text_around(&texts, script->statements.items[i]);
        const ls_outcome *outcome = ls_next_of_migration(&replay, i);
        count(run, outcome);
        if (draws)
            ls_timeline_add(&drawing, outcome);
        ls_judge_outcome(text->judge, outcome);
        judge_release(run, text->judge, released ? &release : NULL, outcome);
    }
    judge_facts(run, own, script, &run->history.of_files[file]);
    if (back != NULL)
        ls_judge_outcome(own, back);
    ls_end_migration_of_run(run, file);
    const ls_outcome *whole = ls_replay_end_file(run->replay);
    if (draws)
        ls_timeline_end(&drawing, whole);
    ls_judge_outcome(own, whole);
    for (LS_EACH(ls_judged_text, text, texts)) {
        ls_judge_suppressions(text->judge, &text->suppressions);
        take_findings(run, text->judge);
    }
    ls_take_fixes(&run->report.findings, before, &fixed);
    push_findings(run, &of_down);
}

static void draw_timeline(ls_run *run, const ls_migration *migration, uint32_t file) {
    ls_timeline_drawing drawing = ls_timeline_begin(run->arena, &run->report, migration->script);
    ls_replay_serve_nobody(run->replay);
    ls_migration_replay replay = ls_begin_migration(run, migration);
    for (uint32_t i = 0; i < migration->script->statements.count; i++) {
        const ls_outcome *outcome = ls_next_of_migration(&replay, i);
        count(run, outcome);
        ls_timeline_add(&drawing, outcome);
    }
    ls_end_migration_of_run(run, file);
    ls_timeline_end(&drawing, ls_replay_end_file(run->replay));
}

/* The draft is for standard output: a plan beside the configuration, or in the working directory.
 */
static void draft_stage(ls_run *run, const ls_migration *migration) {
    const char *directory = run->config.directory == NULL ? "" : run->config.directory;
    const char *path =
        ls_path_from(run->arena, directory[0] == 0 ? "." : directory, migration->name);
    ls_implied_file file = ls_implied_file_of(run->arena, migration, path);
    ls_replay_serve(run->replay, NULL);
    ls_migration_replay replay = ls_begin_migration(run, migration);
    for (uint32_t i = 0; i < migration->script->statements.count; i++)
        ls_implied_add(run->arena, &file, ls_next_of_migration(&replay, i));
    ls_replay_end_file(run->replay);
    ls_implied_decide(&file);
    LS_PUSH(run->arena, &run->implied, file);
}

/* Tells once of each framework that a judged migration is run by, where nobody has said how. */
static void note_runner(ls_run *run, const ls_migration *migration) {
    const ls_framework *framework = migration->framework;
    const char *runs = migration->layout == NULL ? framework->runs : migration->layout->runs;
    ls_transaction_mode mode;
    if (runs == NULL || ls_find_mode(run, migration, &mode))
        return;
    for (LS_EACH(const ls_report_runner, runner, run->report.runners))
        if (strcmp(runner->name, framework->name) == 0)
            return;
    LS_PUSH(run->arena, &run->report.runners, ((ls_report_runner){framework->name, runs}));
}

static void replay_file(ls_run *run, const ls_migration *file, uint32_t number) {
    bool drafts = run->command->verb == LS_VERB_PLAN_INIT;
    bool judges = !drafts && run->command->verb != LS_VERB_LOCKS;
    if (!file->judged) {
        replay_history(run, file);
        if (judges && run->history.of_files[number].count > 0)
            judge_history(run, file->script, &run->history.of_files[number], number);
        return;
    }
    run->report.files++;
    run->report.psql_commands += (uint32_t)file->script->psql_commands.count;
    run->report.copy_blocks += file->script->copy_blocks;
    note_runner(run, file);
    if (drafts)
        draft_stage(run, file);
    else if (judges)
        judge(run, file, number);
    else {
        run->report.down_files += file->down.count > 0;
        draw_timeline(run, file, number);
    }
}

/* Mostly all files have the same rules. */
static void add_interest(ls_run *run, const ls_script *script, const ls_chosen_rules **last) {
    const ls_chosen_rules *rules = ls_rule_policy_of(run->policy, script->source->name);
    if (rules != *last)
        ls_interest_join(&run->interest, ls_interest_of(rules));
    *last = rules;
}

static void find_interest(ls_run *run) {
    const ls_chosen_rules *last = NULL;
    ls_interest_start(&run->interest);
    for (LS_EACH(const ls_migration, file, run->input->files)) {
        if (!file->judged)
            continue;
        add_interest(run, file->script, &last);
        for (LS_EACH(const ls_script *, text, file->script->texts))
            add_interest(run, *text, &last);
    }
    ls_release_asks(&run->interest);
}

static void start_code(ls_run *run) {
    ls_plan_reader reader = {.arena = run->arena, .config = &run->config};
    run->code = (ls_code){.arena = run->arena, .scope = &run->scope, .input = run->input};
    if (run->scope.open && run->interest.asked[LS_EFFECT_RELEASE])
        run->code.plans = ls_plan_reader_files(&reader);
}

static void list_run(ls_run *run) {
    LS_VECTOR(const ls_script *) scripts = {0};
    size_t first = SIZE_MAX;
    for (LS_EACH(const ls_migration, file, run->input->files)) {
        if (file->judged && first == SIZE_MAX)
            first = scripts.count;
        LS_PUSH(run->arena, &scripts, file->script);
    }
    ls_replay_list_run(run->replay, scripts.items, scripts.count, first);
}

bool ls_run_migrations(ls_run *run, const ls_command *command) {
    return ls_run_edited(run, command, NULL);
}

bool ls_run_edited(ls_run *run, const ls_command *command, const ls_map *texts) {
    *run = (ls_run){
        .command = command, .arena = ls_arena_new(), .trial = ls_arena_new(), .texts = texts};
    if (!ls_configure(run->arena, command, &run->config) || !choose_rules(run) || !read_input(run))
        return false;
    start_replay(run);
    list_run(run);
    find_interest(run);
    start_code(run);
    if (command->verbose && is_first(run))
        ls_tell_what_is_read(run);
    run->history = ls_history_find(run->arena, &run->scope, run->input);
    for (size_t i = 0; i < run->input->files.count; i++)
        replay_file(run, &run->input->files.items[i], (uint32_t)i);
    if (command->verb == LS_VERB_CHECK || command->verb == LS_VERB_BASELINE)
        judge_deleted(run);
    ls_planned_apply(run);
    if (ls_outputs_need(command, LS_NEEDS_FINGERPRINTS))
        ls_run_fingerprint(run);
    return command->verb != LS_VERB_CHECK || ls_baselined_apply(run);
}

void ls_run_fingerprint(ls_run *run) {
    ls_findings *findings = &run->report.findings;
    if (findings->count > 0 && findings->items[0].fingerprint == NULL)
        ls_fingerprint(run->arena, findings);
}

void ls_run_free(ls_run *run) {
    ls_replay_free(run->replay);
    ls_input_free(run->input);
    ls_scope_close(&run->scope);
    ls_arena_free(run->trial);
    ls_arena_free(run->arena);
}
