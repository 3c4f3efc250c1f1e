/*
 * repository.c - finding the repository, and asking it.
 *
 * git is run in the directory of the first path, so that a path into another repository or into a
 * submodule means that one. Where GIT_DIR is set it is not: relative, it would mean another place,
 * and without GIT_WORK_TREE the directory that git runs in is its working tree. The hooks of a
 * linked working tree have GIT_DIR set that way; below its root, that would hide all files, so
 * GIT_DIR is dropped where the same repository is found without it.
 */
/* realpath */
#define _XOPEN_SOURCE 700

#include "git/repository.h"

#include "support/path.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

extern char **environ;

/* --- The environment ------------------------------------------------------------------------- */

/* Messages that are looked at are in one language; nothing is locked, nothing is asked for. */
static const char *const OWN_VARIABLES[] = {
    "LC_ALL=C",
    "GIT_OPTIONAL_LOCKS=0",
    "GIT_TERMINAL_PROMPT=0",
};
enum { OWN_COUNT = sizeof OWN_VARIABLES / sizeof *OWN_VARIABLES };

/* What the user or the repository may have configured otherwise, and would change answers. */
static const char *const SETTINGS[] = {"core.fileMode=false", "diff.relative=false"};

static bool is_own(const char *variable) {
    for (size_t i = 0; i < OWN_COUNT; i++) {
        size_t length = strcspn(OWN_VARIABLES[i], "=") + 1;
        if (strncmp(variable, OWN_VARIABLES[i], length) == 0)
            return true;
    }
    return false;
}

static bool names_directory(const char *variable) {
    return strncmp(variable, "GIT_DIR=", strlen("GIT_DIR=")) == 0;
}

static const char *const *environment_of(ls_arena *arena, bool with_directory) {
    LS_VECTOR(const char *) variables = {0};
    for (char **variable = environ; *variable != NULL; variable++)
        if (!is_own(*variable) && (with_directory || !names_directory(*variable)))
            LS_PUSH(arena, &variables, *variable);
    for (size_t i = 0; i < OWN_COUNT; i++)
        LS_PUSH(arena, &variables, OWN_VARIABLES[i]);
    LS_PUSH(arena, &variables, NULL);
    return variables.items;
}

/* --- Running --------------------------------------------------------------------------------- */

ls_git_arguments ls_repository_arguments(const ls_repository *repository,
                                         const char *const *arguments) {
    ls_git_arguments all = {0};
    LS_PUSH(repository->arena, &all, "git");
    if (repository->directory != NULL) {
        LS_PUSH(repository->arena, &all, "-C");
        LS_PUSH(repository->arena, &all, repository->directory);
    }
    for (size_t i = 0; i < sizeof SETTINGS / sizeof *SETTINGS; i++) {
        LS_PUSH(repository->arena, &all, "-c");
        LS_PUSH(repository->arena, &all, SETTINGS[i]);
    }
    for (; *arguments != NULL; arguments++)
        LS_PUSH(repository->arena, &all, *arguments);
    LS_PUSH(repository->arena, &all, NULL);
    return all;
}

static bool is_same_question(const char *const *one, const char *const *other) {
    while (*one != NULL && *other != NULL && strcmp(*one, *other) == 0)
        one++, other++;
    return *one == *other;
}

static ls_process_running begin(const ls_repository *repository, const char *const *arguments) {
    const ls_git_arguments all = ls_repository_arguments(repository, arguments);
    return ls_process_begin(all.items, repository->environment);
}

void ls_repository_ask_ahead(const ls_repository *repository, const char *const *arguments) {
    const ls_git_question question = {arguments, begin(repository, arguments)};
    LS_PUSH(repository->arena, repository->ahead, question);
}

void ls_repository_drop_ahead(const ls_repository *repository) {
    for (LS_EACH(ls_git_question, question, *repository->ahead))
        if (question->arguments != NULL)
            ls_process_finish(repository->arena, &question->running);
    repository->ahead->count = 0;
}

/* It may have been asked ahead. */
static ls_process_running running(const ls_repository *repository, const char *const *arguments) {
    if (repository->ahead == NULL)
        return begin(repository, arguments);
    for (LS_EACH(ls_git_question, question, *repository->ahead))
        if (question->arguments != NULL && is_same_question(question->arguments, arguments)) {
            question->arguments = NULL;
            return question->running;
        }
    return begin(repository, arguments);
}

