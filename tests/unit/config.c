/* lockstep.yaml: what is read, what is refused and where, and which file is in force. */
/* mkdtemp */
#define _XOPEN_SOURCE 700

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    ls_arena *arena;
    char directory[64];
    ls_yaml_problems problems;
} place;

static int set_up(void **state) {
    static place here;
    here.arena = ls_arena_new();
    here.problems = (ls_yaml_problems){0};
    strcpy(here.directory, "/tmp/lockstep-config-XXXXXX");
    assert_non_null(mkdtemp(here.directory));
    *state = &here;
    return 0;
}

static int tear_down(void **state) {
    place *here = *state;
    const char *command = ls_arena_format(here->arena, "rm -rf '%s'", here->directory);
    int result = system(command);
    ls_arena_free(here->arena);
    return result;
}

static const char *path_in(place *here, const char *name) {
    return ls_arena_format(here->arena, "%s/%s", here->directory, name);
}

static const char *write_file(place *here, const char *name, const char *text) {
    const char *path = path_in(here, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void make_directory(place *here, const char *name) {
    assert_int_equal(mkdir(path_in(here, name), 0700), 0);
}

static void test_read(void **state) {
    place *here = *state;
    const char *file = write_file(here, "lockstep.yaml",
                                  "postgres: 17\n"
                                  "migrations:\n"
                                  "  - path: db/a\n"
                                  "    framework: plain\n"
                                  "    transaction: file\n"
                                  "  - path: db/b\n"
                                  "runner:\n"
                                  "  lock_timeout: 5s\n");
    ls_config config;
    assert_true(ls_config_read(here->arena, file, &config, &here->problems));
    assert_int_equal(config.postgres, 17);
    assert_true(config.runner_sets_lock_timeout);
    assert_int_equal(config.migrations.count, 2);
    assert_string_equal(config.migrations.items[0].path, "db/a");
    assert_int_equal(config.migrations.items[0].transaction, LS_CONFIG_TRANSACTION_FILE);
    assert_int_equal(config.migrations.items[1].transaction, LS_CONFIG_TRANSACTION_AUTO);
    assert_string_equal(config.directory, ls_arena_format(here->arena, "%s/", here->directory));
}

static void test_empty(void **state) {
    place *here = *state;
    const char *file = write_file(here, "lockstep.yaml", "# nothing yet\n\n");
    ls_config config;
    assert_true(ls_config_read(here->arena, file, &config, &here->problems));
    assert_int_equal(config.postgres, 0);
    assert_int_equal(config.migrations.count, 0);
}

static void test_lock_timeout_of_nothing(void **state) {
    static const struct {
        const char *written;
        bool fine, set;
    } TIMEOUTS[] = {{"0", true, false},     {"0s", true, false},  {"00 ms", true, false},
                    {"100", true, true},    {"2min", true, true}, {"10 s", true, true},
                    {"soon", false, false}, {"5x", false, false}, {"-1", false, false}};
    place *here = *state;
    for (size_t i = 0; i < sizeof TIMEOUTS / sizeof *TIMEOUTS; i++) {
        const char *text =
            ls_arena_format(here->arena, "runner:\n  lock_timeout: \"%s\"\n", TIMEOUTS[i].written);
        const char *file = write_file(here, "lockstep.yaml", text);
        ls_config config;
        assert_int_equal(ls_config_read(here->arena, file, &config, &here->problems),
                         TIMEOUTS[i].fine);
        assert_int_equal(config.runner_sets_lock_timeout, TIMEOUTS[i].set);
    }
}

static void test_mistakes(void **state) {
    static const struct {
        const char *text;
        unsigned line, column;
        const char *message; /* its start */
    } MISTAKES[] = {
        {"postgres: 15\nmigration: []\n", 2, 1, "unknown key \"migration\"; did you mean"},
        {"postgres: 11\n", 1, 11, "postgres is no supported version; expected 12 to 18"},
        {"postgres: 15x\n", 1, 11, ""},
        {"\nplans: []\n", 2, 1, "plans is not supported by this version of lockstep"},
        {"migrations:\n  - path: a\n    framework: goose\n", 3, 16,
         "framework goose is not supported"},
        {"migrations:\n  - path: a\n    transaction: sometimes\n", 3, 18, ""},
        {"migrations:\n  - transaction: file\n", 2, 5, ""},
        {"runner:\n  lock_timeout: soon\n", 2, 17, "lock_timeout is no time"},
        {"postgres: [\n", 2, 1, ""},
    };
    place *here = *state;
    for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++) {
        const char *file = write_file(here, "lockstep.yaml", MISTAKES[i].text);
        ls_config config;
        here->problems.count = 0;
        assert_false(ls_config_read(here->arena, file, &config, &here->problems));
        assert_int_equal(here->problems.count, 1);
        const ls_yaml_problem *problem = &here->problems.items[0];
        if (problem->line != MISTAKES[i].line || problem->column != MISTAKES[i].column ||
            strncmp(problem->message, MISTAKES[i].message, strlen(MISTAKES[i].message)) != 0)
            fail_msg("%s: %u:%u: %s", MISTAKES[i].text, problem->line, problem->column,
                     problem->message);
    }
}

static void test_missing(void **state) {
    place *here = *state;
    ls_config config;
    const char *file = path_in(here, "lockstep.yaml");
    assert_false(ls_config_read(here->arena, file, &config, &here->problems));
    assert_int_equal(here->problems.count, 1);
    assert_int_equal(here->problems.items[0].line, 0);
}

static void test_find(void **state) {
    place *here = *state;
    make_directory(here, "repository");
    make_directory(here, "repository/.git");
    make_directory(here, "repository/db");
    make_directory(here, "repository/db/migrations");
    write_file(here, "lockstep.yaml", "");
    const char *directory = path_in(here, "repository/db/migrations");
    const char *file = write_file(here, "repository/db/migrations/1.sql", "");
    assert_null(ls_config_find(here->arena, file));
    assert_null(ls_config_find(here->arena, directory));

    const char *root = write_file(here, "repository/lockstep.yaml", "");
    assert_string_equal(ls_config_find(here->arena, file), root);
    assert_string_equal(ls_config_find(here->arena, directory), root);

    const char *hidden = write_file(here, "repository/db/.lockstep.yaml", "");
    assert_string_equal(ls_config_find(here->arena, file), hidden);
    const char *nearer = write_file(here, "repository/db/lockstep.yaml", "");
    assert_string_equal(ls_config_find(here->arena, directory), nearer);

    assert_int_equal(chdir(directory), 0);
    assert_string_equal(ls_config_find(here->arena, "1.sql"), nearer);
    assert_string_equal(ls_config_find(here->arena, "."), nearer);
    assert_int_equal(chdir("/"), 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_read),     TEST(test_empty),   TEST(test_lock_timeout_of_nothing),
        TEST(test_mistakes), TEST(test_missing), TEST(test_find),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
