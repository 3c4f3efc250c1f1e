#include "cli/planned.h"

#include "cli/outputs.h"
#include "cli/plan_paths.h"
#include "cli/plan_run.h"
#include "cli/shown_plan.h"
#include "cli/terminal.h"
#include "plan/stage_rules.h"
#include "support/path.h"

#include <string.h>

typedef struct {
    ls_run *run;
    ls_command command; /* what it selects is for the findings of `check` alone */
    ls_plan_run plans;
    bool tried, verified; /* none is verified before a finding asks for it */
} plan_answers;

/* --- Verifying ------------------------------------------------------------------------------- */

/* The findings that they would answer stay, and whoever reads them has to know why. */
static void tell_unread(plan_answers *answers, const ls_words *paths) {
    for (LS_EACH(const char *, path, *paths))
        if (ls_plan_reader_get(&answers->plans.reader, *path)->problems.count > 0)
            ls_complain("note: no plan answers a finding, because %s cannot be read; lockstep plan "
                        "verify says what is wrong with it",
                        ls_path_shown(answers->run->arena, *path));
}

static bool verify(plan_answers *answers) {
    ls_run *run = answers->run;
    ls_words paths = {0}, errors = {0};
    ls_rule_policy *policy =
        ls_rule_policy_new(run->arena, &answers->command, &run->config, run->rules);
    ls_plan_run_start(&answers->plans, run->rules, policy);
    ls_configured_plans(run->arena, &run->config, &paths);
    if (!ls_plan_run_read(&answers->plans, &paths)) {
        tell_unread(answers, &paths);
        return false;
    }
    const bool done = ls_plan_run_verify(&answers->plans, &errors);
    for (LS_EACH(const char *, error, errors))
        ls_complain("note: no plan answers a finding: %s", *error);
    return done;
}

static bool are_verified(plan_answers *answers) {
    if (!answers->tried)
        answers->verified = verify(answers);
    answers->tried = true;
    return answers->verified;
}

/* No rule that the configuration turns off hides what the search has found. */
static bool holds(const ls_plan_result *result) {
    const ls_model_verdict *verdict = result->verdict;
    if (verdict == NULL || !verdict->complete || verdict->findings.count > 0)
        return false;
    for (LS_EACH(const ls_finding, finding, result->findings))
        if (finding->severity == LS_SEVERITY_ERROR)
            return false;
    return true;
}

/* --- Whose stage runs the file --------------------------------------------------------------- */

static const ls_plan_stage *stage_of(ls_arena *arena, const ls_plan *plan, const char *file) {
    for (LS_EACH(const ls_plan_stage, stage, plan->stages)) {
        const char *path = ls_plan_stage_path(arena, plan, stage);
        if (path != NULL && strcmp(path, file) == 0)
            return stage;
    }
    return NULL;
}

static const char *stage_in_words(ls_arena *arena, const ls_plan *plan,
                                  const ls_plan_stage *stage) {
    return ls_arena_format(arena, "stage %u of %s runs this file", stage->number,
                           plan->source->name);
}

static const char *answer(plan_answers *answers, const ls_plan_job *job, ls_finding *finding) {
    ls_arena *arena = answers->run->arena;
    const ls_plan_stage *stage = stage_of(arena, job->plan, finding->source->name);
    if (stage == NULL)
        return NULL;
    const char *words = stage_in_words(arena, job->plan, stage);
    if (answers->verified && holds(&job->result))
        return ls_arena_format(arena, "%s, and the plan is verified", words);
    LS_PUSH(arena, &finding->notes,
            ls_arena_format(arena, "%s; lockstep plan verify %s says what is wrong with it", words,
                            job->plan->source->name));
    return NULL;
}

/* Why the finding is not told; NULL if it is. */
static const char *answer_to(plan_answers *answers, ls_finding *finding) {
    if (!ls_is_answered_by_plans(finding->rule))
        return NULL;
    are_verified(answers);
    for (size_t i = 0; i < answers->plans.jobs.count; i++) {
        const char *because = answer(answers, &answers->plans.jobs.jobs[i], finding);
        if (because != NULL)
            return because;
    }
    return NULL;
}

static void answer_findings(plan_answers *answers) {
    ls_run *run = answers->run;
    ls_findings *findings = &run->report.findings;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < findings->count; i++) {
        const char *because = answer_to(answers, &findings->items[i]);
        if (because == NULL)
            findings->items[kept++] = findings->items[i];
        else
            LS_PUSH(run->arena, &run->report.waived,
                    ((ls_waived_finding){findings->items[i], because, LS_WAIVED_BY_PLAN}));
    }
    findings->count = kept;
}

/* --- Rollouts that reports show -------------------------------------------------------------- */

static bool runs_judged(const ls_run *run, const ls_plan *plan) {
    for (LS_EACH(const ls_migration, file, run->input->files))
        if (file->judged && stage_of(run->arena, plan, file->script->source->name) != NULL)
            return true;
    return false;
}

static const char *standing(ls_arena *arena, const ls_plan_job *job) {
    if (holds(&job->result))
        return "Verified: no version that may be running breaks at any stage.";
    return ls_arena_format(arena, "Not verified: lockstep plan verify %s says what is wrong.",
                           job->plan->source->name);
}

static void show_rollouts(plan_answers *answers) {
    ls_run *run = answers->run;
    if (!are_verified(answers))
        return;
    for (size_t i = 0; i < answers->plans.jobs.count; i++) {
        const ls_plan_job *job = &answers->plans.jobs.jobs[i];
        if (!runs_judged(run, job->plan))
            continue;
        ls_report_plan shown = ls_shown_plan(run->arena, &job->result);
        shown.standing = standing(run->arena, job);
        LS_PUSH(run->arena, &run->report.rollouts, shown);
    }
}

void ls_planned_apply(ls_run *run) {
    plan_answers answers = {.run = run, .command = *run->command};
    if (run->config.plans.count == 0)
        return;
    answers.command.select = answers.command.extend_select = (ls_words){0};
    answers.command.ignore = (ls_words){0};
    answers.plans =
        (ls_plan_run){.command = &answers.command, .arena = run->arena, .config = &run->config};
    answer_findings(&answers);
    if (ls_outputs_need(run->command, LS_NEEDS_ROLLOUTS))
        show_rollouts(&answers);
    ls_plan_run_free(&answers.plans);
}
