/*
 * plan.c - plans read, verified beside each other, and shown through the same report as migrations.
 */
#include "cli/configured.h"
#include "cli/outputs.h"
#include "cli/plan_paths.h"
#include "cli/plan_run.h"
#include "cli/shown_plan.h"
#include "cli/terminal.h"
#include "cli/timeline.h"
#include "cli/verbs.h"
#include "cli/verdict.h"
#include "report/report.h"
#include "rules/fingerprint.h"

typedef struct {
    const ls_command *command;
    ls_arena *arena;
    ls_config config;
    ls_plan_run verified;
    ls_stage_seer watcher;       /* of stages, where their locks are reported */
    ls_timeline_drawing drawing; /* of the stage that is watched */
    ls_report report;
} plan_run;

/* --- The locks of the stages ----------------------------------------------------------------- */

static void begin_stage(void *context, const ls_plan_facts *facts, const ls_stage_facts *stage) {
    plan_run *run = context;
    (void)facts;
    run->drawing = ls_timeline_begin(run->arena, &run->report, stage->file->script);
}

/* The last outcome is that of the file as a whole. */
static void see_outcome(void *context, const ls_outcome *outcome) {
    plan_run *run = context;
    if (outcome->statement == NULL)
        ls_timeline_end(&run->drawing, outcome);
    else
        ls_timeline_add(&run->drawing, outcome);
}

static void watch_stages(plan_run *run) {
    run->watcher = (ls_stage_seer){.begin = begin_stage, .see = see_outcome, .context = run};
    if (ls_outputs_need(run->command, LS_NEEDS_TIMELINE))
        run->verified.watcher = &run->watcher;
}

/* --- Reporting ------------------------------------------------------------------------------- */

static void report_plan(plan_run *run, const ls_plan_result *result) {
    ls_report *report = &run->report;
    LS_PUSH(run->arena, &report->plans, ls_shown_plan(run->arena, result));
    for (LS_EACH(const ls_finding, finding, result->findings))
        LS_PUSH(run->arena, &report->findings, *finding);
    report->files++;
    ls_add_waived(run->arena, &report->waived, &result->waived);
    report->statements += result->statements;
    report->analysed += result->analysed;
    report->history_files += (uint32_t)result->files.history.count;
    report->queries += result->facts->queries.count;
    report->states += result->verdict == NULL ? 0 : result->verdict->states;
}

/* --- Running --------------------------------------------------------------------------------- */

static void complain_of(plan_run *run, const ls_words *paths) {
    for (size_t i = 0; i < paths->count; i++) {
        ls_read_plan *read = ls_plan_reader_get(&run->verified.reader, paths->items[i]);
        if (read->complaint != NULL)
            ls_complain("%s", read->complaint);
        ls_complain_of_yaml(&read->problems);
    }
}

/* Every plan is read before the first is verified: mistakes of all of them come out at once. */
static bool read_all(plan_run *run) {
    ls_words paths = {0};
    if (!ls_plan_paths(run->arena, run->command, &run->config, &paths))
        return false;
    if (ls_plan_run_read(&run->verified, &paths))
        return true;
    complain_of(run, &paths);
    return false;
}

static bool verify_all(plan_run *run) {
    const ls_plan_jobs *jobs = &run->verified.jobs;
    ls_words errors = {0};
    bool done = ls_plan_run_verify(&run->verified, &errors);
    for (size_t i = 0; i < errors.count; i++)
        ls_complain("%s", errors.items[i]);
    for (size_t i = 0; done && i < jobs->count; i++)
        report_plan(run, &jobs->jobs[i].result);
    return done;
}

static bool start(plan_run *run) {
    ls_rule_list rules;
    if (!ls_configure(run->arena, run->command, &run->config) ||
        !ls_configured_rules(run->arena, &run->config, &rules))
        return false;
    ls_rule_policy *policy = ls_rule_policy_new(run->arena, run->command, &run->config, rules);
    if (policy == NULL)
        return false;
    ls_plan_run_start(&run->verified, rules, policy);
    run->report.parser = ls_parser_version();
    run->report.postgres = run->verified.replay.postgres;
    run->report.schema = NULL;
    return true;
}

static void show(ls_buffer *out, const plan_run *run, const ls_text_style *style) {
    switch (run->command->format) {
    case LS_SHOW_MERMAID:
        ls_report_plan_mermaid(out, &run->report);
        return;
    case LS_SHOW_HTML:
        ls_report_plan_html(out, &run->report);
        return;
    default:
        ls_report_plan_text(out, &run->report, style);
    }
}

static int print_stages(plan_run *run) {
    ls_buffer out = {0};
    ls_text_style style = ls_terminal_style(run->command);
    show(&out, run, &style);
    bool printed = ls_print(&out);
    ls_buffer_free(&out);
    return printed ? LOCKSTEP_CLEAN : LOCKSTEP_JOB_NOT_DONE;
}

static int print_findings(plan_run *run) {
    ls_fingerprint(run->arena, &run->report.findings);
    if (!ls_write_outputs(run->arena, run->command, &run->config, &run->report))
        return LOCKSTEP_JOB_NOT_DONE;
    return ls_verdict_on(&run->report.findings, run->command, &run->config);
}

int ls_run_plans(ls_arena *arena, const ls_command *command) {
    plan_run run = {.command = command, .arena = arena};
    run.verified = (ls_plan_run){.command = command, .arena = arena, .config = &run.config};
    int code = LOCKSTEP_JOB_NOT_DONE;
    watch_stages(&run);
    if (start(&run) && read_all(&run) && verify_all(&run))
        code = command->verb == LS_VERB_PLAN_SHOW ? print_stages(&run) : print_findings(&run);
    ls_plan_run_free(&run.verified);
    return code;
}
