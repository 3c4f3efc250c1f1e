/*
 * base.c - a revision, a variable of a CI service, or the merge commit that CI has checked out.
 *
 * The services are a table: what their variables hold, and how their clones are made deep enough.
 * A variable that names what the clone does not have is not passed over: the next one may mean
 * something else, and judging the wrong files looks like judging the right ones.
 */
#include "git/base.h"

#include <jansson.h>

#include <stdlib.h>
#include <string.h>

typedef enum { BRANCH, COMMIT } variable_kind;

typedef struct {
    const char *variable;
    variable_kind kind;
    const char *deepen; /* how the service clones all */
} ci_variable;

#define GITHUB    "actions/checkout with fetch-depth: 0"
#define GITLAB    "GIT_DEPTH: 0 in the job's variables"
#define BITBUCKET "clone: {depth: full} in bitbucket-pipelines.yml"
#define AZURE     "checkout: self with fetchDepth: 0"
#define OTHERS    "git fetch --unshallow"

/* Those of a merge request before those of a push. Sources: the services' own lists of variables;
 * pre-commit's documentation of --from-ref. */
static const ci_variable VARIABLES[] = {
    {"PRE_COMMIT_FROM_REF", COMMIT, OTHERS},
    {"GITHUB_BASE_REF", BRANCH, GITHUB},
    {"CI_MERGE_REQUEST_DIFF_BASE_SHA", COMMIT, GITLAB},
    {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", BRANCH, GITLAB},
    {"BITBUCKET_PR_DESTINATION_COMMIT", COMMIT, BITBUCKET},
    {"BITBUCKET_PR_DESTINATION_BRANCH", BRANCH, BITBUCKET},
    {"SYSTEM_PULLREQUEST_TARGETBRANCH", BRANCH, AZURE},
    {"CHANGE_TARGET", BRANCH, OTHERS}, /* Jenkins */
    {"BUILDKITE_PULL_REQUEST_BASE_BRANCH", BRANCH, OTHERS},
    {"CI_COMMIT_TARGET_BRANCH", BRANCH, OTHERS}, /* Woodpecker; empty but for pull requests */
    {"CI_COMMIT_BEFORE_SHA", COMMIT, GITLAB},
    {"CI_DEFAULT_BRANCH", BRANCH, GITLAB},
    {"GIT_PREVIOUS_SUCCESSFUL_COMMIT", COMMIT, OTHERS}, /* Jenkins */
};

/* --- Common ancestors ------------------------------------------------------------------------ */

static const char *without_ancestor(const ls_repository *repository, const char *name,
                                    const char *deepen) {
    if (!repository->shallow)
        return ls_arena_format(repository->arena, "HEAD and %s have no commit in common", name);
    return ls_arena_format(repository->arena,
                           "the clone is too shallow to hold where HEAD and %s part: %s, or git "
                           "fetch --deepen=100",
                           name, deepen);
}

static const char *merge_base(const ls_repository *repository, const char *commit) {
    ls_process_result result;
    const char *const question[] = {"merge-base", "HEAD", commit, NULL};
    if (ls_repository_run(repository, question, &result) != NULL)
        return NULL;
    return ls_arena_copy(repository->arena, result.output, strcspn(result.output, "\n"));
}

static const char *common_ancestor(const ls_repository *repository, const char *name,
                                   const char *revision, const char *deepen, const char **commit) {
    *commit = merge_base(repository, revision);
    return *commit == NULL ? without_ancestor(repository, name, deepen) : NULL;
}

static bool has_head(const ls_repository *repository) {
    return ls_repository_commit(repository, "HEAD") != NULL;
}

/* --- CI -------------------------------------------------------------------------------------- */

/* A service that has nothing to say leaves a variable empty, or gives the id of no commit. */
static bool says_something(const char *value) {
    return value != NULL && value[strspn(value, "0")] != 0;
}

/* A branch as the clone of a CI job knows it: by its remote name. */
static const char *branch_commit(const ls_repository *repository, const char *branch) {
    static const char heads[] = "refs/heads/";
    if (strncmp(branch, heads, strlen(heads)) == 0)
        branch += strlen(heads);
    const char *remote = ls_arena_join(repository->arena, "refs/remotes/origin/", branch, NULL);
    const char *commit = ls_repository_commit(repository, remote);
    if (commit != NULL)
        return commit;
    return ls_repository_commit(repository, ls_arena_join(repository->arena, heads, branch, NULL));
}

/* What pull_request builds check out: the merge of the base and of what is to be merged. */
static const char *first_parent_of_merge(const ls_repository *repository) {
    return ls_repository_commit(repository, "HEAD^2") == NULL
               ? NULL
               : ls_repository_commit(repository, "HEAD^1");
}

static const char *base_of_variable(const ls_repository *repository, const ci_variable *variable,
                                    const char *value, const char **commit) {
    const char *revision = variable->kind == BRANCH ? branch_commit(repository, value)
                                                    : ls_repository_commit(repository, value);
    const char *merged = revision == NULL ? first_parent_of_merge(repository) : NULL;
    *commit = merged;
    if (merged != NULL)
        return NULL;
    if (revision == NULL)
        return ls_arena_format(repository->arena,
                               "%s says %s, which this clone does not have: %s, or git fetch "
                               "origin %s",
                               variable->variable, value, variable->deepen, value);
    return common_ancestor(repository, value, revision, variable->deepen, commit);
}

/* A branch that is new on GitHub has started from nothing that the event names: it is compared with
 * the default branch, unless it is that itself. */
static const char *github_default_branch(const json_t *event) {
    static const char heads[] = "refs/heads/";
    const char *branch =
        json_string_value(json_object_get(json_object_get(event, "repository"), "default_branch"));
    const char *pushed = json_string_value(json_object_get(event, "ref"));
    if (branch == NULL || pushed == NULL || strncmp(pushed, heads, strlen(heads)) != 0)
        return NULL;
    return strcmp(pushed + strlen(heads), branch) == 0 ? NULL : branch;
}

/* GitHub tells what a push or a merge group started from only in a file. */
static const char *github_event_base(ls_arena *arena, variable_kind *kind) {
    const char *file = getenv("GITHUB_EVENT_PATH");
    json_t *event = file == NULL ? NULL : json_load_file(file, 0, NULL);
    const json_t *group = json_object_get(event, "merge_group");
    const char *value = json_string_value(json_object_get(event, "before"));
    if (!says_something(value))
        value = json_string_value(json_object_get(group, "base_sha"));
    *kind = value == NULL ? BRANCH : COMMIT;
    if (value == NULL)
        value = github_default_branch(event);
    const char *copy = ls_arena_string(arena, value);
    json_decref(event);
    return copy;
}

static const char *base_of_ci(const ls_repository *repository, const char **commit) {
    ci_variable event = {"GITHUB_EVENT_PATH", COMMIT, GITHUB};
    for (size_t i = 0; i < sizeof VARIABLES / sizeof *VARIABLES; i++) {
        const char *value = getenv(VARIABLES[i].variable);
        if (says_something(value))
            return base_of_variable(repository, &VARIABLES[i], value, commit);
    }
    const char *pushed_from = github_event_base(repository->arena, &event.kind);
    if (pushed_from != NULL)
        return base_of_variable(repository, &event, pushed_from, commit);
    *commit = first_parent_of_merge(repository);
    if (*commit != NULL)
        return NULL;
    return "nothing says what HEAD is compared with: no variable of a known CI service is set, and "
           "HEAD is no merge commit; name a branch or a commit instead of auto";
}

/* --- All ------------------------------------------------------------------------------------- */

/* Why there is no common ancestor of HEAD and the revision. */
static const char *why_no_base(const ls_repository *repository, const char *revision) {
    if (!has_head(repository))
        return "there is no commit yet";
    if (ls_repository_commit(repository, revision) != NULL)
        return without_ancestor(repository, revision, OTHERS);
    return ls_arena_format(repository->arena, "git knows no commit called %s%s", revision,
                           repository->shallow
                               ? "; the clone is shallow: git fetch --unshallow, or "
                                 "git fetch --deepen=100"
                               : "");
}

const char *ls_base_of(const ls_repository *repository, const char *revision, const char **commit) {
    const char *asked = repository->revision;
    *commit = asked != NULL && strcmp(asked, revision) == 0 ? repository->parting : NULL;
    if (*commit != NULL)
        return NULL;
    if (strcmp(revision, LS_BASE_AUTO) == 0)
        return has_head(repository) ? base_of_ci(repository, commit) : "there is no commit yet";
    if (revision[0] != '-') /* it would be read as an option */
        *commit =
            merge_base(repository, ls_arena_join(repository->arena, revision, "^{commit}", NULL));
    return *commit == NULL ? why_no_base(repository, revision) : NULL;
}

const char *ls_base_of_branch(const ls_repository *repository, ls_blobs *blobs) {
    const char *remote = ls_blobs_commit(blobs, "refs/remotes/origin/HEAD");
    return remote == NULL ? NULL : merge_base(repository, remote);
}
