#include "cli/run.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

static bool print(const ls_command *command, const ls_report *report) {
    ls_buffer out = {.drain = ls_print};
    ls_text_style style = ls_terminal_style(command);
    if (command->format == LS_FORMAT_JSON)
        ls_report_locks_json(&out, report);
    else
        ls_report_locks_text(&out, report, &style);
    bool printed = ls_buffer_drain(&out);
    ls_buffer_free(&out);
    return printed;
}

int ls_locks(const ls_command *command) {
    ls_run run;
    int code = LOCKSTEP_JOB_NOT_DONE;
    if (ls_run_migrations(&run, command) && print(command, &run.report))
        code = LOCKSTEP_CLEAN;
    ls_run_free(&run);
    return code;
}
