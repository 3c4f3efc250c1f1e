#include "plan/trial.h"

#include "plan/together.h"
#include "rules/trial.h"

#include <errno.h>
#include <string.h>

static const char HISTORY[] = "history.sql", CONFIGURATION[] = "lockstep.yaml";

/* --- Files that are texts -------------------------------------------------------------------- */

static const char *text_under(const ls_files *files, const char *path) {
    const ls_rule_example *example = files->context;
    if (example->history != NULL && strcmp(path, HISTORY) == 0)
        return example->history;
    for (size_t i = 0; i < example->file_count; i++)
        if (strcmp(example->files[i].path, path) == 0)
            return example->files[i].text;
    return NULL;
}

/* What is left of the path in the directory; NULL where it does not lie in it. */
static const char *below(const char *directory, const char *path) {
    size_t length = strlen(directory);
    if (strcmp(directory, ".") == 0)
        return path;
    return strncmp(directory, path, length) == 0 && path[length] == '/' ? path + length + 1 : NULL;
}

static bool is_directory(const ls_files *files, const char *path) {
    const ls_rule_example *example = files->context;
    for (size_t i = 0; i < example->file_count; i++)
        if (below(path, example->files[i].path) != NULL)
            return true;
    return strcmp(path, ".") == 0;
}

static int look_at(const ls_files *files, ls_arena *arena, const char *path,
                   ls_file_status *status) {
    const char *text = text_under(files, path);
    *status = (ls_file_status){0};
    if (text != NULL) {
        status->kind = LS_FILE_REGULAR;
        status->size = strlen(text);
        return 0;
    }
    if (!is_directory(files, path))
        return ENOENT;
    status->kind = LS_FILE_DIRECTORY;
    status->identity = ls_arena_string(arena, path);
    return 0;
}

static int list_directory(const ls_files *files, ls_arena *arena, const char *path,
                          ls_directory_entries *entries) {
    const ls_rule_example *example = files->context;
    for (size_t i = 0; i < example->file_count; i++) {
        const char *rest = below(path, example->files[i].path);
        if (rest != NULL && strchr(rest, '/') == NULL)
            LS_PUSH(arena, entries, ((ls_directory_entry){rest, LS_FILE_REGULAR}));
    }
    return 0;
}

static int read_file(const ls_files *files, ls_arena *arena, const char *path, const char **text,
                     size_t *length) {
    *text = ls_arena_string(arena, text_under(files, path));
    *length = *text == NULL ? 0 : strlen(*text);
    return *text == NULL ? ENOENT : 0;
}

/* --- Trying ---------------------------------------------------------------------------------- */

static ls_plan *read_plan(ls_arena *arena, const char *name, const char *text,
                          const char **problem) {
    ls_text_problem in_text;
    ls_yaml_problems problems = {0};
    const ls_source *source = ls_source_new(arena, name, text, strlen(text), &in_text);
    ls_plan *plan = source == NULL ? NULL : ls_plan_read(arena, source, "", &problems);
    if (source == NULL)
        *problem = in_text.message;
    else if (plan == NULL)
        *problem = ls_arena_format(arena, "%s:%u:%u: %s", name, problems.items[0].line,
                                   problems.items[0].column, problems.items[0].message);
    return plan;
}

/* Of the files beside the plan, those that are plans themselves are in flight with it; it is the
 * last of all. */
static bool read_plans(ls_arena *arena, const ls_rule_example *example,
                       const ls_plan_request *request, ls_plan_jobs *jobs, const char **problem) {
    for (size_t i = 0; i <= example->file_count; i++) {
        bool is_own = i == example->file_count;
        const char *name = is_own ? "plan.yaml" : example->files[i].path;
        const char *dot = strrchr(name, '.');
        if (dot == NULL || strcmp(dot, ".yaml") != 0 || strcmp(name, CONFIGURATION) == 0)
            continue;
        ls_plan_job *job = &jobs->jobs[jobs->count++];
        job->request = *request;
        job->plan = read_plan(arena, name, is_own ? example->sql : example->files[i].text, problem);
        if (job->plan == NULL)
            return false;
    }
    return true;
}

