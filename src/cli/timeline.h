/*
 * timeline.h - outcomes copied for the lock timeline: the replay drops its own at the next file.
 */
#ifndef LS_CLI_TIMELINE_H
#define LS_CLI_TIMELINE_H

#include "report/report.h"

void ls_timeline_add(ls_arena *arena, ls_timeline_file *timeline, const ls_outcome *outcome);

/* What opened the file's transactions: its own BEGIN, or the runner as `whole`, the outcome of the
 * whole file, says. */
ls_transaction_mode ls_timeline_transaction(const ls_timeline_file *timeline,
                                            const ls_outcome *whole);

#endif
