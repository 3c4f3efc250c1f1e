/* The command line: what is read, and what is said of a mistake. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/command.h"

#include <stdio.h>
#include <string.h>

enum { MOST_ARGUMENTS = 10 };

/* Splits at blanks, as a shell would; ~ stands for an empty argument. */
static const char *read_line(ls_arena *arena, const char *line, ls_command *command) {
    const char *arguments[MOST_ARGUMENTS];
    int count = 0;
    char *rest = ls_arena_string(arena, line);
    for (char *word; (word = strtok_r(rest, " ", &rest)) != NULL;)
        arguments[count++] = strcmp(word, "~") == 0 ? ls_arena_string(arena, "") : word;
    return ls_command_read(arena, count, arguments, command);
}

static ls_command good(ls_arena *arena, const char *line) {
    ls_command command;
    const char *problem = read_line(arena, line, &command);
    if (problem != NULL)
        fail_msg("%s: %s", line, problem);
    return command;
}

static void test_verbs(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    assert_int_equal(good(arena, "").verb, LS_VERB_CHECK);
    assert_int_equal(good(arena, "check").verb, LS_VERB_CHECK);
    assert_int_equal(good(arena, "locks a.sql").verb, LS_VERB_LOCKS);
    assert_int_equal(good(arena, "explain some-rule").verb, LS_VERB_EXPLAIN);
    assert_int_equal(good(arena, "rules").verb, LS_VERB_RULES);
    assert_int_equal(good(arena, "baseline --prune").verb, LS_VERB_BASELINE);
    ls_command path = good(arena, "db/migrations");
    assert_int_equal(path.verb, LS_VERB_CHECK);
    assert_string_equal(path.arguments.items[0], "db/migrations");
    assert_false(path.verb_given);
    assert_true(good(arena, "--version").version);
    assert_true(good(arena, "-V").version);
    assert_true(good(arena, "explain -h").help);
    ls_arena_free(arena);
}

/* As a format has a name, so the help has it. */
static void test_formats_in_help(void **state) {
    (void)state;
    const ls_command_option *output = ls_command_options;
    while (strcmp(output->name, "output") != 0)
        output++;
    for (size_t i = 0; ls_format_at(i) != NULL; i++)
        assert_non_null(strstr(output->help, ls_format_at(i)->name));
}

static void test_outputs(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_outputs outputs = good(arena, "check --output=text --output sarif=a=b.sarif").outputs;
    assert_int_equal(outputs.count, 2);
    assert_string_equal(outputs.items[1].format->name, "sarif");
    assert_string_equal(outputs.items[1].file, "a=b.sarif");
    ls_arena_free(arena);
}

static void test_options(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_command command =
        good(arena, "check --format=json a --select x,y --select=z --pg-version 18 -- --all");
    assert_int_equal(command.outputs.count, 1);
    assert_string_equal(command.outputs.items[0].format->name, "json");
    assert_null(command.outputs.items[0].file);
    assert_int_equal(command.postgres, 18);
    assert_int_equal(command.select.count, 3);
    assert_string_equal(command.select.items[1], "y");
    assert_string_equal(command.select.items[2], "z");
    assert_int_equal(command.arguments.count, 2);
    assert_string_equal(command.arguments.items[1], "--all");
    assert_false(command.all);

    command = good(arena, "check --all --isolated --ignore a - --stdin-filename m/1.sql");
    assert_true(command.all);
    assert_true(command.isolated);
    assert_string_equal(command.arguments.items[0], "-");
    assert_string_equal(command.stdin_filename, "m/1.sql");
    assert_int_equal(command.ignore.count, 1);

    command = good(arena, "locks --staged --since main");
    assert_true(command.staged);
    assert_string_equal(command.since, "main");

    command = good(arena, "baseline a --prune --baseline b.yaml");
    assert_true(command.prune);
    assert_string_equal(command.baseline, "b.yaml");
    assert_true(good(arena, "check --no-baseline").no_baseline);

    command = good(arena, "check --fail-on never --color always --transaction statement");
    assert_int_equal(command.fail_on, LS_FAIL_ON_NEVER);
    assert_int_equal(command.colour, LS_COLOUR_ON);
    assert_int_equal(command.transaction, LS_TRANSACTION_STATEMENT);
    assert_int_equal(good(arena, "check --transaction file").transaction, LS_TRANSACTION_FILE);
    assert_int_equal(good(arena, "check --transaction all").transaction, LS_TRANSACTION_ALL);
    assert_int_equal(good(arena, "check").transaction, LS_TRANSACTION_AS_CONFIGURED);

    assert_int_equal(good(arena, "check --exit-zero").fail_on, LS_FAIL_ON_NEVER);
    assert_int_equal(good(arena, "check --exit-zero --fail-on info").fail_on, LS_FAIL_ON_INFO);
    assert_false(good(arena, "check --all --new-only --since main").all);
    assert_true(good(arena, "check --new-only --all").all);
    assert_int_equal(good(arena, "check --extend-select a,b").extend_select.count, 2);
    ls_arena_free(arena);
}

