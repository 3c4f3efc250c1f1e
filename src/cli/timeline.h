/*
 * timeline.h - outcomes kept for the lock timeline: a replay forgets each at the next statement.
 */
#ifndef LS_CLI_TIMELINE_H
#define LS_CLI_TIMELINE_H

#include "report/report.h"

/* The timeline of one migration on its way into the report: each of its texts by itself, as often
 * as the migration comes to it. */
typedef struct {
    ls_arena *arena;
    ls_report *report;
    uint32_t first; /* of the migration, in the report */
    ls_timeline_file open;
} ls_timeline_drawing;

ls_timeline_drawing ls_timeline_begin(ls_arena *arena, ls_report *report, const ls_script *script);

/* Adds a statement: what can be told of it when the replay has gone on. */
void ls_timeline_add(ls_timeline_drawing *drawing, const ls_outcome *outcome);

/* With the outcome of the migration as a whole. */
void ls_timeline_end(ls_timeline_drawing *drawing, const ls_outcome *whole);

#endif
