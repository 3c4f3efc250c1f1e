#include "cli/run.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

static int print(ls_run *run) {
    if (run->implied.count == 0) {
        ls_complain("there are no new migrations to make a plan of");
        return LOCKSTEP_JOB_NOT_DONE;
    }
    ls_buffer out = {0};
    ls_implied_write(run->arena, &out, &run->implied, run->config.file != NULL);
    bool printed = ls_print(&out);
    ls_buffer_free(&out);
    return printed ? LOCKSTEP_CLEAN : LOCKSTEP_JOB_NOT_DONE;
}

int ls_draft_plan(const ls_command *command) {
    ls_run run;
    int code = LOCKSTEP_JOB_NOT_DONE;
    if (ls_run_migrations(&run, command))
        code = print(&run);
    ls_run_free(&run);
    return code;
}
