/*
 * timeline.h - what reports ask of the lock timeline.
 */
#ifndef LS_REPORT_TIMELINE_H
#define LS_REPORT_TIMELINE_H

#include "report/report.h"

/* Somebody else can know the relation: the migration has not made it itself. */
bool ls_others_know(const ls_touched *relation);

/* Keeps plain reads or writes of others waiting. */
bool ls_lock_keeps_waiting(const ls_relation_lock *lock);

/* Findings by the statement that they stand in: a file may have thousands of either. */
typedef LS_VECTOR(const ls_finding *) ls_statement_findings;
typedef struct {
    ls_arena *arena;
    const ls_findings *findings;
    ls_map by_statement;
} ls_findings_index;

/* The findings outlive the index, and do not move meanwhile. */
ls_findings_index ls_index_findings(ls_arena *arena, const ls_findings *findings);

ls_statement_findings ls_findings_in(const ls_findings_index *index, const ls_timeline_file *file,
                                     const ls_timeline_entry *entry);

/* The statement keeps somebody waiting, has a finding, or is not known. */
bool ls_entry_matters(const ls_findings_index *index, const ls_timeline_file *file,
                      const ls_timeline_entry *entry);

/* "one transaction is around the file" */
const char *ls_transaction_in_words(ls_transaction_mode mode);

#endif
