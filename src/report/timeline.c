#include "report/timeline.h"

bool ls_lock_keeps_waiting(const ls_relation_lock *lock) {
    return ls_lock_blocks_reads(lock->mode) || ls_lock_blocks_writes(lock->mode);
}

bool ls_finding_is_in(const ls_finding *finding, const ls_timeline_file *file,
                      const ls_timeline_entry *entry) {
    ls_span at = entry->statement->at;
    return finding->source == file->source && finding->statement_at.begin == at.begin &&
           finding->statement_at.end == at.end;
}

static bool has_finding(const ls_report *report, const ls_timeline_file *file,
                        const ls_timeline_entry *entry) {
    for (LS_EACH(const ls_finding, finding, report->findings))
        if (ls_finding_is_in(finding, file, entry))
            return true;
    return false;
}

bool ls_entry_matters(const ls_report *report, const ls_timeline_file *file,
                      const ls_timeline_entry *entry) {
    for (LS_EACH(const ls_relation_lock, lock, entry->outcome->locks))
        if (ls_lock_keeps_waiting(lock))
            return true;
    return !entry->outcome->analysed || has_finding(report, file, entry);
}

const char *ls_transaction_in_words(ls_transaction_mode mode) {
    switch (mode) {
    case LS_TRANSACTION_PER_FILE:
        return "one transaction is around the file";
    case LS_TRANSACTION_PER_RUN:
        return "one transaction is around all files of the run";
    case LS_TRANSACTION_IMPLICIT:
        return "one query sends its statements, which makes them one transaction";
    case LS_TRANSACTION_EXPLICIT:
        return "its own BEGIN and COMMIT make the transactions";
    default:
        return "each statement is a transaction of its own";
    }
}
