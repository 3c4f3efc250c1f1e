#include "cli/run.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "cli/verdict.h"

static int verdict(const ls_run *run) {
    return ls_verdict_on(&run->report.findings, run->command, &run->config);
}

static void write_report(ls_buffer *out, const ls_command *command, const ls_report *report) {
    ls_text_style style = ls_terminal_style(command);
    if (command->format == LS_FORMAT_JSON)
        ls_report_json(out, report);
    else
        ls_report_text(out, report, &style);
}

int ls_check(const ls_command *command) {
    return ls_run_and_print(command, write_report, verdict);
}
