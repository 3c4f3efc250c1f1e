/*
 * timeline.h - what reports ask of the lock timeline.
 */
#ifndef LS_REPORT_TIMELINE_H
#define LS_REPORT_TIMELINE_H

#include "report/report.h"

/* Keeps plain reads or writes waiting. */
bool ls_lock_keeps_waiting(const ls_relation_lock *lock);

/* The finding stands in that statement. */
bool ls_finding_is_in(const ls_finding *finding, const ls_timeline_file *file,
                      const ls_timeline_entry *entry);

/* The statement keeps somebody waiting, has a finding, or is not known. */
bool ls_entry_matters(const ls_report *report, const ls_timeline_file *file,
                      const ls_timeline_entry *entry);

/* "one transaction is around the file" */
const char *ls_transaction_in_words(ls_transaction_mode mode);

#endif
