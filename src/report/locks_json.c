/*
 * locks_json.c - the lock timeline as JSON, version 1 of the contract.
 */
#include "report/json_value.h"
#include "report/report.h"
#include "report/worked.h"

enum { FORMAT_VERSION = 1 };

static json_t *lock_json(const ls_outcome *outcome, const ls_relation_lock *lock) {
    json_t *blocks = json_array();
    if (ls_lock_blocks_reads(lock->mode))
        json_array_append_new(blocks, ls_json_text("reads"));
    if (ls_lock_blocks_writes(lock->mode))
        json_array_append_new(blocks, ls_json_text("writes"));
    json_t *object = json_object();
    json_object_set_new(object, "relation", ls_json_text(lock->relation.name));
    json_object_set_new(object, "mode", ls_json_text(ls_lock_name(lock->mode)));
    const char *until = outcome->in_transaction ? "commit" : "statement";
    json_object_set_new(object, "held_until", ls_json_text(until));
    json_object_set_new(object, "blocks", blocks);
    return object;
}

static json_t *worked_on(const ls_outcome *outcome, ls_worked worked) {
    ls_arena *arena = ls_arena_new();
    ls_words names = ls_worked_on(arena, outcome, worked);
    json_t *array = json_array();
    for (size_t i = 0; i < names.count; i++)
        json_array_append_new(array, ls_json_text(names.items[i]));
    ls_arena_free(arena);
    return array;
}

static const char *statement_kind(const ls_statement *statement) {
    return statement->tag == NULL ? "unparsed" : statement->tag;
}

static json_t *statement_json(const ls_source *source, const ls_timeline_entry *entry) {
    const ls_outcome *outcome = entry->outcome;
    ls_span at = entry->statement->at;
    json_t *locks = json_array();
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks))
        json_array_append_new(locks, lock_json(outcome, lock));
    json_t *object = json_object();
    json_object_set_new(object, "line", ls_json_number(ls_source_position(source, at.begin).line));
    json_object_set_new(object, "end_line",
                        ls_json_number(ls_source_position(source, at.end).line));
    json_object_set_new(object, "kind", ls_json_text(statement_kind(entry->statement)));
    json_object_set_new(object, "locks", locks);
    json_object_set_new(object, "rewrites", worked_on(outcome, LS_WORKED_REWRITES));
    json_object_set_new(object, "scans", worked_on(outcome, LS_WORKED_SCANS));
    json_object_set_new(object, "builds", worked_on(outcome, LS_WORKED_BUILDS));
    bool forbidden = outcome->forbidden_in_transaction != NULL;
    json_object_set_new(object, "in_transaction",
                        ls_json_text(forbidden ? "forbidden" : "allowed"));
    json_object_set_new(object, "fails", ls_json_text_or_null(outcome->refused));
    bool exact = outcome->analysed && outcome->assumptions.count == 0;
    json_object_set_new(object, "certainty", ls_json_text(exact ? "exact" : "assumed"));
    return object;
}

static const char *transaction_name(ls_transaction_mode mode) {
    static const char *const NAMES[] = {
        [LS_TRANSACTION_PER_STATEMENT] = "statement",
        [LS_TRANSACTION_PER_FILE] = "file",
        [LS_TRANSACTION_PER_RUN] = "all",
        [LS_TRANSACTION_IMPLICIT] = "file",
        [LS_TRANSACTION_EXPLICIT] = "explicit",
    };
    return NAMES[mode];
}

static json_t *file_json(const ls_timeline_file *file) {
    json_t *statements = json_array();
    for (LS_EACH(const ls_timeline_entry, entry, file->statements))
        json_array_append_new(statements, statement_json(file->source, entry));
    json_t *object = json_object();
    json_object_set_new(object, "file", ls_json_text(file->source->name));
    json_object_set_new(object, "transaction", ls_json_text(transaction_name(file->transaction)));
    json_object_set_new(object, "statements", statements);
    return object;
}

void ls_report_locks_json(ls_buffer *out, const ls_report *report) {
    json_t *files = json_array();
    for (LS_EACH(const ls_timeline_file, file, report->timeline))
        json_array_append_new(files, file_json(file));
    json_t *document = json_object();
    json_object_set_new(document, "version", ls_json_number(FORMAT_VERSION));
    json_object_set_new(document, "postgres", json_integer(report->postgres));
    json_object_set_new(document, "files", files);
    ls_json_write(out, document);
}
