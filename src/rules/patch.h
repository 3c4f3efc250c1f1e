/*
 * patch.h - the fixes of a file's findings, made together.
 *
 * A fix is made with all of its edits or not at all. Where two want the same place, the first has
 * it. Fixes that edit the same in the same way, as all do that ask the runner for no transaction,
 * are no two at that place.
 *
 * Two that are good each for itself need not be good together: one may set a timeout for the
 * transaction that the other one leaves. Then a patch is narrowed, and what it leaves is for a
 * second run, which sees what the first has made.
 */
#ifndef LS_RULES_PATCH_H
#define LS_RULES_PATCH_H

#include "rules/rules.h"

typedef enum {
    LS_PATCH_WHOLE,
    LS_PATCH_OF_RULE, /* only of findings like the worst one */
    LS_PATCH_OF_ONE,  /* only of the worst finding */
} ls_patch_breadth;

typedef struct {
    const ls_source *source;
    uint32_t file; /* number of the migration in the run */
    ls_patch_breadth breadth;
    ls_fix edits; /* of all fixes that are made */
    uint32_t made, left;
} ls_patch;
typedef LS_VECTOR(ls_patch) ls_patches;

/* Those of the findings that have a safe fix, in their order, which is that of the files. */
ls_patches ls_patches_of(ls_arena *arena, const ls_findings *findings);

/* Makes a patch of these findings one of fewer fixes; false if it cannot be narrower. */
bool ls_patch_narrow(ls_arena *arena, const ls_findings *findings, ls_patch *patch);

#endif
