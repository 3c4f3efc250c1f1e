/*
 * markdown_locks.c - who waits for what, as a table and as a sentence.
 *
 * Only what is known is told: a statement that was not analysed has no locks here, and its row says
 * so.
 */
#include "report/markdown.h"

#include "report/consequence.h"
#include "report/escape.h"
#include "report/escape_markdown.h"
#include "report/picture.h"
#include "report/worked.h"
#include "sql/one_line.h"

#include <string.h>

enum {
    STATEMENT_CELLS = 60,
    NAME_CELLS = 60,
    NAMES_SHOWN = 4,     /* in a cell */
    PICTURE_WIDTH = 100, /* of a comment, in characters */
};

/* --- Cells ----------------------------------------------------------------------------------- */

static void write_locks(ls_markdown *markdown, const ls_outcome *outcome) {
    size_t count = 0;
    ls_lock_mode before = LS_LOCK_NONE;
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks)) {
        if (!ls_lock_keeps_waiting(lock) || ++count > NAMES_SHOWN)
            continue;
        if (lock->mode == before)
            ls_buffer_string(markdown->out, ", ");
        else
            ls_buffer_format(markdown->out, "%s%s \xE2\x86\x92 ", count > 1 ? "<br>" : "",
                             ls_lock_name(lock->mode));
        before = lock->mode;
        ls_escape_cell_code(markdown->out, lock->relation.name, NAME_CELLS);
    }
    if (count > NAMES_SHOWN)
        ls_buffer_format(markdown->out, "<br>and %zu more", count - NAMES_SHOWN);
    if (!outcome->analysed)
        ls_buffer_string(markdown->out, "not analysed: not known");
}

static void write_worked(ls_markdown *markdown, const ls_outcome *outcome, ls_worked worked,
                         const char *verb, bool *is_first) {
    ls_words names = ls_worked_on(markdown->arena, outcome, worked);
    if (names.count == 0)
        return;
    ls_buffer_format(markdown->out, "%s%s ", *is_first ? "" : "<br>", verb);
    *is_first = false;
    for (size_t i = 0; i < names.count && i < NAMES_SHOWN; i++) {
        ls_buffer_string(markdown->out, i == 0 ? "" : ", ");
        ls_escape_cell_code(markdown->out, names.items[i], NAME_CELLS);
    }
    if (names.count > NAMES_SHOWN)
        ls_buffer_format(markdown->out, " and %u more", names.count - NAMES_SHOWN);
}

static void write_work(ls_markdown *markdown, const ls_outcome *outcome) {
    bool is_first = true;
    write_worked(markdown, outcome, LS_WORKED_REWRITES, "rewrites", &is_first);
    write_worked(markdown, outcome, LS_WORKED_SCANS, "scans", &is_first);
    write_worked(markdown, outcome, LS_WORKED_BUILDS, "builds", &is_first);
}

static void write_waits(ls_markdown *markdown, const ls_outcome *outcome,
                        bool (*blocks_them)(ls_lock_mode)) {
    const char *answer = outcome->analysed ? "go on" : "?";
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks))
        if (ls_others_know(&lock->relation) && blocks_them(lock->mode))
            answer = "wait";
    ls_buffer_format(markdown->out, " | %s", answer);
}

static void write_rules(ls_markdown *markdown, const ls_timeline_file *file,
                        const ls_timeline_entry *entry) {
    const ls_statement_findings findings = ls_findings_in(&markdown->index, file, entry);
    for (size_t i = 0; i < findings.count; i++) {
        ls_buffer_string(markdown->out, i == 0 ? "" : "<br>");
        ls_write_rule(markdown->out, findings.items[i]);
    }
}

