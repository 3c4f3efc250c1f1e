/*
 * edits.h - `check --diff` and `check --fix`: the fixes of a run's findings, made together.
 *
 * Each fix has been tried alone. Before any is shown or written, the whole run is made once more
 * with all of them, in memory: a file is edited only if less is found in it then, and no error or
 * warning that was not found before. That run is also what is left to tell when the files are
 * written.
 */
#ifndef LS_CLI_EDITS_H
#define LS_CLI_EDITS_H

#include "cli/run.h"

/* Prints the edits of the run's files, then writes its outputs. What the program exits with. */
int ls_show_edits(ls_run *run);

/* Makes them, and tells what is left. What the program exits with. */
int ls_make_edits(ls_run *run);

/* Writes the outputs of a run. What the program exits with. */
int ls_tell_run(ls_run *run);

#endif
