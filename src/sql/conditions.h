/*
 * conditions.h - psql's \if: which branches of a script are run.
 *
 * A condition that is a word of truth decides; one that only psql can know does not, and then all
 * of its branches are read.
 */
#ifndef LS_SQL_CONDITIONS_H
#define LS_SQL_CONDITIONS_H

#include "sql/psql.h"

enum { LS_MOST_CONDITIONS = 32 };

typedef struct {
    bool dead;     /* the present branch is not run */
    bool taken;    /* a branch before it was, for certain */
    bool doubtful; /* one before it may have been */
    bool certain;  /* the present branch is run for certain, where what it stands in is */
} ls_condition;

typedef struct {
    ls_condition open[LS_MOST_CONDITIONS];
    uint32_t depth; /* may be more than there is room for: what is so deep is read */
} ls_conditions;

/* Takes a command into account; `condition` is what stands behind \if and \elif, NULL where that
 * is not known. */
void ls_see_command(ls_conditions *conditions, ls_psql_kind kind, const char *condition);

/* Is what stands here run, or may it be? */
bool ls_is_run(const ls_conditions *conditions);

/* Is it run for certain? */
bool ls_is_surely_run(const ls_conditions *conditions);

#endif
