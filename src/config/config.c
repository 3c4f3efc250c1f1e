/*
 * config.c - from the text to the configuration, with every mistake of the file in one run: what
 * libcyaml's schema refuses and what the forms of values refuse is collected side by side, and only
 * a file without any is loaded.
 */
#include "config/form.h"
#include "config/value_check.h"

#include <string.h>

/* --- Checking -------------------------------------------------------------------------------- */

static void check(const ls_yaml *yaml) {
    ls_yaml_check(yaml, &ls_config_schema);
    ls_check_values(yaml, &ls_config_schema, ls_config_key_at);
}

/* --- Taking ---------------------------------------------------------------------------------- */

static ls_config_words words_of(ls_arena *arena, const ls_yaml_node *list) {
    ls_config_words words = {0};
    if (list == NULL)
        return words;
    for (LS_EACH(const ls_yaml_entry, entry, list->entries)) {
        const ls_yaml_node *node = entry->value;
        ls_config_word word = {.text = node->text, .line = node->line, .column = node->column};
        LS_PUSH(arena, &words, word);
    }
    return words;
}

static ls_config_rules rules_of(ls_arena *arena, const ls_yaml_node *mapping) {
    ls_config_rules rules = {
        .select = words_of(arena, ls_yaml_get(mapping, "select")),
        .ignore = words_of(arena, ls_yaml_get(mapping, "ignore")),
    };
    const ls_yaml_node *severity = ls_yaml_get(mapping, "severity");
    for (uint32_t i = 0; severity != NULL && i < severity->entries.count; i++) {
        const ls_yaml_node *rule = severity->entries.items[i].key;
        ls_config_severity one = {
            .rule = {.text = rule->text, .line = rule->line, .column = rule->column},
            .level = ls_severity_level(severity->entries.items[i].value->text),
        };
        LS_PUSH(arena, &rules.severity, one);
    }
    return rules;
}

static void take_migrations(ls_arena *arena, const ls_config_form *form, ls_config *config) {
    for (uint32_t i = 0; i < form->migrations_count; i++) {
        const ls_migrations_form *one = &form->migrations[i];
        ls_config_migrations migrations = {
            .path = one->path,
            .framework = one->framework == NULL ? "auto" : one->framework,
            .transaction = (ls_config_transaction)one->transaction,
        };
        LS_PUSH(arena, &config->migrations, migrations);
    }
}

static void take_overrides(ls_arena *arena, const ls_yaml_node *root, ls_config *config) {
    const ls_yaml_node *list = ls_yaml_get(root, "overrides");
    for (uint32_t i = 0; list != NULL && i < list->entries.count; i++) {
        const ls_yaml_node *node = list->entries.items[i].value;
        ls_config_override override = {
            .paths = words_of(arena, ls_yaml_get(node, "paths")),
            .rules = rules_of(arena, node),
        };
        LS_PUSH(arena, &config->overrides, override);
    }
}

static ls_duration duration_of(const char *text) {
    ls_duration duration = {.given = text != NULL};
    if (duration.given)
        ls_duration_read(text, &duration.milliseconds);
    return duration;
}

static ls_config_rollout rollout_of(ls_arena *arena, const ls_yaml_node *root,
                                    const ls_config_form *form) {
    const ls_yaml_node *tables = ls_yaml_get(root, "tables");
    const ls_yaml_node *replicas = ls_yaml_get(root, "replicas");
    return (ls_config_rollout){
        .orm = (ls_config_orm)form->orm,
        .prepared_statements = form->prepared_statements != 0,
        .skips_versions = form->skips_versions != 0,
        .databases = words_of(arena, ls_yaml_get(root, "databases")),
        .replicas_given = replicas != NULL,
        .replicas = words_of(arena, replicas),
        .min_soak = duration_of(form->min_soak),
        .rollback_depth_given = form->rollback_depth != NULL,
        .rollback_depth = form->rollback_depth == NULL ? 0 : *form->rollback_depth,
        .large_tables = words_of(arena, ls_yaml_get(tables, "large")),
        .replicated_tables = words_of(arena, ls_yaml_get(tables, "replicated")),
    };
}

static void take(const ls_yaml *yaml, const ls_config_form *form, ls_config *config) {
    ls_arena *arena = yaml->arena;
    const ls_yaml_node *tables = ls_yaml_get(yaml->root, "tables");
    config->postgres = form->postgres == NULL ? 0 : *form->postgres;
    config->fail_on = (ls_config_level)form->fail_on;
    take_migrations(arena, form, config);
    config->rules = rules_of(arena, yaml->root);
    take_overrides(arena, yaml->root, config);
    config->hot_tables = words_of(arena, ls_yaml_get(tables, "hot"));
    config->small_tables = words_of(arena, ls_yaml_get(tables, "small"));
    config->rollout = rollout_of(arena, yaml->root, form);
    config->schema = form->schema;
    config->applied_until = form->applied_until;
    config->rule_directories = words_of(arena, ls_yaml_get(yaml->root, "rules"));
    config->plans = words_of(arena, ls_yaml_get(yaml->root, "plans"));
    if (form->runner == NULL)
        return;
    config->runner.lock_timeout = duration_of(form->runner->lock_timeout);
    config->runner.statement_timeout = duration_of(form->runner->statement_timeout);
    config->runner.idle_in_transaction_session_timeout =
        duration_of(form->runner->idle_in_transaction_session_timeout);
}

/* --- The text -------------------------------------------------------------------------------- */

/* Nothing but comments, blanks and a document's start: a file that says nothing yet. */
static bool is_empty(const char *text, size_t length) {
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    size_t at =
        strncmp(text, byte_order_mark, strlen(byte_order_mark)) == 0 ? strlen(byte_order_mark) : 0;
    while (at < length) {
        at += strspn(text + at, " \t\r\n");
        if (strncmp(text + at, "---\n", 4) == 0)
            at += strlen("---");
        else if (text[at] == '#')
            at += strcspn(text + at, "\n");
        else if (at < length)
            return false;
    }
    return true;
}

static const char *directory_of(ls_arena *arena, const char *file) {
    const char *slash = strrchr(file, '/');
    return slash == NULL ? "" : ls_arena_copy(arena, file, (size_t)(slash + 1 - file));
}

bool ls_config_read_text(ls_arena *arena, const char *file, const char *text, size_t length,
                         ls_config *config, ls_yaml_problems *problems) {
    ls_yaml yaml;
    *config = (ls_config){.file = file, .directory = directory_of(arena, file)};
    if (length <= LS_YAML_LARGEST && is_empty(text, length))
        return true;
    uint32_t before = problems->count;
    ls_yaml_read(&yaml, arena, file, text, length, problems);
    if (yaml.root == NULL)
        return false;
    check(&yaml);
    const ls_config_form *form =
        problems->count > before ? NULL : ls_yaml_load(&yaml, &ls_config_schema);
    if (form == NULL)
        return false;
    take(&yaml, form, config);
    return true;
}

/* --- The file -------------------------------------------------------------------------------- */

bool ls_config_read(ls_arena *arena, const char *file, ls_config *config,
                    ls_yaml_problems *problems) {
    size_t length;
    *config = (ls_config){.file = file, .directory = directory_of(arena, file)};
    const char *text = ls_yaml_file(arena, file, 1, &length, problems);
    return text != NULL && ls_config_read_text(arena, file, text, length, config, problems);
}
