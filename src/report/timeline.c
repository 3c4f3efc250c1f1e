#include "report/timeline.h"

bool ls_others_know(const ls_touched *relation) {
    return relation->origin != LS_ORIGIN_NEW_IN_FILE;
}

bool ls_lock_keeps_waiting(const ls_relation_lock *lock) {
    return ls_others_know(&lock->relation) &&
           (ls_lock_blocks_reads(lock->mode) || ls_lock_blocks_writes(lock->mode));
}

static const char *key_of(ls_arena *arena, const ls_source *source, ls_span statement) {
    return ls_arena_format(arena, "%p %u %u", (const void *)source, statement.begin, statement.end);
}

ls_findings_index ls_index_findings(ls_arena *arena, const ls_findings *findings) {
    ls_findings_index index = {.arena = arena, .findings = findings};
    for (LS_EACH(const ls_finding, finding, *findings)) {
        const char *key = key_of(arena, finding->source, finding->statement_at);
        ls_statement_findings *known = ls_map_get(&index.by_statement, key);
        if (known == NULL) {
            known = LS_NEW(arena, ls_statement_findings);
            ls_map_set(arena, &index.by_statement, key, known);
        }
        LS_PUSH(arena, known, finding);
    }
    return index;
}

ls_statement_findings ls_findings_in(const ls_findings_index *index, const ls_timeline_file *file,
                                     const ls_timeline_entry *entry) {
    const ls_statement_findings *known =
        ls_map_get(&index->by_statement, key_of(index->arena, file->source, entry->statement->at));
    return known == NULL ? (ls_statement_findings){0} : *known;
}

bool ls_entry_matters(const ls_findings_index *index, const ls_timeline_file *file,
                      const ls_timeline_entry *entry) {
    for (LS_EACH(const ls_relation_lock, lock, entry->outcome->locks))
        if (ls_lock_keeps_waiting(lock))
            return true;
    return !entry->outcome->analysed || ls_findings_in(index, file, entry).count > 0;
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
