/*
 * html_locks.c - each cell of the table is computed from PostgreSQL's table of conflicts: whether
 * the lock that the others ask for conflicts with one that the statement takes.
 */
#include "report/html_locks.h"

#include "report/escape.h"
#include "report/lock_svg.h"
#include "report/page.h"
#include "report/timeline.h"
#include "report/worked.h"
#include "sql/one_line.h"

#include <string.h>

enum { STATEMENT_CELLS = 90, NAMES_SHOWN = 6 };

/* Who else comes along, and what they ask for. */
static const struct {
    const char *who;
    ls_lock_mode asks;
} OTHERS[] = {
    {"SELECT", LS_ACCESS_SHARE},
    {"INSERT, UPDATE, DELETE", LS_ROW_EXCLUSIVE},
    {"VACUUM, ANALYZE, indexes CONCURRENTLY", LS_SHARE_UPDATE_EXCLUSIVE},
    {"CREATE INDEX", LS_SHARE},
    {"most ALTER TABLE", LS_ACCESS_EXCLUSIVE},
};
enum { OTHER_COUNT = sizeof OTHERS / sizeof *OTHERS };

static void write_waits(ls_buffer *out, const ls_outcome *outcome, ls_lock_mode asked) {
    bool waits = false;
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks))
        waits = waits || (ls_others_know(&lock->relation) && ls_locks_conflict(asked, lock->mode));
    if (waits)
        ls_buffer_string(out, "<td class=\"bad\" bgcolor=\"#ffebe9\">waits</td>");
    else if (outcome->analysed)
        ls_buffer_string(out, "<td class=\"good\" bgcolor=\"#dafbe1\">goes on</td>");
    else
        ls_buffer_string(out, "<td>not known</td>");
}

static void write_statement(ls_buffer *out, ls_arena *arena, const ls_source *source, ls_span at) {
    bool cut;
    const char *text = ls_on_one_line(arena, source, at);
    const size_t length = ls_fitting_length(text, STATEMENT_CELLS, &cut);
    ls_buffer_string(out, "<th scope=\"row\" align=\"left\"><code>");
    ls_escape_markup(out, ls_arena_copy(arena, text, length));
    ls_buffer_string(out, cut ? "...</code></th>" : "</code></th>");
}

static void write_locks(ls_buffer *out, const ls_outcome *outcome) {
    ls_buffer_string(out, "<td>");
    ls_lock_mode before = LS_LOCK_NONE;
    for (size_t i = 0; i < outcome->locks.count && i < NAMES_SHOWN; i++) {
        const ls_relation_lock *lock = &outcome->locks.items[i];
        if (lock->mode == before)
            ls_buffer_string(out, ", <code>");
        else
            ls_buffer_format(out, "%s%s on <code>", i == 0 ? "" : "<br>", ls_lock_name(lock->mode));
        before = lock->mode;
        ls_escape_markup(out, lock->relation.name);
        ls_buffer_string(out, "</code>");
    }
    if (outcome->locks.count > NAMES_SHOWN)
        ls_buffer_format(out, "<br>and %zu more", (size_t)outcome->locks.count - NAMES_SHOWN);
    if (!outcome->analysed)
        ls_buffer_string(out, "not analysed: not known");
    else if (outcome->locks.count > 0)
        ls_buffer_string(out,
                         outcome->in_transaction ? "<br>to the commit" : "<br>for the statement");
    ls_buffer_string(out, "</td>");
}

