#include "cli/timeline.h"

static ls_touched copy_touched(ls_arena *arena, ls_touched touched) {
    touched.name = ls_arena_string(arena, touched.name);
    return touched;
}

static const ls_outcome *copy(ls_arena *arena, const ls_outcome *outcome) {
    ls_outcome *copied = LS_NEW(arena, ls_outcome);
    copied->statement = outcome->statement;
    copied->source = outcome->source;
    copied->in_transaction = outcome->in_transaction;
    copied->transaction = outcome->transaction;
    copied->analysed = outcome->analysed;
    copied->forbidden_in_transaction = ls_arena_string(arena, outcome->forbidden_in_transaction);
    copied->refused = ls_arena_string(arena, outcome->refused);
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks)) {
        ls_relation_lock held = {copy_touched(arena, lock->relation), lock->mode, lock->at};
        LS_PUSH(arena, &copied->locks, held);
    }
    for (LS_EACH(const ls_work_done, work, outcome->work)) {
        ls_work_done done = *work;
        done.relation = copy_touched(arena, work->relation);
        done.table = copy_touched(arena, work->table);
        LS_PUSH(arena, &copied->work, done);
    }
    for (size_t i = 0; i < outcome->assumptions.count; i++)
        LS_PUSH(arena, &copied->assumptions, ls_arena_string(arena, outcome->assumptions.items[i]));
    return copied;
}

/* The statement at its place in the file. */
static const ls_statement *placed(ls_arena *arena, const ls_statement *statement) {
    ls_statement *copied = LS_NEW(arena, ls_statement);
    *copied = *statement;
    copied->at = ls_source_origin(statement->source, statement->at);
    return copied;
}

ls_timeline_drawing ls_timeline_begin(ls_arena *arena, ls_report *report, const ls_script *script) {
    return (ls_timeline_drawing){.arena = arena,
                                 .report = report,
                                 .first = report->timeline.count,
                                 .open = {.source = script->source}};
}

static void close_text(ls_timeline_drawing *drawing) {
    LS_PUSH(drawing->arena, &drawing->report->timeline, drawing->open);
}

void ls_timeline_add(ls_timeline_drawing *drawing, const ls_outcome *outcome) {
    const ls_source *written = ls_source_written(outcome->statement->source);
    if (written != drawing->open.source) {
        if (drawing->open.statements.count > 0)
            close_text(drawing);
        drawing->open = (ls_timeline_file){.source = written};
    }
    const ls_timeline_entry entry = {
        .statement = placed(drawing->arena, outcome->statement),
        .outcome = copy(drawing->arena, outcome),
        .held_before = outcome->held.count,
    };
    LS_PUSH(drawing->arena, &drawing->open.statements, entry);
}

/* How the statements of one text are run, which the whole does not know. */
static ls_transaction_mode transaction_of(const ls_timeline_file *timeline,
                                          const ls_outcome *whole) {
    for (LS_EACH(const ls_timeline_entry, entry, timeline->statements))
        if (entry->outcome->transaction == LS_TRANSACTION_EXPLICIT)
            return LS_TRANSACTION_EXPLICIT;
    return whole->transaction;
}

void ls_timeline_end(ls_timeline_drawing *drawing, const ls_outcome *whole) {
    close_text(drawing);
    for (uint32_t i = drawing->first; i < drawing->report->timeline.count; i++) {
        ls_timeline_file *file = &drawing->report->timeline.items[i];
        file->transaction = transaction_of(file, whole);
    }
}
