/*
 * html.c - the whole report as one page: the verdict, then file by file who waits for what and what
 * was found, then what is waived and what all of it rests on.
 */
#include "report/closing.h"
#include "report/consequence.h"
#include "report/escape.h"
#include "report/finding_frames.h"
#include "report/formats.h"
#include "report/html_locks.h"
#include "report/page.h"

#include <string.h>

static const ls_text_style PLAIN = {.colour = LS_COLOUR_NEVER, .width = 120};

typedef struct {
    ls_buffer *out;
    const ls_report_view *view;
    const ls_report *report;
    ls_arena *arena;
    ls_findings_index index;
} html_page;

/* --- Findings -------------------------------------------------------------------------------- */

/* Its line ends are blanks here: where lines end is the page's to say. */
static void write_line(html_page *page, const char *name, const char *text) {
    if (text == NULL || text[0] == 0)
        return;
    char *line = ls_arena_string(page->arena, text);
    for (char *end = line; (end = strchr(end, '\n')) != NULL;)
        *end = ' ';
    ls_buffer_format(page->out, "<p><strong>%s:</strong> ", name);
    ls_escape_markup(page->out, line);
    ls_buffer_string(page->out, "</p>\n");
}

static void write_frames(html_page *page, const ls_finding *finding) {
    ls_buffer frames = {0};
    ls_write_finding_frames(&frames, &PLAIN, page->arena, finding);
    ls_write_preformatted(page->out, frames.text);
    ls_buffer_free(&frames);
}

static void write_trace(html_page *page, const ls_shown_trace *trace) {
    if (trace->count == 0)
        return;
    ls_buffer_string(page->out, "<p><strong>How it goes wrong:</strong></p>\n<ol>\n");
    for (LS_EACH(const ls_shown_step, step, *trace)) {
        ls_buffer_string(page->out, "<li>");
        ls_escape_markup(page->out, step->text);
        if (step->state[0] != 0) {
            ls_buffer_string(page->out, " <code>");
            ls_escape_markup(page->out, step->state);
            ls_buffer_string(page->out, "</code>");
        }
        ls_buffer_string(page->out, "</li>\n");
    }
    ls_buffer_string(page->out, "</ol>\n");
}

static void write_help(html_page *page, const ls_finding *finding) {
    if (finding->help == NULL || finding->help[0] == 0)
        return;
    ls_buffer_string(page->out, "<details><summary>What to write instead</summary>\n");
    ls_write_preformatted(page->out, finding->help);
    ls_buffer_string(page->out, "</details>\n");
}

static void write_finding(html_page *page, const ls_finding *finding) {
    const char *severity = ls_severity_name(finding->severity);
    ls_buffer_format(page->out, "<article class=\"%s\" id=\"finding-%zu\">\n<h3>%s: ", severity,
                     (size_t)(finding - page->report->findings.items) + 1, severity);
    ls_escape_markup(page->out, finding->message);
    ls_buffer_string(page->out, "</h3>\n<p><code>");
    ls_escape_markup(page->out, finding->rule->id);
    ls_buffer_string(page->out, "</code></p>\n");
    write_frames(page, finding);
    write_line(page, "Who waits", finding->waits);
    write_trace(page, &finding->trace);
    write_line(page, "Why", finding->rule->why);
    write_help(page, finding);
    for (LS_EACH(const char *const, note, finding->notes))
        write_line(page, "Note", *note);
    ls_buffer_string(page->out, "</article>\n");
}

/* --- Files ----------------------------------------------------------------------------------- */

static const ls_timeline_file *timeline_of(const ls_report *report, const ls_source *source) {
    for (LS_EACH(const ls_timeline_file, file, report->timeline))
        if (file->source == source)
            return file;
    return NULL;
}

static void begin_file(html_page *page, const ls_source *source) {
    ls_buffer_string(page->out, "<section>\n<h2>");
    ls_escape_markup(page->out, source->name);
    ls_buffer_string(page->out, "</h2>\n");
    const ls_timeline_file *file = timeline_of(page->report, source);
    if (file != NULL)
        ls_write_file_locks(page->out, &page->index, file,
                            (size_t)(file - page->report->timeline.items) + 1);
}

/* Findings stand by file, in the order of the run. */
static void write_files(html_page *page) {
    const ls_source *open = NULL;
    for (LS_EACH(const ls_finding, finding, page->report->findings)) {
        if (finding->source != open) {
            ls_buffer_string(page->out, open == NULL ? "" : "</section>\n");
            begin_file(page, finding->source);
            open = finding->source;
        }
        write_finding(page, finding);
    }
    ls_buffer_string(page->out, open == NULL ? "" : "</section>\n");
}

static bool has_findings(const ls_report *report, const ls_source *source) {
    for (LS_EACH(const ls_finding, finding, report->findings))
        if (finding->source == source)
            return true;
    return false;
}