static void write_work(ls_buffer *out, ls_arena *arena, const ls_outcome *outcome) {
    static const char *const VERBS[] = {
        [LS_WORKED_REWRITES] = "rewrites",
        [LS_WORKED_SCANS] = "reads all of",
        [LS_WORKED_BUILDS] = "builds",
    };
    bool is_first = true;
    ls_buffer_string(out, "<td>");
    for (ls_worked worked = LS_WORKED_REWRITES; worked <= LS_WORKED_BUILDS; worked++) {
        const ls_words names = ls_worked_on(arena, outcome, worked);
        for (size_t i = 0; i < names.count && i < NAMES_SHOWN; i++) {
            ls_buffer_format(out, "%s%s <code>", is_first ? "" : "<br>", VERBS[worked]);
            ls_escape_markup(out, names.items[i]);
            ls_buffer_string(out, "</code>");
            is_first = false;
        }
        if (names.count > NAMES_SHOWN)
            ls_buffer_format(out, "<br>and %u more", names.count - NAMES_SHOWN);
    }
    ls_buffer_string(out, "</td>");
}

static void write_links(ls_buffer *out, const ls_findings_index *index,
                        const ls_timeline_file *file, const ls_timeline_entry *entry) {
    ls_buffer_string(out, "<td class=\"rules\">");
    const ls_statement_findings findings = ls_findings_in(index, file, entry);
    for (size_t i = 0; i < findings.count; i++) {
        const ls_finding *finding = findings.items[i];
        ls_buffer_format(out, "%s%s <a href=\"#finding-%zu\">", i == 0 ? "" : "<br>",
                         ls_severity_name(finding->severity),
                         (size_t)(finding - index->findings->items) + 1);
        ls_escape_markup(out, finding->rule->id);
        ls_buffer_string(out, "</a>");
    }
    ls_buffer_string(out, "</td>");
}

static void write_row(ls_buffer *out, const ls_findings_index *index, const ls_timeline_file *file,
                      const ls_timeline_entry *entry) {
    ls_arena *arena = ls_arena_new();
    const ls_span at = entry->statement->at;
    ls_buffer_format(out, "<tr><td align=\"right\">%lu</td>",
                     (unsigned long)ls_source_position(file->source, at.begin).line);
    write_statement(out, arena, file->source, at);
    write_locks(out, entry->outcome);
    write_work(out, arena, entry->outcome);
    for (size_t i = 0; i < OTHER_COUNT; i++)
        write_waits(out, entry->outcome, OTHERS[i].asks);
    write_links(out, index, file, entry);
    ls_buffer_string(out, "</tr>\n");
    ls_arena_free(arena);
}

static void write_table(ls_buffer *out, const ls_findings_index *index,
                        const ls_timeline_file *file) {
    ls_begin_wide(out, "Who waits, as a table");
    ls_buffer_string(out, "<table border=\"1\" cellpadding=\"6\" cellspacing=\"0\">\n"
                          "<caption>Who waits for each statement by itself</caption>\n"
                          "<thead><tr><th scope=\"col\">Line</th><th scope=\"col\">Statement</th>"
                          "<th scope=\"col\">Locks</th><th scope=\"col\">Work under them</th>");
    for (size_t i = 0; i < OTHER_COUNT; i++)
        ls_buffer_format(out, "<th scope=\"col\">%s</th>", OTHERS[i].who);
    ls_buffer_string(out, "<th scope=\"col\">Findings</th></tr></thead>\n<tbody>\n");
    for (LS_EACH(const ls_timeline_entry, entry, file->statements))
        if (ls_entry_matters(index, file, entry))
            write_row(out, index, file, entry);
    ls_buffer_string(out, "</tbody>\n</table>\n");
    ls_end_wide(out);
}

static bool has_rows(const ls_findings_index *index, const ls_timeline_file *file) {
    for (LS_EACH(const ls_timeline_entry, entry, file->statements))
        if (ls_entry_matters(index, file, entry))
            return true;
    return false;
}

void ls_write_file_locks(ls_buffer *out, const ls_findings_index *index,
                         const ls_timeline_file *file, size_t number) {
    if (!has_rows(index, file))
        return;
    ls_begin_wide(out, "The locks as a picture");
    ls_draw_locks(out, index, file, number);
    ls_end_wide(out);
    write_table(out, index, file);
}
