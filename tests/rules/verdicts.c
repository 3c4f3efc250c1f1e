/*
 * verdicts.c - migrations with what lockstep has to say of them, in the files of testdata/verdicts.
 *
 * An example belongs to a rule and tries it; a verdict belongs to a migration and tries all rules
 * that are on by default at once, as a user meets them. Each entry of a file has:
 *
 *   case          its name
 *   history       optional: earlier migrations, separated by a line ---
 *   migration     what is judged
 *   postgres      optional: the target version, 15 if not given
 *   transaction   optional: file
 *   timeout       optional: false, the runner sets no lock_timeout
 *   finds         rules that have to find an error or a warning
 *   notes         rules that have to find something, if only an info
 *   lacks         rules that must find nothing
 *
 * Without the last three there must be no error and no warning of any rule. EXAMPLES picks cases by
 * name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/load.h"
#include "rules/trial.h"
#include "support/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *name;
    ls_rule_example migration;
    ls_words finds, notes, lacks;
} verdict;

/* --- Reading --------------------------------------------------------------------------------- */

static const char *text_of(const ls_yaml_node *entry, const char *key) {
    const ls_yaml_node *node = ls_yaml_get(entry, key);
    return node == NULL ? NULL : node->text;
}

static bool is_rule(const char *id) {
    const ls_rule_list rules = ls_builtin_rules();
    for (size_t i = 0; i < rules.count; i++)
        if (strcmp(rules.items[i]->id, id) == 0)
            return true;
    return false;
}

static void add_rule(const ls_yaml *yaml, const ls_yaml_node *node, ls_words *rules) {
    if (!is_rule(node->text))
        ls_yaml_wrong(yaml, node, "no rule is called \"%s\"", node->text);
    LS_PUSH(yaml->arena, rules, node->text);
}

/* One rule, or a list of them. */
static ls_words rules_of(const ls_yaml *yaml, const ls_yaml_node *entry, const char *key) {
    ls_words rules = {0};
    const ls_yaml_node *node = ls_yaml_get(entry, key);
    if (node != NULL && node->kind == LS_YAML_SCALAR)
        add_rule(yaml, node, &rules);
    else if (node != NULL)
        for (LS_EACH(const ls_yaml_entry, item, node->entries))
            add_rule(yaml, item->value, &rules);
    return rules;
}

static void check_keys(const ls_yaml *yaml, const ls_yaml_node *entry) {
    static const char *const keys[] = {"case",    "history", "migration", "postgres", "transaction",
                                       "timeout", "finds",   "notes",     "lacks"};
    enum { KEYS = sizeof keys / sizeof *keys };
    for (LS_EACH(const ls_yaml_entry, given, entry->entries)) {
        bool known = false;
        for (size_t i = 0; i < KEYS; i++)
            known = known || strcmp(keys[i], given->key->text) == 0;
        if (!known)
            ls_yaml_wrong(yaml, given->key, "unknown key \"%s\"", given->key->text);
    }
    if (text_of(entry, "case") == NULL || text_of(entry, "migration") == NULL)
        ls_yaml_wrong(yaml, entry, "expected \"case\" and \"migration\"");
}

static verdict *read_verdict(const ls_yaml *yaml, const ls_yaml_node *entry) {
    const char *transaction = text_of(entry, "transaction"), *timeout = text_of(entry, "timeout");
    int64_t postgres = 0;
    if (ls_yaml_get(entry, "postgres") != NULL)
        ls_yaml_integer(ls_yaml_get(entry, "postgres"), &postgres);
    check_keys(yaml, entry);
    verdict *read = LS_NEW(yaml->arena, verdict);
    *read = (verdict){
        .name = text_of(entry, "case"),
        .migration = {.history = text_of(entry, "history"),
                      .sql = text_of(entry, "migration"),
                      .postgres = (int)postgres,
                      .file_transaction = transaction != NULL && strcmp(transaction, "file") == 0,
                      .no_timeout = timeout != NULL && strcmp(timeout, "false") == 0},
        .finds = rules_of(yaml, entry, "finds"),
        .notes = rules_of(yaml, entry, "notes"),
        .lacks = rules_of(yaml, entry, "lacks"),
    };
    return read;
}