static ls_process_result run(const ls_repository *repository, const char *const *arguments) {
    const ls_process_running process = running(repository, arguments);
    return ls_process_finish(repository->arena, &process);
}

const char *ls_repository_run(const ls_repository *repository, const char *const *arguments,
                              ls_process_result *result) {
    *result = run(repository, arguments);
    if (result->error == ENOENT)
        return "git is not installed, or not in PATH";
    if (result->error != 0)
        return ls_arena_format(repository->arena, "git cannot be run: %s", strerror(result->error));
    if (result->status == 0)
        return NULL;
    if (*result->complaint == 0)
        return ls_arena_format(repository->arena, "git %s ended with %d", arguments[0],
                               result->status);
    return ls_arena_format(repository->arena, "git %s: %s", arguments[0], result->complaint);
}

/* Without the line end. */
static const char *first_line(const ls_repository *repository, const ls_process_result *result) {
    return ls_arena_copy(repository->arena, result->output, strcspn(result->output, "\n"));
}

const char *ls_repository_commit(const ls_repository *repository, const char *revision) {
    if (revision[0] == '-' || revision[0] == 0)
        return NULL;
    const char *commit = ls_arena_format(repository->arena, "%s^{commit}", revision);
    const ls_process_result result =
        run(repository, (const char *const[]){"rev-parse", "--verify", "--quiet", commit, NULL});
    return result.error == 0 && result.status == 0 ? first_line(repository, &result) : NULL;
}

/* --- Paths ----------------------------------------------------------------------------------- */

