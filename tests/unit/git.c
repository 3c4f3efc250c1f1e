/*
 * What is asked of git, and of child processes: what they answer, and what they fail with. The ways
 * of whole repositories are those of tests/e2e/git.
 */
#include "git/blobs.h"
#include "git/changes.h"
#include "git/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const ENVIRONMENT[] = {"PATH=/usr/bin:/bin", "GIVEN=a b", NULL};

static ls_process_result run(ls_arena *arena, const char *script) {
    return ls_process_run(arena, (const char *const[]){"sh", "-c", script, "-x y", NULL},
                          ENVIRONMENT);
}

static void test_output(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_process_result result = run(arena, "printf 'a\\0b'; echo ' x\n\n\ty ' >&2; exit 3");
    assert_int_equal(result.error, 0);
    assert_int_equal(result.status, 3);
    assert_int_equal(result.length, 3);
    assert_memory_equal(result.output, "a\0b", 4);
    assert_string_equal(result.complaint, "x y");

    result = run(arena, "printf %s \"$0:$GIVEN\"; cat");
    assert_string_equal(result.output, "-x y:a b");
    assert_string_equal(result.complaint, "");
    ls_arena_free(arena);
}

/* Each of the two fills a pipe before the other is read to its end. */
static void test_much_of_both(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_process_result result =
        run(arena, "for i in 1 2 3; do head -c 300000 /dev/zero | tr '\\0' a >&2;"
                   " head -c 300000 /dev/zero; done");
    assert_int_equal(result.error, 0);
    assert_int_equal(result.length, 900000);
    assert_int_equal(strlen(result.complaint), 900000);
    ls_arena_free(arena);
}

static void test_endings(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    assert_int_equal(run(arena, "kill -TERM $$").status, 128 + 15);
    /* SIGPIPE is what it is to everybody, though lockstep ignores it. */
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(run(arena, "kill -PIPE $$").status, 128 + 13);
    const char *const missing[] = {"lockstep-no-such-program", NULL};
    assert_int_equal(ls_process_run(arena, missing, ENVIRONMENT).error, ENOENT);
    ls_process process;
    assert_int_equal(ls_process_start(&process, missing, ENVIRONMENT), ENOENT);
    ls_arena_free(arena);
}

static void test_conversation(void **state) {
    (void)state;
    const char *const cat[] = {"cat", NULL};
    ls_process process;
    char line[8], bytes[3];
    assert_int_equal(ls_process_start(&process, cat, ENVIRONMENT), 0);
    assert_int_equal(ls_process_write(&process, "one\ntwo", 7), 0);
    assert_int_equal(ls_process_read_line(&process, line, sizeof line), 0);
    assert_string_equal(line, "one");
    assert_int_equal(ls_process_read(&process, bytes, sizeof bytes), 0);
    assert_memory_equal(bytes, "two", 3);
    assert_int_equal(ls_process_write(&process, "longer than that\n", 17), 0);
    assert_int_equal(ls_process_read_line(&process, line, sizeof line), EMSGSIZE);
    ls_process_end(&process);
}

static void test_an_end_in_conversation(void **state) {
    (void)state;
    const char *const once[] = {"sh", "-c", "read line; printf x", NULL};
    ls_process process;
    char bytes[2];
    assert_int_equal(ls_process_start(&process, once, ENVIRONMENT), 0);
    assert_int_equal(ls_process_write(&process, "a\n", 2), 0);
    assert_int_equal(ls_process_read(&process, bytes, sizeof bytes), EPIPE);
    ls_process_end(&process);
}

/* --- A repository ---------------------------------------------------------------------------- */

static char directory[64], working[4096];

static int enter(void **state) {
    (void)state;
    strcpy(directory, "/tmp/lockstep-git-XXXXXX");
    if (getcwd(working, sizeof working) == NULL || mkdtemp(directory) == NULL ||
        chdir(directory) != 0)
        return -1;
    return system("git init -q . && git config user.name a && git config user.email a@example.org "
                  "&& mkdir db && echo one >db/1.sql && echo two >db/2.sql && printf '' >empty && "
                  "git add . && git commit -q -m a");
}

static int leave(void **state) {
    (void)state;
    char command[128];
    if (chdir(working) != 0)
        return -1;
    strcpy(command, "rm -rf ");
    return system(strcat(command, directory));
}

static ls_repository *open_repository(ls_arena *arena, const char *path) {
    ls_repository *repository = LS_NEW(arena, ls_repository);
    assert_null(ls_repository_open(repository, arena, &path, 1));
    return repository;
}

