/*
 * consequence.h - what traffic has to bear, for the one sentence that a report begins with.
 */
#ifndef LS_REPORT_CONSEQUENCE_H
#define LS_REPORT_CONSEQUENCE_H

#include "report/timeline.h"

typedef struct {
    const ls_finding *finding;    /* NULL: nothing was found */
    const ls_relation_lock *lock; /* what waits; NULL: nothing that is known, only the finding */
    const char *work;             /* that is done meanwhile: "reads all of it" */
} ls_consequence;

ls_consequence ls_consequence_of(const ls_findings_index *index, const ls_report *report);

/* What its lock does: "cannot be written". */
const char *ls_consequence_verb(const ls_consequence *consequence);

#endif
