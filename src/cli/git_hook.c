#include "cli/git_hook.h"

#include "cli/terminal.h"
#include "git/repository.h"
#include "input/files.h"
#include "lockstep/lockstep.h"
#include "support/path.h"
#include "support/whole_file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* By its second line a hook is known to be lockstep's. Commits without SQL hear nothing of it. */
#define MARK "# Written by lockstep init --git-hook, which also writes it anew."
static const char HOOK[] =
    "#!/bin/sh\n" MARK "\n"
    "# Judges the migrations that the commit would add, change or delete, as they are staged.\n"
    "if git diff --cached --quiet --no-ext-diff -- ':(icase,glob)**/*.sql'; then\n"
    "    exit 0\n"
    "fi\n"
    "if ! command -v lockstep >/dev/null; then\n"
    "    echo 'lockstep is not in PATH: the staged migrations cannot be judged' >&2\n"
    "    exit 1\n"
    "fi\n"
    "exec lockstep check --staged\n";

/* Where git looks for the hook, whatever core.hooksPath says; NULL, with a message, if it cannot
 * say. */
static const char *hook_path(ls_arena *arena, const char *directory) {
    ls_repository repository;
    ls_process_result result;
    const char *problem = ls_repository_open(&repository, arena, &directory, 1, NULL);
    if (problem == NULL)
        problem = ls_repository_run(
            &repository, (const char *const[]){"rev-parse", "--git-path", "hooks/pre-commit", NULL},
            &result);
    if (problem != NULL) {
        ls_complain("%s", problem);
        return NULL;
    }
    const char *path = ls_arena_copy(arena, result.output, strcspn(result.output, "\n"));
    if (path[0] == '/' || repository.directory == NULL)
        return ls_path_shown(arena, path);
    return ls_path_shown(arena, ls_path_join(arena, repository.directory, path));
}

/* False, with a message, if somebody else has written one. */
static bool may_write(ls_arena *arena, const ls_command *command, const char *path) {
    const char *text;
    size_t length;
    int problem = ls_files_on_disk.read_file(&ls_files_on_disk, arena, path, &text, &length);
    if (problem == ENOENT || command->force)
        return true;
    if (problem == 0 && strstr(text, MARK) != NULL)
        return true;
    ls_complain("%s is there already: add the line \"lockstep check --staged || exit\" to it; "
                "--force writes over it",
                path);
    return false;
}

/* Whoever may read it may run it. 0, or why not. */
static int make_executable(const char *path) {
    enum { READERS = 0444 };
    struct stat status;
    if (stat(path, &status) != 0 ||
        chmod(path, status.st_mode | (status.st_mode & READERS) >> 2) != 0)
        return errno;
    return 0;
}

static int write_hook(ls_arena *arena, const char *path, const ls_buffer *text) {
    if (mkdir(ls_path_directory(arena, path), 0777) != 0 && errno != EEXIST)
        return errno;
    int problem = ls_write_whole_file(path, text);
    return problem == 0 ? make_executable(path) : problem;
}

static int print(ls_buffer *text) {
    bool printed = ls_print(text);
    ls_buffer_free(text);
    return printed ? LOCKSTEP_CLEAN : LOCKSTEP_JOB_NOT_DONE;
}

int ls_init_git_hook(ls_arena *arena, const ls_command *command, const char *directory) {
    ls_buffer text = {0};
    ls_buffer_string(&text, HOOK);
    if (command->print)
        return print(&text);
    const char *path = hook_path(arena, directory);
    if (path == NULL || !may_write(arena, command, path)) {
        ls_buffer_free(&text);
        return LOCKSTEP_JOB_NOT_DONE;
    }
    int problem = write_hook(arena, path, &text);
    ls_buffer_free(&text);
    if (problem != 0) {
        ls_complain("%s: cannot be written: %s", path, strerror(problem));
        return LOCKSTEP_JOB_NOT_DONE;
    }
    ls_buffer_format(&text, "wrote %s: judges what is staged before each commit with SQL\n", path);
    return print(&text);
}
