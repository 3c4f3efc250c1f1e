/*
 * policy.c - the configuration's words about rules become layers: its own first, then one for each
 * override. Files that the same overrides are about share their rules.
 */
#include "cli/policy.h"

#include "cli/configured.h"
#include "cli/terminal.h"
#include "rules/load.h"
#include "support/glob.h"
#include "support/map.h"
#include "support/path.h"

#include <errno.h>
#include <string.h>

struct ls_rule_policy {
    ls_arena *arena;
    const ls_config *config;
    ls_rule_choice choice;
    ls_rule_layer own;
    ls_rule_layer *overrides; /* one for each of the configuration's */
    ls_map known;             /* by the overrides that apply: ls_chosen_rules */
};

/* --- The rules that there are ---------------------------------------------------------------- */

static void note(ls_arena *arena, ls_yaml_problems *problems, const ls_config *config,
                 const ls_config_word *word, const char *message) {
    ls_yaml_problem problem = {
        .file = config->file, .line = word->line, .column = word->column, .message = message};
    LS_PUSH(arena, problems, problem);
}

bool ls_configured_rules(ls_arena *arena, const ls_config *config, ls_rule_list *rules) {
    ls_loaded_rules loaded = {0};
    ls_yaml_problems problems = {0};
    *rules = ls_builtin_rules();
    for (LS_EACH(const ls_config_word, word, config->rule_directories)) {
        const char *directory = ls_configured_path(arena, config, word->text);
        if (!ls_rules_read_directory(arena, directory, &loaded, &problems))
            note(
                arena, &problems, config, word,
                ls_arena_format(arena, "rules: %s cannot be read: %s", directory, strerror(errno)));
    }
    if (loaded.count > 0)
        *rules = ls_rules_join(arena, *rules, &loaded, &problems);
    return !ls_complain_of_yaml(&problems);
}

/* --- Words ----------------------------------------------------------------------------------- */

static void check_word(const ls_rule_policy *policy, const char *key, const ls_config_word *word,
                       ls_yaml_problems *problems) {
    const char *nearest;
    if (ls_choice_is_known(policy->choice.rules, word->text, &nearest))
        return;
    const char *meant = "; lockstep rules lists them";
    if (nearest != NULL)
        meant = ls_arena_format(policy->arena, "; did you mean \"%s\"?", nearest);
    note(policy->arena, problems, policy->config, word,
         ls_arena_format(policy->arena, "%s: no rule or group is called \"%s\"%s", key, word->text,
                         meant));
}

static void check_words(const ls_rule_policy *policy, const ls_config_rules *rules,
                        ls_yaml_problems *problems) {
    for (LS_EACH(const ls_config_word, word, rules->select))
        check_word(policy, "select", word, problems);
    for (LS_EACH(const ls_config_word, word, rules->ignore))
        check_word(policy, "ignore", word, problems);
    for (LS_EACH(const ls_config_severity, severity, rules->severity))
        check_word(policy, "severity", &severity->rule, problems);
}

static bool configuration_is_known(const ls_rule_policy *policy) {
    ls_yaml_problems problems = {0};
    check_words(policy, &policy->config->rules, &problems);
    for (LS_EACH(const ls_config_override, override, policy->config->overrides))
        check_words(policy, &override->rules, &problems);
    return !ls_complain_of_yaml(&problems);
}

static bool option_is_known(ls_rule_list rules, const ls_words *words, const char *option) {
    const char *nearest;
    const char *unknown = ls_unknown_choice(rules, words, &nearest);
    if (unknown == NULL)
        return true;
    ls_complain("--%s: no rule or group is called %s%s%s%s", option, unknown,
                nearest == NULL ? "" : "; did you mean ", nearest == NULL ? "" : nearest,
                nearest == NULL ? "" : "?");
    return false;
}

/* --- Layers ---------------------------------------------------------------------------------- */

