/*
 * intervals.h - from which statement to which a file holds each lock.
 */
#ifndef LS_REPORT_INTERVALS_H
#define LS_REPORT_INTERVALS_H

#include "report/report.h"

typedef struct {
    ls_relation_id relation;
    const char *name; /* of the relation when the lock was taken */
    ls_lock_mode mode;
    size_t first, last; /* statements of the timeline, both included */
    bool others_know;   /* see ls_others_know */
} ls_lock_interval;
typedef LS_VECTOR(ls_lock_interval) ls_lock_intervals;

/* In the order in which they are taken. A stronger mode on a relation is an interval of its own. */
ls_lock_intervals ls_intervals_of(ls_arena *arena, const ls_timeline_file *file);

#endif
