/*
 * plan.c - plans read, verified beside each other, and shown through the same report as migrations.
 */
#include "cli/configured.h"
#include "cli/plan_paths.h"
#include "cli/policy.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "cli/verdict.h"
#include "input/path.h"
#include "plan/show.h"
#include "plan/together.h"
#include "report/report.h"
#include "rules/fingerprint.h"

#include <string.h>

enum { USUAL_POSTGRES = 15 };

typedef struct {
    const ls_command *command;
    ls_arena *arena;
    ls_config config;
    ls_rule_list rules;
    ls_rule_policy *policy;
    ls_replay_options replay;
    ls_plan_jobs jobs;
    ls_report report;
} plan_run;

/* --- Reading --------------------------------------------------------------------------------- */

/* What paths in a plan are relative to. */
static const char *directory_of(const plan_run *run, const char *path) {
    if (run->config.file != NULL)
        return run->config.directory;
    const char *directory = ls_path_directory(run->arena, path);
    return strcmp(directory, ".") == 0 ? "" : ls_arena_join(run->arena, directory, "/", NULL);
}

/* Migrations of plans that the configuration names are foreign to none, even where only one plan
 * is verified. Whatever is wrong with the others is told when they are. */
static void list_configured_files(plan_run *run, ls_words *files) {
    ls_words paths = {0};
    const char *text;
    size_t length;
    ls_text_problem problem;
    ls_yaml_problems problems = {0};
    ls_configured_plans(run->arena, &run->config, &paths);
    for (size_t i = 0; i < paths.count; i++) {
        const char *path = paths.items[i];
        if (ls_files_on_disk.read_file(&ls_files_on_disk, run->arena, path, &text, &length) != 0)
            continue;
        const ls_source *source = ls_source_new(run->arena, path, text, length, &problem);
        const ls_plan *plan =
            source == NULL ? NULL
                           : ls_plan_read(run->arena, source, directory_of(run, path), &problems);
        if (plan != NULL)
            ls_plan_list_files(run->arena, plan, files);
    }
}

static ls_plan *read_plan(plan_run *run, const char *given) {
    const char *path = ls_path_shown(run->arena, given), *text;
    size_t length;
    ls_text_problem problem;
    ls_yaml_problems problems = {0};
    int error = ls_files_on_disk.read_file(&ls_files_on_disk, run->arena, path, &text, &length);
    if (error != 0) {
        ls_complain("%s: %s", path, strerror(error));
        return NULL;
    }
    const ls_source *source = ls_source_new(run->arena, path, text, length, &problem);
    if (source == NULL) {
        ls_complain("%s:%u:%u: %s", path, problem.position.line, problem.position.column,
                    problem.message);
        return NULL;
    }
    ls_plan *plan = ls_plan_read(run->arena, source, directory_of(run, path), &problems);
    if (plan != NULL)
        ls_plan_check_exemptions(run->arena, plan, run->rules, &problems);
    return ls_complain_of_yaml(&problems) ? NULL : plan;
}

static bool transaction_of(const void *context, const char *file, ls_transaction_mode *mode) {
    const plan_run *run = context;
    return ls_configured_transaction(run->arena, run->command, &run->config, file, mode);
}

static const ls_chosen_rules *rules_of(const void *context, const char *file) {
    const plan_run *run = context;
    return ls_rule_policy_of(run->policy, file);
}

static ls_plan_request request_for(plan_run *run, const ls_plan *plan, const ls_words *others,
                                   uint32_t number) {
    ls_plan_request request = {
        .surroundings = {.frameworks = ls_configured_frameworks(run->arena, &run->config),
                         .transaction_of = transaction_of,
                         .context = run},
        .replay = run->replay,
        .rules = ls_rule_policy_of(run->policy, plan->source->name),
        .rules_of = rules_of,
        .rules_context = run,
        .rollout = run->config.rollout,
        .file = number,
    };
    if (run->config.schema != NULL)
        request.surroundings.schema =
            ls_configured_path(run->arena, &run->config, run->config.schema);
    for (LS_EACH(const ls_config_migrations, migrations, run->config.migrations))
        LS_PUSH(run->arena, &request.surroundings.directories,
                ls_configured_path(run->arena, &run->config, migrations->path));
    for (size_t i = 0; i < others->count; i++)
        LS_PUSH(run->arena, &request.surroundings.of_other_plans, others->items[i]);
    return request;
}

/* --- Reporting ------------------------------------------------------------------------------- */

