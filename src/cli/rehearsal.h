/*
 * rehearsal.h - what files were when a plan was rehearsed, as git shows it.
 *
 * A rehearsal is as old as the newest line of its stage: whoever rehearses again notes it there.
 */
#ifndef LS_CLI_REHEARSAL_H
#define LS_CLI_REHEARSAL_H

#include "git/blobs.h"
#include "plan/plan.h"

typedef struct {
    ls_arena *arena;
    ls_repository repository;
    ls_blobs *blobs; /* NULL: the plans lie in no repository */
    bool asked;      /* for the repository */
    ls_map commits;  /* of rehearsals, by plan and stage */
} ls_rehearsals;

/* The text that the file had when the stage was written, NULL if it was not there; false: it is not
 * known. */
bool ls_rehearsed_text(ls_rehearsals *rehearsals, const ls_plan *plan, const ls_plan_stage *stage,
                       const char *file, const char **text);

void ls_rehearsals_free(ls_rehearsals *rehearsals);

#endif
