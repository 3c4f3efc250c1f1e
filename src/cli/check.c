#include "cli/run.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

static int verdict(const ls_command *command, const ls_report *report) {
    if (command->fail_on == LS_FAIL_ON_NEVER)
        return LS_EXIT_CLEAN;
    for (LS_EACH(const ls_finding, finding, report->findings))
        if ((int)finding->severity <= command->fail_on)
            return LS_EXIT_FINDINGS;
    return LS_EXIT_CLEAN;
}

static void write_report(ls_buffer *out, const ls_command *command, const ls_report *report) {
    ls_text_style style = ls_terminal_style(command);
    if (command->format == LS_FORMAT_JSON)
        ls_report_json(out, report);
    else
        ls_report_text(out, report, &style);
}

int ls_check(const ls_command *command) {
    ls_run run;
    int code = LS_EXIT_JOB_NOT_DONE;
    if (ls_run_migrations(&run, command)) {
        ls_buffer out = {0};
        write_report(&out, command, &run.report);
        if (ls_print(&out))
            code = verdict(command, &run.report);
        ls_buffer_free(&out);
    }
    ls_run_free(&run);
    return code;
}
