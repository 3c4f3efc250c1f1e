#include "cli/verdict.h"

#include "cli/verbs.h"

static int fail_on(const ls_command *command, const ls_config *config) {
    static const int configured[] = {
        [LS_CONFIG_LEVEL_NOT_GIVEN] = LS_FAIL_ON_ERROR, [LS_CONFIG_LEVEL_ERROR] = LS_FAIL_ON_ERROR,
        [LS_CONFIG_LEVEL_WARNING] = LS_FAIL_ON_WARNING, [LS_CONFIG_LEVEL_INFO] = LS_FAIL_ON_INFO,
        [LS_CONFIG_LEVEL_NONE] = LS_FAIL_ON_NEVER,
    };
    return command->fail_on == LS_FAIL_ON_AS_CONFIGURED ? configured[config->fail_on]
                                                        : command->fail_on;
}

bool ls_severity_fails(ls_severity severity, const ls_command *command, const ls_config *config) {
    int least = fail_on(command, config);
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

int ls_verdict_on(const ls_findings *findings, const ls_command *command, const ls_config *config) {
    for (LS_EACH(const ls_finding, finding, *findings))
        if (ls_severity_fails(finding->severity, command, config))
            return LOCKSTEP_FINDINGS;
    return LOCKSTEP_CLEAN;
}
