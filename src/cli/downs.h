/*
 * downs.h - the way back of each judged migration.
 */
#ifndef LS_CLI_DOWNS_H
#define LS_CLI_DOWNS_H

#include "cli/run.h"
#include "reversal/reversal.h"

/* The migration and what takes it back, as their runner runs them. */
ls_direction ls_direction_up(ls_arena *arena, const ls_migration *migration);
ls_direction ls_direction_down(ls_arena *arena, const ls_migration *migration);

/* Tries the migration's down before the migration is replayed: adds what is found in the down to
 * the findings; the result is what is found in the migration, NULL: nothing. It is gone when the
 * next migration's down is tried. */
const ls_outcome *ls_judge_way_back(ls_run *run, const ls_migration *migration,
                                    const ls_chosen_rules *rules, uint32_t file,
                                    ls_findings *findings);

#endif