/* What locks without a finding is worth a look, too; folded, as it is fine. */
static void write_quiet_files(html_page *page) {
    for (LS_EACH(const ls_timeline_file, file, page->report->timeline)) {
        ls_buffer locks = {0};
        if (!has_findings(page->report, file->source))
            ls_write_file_locks(&locks, &page->index, file,
                                (size_t)(file - page->report->timeline.items) + 1);
        if (locks.length > 0) {
            ls_buffer_string(page->out, "<details><summary>The locks of <code>");
            ls_escape_markup(page->out, file->source->name);
            ls_buffer_string(page->out, page->report->plans.count > 0
                                            ? "</code></summary>\n"
                                            : "</code>, where nothing was found</summary>\n");
            ls_buffer_add(page->out, locks.text, locks.length);
            ls_buffer_string(page->out, "</details>\n");
        }
        ls_buffer_free(&locks);
    }
}

/* --- What it rests on ------------------------------------------------------------------------ */

static void write_waived(html_page *page) {
    if (page->report->waived.count == 0)
        return;
    ls_buffer_string(page->out, "<section>\n<h2>Waived</h2>\n");
    ls_begin_wide(page->out, "What is waived");
    ls_buffer_string(page->out, "<table border=\"1\" cellpadding=\"6\" cellspacing=\"0\">\n"
                                "<caption>Findings that do not count, and why</caption>\n"
                                "<thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Place</th>"
                                "<th scope=\"col\">Because</th></tr></thead>\n<tbody>\n");
    for (LS_EACH(const ls_waived_finding, waived, page->report->waived)) {
        const ls_finding *finding = &waived->finding;
        ls_buffer_string(page->out, "<tr><td><code>");
        ls_escape_markup(page->out, finding->rule->id);
        ls_buffer_string(page->out, "</code></td><td><code>");
        ls_escape_markup(page->out, finding->source->name);
        ls_buffer_format(
            page->out, ":%lu</code></td><td>",
            (unsigned long)ls_source_position(finding->source, finding->at.begin).line);
        ls_escape_markup(page->out, waived->reason != NULL ? waived->reason : "in the baseline");
        ls_buffer_string(page->out, "</td></tr>\n");
    }
    ls_buffer_string(page->out, "</tbody>\n</table>\n");
    ls_end_wide(page->out);
    ls_buffer_string(page->out, "</section>\n");
}

static void write_place(html_page *page, const ls_finding *finding) {
    ls_buffer_format(page->out, "line %u of <code>",
                     ls_source_position(finding->source, finding->at.begin).line);
    ls_escape_markup(page->out, finding->source->name);
    ls_buffer_string(page->out, "</code>");
}

/* What traffic has to bear, in one sentence. */
static void write_consequence(html_page *page) {
    const ls_consequence found = ls_consequence_of(&page->index, page->report);
    if (found.finding == NULL)
        return;
    ls_buffer_format(page->out, "<p class=\"lead %s\"><strong>",
                     ls_severity_name(found.finding->severity));
    if (found.lock != NULL) {
        ls_buffer_string(page->out, "<code>");
        ls_escape_markup(page->out, found.lock->relation.name);
        ls_buffer_format(page->out, "</code> %s while ", ls_consequence_verb(&found));
        write_place(page, found.finding);
        ls_buffer_format(page->out, " %s.", found.work);
    } else {
        ls_buffer_string(page->out, "In ");
        write_place(page, found.finding);
        ls_buffer_string(page->out, ": ");
        ls_escape_markup(page->out, found.finding->message);
        ls_buffer_string(page->out, ".");
    }
    ls_buffer_string(page->out, "</strong></p>\n");
}

static void write_heading(html_page *page) {
    ls_buffer_format(page->out, "<h1>lockstep: %s</h1>\n<p>",
                     ls_run_is_blocked(page->view) ? "blocked" : "passes");
    ls_escape_markup(page->out, ls_verdict_text(page->arena, page->report));
    ls_buffer_string(page->out, ".</p>\n");
    write_consequence(page);
    ls_buffer_string(page->out, "<p>Coverage: ");
    ls_escape_markup(page->out, ls_coverage_text(page->arena, page->report));
    ls_buffer_string(page->out, ".</p>\n");
}

void ls_print_html(ls_buffer *out, const ls_report_view *view) {
    html_page page = {.out = out, .view = view, .report = view->report, .arena = ls_arena_new()};
    page.index = ls_index_findings(page.arena, &view->report->findings);
    ls_begin_page(out, "lockstep report");
    write_heading(&page);
    write_files(&page);
    for (LS_EACH(const ls_report_plan, plan, view->report->plans))
        ls_write_plan_section(out, plan, 2);
    for (LS_EACH(const ls_report_plan, plan, view->report->rollouts))
        ls_write_plan_section(out, plan, 2);
    write_quiet_files(&page);
    write_waived(&page);
    ls_buffer_format(out, "<p>lockstep %s, for PostgreSQL %d</p>\n", LOCKSTEP_VERSION,
                     view->report->postgres);
    ls_end_page(out);
    ls_arena_free(page.arena);
}