static void test_mistakes(void **state) {
    (void)state;
    static const char *const MISTAKES[][2] = {
        {"chek", "unknown command chek; did you mean check?"},
        {"frobnicate", "unknown command frobnicate"},
        {"check --formt=json", "unknown option --formt; did you mean --format?"},
        {"check --sinc main", "unknown option --sinc; did you mean --since?"},
        {"check --since ~", "--since: the name is empty"},
        {"check --since main --all", "--all judges everything: it excludes --since and --staged"},
        {"baseline --staged --all", "--all judges everything: it excludes --since and --staged"},
        {"check --staged - --stdin-filename a",
         "--since and --staged ask git what is new, which knows nothing of standard input"},
        {"explain --staged x", "lockstep explain has no option --staged"},
        {"check -x", "unknown option -x"},
        {"check -hV", "unknown option -hV"},
        {"locks --select a", "lockstep locks has no option --select"},
        {"check --all=yes", "--all takes no value"},
        {"check --exit-zero=1", "--exit-zero takes no value"},
        {"check --new-only --staged --all",
         "--all judges everything: it excludes --since and --staged"},
        {"check --diff --fix",
         "--diff and --fix exclude each other: one prints the edits, the other makes them"},
        {"check --fix -", "--diff and --fix edit files, and standard input is none"},
        {"check --diff -", "--diff and --fix edit files, and standard input is none"},
        {"check --staged --fix",
         "--fix edits the working tree, and --staged judges the index: give --since REF, or apply "
         "what check --staged --diff prints with git apply --index"},
        {"locks --fix", "lockstep locks has no option --fix"},
        {"check --format", "--format needs a value: FORMAT"},
        {"locks --format xml", "--format: \"xml\" is none of: text json"},
        {"locks --format tex", "--format: \"tex\" is none of: text json"},
        {"locks --format ~", "--format: \"\" is none of: text json"},
        {"check --format sarf",
         "--format: \"sarf\" is none of the formats: text json concise github summary markdown "
         "html "
         "sarif gitlab junit junit-gitlab checkstyle rdjsonl azure; did you mean sarif?"},
        {"check --output sarif=", "--output: the file's name is empty"},
        {"check --output", "--output needs a value: FORMAT[=FILE]"},
        {"check --pg-version 11", "--pg-version: \"11\" is no version from 12 to 18"},
        {"check --pg-version 15x", "--pg-version: \"15x\" is no version from 12 to 18"},
        {"check --select a,,b", "--select: a name is empty"},
        {"check --config ~", "--config: the name is empty"},
        {"check --isolated --config a", "--isolated and --config exclude each other"},
        {"check --baseline a --no-baseline", "--baseline and --no-baseline exclude each other"},
        {"baseline --isolated",
         "lockstep baseline --isolated needs --baseline: check --isolated looks for none"},
        {"baseline -", "lockstep baseline - needs --stdin-filename: entries are bound to a file"},
        {"baseline --no-baseline", "lockstep baseline has no option --no-baseline"},
        {"check --prune", "lockstep check has no option --prune"},
        {"check - -", "- is given twice, but standard input can be read only once"},
        {"check a --stdin-filename b", "--stdin-filename needs - among the paths"},
        {"explain", "lockstep explain needs one rule; lockstep rules lists them"},
        {"completions", "lockstep completions needs one shell of: bash zsh fish"},
        {"completions bash zsh", "lockstep completions needs one shell of: bash zsh fish"},
        {"rules all", "lockstep rules takes no argument, but got all"},
    };
    ls_arena *arena = ls_arena_new();
    for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++) {
        ls_command command;
        const char *problem = read_line(arena, MISTAKES[i][0], &command);
        if (problem == NULL)
            fail_msg("%s: no complaint", MISTAKES[i][0]);
        assert_string_equal(problem, MISTAKES[i][1]);
    }
    ls_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verbs),    cmocka_unit_test(test_formats_in_help),
        cmocka_unit_test(test_outputs),  cmocka_unit_test(test_options),
        cmocka_unit_test(test_mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