static ls_report_stage shown_stage(const plan_run *run, const ls_plan_result *result,
                                   const ls_plan_stage *stage) {
    ls_report_stage shown = {
        .index = stage->number,
        .verb = stage->verbs == 0 ? NULL : ls_plan_verb_name(stage->verb),
        .value = stage->value,
        .line = ls_source_position(result->plan->source, stage->at.begin).line,
        .does = ls_stage_in_words(run->arena, result, stage->number),
        .live = ls_stage_live(run->arena, result, stage->number),
        .point_of_no_return = ls_stage_is_point_of_no_return(result, stage->number),
    };
    shown.may_roll_back = ls_stage_floor_words(run->arena, result, stage->number, &shown.not_back);
    return shown;
}

static void report_plan(plan_run *run, const ls_plan_result *result) {
    ls_report *report = &run->report;
    ls_report_plan shown = {.source = result->plan->source, .title = result->plan->title};
    for (LS_EACH(const ls_plan_stage, stage, result->plan->stages))
        LS_PUSH(run->arena, &shown.stages, shown_stage(run, result, stage));
    LS_PUSH(run->arena, &report->plans, shown);
    for (LS_EACH(const ls_finding, finding, result->findings))
        LS_PUSH(run->arena, &report->findings, *finding);
    report->files++;
    report->suppressed += result->suppressed;
    report->statements += result->statements;
    report->analysed += result->analysed;
    report->history_files += (uint32_t)result->files.history.count;
    report->states += result->verdict == NULL ? 0 : result->verdict->states;
}

/* Every plan is read before the first is verified: mistakes of all of them come out at once. */
static bool read_all(plan_run *run) {
    ls_words paths = {0}, others = {0};
    list_configured_files(run, &others);
    if (!ls_plan_paths(run->arena, run->command, &run->config, &paths))
        return false;
    run->jobs.jobs = LS_NEW_ARRAY(run->arena, ls_plan_job, paths.count);
    bool done = true;
    for (uint32_t i = 0; i < paths.count; i++) {
        const ls_plan *plan = read_plan(run, paths.items[i]);
        done = done && plan != NULL;
        if (done)
            run->jobs.jobs[run->jobs.count++] =
                (ls_plan_job){.plan = plan, .request = request_for(run, plan, &others, i)};
    }
    return done;
}

static bool verify_all(plan_run *run) {
    ls_words errors = {0};
    bool done = ls_plans_verify(run->arena, &run->jobs, &errors);
    for (size_t i = 0; i < errors.count; i++)
        ls_complain("%s", errors.items[i]);
    for (size_t i = 0; done && i < run->jobs.count; i++)
        report_plan(run, &run->jobs.jobs[i].result);
    return done;
}

static bool start(plan_run *run) {
    if (!ls_configure(run->arena, run->command, &run->config) ||
        !ls_configured_rules(run->arena, &run->config, &run->rules))
        return false;
    run->policy = ls_rule_policy_new(run->arena, run->command, &run->config, run->rules);
    run->replay.postgres = run->command->postgres != 0 ? run->command->postgres
                           : run->config.postgres != 0 ? run->config.postgres
                                                       : USUAL_POSTGRES;
    ls_configured_replay(run->arena, &run->config, &run->replay);
    run->report.parser = ls_parser_version();
    run->report.postgres = run->replay.postgres;
    run->report.schema = NULL;
    return run->policy != NULL;
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

static int print(plan_run *run) {
    ls_buffer out = {0};
    ls_fingerprint(run->arena, &run->report.findings);
    ls_text_style style = ls_terminal_style(run->command);
    bool shows = run->command->verb == LS_VERB_PLAN_SHOW;
    if (shows)
        show(&out, run, &style);
    else if (run->command->format == LS_FORMAT_JSON)
        ls_report_json(&out, &run->report);
    else
        ls_report_text(&out, &run->report, &style);
    bool printed = ls_print(&out);
    ls_buffer_free(&out);
    if (!printed)
        return LOCKSTEP_JOB_NOT_DONE;
    return shows ? LOCKSTEP_CLEAN
                 : ls_verdict_on(&run->report.findings, run->command, &run->config);
}

int ls_run_plans(ls_arena *arena, const ls_command *command) {
    plan_run run = {.command = command, .arena = arena};
    int code = LOCKSTEP_JOB_NOT_DONE;
    if (start(&run) && read_all(&run) && verify_all(&run))
        code = print(&run);
    ls_plans_free(&run.jobs);
    return code;
}
