/* lockstep.yaml: what is read, what is refused and where, and which file is in force. */
/* mkdtemp */
#define _XOPEN_SOURCE 700

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/config.h"
#include "config/starter.h"

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
    assert_true(config.runner.lock_timeout.given);
    assert_int_equal(config.runner.lock_timeout.milliseconds, 5000);
    assert_false(config.runner.statement_timeout.given);
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

static bool reads(place *here, const char *text, ls_config *config) {
    here->problems.count = 0;
    return ls_config_read_text(here->arena, "lockstep.yaml", text, strlen(text), config,
                               &here->problems);
}

static void test_empty_in_other_ways(void **state) {
    static const char *const TEXTS[] = {
        "", "\n\n", "---\n", "---\n# nothing\n", "\xEF\xBB\xBF# a\n", "{}\n"};
    place *here = *state;
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        ls_config config;
        if (!reads(here, TEXTS[i], &config))
            fail_msg("%s: %s", TEXTS[i], here->problems.items[0].message);
        assert_int_equal(config.postgres, 0);
    }
}

static void test_rules(void **state) {
    place *here = *state;
    ls_config config;
    assert_true(reads(here,
                      "fail_on: never\n"
                      "select: [locks, index-*]\n"
                      "ignore: [drop-table]\n"
                      "severity: {truncate: off, data: info}\n"
                      "overrides:\n"
                      "  - paths: [old/**, a?.sql]\n"
                      "    select: [data]\n"
                      "  - paths: [b/]\n"
                      "    severity: {locks: warning}\n"
                      "rules: [ops/rules]\n",
                      &config));
    assert_int_equal(config.fail_on, LS_CONFIG_LEVEL_NONE);
    assert_int_equal(config.rules.select.count, 2);
    assert_string_equal(config.rules.select.items[1].text, "index-*");
    assert_int_equal(config.rules.select.items[1].line, 2);
    assert_int_equal(config.rules.select.items[1].column, 17);
    assert_string_equal(config.rules.ignore.items[0].text, "drop-table");
    assert_int_equal(config.rules.severity.count, 2);
    assert_int_equal(config.rules.severity.items[0].level, LS_CONFIG_LEVEL_NONE);
    assert_string_equal(config.rules.severity.items[1].rule.text, "data");
    assert_int_equal(config.rules.severity.items[1].level, LS_CONFIG_LEVEL_INFO);
    assert_int_equal(config.overrides.count, 2);
    assert_string_equal(config.overrides.items[0].paths.items[1].text, "a?.sql");
    assert_string_equal(config.overrides.items[0].rules.select.items[0].text, "data");
    assert_int_equal(config.overrides.items[1].rules.severity.items[0].level,
                     LS_CONFIG_LEVEL_WARNING);
    assert_string_equal(config.rule_directories.items[0].text, "ops/rules");
}

static void test_tables_and_runner(void **state) {
    place *here = *state;
    ls_config config;
    assert_true(reads(here,
                      "tables:\n"
                      "  hot: [orders, audit.*]\n"
                      "  small: [\"*_types\"]\n"
                      "runner:\n"
                      "  lock_timeout: 0\n"
                      "  statement_timeout: 2min\n"
                      "  idle_in_transaction_session_timeout: 500ms\n",
                      &config));
    assert_int_equal(config.hot_tables.count, 2);
    assert_string_equal(config.hot_tables.items[1].text, "audit.*");
    assert_string_equal(config.small_tables.items[0].text, "*_types");
    assert_true(config.runner.lock_timeout.given);
    assert_int_equal(config.runner.lock_timeout.milliseconds, 0);
    assert_int_equal(config.runner.statement_timeout.milliseconds, 120000);
    assert_int_equal(config.runner.idle_in_transaction_session_timeout.milliseconds, 500);
}

static void test_every_mistake_is_told(void **state) {
    place *here = *state;
    ls_config config;
    assert_false(reads(here,
                       "postgres: 11\n"
                       "postgres: 12\n"
                       "fail_on: flase\n"
                       "runner: {lock_timeout: soon, lock: 1}\n"
                       "migrations: &a [{path: 7, framework: gose}]\n",
                       &config));
    assert_int_equal(here->problems.count, 8);
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
        {"\nstats: a.json\n", 2, 1, "stats is not supported by this version of lockstep"},
        {"migrations:\n  - path: a\n    framework: gose\n", 3, 16, "framework gose is not known"},
        {"migrations:\n  - path: a\n    transaction: sometimes\n", 3, 18, ""},
        {"migrations:\n  - transaction: file\n", 2, 5, ""},
        {"runner:\n  lock_timeout: soon\n", 2, 17, "lock_timeout is \"soon\"; expected a number"},
        {"postgres: \"15\"\n", 1, 11, "postgres is \"15\"; expected a whole number"},
        {"postgres: 015\n", 1, 11, "postgres is \"015\"; expected a whole number"},
        {"postgres: !!int 15\n", 1, 11, "tags are not supported"},
        {"rules: [yes, true]\n", 1, 14, "rules is true; expected a text"},
        {"tables: {hot: [a.b.c]}\n", 1, 16, "hot has \"a.b.c\"; expected table"},
        {"overrides: [{paths: [../a]}]\n", 1, 22, "paths has \"../a\"; expected a pattern below"},
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

/* What init writes says nothing that the reader refuses, and neither do its samples. */
static void test_starter(void **state) {
    place *here = *state;
    ls_config config;
    ls_buffer text = {0};
    ls_config_findings findings = {.postgres = 16, .postgres_from = "a guess"};
    LS_PUSH(here->arena, &findings.migrations, ((ls_found_migrations){.path = "db/migrations"}));
    const ls_found_migrations known = {"sql", "goose", "each migration in one transaction"};
    LS_PUSH(here->arena, &findings.migrations, known);
    ls_config_write_starter(&text, &findings);
    assert_true(reads(here, text.text, &config));
    assert_int_equal(config.postgres, 16);
    assert_string_equal(config.migrations.items[0].path, "db/migrations");
    assert_string_equal(config.migrations.items[0].framework, "auto");
    assert_string_equal(config.migrations.items[1].framework, "goose");
    char *line = text.text;
    for (bool sample = false; *line != 0; line += strcspn(line, "\n") + 1) {
        /* A sample begins with a key and goes on to the next empty line. */
        sample = strncmp(line, "# ", 2) == 0 &&
                 (sample || strcspn(line + 2, ":") < strcspn(line + 2, " .\n"));
        if (sample)
            memmove(line, line + 2, strlen(line + 2) + 1);
    }
    if (!reads(here, text.text, &config))
        fail_msg("%s\n%u: %s", text.text, here->problems.items[0].line,
                 here->problems.items[0].message);
    assert_int_equal(config.overrides.count, 1);
    assert_true(config.runner.statement_timeout.given);
    assert_int_equal(config.rule_directories.count, 1);
    ls_buffer_free(&text);
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
        TEST(test_read),
        TEST(test_empty),
        TEST(test_empty_in_other_ways),
        TEST(test_rules),
        TEST(test_tables_and_runner),
        TEST(test_every_mistake_is_told),
        TEST(test_mistakes),
        TEST(test_missing),
        TEST(test_starter),
        TEST(test_find),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
