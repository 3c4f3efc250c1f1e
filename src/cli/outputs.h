/*
 * outputs.h - what a run prints, and where each of it goes.
 *
 * Text goes to standard output unless something else does. On GitHub, where nobody has said what
 * goes to standard output, its annotations go there too, and the whole report to the summary of the
 * job. All of them are made from one run.
 */
#ifndef LS_CLI_OUTPUTS_H
#define LS_CLI_OUTPUTS_H

#include "cli/command.h"
#include "config/config.h"
#include "report/format.h"

/* Adds to what was asked for what goes without saying. NULL, or why they cannot go together. */
const char *ls_complete_outputs(ls_arena *arena, ls_command *command);

/* Does one of them need this of the run (LS_NEEDS_...)? */
bool ls_outputs_need(const ls_command *command, unsigned need);

/* Sets where the view sees paths from: the root of the repository that the working directory is in,
 * or that directory itself. */
void ls_see_from_root(ls_arena *arena, ls_report_view *view);

/* Writes all of them. False, with messages on standard error, if one that was asked for could not
 * be written. */
bool ls_write_outputs(ls_arena *arena, const ls_command *command, const ls_config *config,
                      ls_report *report);

#endif
