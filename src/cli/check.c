#include "cli/run.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

static int fail_on(const ls_run *run) {
    static const int configured[] = {
        [LS_CONFIG_LEVEL_NOT_GIVEN] = LS_FAIL_ON_ERROR, [LS_CONFIG_LEVEL_ERROR] = LS_FAIL_ON_ERROR,
        [LS_CONFIG_LEVEL_WARNING] = LS_FAIL_ON_WARNING, [LS_CONFIG_LEVEL_INFO] = LS_FAIL_ON_INFO,
        [LS_CONFIG_LEVEL_NONE] = LS_FAIL_ON_NEVER,
    };
    return run->command->fail_on == LS_FAIL_ON_AS_CONFIGURED ? configured[run->config.fail_on]
                                                             : run->command->fail_on;
}

static bool fails(ls_severity severity, int least) {
    switch (severity) {
    case LS_SEVERITY_ERROR:
        return least != LS_FAIL_ON_NEVER;
    case LS_SEVERITY_WARNING:
        return least == LS_FAIL_ON_WARNING || least == LS_FAIL_ON_INFO;
    case LS_SEVERITY_INFO:
        return least == LS_FAIL_ON_INFO;
    }
    return false;
}

static int verdict(const ls_run *run) {
    for (LS_EACH(const ls_finding, finding, run->report.findings))
        if (fails(finding->severity, fail_on(run)))
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
    return ls_run_and_print(command, write_report, verdict);
}
