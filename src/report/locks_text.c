/*
 * locks_text.c - the lock timeline for people: statement by statement the locks and the work done
 * under them, then a picture of the file (picture.h).
 */
#include "report/closing.h"
#include "report/escape.h"
#include "report/picture.h"
#include "report/timeline.h"
#include "report/worked.h"

#include <string.h>

enum {
    INDENT = 6,
    NAME_WIDTH_LIMIT = 40, /* a longer name pushes its row to the right */
    SHORTEST_HEAD = 20,
};

typedef struct {
    ls_buffer *out;
    const ls_text_style *style;
    ls_arena *arena;
} locks_report;

static ls_paint paint_of(ls_lock_mode mode) {
    if (ls_lock_blocks_reads(mode))
        return LS_PAINT_ERROR;
    return ls_lock_blocks_writes(mode) ? LS_PAINT_WARNING : LS_PAINT_GUTTER;
}

static size_t name_cells(const char *name) {
    size_t cells = ls_escape_first(NULL, name);
    return cells < NAME_WIDTH_LIMIT ? cells : NAME_WIDTH_LIMIT;
}

static void write_name(locks_report *locks, const char *name, size_t width) {
    size_t cells = ls_escape_first(locks->out, name);
    ls_buffer_fill(locks->out, ' ', cells < width ? width - cells : 0);
}

/* --- Statements ----------------------------------------------------------------------------- */

/* The statement's start on one line, as far as it fits. */
static void write_head(locks_report *locks, const ls_source *source, ls_span at) {
    size_t width = locks->style->width;
    size_t room = width > INDENT + SHORTEST_HEAD ? width - INDENT : SHORTEST_HEAD;
    ls_buffer head = {0};
    bool blank = false;
    uint32_t offset = at.begin;
    for (; offset < at.end && head.length < room; offset++) {
        bool is_blank = strchr(" \t\r\n", source->text[offset]) != NULL;
        if (!is_blank || !blank)
            ls_buffer_add(&head, is_blank ? " " : source->text + offset, 1);
        blank = is_blank;
    }
    while (offset < at.end && ((unsigned char)source->text[offset] & 0xC0) == 0x80)
        ls_buffer_add(&head, source->text + offset++, 1);
    bool cut = offset < at.end;
    ls_paint_begin(locks->out, locks->style, LS_PAINT_STRONG);
    ls_escape(locks->out, head.text, cut ? head.length - strlen("...") : head.length);
    ls_buffer_string(locks->out, cut ? "...\n" : "\n");
    ls_paint_end(locks->out, locks->style);
    ls_buffer_free(&head);
}

static const char *waiting(ls_lock_mode mode) {
    if (ls_lock_blocks_reads(mode))
        return "  reads and writes wait";
    return ls_lock_blocks_writes(mode) ? "  writes wait" : "";
}

static void write_locks(locks_report *locks, const ls_outcome *outcome) {
    size_t names = 0, modes = 0;
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks)) {
        size_t name = name_cells(lock->relation.name), mode = strlen(ls_lock_name(lock->mode));
        names = name > names ? name : names;
        modes = mode > modes ? mode : modes;
    }
    const char *until = outcome->in_transaction ? "until commit" : "for the statement";
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks)) {
        ls_buffer_fill(locks->out, ' ', INDENT);
        write_name(locks, lock->relation.name, names);
        ls_buffer_string(locks->out, "  ");
        ls_paint_begin(locks->out, locks->style, paint_of(lock->mode));
        ls_buffer_format(locks->out, "%-*s", (int)modes, ls_lock_name(lock->mode));
        ls_paint_end(locks->out, locks->style);
        ls_buffer_format(locks->out, "  %s%s\n", until, waiting(lock->mode));
    }
}

static void write_line(locks_report *locks, const char *name, const char *text) {
    ls_buffer_fill(locks->out, ' ', INDENT);
    ls_buffer_format(locks->out, "%s ", name);
    ls_wrap_line(locks->out, locks->style, INDENT + strlen(name) + 1, text);
}

static void write_worked(locks_report *locks, const ls_outcome *outcome, ls_worked worked,
                         const char *name) {
    ls_words relations = ls_worked_on(locks->arena, outcome, worked);
    if (relations.count == 0)
        return;
    ls_buffer line = {0};
    for (size_t i = 0; i < relations.count; i++) {
        ls_buffer_string(&line, i == 0 ? "" : ", ");
        ls_escape_string(&line, relations.items[i]);
    }
    write_line(locks, name, line.text);
    ls_buffer_free(&line);
}

static void write_statement(locks_report *locks, const ls_source *source,
                            const ls_timeline_entry *entry) {
    const ls_outcome *outcome = entry->outcome;
    ls_span at = entry->statement->at;
    unsigned long line = ls_source_position(source, at.begin).line;
    ls_paint_begin(locks->out, locks->style, LS_PAINT_GUTTER);
    ls_buffer_format(locks->out, "%*lu  ", INDENT - 2, line);
    ls_paint_end(locks->out, locks->style);
    write_head(locks, source, at);
    write_locks(locks, outcome);
    if (outcome->locks.count == 0 && outcome->analysed)
        ls_buffer_format(locks->out, "%*sno lock on a relation that was there before\n", INDENT,
                         "");
    write_worked(locks, outcome, LS_WORKED_REWRITES, "rewrites");
    write_worked(locks, outcome, LS_WORKED_SCANS, "scans");
    write_worked(locks, outcome, LS_WORKED_BUILDS, "builds");
    if (!outcome->analysed)
        write_line(locks, "not analysed:", "its locks are not known");
    if (outcome->refused != NULL)
        write_line(locks, "fails:", outcome->refused);
    for (size_t i = 0; i < outcome->assumptions.count; i++)
        write_line(locks, "assumed:", outcome->assumptions.items[i]);
}

/* --- Files ---------------------------------------------------------------------------------- */

/* The name does not begin the line: one that starts with :: would be a command to GitHub. */
static void write_file(locks_report *locks, const ls_timeline_file *file) {
    ls_buffer_string(locks->out, "In ");
    ls_paint_begin(locks->out, locks->style, LS_PAINT_STRONG);
    ls_escape_string(locks->out, file->source->name);
    ls_paint_end(locks->out, locks->style);
    ls_buffer_format(locks->out, ", %s:\n", ls_transaction_in_words(file->transaction));
    if (file->statements.count == 0)
        ls_buffer_string(locks->out, "  no statements\n");
    for (LS_EACH(const ls_timeline_entry, entry, file->statements))
        write_statement(locks, file->source, entry);
    ls_buffer_string(locks->out, "\n");
    ls_picture_draw(locks->out, locks->style, file);
}

void ls_report_locks_text(ls_buffer *out, const ls_report *report, const ls_text_style *style) {
    locks_report locks = {.out = out, .style = style, .arena = ls_arena_new()};
    for (LS_EACH(const ls_timeline_file, file, report->timeline))
        write_file(&locks, file);
    ls_write_coverage(out, report, style);
    ls_arena_free(locks.arena);
}
