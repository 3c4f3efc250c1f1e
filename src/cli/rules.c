#include "cli/configured.h"
#include "cli/policy.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "report/report.h"

int ls_rules(ls_arena *arena, const ls_command *command) {
    if (command->test != NULL)
        return ls_test_rules(command->test);
    ls_config config;
    ls_rule_list rules;
    if (!ls_configure(arena, command, &config) || !ls_configured_rules(arena, &config, &rules))
        return LOCKSTEP_JOB_NOT_DONE;
    ls_text_style style = ls_terminal_style(command);
    ls_buffer out = {0};
    if (command->format == LS_FORMAT_JSON)
        ls_report_rules_json(&out, rules);
    else if (command->format == LS_FORMAT_MARKDOWN)
        ls_report_rules_markdown(&out, rules, ls_builtin_not_checked());
    else
        ls_report_rules(&out, rules, &style);
    bool printed = ls_print(&out);
    ls_buffer_free(&out);
    return printed ? LOCKSTEP_CLEAN : LOCKSTEP_JOB_NOT_DONE;
}
