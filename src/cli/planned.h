/*
 * planned.h - findings that the plans of the configuration answer.
 *
 * `check` sees a file by itself: it cannot know who still names a column that is dropped. A plan
 * that runs the file in one of its stages says so, version by version. Where such a plan is
 * verified and nothing in it goes wrong, it is the answer; else the finding stays, and tells of the
 * plan. Whoever reads a report on the file wants to see the rollout that the file is a part of.
 */
#ifndef LS_CLI_PLANNED_H
#define LS_CLI_PLANNED_H

#include "cli/run.h"

/* Takes what plans answer out of the run's findings, and adds the plans that run judged files where
 * a format shows them. */
void ls_planned_apply(ls_run *run);

#endif