static void test_paths(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_repository *repository = open_repository(arena, "db/missing/further");
    assert_string_equal(repository->root, directory);
    assert_false(repository->shallow);
    assert_string_equal(ls_repository_path(repository, "."), "");
    assert_string_equal(ls_repository_path(repository, "db/1.sql"), "db/1.sql");
    assert_string_equal(ls_repository_path(repository, "db/gone/1.sql"), "db/gone/1.sql");
    assert_null(ls_repository_path(repository, "/tmp"));
    assert_string_equal(ls_repository_shown(repository, "db/1.sql"), "db/1.sql");
    assert_int_equal(symlink("db", "link"), 0);
    assert_string_equal(ls_repository_path(repository, "link/1.sql"), "db/1.sql");

    assert_null(ls_repository_commit(repository, "--all"));
    assert_null(ls_repository_commit(repository, ""));
    assert_null(ls_repository_commit(repository, "HEAD:db"));
    assert_int_equal(strlen(ls_repository_commit(repository, "HEAD")), 40);

    const char *outside = "/";
    assert_non_null(strstr(ls_repository_open(repository, arena, &outside, 1),
                           "git rev-parse: fatal: not a git repository"));
    ls_arena_free(arena);
}

static void test_blobs(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_blobs *blobs = ls_blobs_new(open_repository(arena, "."));
    const char *text;
    size_t length;
    assert_int_equal(ls_blobs_read(blobs, arena, "HEAD:db/1.sql", &text, &length), 0);
    assert_string_equal(text, "one\n");
    assert_int_equal(length, 4);
    assert_int_equal(ls_blobs_read(blobs, arena, "HEAD:db/3 4.sql", &text, &length), ENOENT);
    assert_int_equal(ls_blobs_read(blobs, arena, "HEAD:db\nHEAD:db/1.sql", &text, &length), ENOENT);
    assert_int_equal(ls_blobs_read(blobs, arena, "HEAD:db", &text, &length), EISDIR);
    assert_int_equal(ls_blobs_read(blobs, arena, "HEAD:empty", &text, &length), 0);
    assert_int_equal(length, 0);
    assert_int_equal(ls_blobs_read(blobs, arena, "HEAD:db/2.sql", &text, &length), 0);
    assert_string_equal(text, "two\n");
    ls_blobs_free(blobs);
    ls_arena_free(arena);
}

static const ls_change *change_of(const ls_changes *changes, const char *path) {
    return ls_map_get(&changes->by_path, path);
}

static void test_changes(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    assert_int_equal(
        system("git mv db/1.sql db/3.sql && git rm -q empty && echo more >>db/2.sql && "
               "echo new >db/4.sql && git add db/4.sql && chmod +x db/3.sql"),
        0);
    ls_repository *repository = open_repository(arena, ".");
    ls_changes tree = {0}, index = {0};
    assert_null(ls_changes_in_tree(repository, "HEAD", &tree));
    assert_int_equal(tree.items.count, 4);
    assert_int_equal(change_of(&tree, "db/3.sql")->kind, LS_CHANGE_RENAMED);
    assert_string_equal(change_of(&tree, "db/3.sql")->old_path, "db/1.sql");
    assert_true(change_of(&tree, "db/3.sql")->same_content);
    assert_int_equal(change_of(&tree, "db/2.sql")->kind, LS_CHANGE_EDITED);
    assert_int_equal(change_of(&tree, "db/4.sql")->kind, LS_CHANGE_ADDED);
    assert_int_equal(change_of(&tree, "empty")->kind, LS_CHANGE_DELETED);

    assert_null(ls_changes_in_index(repository, "HEAD", &index));
    assert_int_equal(index.items.count, 3);
    assert_null(change_of(&index, "db/2.sql"));
    assert_non_null(strstr(ls_changes_in_tree(repository, "nowhere", &tree), "git diff: "));

    ls_map files = {0};
    assert_null(ls_files_of_commit(repository, "HEAD", &files));
    assert_int_equal(files.count, 3);
    assert_non_null(ls_map_get(&files, "db/1.sql"));
    ls_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_output),
        cmocka_unit_test(test_much_of_both),
        cmocka_unit_test(test_endings),
        cmocka_unit_test(test_conversation),
        cmocka_unit_test(test_an_end_in_conversation),
        cmocka_unit_test_setup_teardown(test_paths, enter, leave),
        cmocka_unit_test_setup_teardown(test_blobs, enter, leave),
        cmocka_unit_test_setup_teardown(test_changes, enter, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
