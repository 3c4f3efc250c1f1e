#include "cli/terminal.h"
#include "cli/verbs.h"
#include "report/report.h"

int ls_rules(const ls_command *command) {
    ls_text_style style = ls_terminal_style(command);
    ls_buffer out = {0};
    if (command->format == LS_FORMAT_JSON)
        ls_report_rules_json(&out, ls_builtin_rules());
    else if (command->format == LS_FORMAT_MARKDOWN)
        ls_report_rules_markdown(&out, ls_builtin_rules(), ls_builtin_not_checked());
    else
        ls_report_rules(&out, ls_builtin_rules(), &style);
    bool printed = ls_print(&out);
    ls_buffer_free(&out);
    return printed ? LS_EXIT_CLEAN : LS_EXIT_JOB_NOT_DONE;
}
