#include "cli/outputs.h"
#include "cli/run.h"
#include "cli/verbs.h"
#include "cli/verdict.h"

int ls_check(const ls_command *command) {
    ls_run run;
    int code = LOCKSTEP_JOB_NOT_DONE;
    if (ls_run_migrations(&run, command) &&
        ls_write_outputs(run.arena, command, &run.config, &run.report))
        code = ls_verdict_on(&run.report.findings, command, &run.config);
    ls_run_free(&run);
    return code;
}
