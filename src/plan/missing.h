/*
 * missing.h - a file that a plan names and that is not there: which one was meant.
 */
#ifndef LS_PLAN_MISSING_H
#define LS_PLAN_MISSING_H

#include "input/files.h"

/* Why the file is missing, with the one that was meant where it can be guessed: `shown` is its path
 * as the plan's directory makes it, `written` the one in the plan. */
const char *ls_why_missing(ls_arena *arena, const ls_files *from, const char *shown,
                           const char *written);

#endif
