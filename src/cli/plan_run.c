#include "cli/plan_run.h"

#include "cli/configured.h"

void ls_plan_run_start(ls_plan_run *run, ls_rule_list rules, ls_rule_policy *policy) {
    run->rules = rules;
    run->policy = policy;
    run->replay = ls_configured_replay(run->arena, run->command, run->config);
    run->reader = (ls_plan_reader){.arena = run->arena, .config = run->config};
    run->rehearsals = LS_NEW(run->arena, ls_rehearsals);
    *run->rehearsals = (ls_rehearsals){.arena = run->arena};
}

/* --- What lies around a plan ----------------------------------------------------------------- */

static bool transaction_of(const void *context, const char *file, ls_transaction_mode *mode) {
    const ls_plan_run *run = context;
    return ls_configured_transaction(run->arena, run->command, run->config, file, mode);
}

static bool rehearsed_text(const void *context, const ls_plan *plan, const ls_plan_stage *rehearsal,
                           const char *file, const char **text) {
    const ls_plan_run *run = context;
    return ls_rehearsed_text(run->rehearsals, plan, rehearsal, file, text);
}

static const ls_chosen_rules *rules_of(const void *context, const char *file) {
    const ls_plan_run *run = context;
    return ls_rule_policy_of(run->policy, file);
}

static ls_plan_request request_for(ls_plan_run *run, const ls_plan *plan, const ls_words *others,
                                   uint32_t number) {
    const ls_config *config = run->config;
    ls_plan_request request = {
        .surroundings = {.frameworks = ls_configured_frameworks(run->arena, config),
                         .transaction_of = transaction_of,
                         .rehearsed_text = rehearsed_text,
                         .context = run},
        .replay = run->replay,
        .rules = ls_rule_policy_of(run->policy, plan->source->name),
        .rules_of = rules_of,
        .rules_context = run,
        .rollout = config->rollout,
        .watcher = run->watcher,
        .file = number,
    };
    if (config->schema != NULL)
        request.surroundings.schema = ls_configured_path(run->arena, config, config->schema);
    for (LS_EACH(const ls_config_migrations, migrations, config->migrations))
        LS_PUSH(run->arena, &request.surroundings.directories,
                ls_configured_path(run->arena, config, migrations->path));
    for (size_t i = 0; i < others->count; i++)
        LS_PUSH(run->arena, &request.surroundings.of_other_plans, others->items[i]);
    return request;
}

/* --- Reading and verifying ------------------------------------------------------------------- */

static const ls_plan *read_plan(ls_plan_run *run, const char *path) {
    ls_read_plan *read = ls_plan_reader_get(&run->reader, path);
    if (read->plan != NULL)
        ls_plan_check_exemptions(run->arena, read->plan, run->rules, &read->problems);
    return read->problems.count > 0 ? NULL : read->plan;
}

bool ls_plan_run_read(ls_plan_run *run, const ls_words *paths) {
    /* Migrations of plans that the configuration names are foreign to none, even where only one
     * plan is verified. */
    const ls_words others = ls_plan_reader_files(&run->reader);
    run->jobs.jobs = LS_NEW_ARRAY(run->arena, ls_plan_job, paths->count);
    bool done = true;
    for (uint32_t i = 0; i < paths->count; i++) {
        const ls_plan *plan = read_plan(run, paths->items[i]);
        done = done && plan != NULL;
        if (done)
            run->jobs.jobs[run->jobs.count++] =
                (ls_plan_job){.plan = plan, .request = request_for(run, plan, &others, i)};
    }
    return done;
}

bool ls_plan_run_verify(ls_plan_run *run, ls_words *errors) {
    return ls_plans_verify(run->arena, &run->jobs, errors);
}

void ls_plan_run_free(ls_plan_run *run) {
    ls_plans_free(&run->jobs);
    if (run->rehearsals != NULL)
        ls_rehearsals_free(run->rehearsals);
}
