/*
 * worked.h - which relations a statement works through, as the lock timeline tells it.
 */
#ifndef LS_REPORT_WORKED_H
#define LS_REPORT_WORKED_H

#include "effects/effects.h"

typedef enum {
    LS_WORKED_REWRITES, /* the whole heap is written anew */
    LS_WORKED_SCANS,    /* tables that are read from end to end, except by a query */
    LS_WORKED_BUILDS,   /* indexes that are built or built again */
} ls_worked;

/* Their names, each once, in the order of the work. */
ls_words ls_worked_on(ls_arena *arena, const ls_outcome *outcome, ls_worked worked);

#endif