/* An example may bring what the repository says about its rollouts. */
static ls_config_rollout rollout_of(ls_arena *arena, const ls_files *files, const char **problem) {
    ls_config config = {0};
    ls_yaml_problems problems = {0};
    const char *text = text_under(files, CONFIGURATION);
    if (text != NULL &&
        !ls_config_read_text(arena, CONFIGURATION, text, strlen(text), &config, &problems))
        *problem = ls_arena_format(arena, "%s:%u: %s", CONFIGURATION, problems.items[0].line,
                                   problems.items[0].message);
    return config.rollout;
}

/* The runner of the example wraps every file. */
static bool wrap(const void *context, const char *file, ls_transaction_mode *mode) {
    (void)context;
    (void)file;
    *mode = LS_TRANSACTION_PER_FILE;
    return true;
}

/* What lies in the directory called rehearsed is what has been rehearsed; an example without it
 * does not know. */
static bool rehearsed_text(const void *context, const ls_plan *plan, const ls_plan_stage *rehearsal,
                           const char *file, const char **text) {
    const ls_rule_example *example = context;
    bool known = false;
    (void)plan;
    (void)rehearsal;
    for (size_t i = 0; i < example->file_count; i++) {
        const char *then = below("rehearsed", example->files[i].path);
        if (then != NULL && strcmp(then, file) == 0)
            *text = example->files[i].text;
        known = known || (then != NULL && strcmp(then, file) == 0);
    }
    return known;
}

static const ls_chosen_rules *choose_all(ls_arena *arena, ls_rule_list rules) {
    static const char *const everything[] = {"*"};
    const ls_words select = {.items = (const char **)(uintptr_t)everything, .count = 1};
    const ls_rule_choice choice = {.rules = rules, .select = &select};
    return ls_choose_rules(arena, &choice);
}

/* The files that findings are in go with the input. */
static const ls_source *copy_of(ls_arena *arena, const ls_source *source) {
    ls_text_problem problem;
    return ls_source_new(arena, ls_arena_string(arena, source->name),
                         ls_arena_copy(arena, source->text, source->length), source->length,
                         &problem);
}

/* What else they point at lies in the arena, but for their labels. */
static ls_findings kept(ls_arena *arena, const ls_findings *findings) {
    ls_findings copies = {0};
    for (LS_EACH(const ls_finding, finding, *findings)) {
        ls_finding copy = *finding;
        copy.labels = (ls_labels){0};
        copy.source = copy_of(arena, finding->source);
        LS_PUSH(arena, &copies, copy);
    }
    return copies;
}

ls_findings ls_plan_try_example(ls_arena *arena, ls_rule_list rules, const ls_rule_example *example,
                                const char **problem) {
    const ls_files files = {.look_at = look_at,
                            .list_directory = list_directory,
                            .read_file = read_file,
                            .context = (void *)(uintptr_t)example};
    *problem = NULL;
    const ls_plan_request request = {
        .surroundings = {.from = &files,
                         .schema = example->history == NULL ? NULL : HISTORY,
                         .transaction_of = example->file_transaction ? wrap : NULL,
                         .rehearsed_text = rehearsed_text,
                         .context = example},
        .replay = ls_example_replay(example),
        .rules = choose_all(arena, rules),
        .rollout = rollout_of(arena, &files, problem),
    };
    ls_plan_jobs jobs = {.jobs = LS_NEW_ARRAY(arena, ls_plan_job, example->file_count + 1)};
    ls_words errors = {0};
    ls_findings findings = {0};
    if (*problem != NULL || !read_plans(arena, example, &request, &jobs, problem))
        return findings;
    if (ls_plans_verify(arena, &jobs, &errors))
        findings = kept(arena, &jobs.jobs[jobs.count - 1].result.findings);
    else
        *problem = errors.items[0];
    ls_plans_free(&jobs);
    return findings;
}

const char *ls_any_example_failure(ls_arena *arena, ls_rule_list rules, const ls_rule *rule,
                                   const ls_rule_example *example) {
    if (!example->is_plan)
        return ls_example_failure(arena, rules, rule, example);
    const char *problem;
    const ls_findings findings =
        ls_plan_try_example(arena, ls_rules_beside(arena, rules, rule), example, &problem);
    return problem != NULL ? problem : ls_findings_failure(arena, &findings, rule, example);
}
