/*
 * told.h - what is told in full, and what in short.
 *
 * Twenty frames teach what a rule is about, and the next hundred are a wall that nobody reads: what
 * a rule finds after them is a line each. A script of thirty lines teaches once.
 */
#ifndef LS_REPORT_TOLD_H
#define LS_REPORT_TOLD_H

#include "report/groups.h"

typedef struct {
    bool in_short;               /* as one line */
    uint32_t short_ones;         /* the last of its rule in full: how many follow in short */
    const ls_finding *long_help; /* the one under which the same long help stands; NULL: here */
} ls_telling;

/* The lines of a help or a script. */
size_t ls_count_lines(const char *script);

/* How each of the groups is told. `in_full`: none in short. */
const ls_telling *ls_choose_telling(ls_arena *arena, const ls_finding_groups *groups, bool in_full);

#endif
