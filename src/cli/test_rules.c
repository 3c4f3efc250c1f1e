/*
 * test_rules.c - `rules --test`: the rules of a team read as a run would read them, together with
 * the built-in ones, and each of their examples tried.
 */
#include "cli/configured.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "plan/trial.h"
#include "report/escape.h"
#include "report/style.h"
#include "rules/load.h"
#include "rules/trial.h"

#include <errno.h>
#include <string.h>

typedef struct {
    ls_rule_list rules; /* the team's and the built-in ones */
    ls_buffer out;
    size_t examples, failures;
} rule_test;

/* Lines from rules and SQL, indented. */
static void write_lines(ls_buffer *out, const char *text) {
    while (*text != 0) {
        size_t length = strcspn(text, "\n");
        ls_buffer_string(out, "  ");
        ls_escape(out, text, length);
        ls_buffer_string(out, "\n");
        text += length;
        text += *text == '\n';
    }
}

static void try_example(rule_test *test, const ls_loaded_rule *loaded,
                        const ls_rule_example *example) {
    ls_arena *arena = ls_arena_new();
    const char *failure = ls_any_example_failure(arena, test->rules, loaded->rule, example);
    test->examples++;
    if (failure != NULL) {
        test->failures++;
        ls_escape_string(&test->out, loaded->file);
        ls_buffer_format(&test->out, ", %s: ", example->bad ? "bad" : "good");
        ls_escape_string(&test->out, example->name);
        ls_buffer_string(&test->out, "\n");
        write_lines(&test->out, failure);
    }
    ls_arena_free(arena);
}

static void write_summary(rule_test *test, size_t rules) {
    ls_count(&test->out, rules, "rule");
    ls_buffer_string(&test->out, ", ");
    ls_count(&test->out, test->examples, "example");
    if (test->failures == 0)
        ls_buffer_string(&test->out, ": all as they should be\n");
    else
        ls_buffer_format(&test->out, ": %zu not as %s should be\n", test->failures,
                         test->failures == 1 ? "it" : "they");
}

static bool read_rules(ls_arena *arena, const char *directory, ls_loaded_rules *loaded,
                       ls_rule_list *rules) {
    ls_yaml_problems problems = {0};
    if (!ls_rules_read_directory(arena, directory, loaded, &problems)) {
        ls_complain("%s cannot be read: %s", directory, strerror(errno));
        return false;
    }
    *rules = ls_rules_join(arena, ls_builtin_rules(), loaded, &problems);
    if (ls_complain_of_yaml(&problems))
        return false;
    if (loaded->count == 0)
        ls_complain("%s holds no rule; expected files that end in .yaml", directory);
    return loaded->count > 0;
}

static int try_all(rule_test *test, const ls_loaded_rules *loaded) {
    for (LS_EACH(const ls_loaded_rule, one, *loaded))
        for (size_t i = 0; i < one->rule->example_count; i++)
            try_example(test, one, &one->rule->examples[i]);
    write_summary(test, loaded->count);
    if (!ls_print(&test->out))
        return LOCKSTEP_JOB_NOT_DONE;
    return test->failures > 0 ? LOCKSTEP_FINDINGS : LOCKSTEP_CLEAN;
}

int ls_test_rules(const char *directory) {
    rule_test test = {0};
    ls_loaded_rules loaded = {0};
    ls_arena *arena = ls_arena_new();
    int code = LOCKSTEP_JOB_NOT_DONE;
    if (read_rules(arena, directory, &loaded, &test.rules))
        code = try_all(&test, &loaded);
    ls_buffer_free(&test.out);
    ls_arena_free(arena);
    return code;
}
