/*
 * consequence.c - the first statement with a finding as bad as the worst that makes somebody wait
 * for work speaks for all; without one, the worst finding does.
 */
#include "report/consequence.h"

/* What takes as long as the relation is large. */
static const char *work_under(const ls_outcome *outcome, const ls_relation_lock *lock) {
    ls_relation_id id = lock->relation.id;
    for (LS_EACH(const ls_work_done, done, outcome->work)) {
        if (done->work == LS_WORK_REWRITE && done->relation.id == id)
            return "writes all of it anew";
        if (done->work == LS_WORK_BUILD && done->table.id == id)
            return "builds an index on it";
        if (done->work == LS_WORK_SCAN && done->relation.id == id && !done->by_query)
            return "reads all of it";
    }
    return NULL;
}

/* The strongest lock that is held while work is done. */
static ls_consequence consequence_of(const ls_outcome *outcome) {
    ls_consequence worst = {0};
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks)) {
        const char *work = ls_lock_keeps_waiting(lock) ? work_under(outcome, lock) : NULL;
        if (work != NULL && (worst.lock == NULL || lock->mode > worst.lock->mode))
            worst = (ls_consequence){.lock = lock, .work = work};
    }
    return worst;
}

static const ls_finding *worst_finding(const ls_report *report) {
    const ls_finding *worst = NULL;
    for (LS_EACH(const ls_finding, finding, report->findings))
        if (worst == NULL || finding->severity < worst->severity)
            worst = finding;
    return worst;
}

/* The finding of this severity that the statement has. */
static const ls_finding *finding_as_bad(const ls_findings_index *index,
                                        const ls_timeline_file *file,
                                        const ls_timeline_entry *entry, ls_severity severity) {
    const ls_statement_findings findings = ls_findings_in(index, file, entry);
    for (size_t i = 0; i < findings.count; i++)
        if (findings.items[i]->severity == severity)
            return findings.items[i];
    return NULL;
}

ls_consequence ls_consequence_of(const ls_findings_index *index, const ls_report *report) {
    const ls_finding *worst = worst_finding(report);
    if (worst == NULL)
        return (ls_consequence){0};
    for (LS_EACH(const ls_timeline_file, file, report->timeline))
        for (LS_EACH(const ls_timeline_entry, entry, file->statements)) {
            ls_consequence found = consequence_of(entry->outcome);
            if (found.lock != NULL)
                found.finding = finding_as_bad(index, file, entry, worst->severity);
            if (found.finding != NULL)
                return found;
        }
    return (ls_consequence){.finding = worst};
}

const char *ls_consequence_verb(const ls_consequence *consequence) {
    return ls_lock_blocks_reads(consequence->lock->mode) ? "can be neither read nor written"
                                                         : "cannot be written";
}
