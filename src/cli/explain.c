#include "cli/configured.h"
#include "cli/policy.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "report/report.h"
#include "support/nearest.h"

static const char *nearest_rule(ls_arena *arena, ls_rule_list rules, const char *id) {
    const char **ids = LS_NEW_ARRAY(arena, const char *, rules.count + 1);
    for (size_t i = 0; i < rules.count; i++)
        ids[i] = rules.items[i]->id;
    return ls_nearest(id, ids, rules.count);
}

static void complain_of(ls_arena *arena, ls_rule_list rules, const char *id) {
    const char *nearest = nearest_rule(arena, rules, id);
    if (nearest == NULL)
        ls_complain("no rule is called %s; lockstep rules lists them", id);
    else
        ls_complain("no rule is called %s; did you mean %s?", id, nearest);
}

static int print(const ls_command *command, const ls_rule *rule) {
    ls_text_style style = ls_terminal_style(command);
    ls_buffer out = {0};
    if (command->format == LS_FORMAT_JSON)
        ls_report_explain_json(&out, rule);
    else
        ls_report_explain(&out, rule, &style);
    bool printed = ls_print(&out);
    ls_buffer_free(&out);
    return printed ? LOCKSTEP_CLEAN : LOCKSTEP_JOB_NOT_DONE;
}

int ls_explain(ls_arena *arena, const ls_command *command) {
    const char *id = command->arguments.items[0];
    ls_config config;
    ls_rule_list rules;
    if (!ls_configure(arena, command, &config) || !ls_configured_rules(arena, &config, &rules))
        return LOCKSTEP_JOB_NOT_DONE;
    const ls_rule *rule = ls_rule_by_id(rules, id);
    if (rule != NULL)
        return print(command, rule);
    complain_of(arena, rules, id);
    return LOCKSTEP_JOB_NOT_DONE;
}
