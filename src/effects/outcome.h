/*
 * outcome.h - an outcome summed up, as the lock timeline tells it.
 */
#ifndef LS_EFFECTS_OUTCOME_H
#define LS_EFFECTS_OUTCOME_H

#include "effects/effects.h"

typedef struct {
    const char *name;  /* "public.users" */
    ls_relation_id id; /* 0 for an index that the statement creates */
    int passes;        /* scans: how often the heap is read */
} ls_named_work;
typedef LS_VECTOR(ls_named_work) ls_named_works;

/* Relations whose whole heap is written anew. */
ls_named_works ls_outcome_rewrites(ls_arena *arena, const ls_outcome *outcome);

/* Tables that are read from end to end while the lock is held: to verify, to build, to copy rows.
 * What a query or a data change reads itself is not among them. */
ls_named_works ls_outcome_scans(ls_arena *arena, const ls_outcome *outcome);

/* Indexes that are built or built again. */
ls_named_works ls_outcome_builds(ls_arena *arena, const ls_outcome *outcome);

#endif
