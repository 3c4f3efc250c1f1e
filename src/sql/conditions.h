/*
 * conditions.h - psql's \if: which branches of a script are run.
 *
 * A condition that is a word of truth decides; one that only psql can know does not, and then all
 * of its branches are read.
 */
#ifndef LS_SQL_CONDITIONS_H
#define LS_SQL_CONDITIONS_H

#include "sql/source.h"

enum { LS_MOST_CONDITIONS = 32 };

typedef struct {
    bool dead;  /* the present branch is not run */
    bool taken; /* a branch before it was, for certain */
} ls_condition;

typedef struct {
    ls_condition open[LS_MOST_CONDITIONS];
    uint32_t depth; /* may be more than there is room for: what is so deep is read */
} ls_conditions;

/* Takes a backslash command into account, from its backslash to the end of its line. */
void ls_see_command(ls_conditions *conditions, const char *text, ls_span command);

/* Is what stands here run, or may it be? */
bool ls_is_run(const ls_conditions *conditions);

/* Whether a command is the one of this name. */
bool ls_is_command(const char *text, ls_span command, const char *name);

#endif
