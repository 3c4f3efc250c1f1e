/*
 * What is asked of git, and of child processes: what they answer, and what they fail with. The ways
 * of whole repositories are those of tests/e2e/git.
 */
#include "git/blobs.h"
#include "git/changes.h"
#include "git/object_id.h"
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
    ls_arena_free(arena);
}

/* POSIX leaves it open whether a program that cannot be run is told at once (it is by glibc, but
 * not where vfork is a fork, as under valgrind) or by a child that says nothing and ends with 127.
 */
static void test_missing_program(void **state) {
    (void)state;
    enum { NOT_RUN = 127 };
    ls_arena *arena = ls_arena_new();
    const char *const missing[] = {"lockstep-no-such-program", NULL};
    const ls_process_result result = ls_process_run(arena, missing, ENVIRONMENT);
    assert_int_equal(result.error != 0 ? result.error : result.status,
                     result.error != 0 ? ENOENT : NOT_RUN);
    assert_int_equal(result.length, 0);
    ls_process process;
    int error = ls_process_start(&process, missing, ENVIRONMENT);
    if (error == 0) {
        char byte;
        assert_int_equal(ls_process_read(&process, &byte, 1), EPIPE);
        ls_process_end(&process);
    } else {
        assert_int_equal(error, ENOENT);
    }
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
    assert_null(ls_repository_open(repository, arena, &path, 1, NULL));
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
    assert_non_null(strstr(ls_repository_open(repository, arena, &outside, 1, NULL),
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

    ls_arena_free(arena);
}

static void test_tree(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_repository *repository = open_repository(arena, ".");
    ls_tree tree = {0}, none = {0};
    assert_null(ls_tree_of_commit(repository, "HEAD", &tree));
    assert_int_equal(tree.files.count, 3);
    const ls_tree_file *one = ls_map_get(&tree.by_path, "db/1.sql");
    char id[LS_OBJECT_ID_LENGTH + 1];
    ls_object_id_of("one\n", 4, id);
    assert_string_equal(one->id, id);
    assert_ptr_equal(ls_map_get(&tree.by_id, id), one);
    assert_null(ls_tree_of_commit(repository, NULL, &none));
    assert_int_equal(none.files.count, 0);
    assert_non_null(strstr(ls_tree_of_commit(repository, "nowhere", &none), "git ls-tree: "));
    ls_arena_free(arena);
}

/* What git hash-object --stdin says of so many times the letter a: the ends of blocks are where a
 * digest goes wrong. */
static void test_object_ids(void **state) {
    (void)state;
    static const struct {
        size_t length;
        const char *id;
    } known[] = {
        {0, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"},
        {1, "2e65efe2a145dda7ee51d1741299f848e5bf752e"},
        {46, "50b3bbe915fe104dbbb6786fdcfa310bcfc25d4e"},
        {47, "5e3bf7e629b4908cce461530c17a64365cb47303"},
        {48, "12d42395b020f44bb7710113b31f688d0ebeda7c"},
        {54, "60704cd2c753c0419b5d235cbf244ec4c696cded"},
        {55, "d1985ddc2983785702b9a90effd5aff2f7cfdca4"},
        {56, "1f973e890f52da1f22fa7e5620a628bc4ee74cb3"},
        {57, "d28c6cde5a5ab0b138bd53a288c23e8c011c4171"},
        {110, "1fcb14c5910397220c4f8d0dd2203c70116bd4e0"},
        {111, "d64a843f44190f041194ba87abf3cedc76eeb30e"},
        {112, "30fd1823c28e22defedf47b062cfef13b71f3bcb"},
        {119, "1325c3d76ea6a66e75dce490a0b8cb8b12233ee0"},
        {120, "253af86ee859905852357aee8bd83b08601364ae"},
        {121, "0c525b7b26223743d7365218e1dafcd901767a08"},
        {1000, "a50be72b20f0e3f078d252e8e56b11b4bec67509"},
        {100000, "94bc76618de566c4e568aaf031cce7cef592d868"},
    };
    static char text[100000];
    memset(text, 'a', sizeof text);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char id[LS_OBJECT_ID_LENGTH + 1];
        ls_object_id_of(text, known[i].length, id);
        assert_string_equal(id, known[i].id);
    }
}

/* One question tells the root and the parting; a revision that is none is no reason not to open. */
static void test_parting(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_repository repository;
    const char *path = ".";
    assert_int_equal(system("git checkout -q -b side && git commit -q --allow-empty -m b && "
                            "git checkout -q - && git commit -q --allow-empty -m c"),
                     0);
    assert_null(ls_repository_open(&repository, arena, &path, 1, "side"));
    assert_string_equal(repository.root, directory);
    assert_string_equal(repository.parting, ls_repository_commit(&repository, "side~1"));
    assert_null(ls_repository_open(&repository, arena, &path, 1, "nowhere"));
    assert_string_equal(repository.root, directory);
    assert_null(repository.parting);
    ls_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_output),
        cmocka_unit_test(test_much_of_both),
        cmocka_unit_test(test_endings),
        cmocka_unit_test(test_missing_program),
        cmocka_unit_test(test_conversation),
        cmocka_unit_test(test_an_end_in_conversation),
        cmocka_unit_test_setup_teardown(test_paths, enter, leave),
        cmocka_unit_test_setup_teardown(test_blobs, enter, leave),
        cmocka_unit_test_setup_teardown(test_changes, enter, leave),
        cmocka_unit_test_setup_teardown(test_tree, enter, leave),
        cmocka_unit_test(test_object_ids),
        cmocka_unit_test_setup_teardown(test_parting, enter, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