static bool is_directory(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The path itself or the nearest above it that is a directory: what is staged need not be on the
 * disk. */
static const char *nearest_directory(ls_arena *arena, const char *path) {
    while (!is_directory(path) && strcmp(path, ".") != 0 && strcmp(path, "/") != 0)
        path = ls_path_directory(arena, path);
    return path;
}

/* The real path of a directory; of one that there is not, the real one of the nearest above it and
 * what is left of the path. */
static const char *real_directory(ls_repository *repository, const char *path) {
    const char *known = ls_map_get(&repository->directories, path);
    if (known != NULL)
        return known;
    ls_arena *arena = repository->arena;
    const char *there = nearest_directory(arena, path);
    char *real = realpath(there, NULL);
    const char *result = ls_arena_string(arena, real == NULL ? there : real);
    free(real);
    const char *rest = strcmp(there, path) == 0 ? NULL : ls_path_below(arena, there, path);
    if (rest != NULL)
        result = ls_path_join(arena, result, rest);
    ls_map_set(arena, &repository->directories, ls_arena_string(arena, path),
               (void *)(uintptr_t)result);
    return result;
}

/* A link to a file is a file. */
static const char *real_file(ls_repository *repository, const char *path) {
    ls_arena *arena = repository->arena;
    const char *directory = real_directory(repository, ls_path_directory(arena, path));
    return ls_path_join(arena, directory, ls_path_last(path));
}

static const char *known_real_path(ls_repository *repository, const char *path) {
    const char *known = ls_map_get(&repository->paths, path);
    if (known != NULL)
        return known;
    const char *real =
        is_directory(path) ? real_directory(repository, path) : real_file(repository, path);
    ls_map_set(repository->arena, &repository->paths, ls_arena_string(repository->arena, path),
               (void *)(uintptr_t)real);
    return real;
}

/* From the root of the working tree; NULL if the real path does not lie in it. */
static const char *below_root(const ls_repository *repository, const char *real) {
    const char *root = repository->root;
    size_t length = strcmp(root, "/") == 0 ? 0 : strlen(root);
    if (strncmp(real, root, length) != 0)
        return NULL;
    if (real[length] == 0)
        return "";
    return real[length] == '/' ? real + length + 1 : NULL;
}

const char *ls_repository_path(ls_repository *repository, const char *path) {
    pthread_mutex_lock(&repository->mutex);
    const char *real = known_real_path(repository, path);
    pthread_mutex_unlock(&repository->mutex);
    return below_root(repository, real);
}

const char *ls_repository_file(ls_repository *repository, const char *path) {
    pthread_mutex_lock(&repository->mutex);
    const char *real = real_file(repository, path);
    pthread_mutex_unlock(&repository->mutex);
    return below_root(repository, real);
}

const char *ls_repository_shown(const ls_repository *repository, const char *path) {
    return ls_path_from(repository->arena, ".",
                        ls_path_join(repository->arena, repository->root, path));
}

/* --- Opening --------------------------------------------------------------------------------- */

/* The ids of both sides of A...B, each on a line, and behind them those that are left out, each
 * behind a ^: the common ancestors, the best first. */
static const char *parting_in(ls_arena *arena, const char *ids) {
    const char *ancestor = strstr(ids, "\n^");
    return ancestor == NULL ? NULL
                            : ls_arena_copy(arena, ancestor + 2, strcspn(ancestor + 2, "\n"));
}

static const char *ask_for_root(ls_repository *repository, const char *parted) {
    const char *const question[] = {"rev-parse", "--show-toplevel", "--is-shallow-repository",
                                    parted, NULL};
    ls_process_result result;
    const char *problem = ls_repository_run(repository, question, &result);
    if (problem != NULL)
        return problem;
    repository->root = first_line(repository, &result);
    const char *shallow = result.output + strlen(repository->root);
    repository->shallow = strncmp(shallow, "\ntrue\n", strlen("\ntrue\n")) == 0;
    repository->parting = parting_in(repository->arena, shallow);
    return *repository->root == 0 ? "the repository has no working tree" : NULL;
}

/* git gives no answer at all where a revision is none. */
static const char *ask(ls_repository *repository, const char *revision) {
    repository->revision = revision;
    if (revision == NULL)
        return ask_for_root(repository, NULL);
    const char *parted = ls_arena_format(repository->arena, "HEAD...%s^{commit}", revision);
    return ask_for_root(repository, parted) == NULL ? NULL : ask_for_root(repository, NULL);
}

/* The paths may lie in a repository that another one holds, a submodule. */
static const char *check_path(const ls_repository *repository, const char *path,
                              const char *first) {
    ls_repository other = {.arena = repository->arena,
                           .environment = repository->environment,
                           .directory = nearest_directory(repository->arena, path)};
    const char *problem = ask_for_root(&other, NULL);
    if (problem == NULL && strcmp(other.root, repository->root) != 0)
        problem = ls_arena_format(repository->arena,
                                  "%s and %s lie in different git repositories: check them one by "
                                  "one",
                                  first, path);
    return problem;
}

/* Where git keeps the repository; "" if there is none. */
static const char *git_directory(const ls_repository *repository) {
    const ls_process_result result =
        run(repository, (const char *const[]){"rev-parse", "--absolute-git-dir", NULL});
    return result.error == 0 && result.status == 0 ? first_line(repository, &result) : "";
}

/* GIT_DIR says something that git would not find by itself. */
static bool is_directory_given(const ls_repository *repository) {
    if (getenv("GIT_DIR") == NULL)
        return false;
    const ls_repository without = {.arena = repository->arena,
                                   .environment = environment_of(repository->arena, false)};
    return getenv("GIT_WORK_TREE") != NULL ||
           strcmp(git_directory(repository), git_directory(&without)) != 0;
}

const char *ls_repository_open(ls_repository *repository, ls_arena *arena, const char *const *paths,
                               size_t count, const char *revision) {
    *repository = (ls_repository){.arena = arena,
                                  .ahead = LS_NEW(arena, ls_git_questions),
                                  .environment = environment_of(arena, true)};
    pthread_mutex_init(&repository->mutex, NULL);
    bool is_given = is_directory_given(repository);
    repository->environment = environment_of(arena, is_given);
    if (!is_given)
        repository->directory = nearest_directory(arena, paths[0]);
    const char *problem = ask(repository, revision);
    for (size_t i = 1; i < count && problem == NULL && !is_given; i++)
        problem = check_path(repository, paths[i], paths[0]);
    for (size_t i = 0; i < count && problem == NULL; i++)
        if (ls_repository_path(repository, paths[i]) == NULL)
            problem = ls_arena_format(arena, "%s does not lie in the git repository %s", paths[i],
                                      repository->root);
    return problem;
}
