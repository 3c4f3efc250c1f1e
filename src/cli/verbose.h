/*
 * verbose.h - what a run reads, for whoever wonders why it says what it says.
 */
#ifndef LS_CLI_VERBOSE_H
#define LS_CLI_VERBOSE_H

#include "cli/run.h"

/* On standard error, so that it stands beside every format; once the files are read. */
void ls_tell_what_is_read(ls_run *run);

#endif
