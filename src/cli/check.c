#include "cli/edits.h"
#include "cli/verbs.h"

int ls_check(const ls_command *command) {
    ls_run run;
    int code = LOCKSTEP_JOB_NOT_DONE;
    if (ls_run_migrations(&run, command))
        code = command->diff  ? ls_show_edits(&run)
               : command->fix ? ls_make_edits(&run)
                              : ls_tell_run(&run);
    ls_run_free(&run);
    return code;
}
