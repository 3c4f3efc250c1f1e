#include "cli/run.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

static void write_report(ls_buffer *out, const ls_command *command, const ls_report *report) {
    ls_text_style style = ls_terminal_style(command);
    if (command->format == LS_FORMAT_JSON)
        ls_report_locks_json(out, report);
    else
        ls_report_locks_text(out, report, &style);
}

static int verdict(const ls_run *run) {
    (void)run;
    return LOCKSTEP_CLEAN;
}

int ls_locks(const ls_command *command) {
    return ls_run_and_print(command, write_report, verdict);
}