static const ls_words *words_of(ls_arena *arena, const ls_config_words *words) {
    if (words->count == 0)
        return NULL;
    ls_words *copy = LS_NEW(arena, ls_words);
    for (LS_EACH(const ls_config_word, word, *words))
        LS_PUSH(arena, copy, word->text);
    return copy;
}

static ls_severity_choice choice_of(const ls_config_severity *severity) {
    static const ls_severity severities[] = {
        [LS_CONFIG_LEVEL_ERROR] = LS_SEVERITY_ERROR,
        [LS_CONFIG_LEVEL_WARNING] = LS_SEVERITY_WARNING,
        [LS_CONFIG_LEVEL_INFO] = LS_SEVERITY_INFO,
        [LS_CONFIG_LEVEL_NONE] = LS_SEVERITY_INFO,
    };
    return (ls_severity_choice){
        .word = severity->rule.text,
        .off = severity->level == LS_CONFIG_LEVEL_NONE,
        .severity = severities[severity->level],
    };
}

static ls_rule_layer layer_of(ls_arena *arena, const ls_config_rules *rules) {
    LS_VECTOR(ls_severity_choice) severities = {0};
    for (LS_EACH(const ls_config_severity, severity, rules->severity))
        LS_PUSH(arena, &severities, choice_of(severity));
    return (ls_rule_layer){
        .select = words_of(arena, &rules->select),
        .ignore = words_of(arena, &rules->ignore),
        .severities = severities.items,
        .severity_count = severities.count,
    };
}

ls_rule_policy *ls_rule_policy_new(ls_arena *arena, const ls_command *command,
                                   const ls_config *config, ls_rule_list rules) {
    ls_rule_policy *policy = LS_NEW(arena, ls_rule_policy);
    *policy = (ls_rule_policy){
        .arena = arena,
        .config = config,
        .choice = {.rules = rules,
                   .select = command->select.count > 0 ? &command->select : NULL,
                   .extend = &command->extend_select,
                   .ignore = &command->ignore},
        .own = layer_of(arena, &config->rules),
        .overrides = LS_NEW_ARRAY(arena, ls_rule_layer, config->overrides.count),
    };
    for (uint32_t i = 0; i < config->overrides.count; i++)
        policy->overrides[i] = layer_of(arena, &config->overrides.items[i].rules);
    bool known = configuration_is_known(policy);
    known = option_is_known(rules, &command->select, "select") && known;
    known = option_is_known(rules, &command->extend_select, "extend-select") && known;
    known = option_is_known(rules, &command->ignore, "ignore") && known;
    return known ? policy : NULL;
}

/* --- Files ----------------------------------------------------------------------------------- */

static bool is_about(const ls_config_override *override, const char *path) {
    for (LS_EACH(const ls_config_word, pattern, override->paths))
        if (ls_glob_matches(pattern->text, path))
            return true;
    return false;
}

const ls_chosen_rules *ls_rule_policy_of(ls_rule_policy *policy, const char *file) {
    const ls_config *config = policy->config;
    LS_VECTOR(ls_rule_layer) layers = {0};
    LS_PUSH(policy->arena, &layers, policy->own);
    char *applying = ls_arena_alloc(policy->arena, config->overrides.count + 1);
    memset(applying, '-', config->overrides.count);
    const char *path =
        config->overrides.count == 0 ? NULL : ls_path_below(policy->arena, config->directory, file);
    for (uint32_t i = 0; path != NULL && i < config->overrides.count; i++)
        if (is_about(&config->overrides.items[i], path)) {
            applying[i] = '+';
            LS_PUSH(policy->arena, &layers, policy->overrides[i]);
        }
    const ls_chosen_rules *known = ls_map_get(&policy->known, applying);
    if (known != NULL)
        return known;
    policy->choice.layers = layers.items;
    policy->choice.layer_count = layers.count;
    const ls_chosen_rules *chosen = ls_choose_rules(policy->arena, &policy->choice);
    ls_map_set(policy->arena, &policy->known, applying, (void *)(uintptr_t)chosen);
    return chosen;
}