/* --- Judging --------------------------------------------------------------------------------- */

static ls_rule_list default_rules(ls_arena *arena) {
    const ls_rule_list all = ls_builtin_rules();
    LS_VECTOR(const ls_rule *) on = {0};
    for (size_t i = 0; i < all.count; i++)
        if (!all.items[i]->off)
            LS_PUSH(arena, &on, all.items[i]);
    return (ls_rule_list){.items = on.items, .count = on.count};
}

static bool is_strong(const ls_finding *finding) {
    return finding->severity != LS_SEVERITY_INFO;
}

static bool is_found(const ls_findings *findings, const char *rule, bool strongly) {
    for (LS_EACH(const ls_finding, finding, *findings))
        if (strcmp(finding->rule->id, rule) == 0 && (is_strong(finding) || !strongly))
            return true;
    return false;
}

/* What is not as the verdict says; NULL if all is. */
static const char *disagreement(ls_arena *arena, const verdict *wanted,
                                const ls_findings *findings) {
    for (LS_EACH(const char *, rule, wanted->finds))
        if (!is_found(findings, *rule, true))
            return ls_arena_format(arena, "expected an error or a warning of %s", *rule);
    for (LS_EACH(const char *, rule, wanted->notes))
        if (!is_found(findings, *rule, false))
            return ls_arena_format(arena, "expected a finding of %s", *rule);
    for (LS_EACH(const char *, rule, wanted->lacks))
        if (is_found(findings, *rule, false))
            return ls_arena_format(arena, "expected no finding of %s", *rule);
    if (wanted->finds.count + wanted->notes.count + wanted->lacks.count > 0)
        return NULL;
    for (LS_EACH(const ls_finding, finding, *findings))
        if (is_strong(finding))
            return "expected no error and no warning";
    return NULL;
}

static void run(void **state) {
    const verdict *wanted = *state;
    ls_arena *arena = ls_arena_new();
    const ls_findings findings = ls_try_example(arena, default_rules(arena), &wanted->migration);
    const char *problem = disagreement(arena, wanted, &findings);
    if (problem != NULL)
        fail_msg("%s in\n%s\nbut found:%s", problem, wanted->migration.sql,
                 ls_list_findings(arena, &findings));
    ls_arena_free(arena);
}

/* --- The tests ------------------------------------------------------------------------------- */

typedef LS_VECTOR(struct CMUnitTest) test_list;

static const char *read_file(ls_arena *arena, const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    char *text = ls_arena_alloc(arena, LS_YAML_LARGEST);
    *length = fread(text, 1, LS_YAML_LARGEST, file);
    fclose(file);
    return text;
}

static void add_verdicts(ls_arena *arena, const char *path, test_list *tests,
                         ls_yaml_problems *problems) {
    size_t length = 0;
    const char *text = read_file(arena, path, &length);
    ls_yaml yaml;
    if (text == NULL || !ls_yaml_read(&yaml, arena, path, text, length, problems))
        return;
    for (LS_EACH(const ls_yaml_entry, entry, yaml.root->entries)) {
        verdict *wanted = read_verdict(&yaml, entry->value);
        struct CMUnitTest test = {.name = wanted->name, .test_func = run, .initial_state = wanted};
        LS_PUSH(arena, tests, test);
    }
}

int main(int count, char **arguments) {
    ls_arena *arena = ls_arena_new();
    test_list tests = {0};
    ls_yaml_problems problems = {0};
    for (int i = 1; i < count; i++)
        add_verdicts(arena, arguments[i], &tests, &problems);
    for (LS_EACH(const ls_yaml_problem, problem, problems))
        fprintf(stderr, "%s:%u:%u: %s\n", problem->file, problem->line, problem->column,
                problem->message);
    if (getenv("EXAMPLES") != NULL)
        cmocka_set_test_filter(getenv("EXAMPLES"));
    const bool unreadable = problems.count > 0 || tests.count == 0;
    int failed =
        unreadable ? 1 : _cmocka_run_group_tests("verdicts", tests.items, tests.count, NULL, NULL);
    ls_arena_free(arena);
    return failed;
}