static void write_row(ls_markdown *markdown, const ls_timeline_file *file,
                      const ls_timeline_entry *entry) {
    const ls_outcome *outcome = entry->outcome;
    ls_span at = entry->statement->at;
    ls_buffer_format(markdown->out, "| %u | ", ls_source_position(file->source, at.begin).line);
    ls_escape_cell_code(markdown->out, ls_on_one_line(markdown->arena, file->source, at),
                        STATEMENT_CELLS);
    ls_buffer_string(markdown->out, " | ");
    write_locks(markdown, outcome);
    ls_buffer_format(markdown->out, " | %s | ",
                     outcome->locks.count == 0 ? ""
                     : outcome->in_transaction ? "to the commit"
                                               : "for the statement");
    write_work(markdown, outcome);
    write_waits(markdown, outcome, ls_lock_blocks_reads);
    write_waits(markdown, outcome, ls_lock_blocks_writes);
    ls_buffer_string(markdown->out, " | ");
    write_rules(markdown, file, entry);
    ls_buffer_string(markdown->out, " |\n");
}

/* --- Tables ---------------------------------------------------------------------------------- */

static void begin_table(ls_markdown *markdown, const ls_timeline_file *file) {
    ls_buffer_string(markdown->out, "In ");
    ls_escape_code_span(markdown->out, file->source->name);
    ls_buffer_string(markdown->out,
                     ":\n\n"
                     "| Line | Statement | Lock | Held | Work | Reads | Writes | Finding |\n"
                     "|--:|---|---|---|---|:-:|:-:|---|\n");
}

static void draw(ls_markdown *markdown, const ls_timeline_file *file) {
    static const ls_text_style STYLE = {.colour = LS_COLOUR_NEVER, .width = PICTURE_WIDTH};
    ls_buffer picture = {0};
    ls_picture_draw(&picture, &STYLE, file);
    if (picture.length > 0) {
        picture.text[--picture.length] = 0; /* without its empty line */
        ls_write_code_block(markdown->out, "text", picture.text);
        ls_buffer_string(markdown->out, "\n");
    }
    ls_buffer_free(&picture);
}

static size_t count_shown(const ls_markdown *markdown, const ls_timeline_file *file) {
    size_t count = 0;
    for (LS_EACH(const ls_timeline_entry, entry, file->statements))
        count += ls_entry_matters(&markdown->index, file, entry);
    return count;
}

static void write_table(ls_markdown *markdown, const ls_timeline_file *file, size_t rows) {
    begin_table(markdown, file);
    for (LS_EACH(const ls_timeline_entry, entry, file->statements))
        if (rows > 0 && ls_entry_matters(&markdown->index, file, entry)) {
            write_row(markdown, file, entry);
            rows--;
        }
    ls_buffer_string(markdown->out, "\n");
}

void ls_write_locks(ls_markdown *markdown, bool with_pictures) {
    const ls_report *report = markdown->view->report;
    size_t shown = 0;
    for (LS_EACH(const ls_timeline_file, file, report->timeline)) {
        size_t count = count_shown(markdown, file);
        if (count > 0 && shown < markdown->rows) {
            write_table(markdown, file, markdown->rows - shown);
            if (with_pictures)
                draw(markdown, file);
        }
        shown += count;
    }
    ls_write_more(markdown, shown, "more statement");
}

/* --- In one sentence ------------------------------------------------------------------------- */

static void write_place(ls_markdown *markdown, const ls_finding *finding) {
    ls_position at = ls_source_position(finding->source, finding->at.begin);
    ls_buffer_format(markdown->out, "line %u of ", at.line);
    ls_escape_code_span(markdown->out, finding->source->name);
}

void ls_write_consequence(ls_markdown *markdown) {
    const ls_consequence found = ls_consequence_of(&markdown->index, markdown->view->report);
    if (found.finding == NULL)
        return;
    if (found.lock != NULL) {
        ls_escape_code_span(markdown->out, found.lock->relation.name);
        ls_buffer_format(markdown->out, " %s while ", ls_consequence_verb(&found));
        write_place(markdown, found.finding);
        ls_buffer_format(markdown->out, " %s.", found.work);
        return;
    }
    ls_buffer_string(markdown->out, "In ");
    write_place(markdown, found.finding);
    ls_buffer_string(markdown->out, ": ");
    ls_escape_markdown(markdown->out, found.finding->message);
    ls_buffer_string(markdown->out, ".");
}
