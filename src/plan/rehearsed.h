/*
 * rehearsed.h - which files are what has been rehearsed.
 */
#ifndef LS_PLAN_REHEARSED_H
#define LS_PLAN_REHEARSED_H

#include "plan/files.h"

/* Sets `changed` of the files behind a rehearsal, as far as somebody knows what they were. */
void ls_plan_compare_rehearsed(ls_arena *arena, const ls_plan *plan,
                               const ls_plan_surroundings *surroundings, ls_plan_files *files);

#endif
