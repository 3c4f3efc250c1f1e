/*
 * markdown.c - the report for a pull request and for a job's summary: first what it means, then
 * what was found, then what it is made of.
 */
#include "report/markdown.h"

#include "report/closing.h"
#include "report/escape.h"
#include "report/escape_markdown.h"
#include "report/formats.h"

#include <ctype.h>
#include <string.h>

enum {
    COMMENT_ROOM = 60000, /* bytes; GitHub takes 65,536 characters */
    COMMENT_ROWS = 50,
    SUMMARY_ROOM = 1 << 20, /* of all that a step writes */
    SUMMARY_ROWS = 500,
};

/* --- Parts ----------------------------------------------------------------------------------- */

void ls_write_rule(ls_buffer *out, const ls_finding *finding) {
    const char *strong = finding->severity == LS_SEVERITY_ERROR ? "**" : "";
    ls_buffer_format(out, "%s%s%s ", strong, ls_severity_name(finding->severity), strong);
    ls_escape_code_span(out, finding->rule->id);
}

void ls_write_more(ls_markdown *markdown, size_t count, const char *noun) {
    if (count <= markdown->rows)
        return;
    ls_buffer_string(markdown->out, "\nand ");
    ls_count(markdown->out, count - markdown->rows, noun);
    ls_buffer_string(markdown->out, " not shown here\n");
}

static void write_heading(ls_markdown *markdown) {
    const ls_report_view *view = markdown->view;
    ls_buffer_format(markdown->out, "### lockstep: %s \xC2\xB7 ",
                     ls_run_is_blocked(view) ? "blocked" : "passes");
    ls_escape_markdown(markdown->out, ls_verdict_text(markdown->arena, view->report));
    ls_buffer_string(markdown->out, "\n\n");
    if (view->report->findings.count == 0)
        return;
    ls_buffer_format(markdown->out, "> [!%s]\n> ", ls_run_is_blocked(view) ? "CAUTION" : "WARNING");
    ls_write_consequence(markdown);
    ls_buffer_string(markdown->out, "\n\n");
}

static void write_finding(ls_markdown *markdown, const ls_finding *finding) {
    ls_position at = ls_source_position(finding->source, finding->at.begin);
    ls_buffer_string(markdown->out, "- ");
    ls_write_rule(markdown->out, finding);
    ls_buffer_string(markdown->out, " at ");
    ls_escape_code_span(markdown->out, ls_arena_format(markdown->arena, "%s:%u:%u",
                                                       finding->source->name, at.line, at.column));
    ls_buffer_string(markdown->out, ": ");
    ls_escape_markdown(markdown->out, finding->message);
    ls_buffer_string(markdown->out, "\n");
}

static void write_findings(ls_markdown *markdown) {
    const ls_findings *findings = &markdown->view->report->findings;
    for (size_t i = 0; i < findings->count && i < markdown->rows; i++)
        write_finding(markdown, &findings->items[i]);
    ls_write_more(markdown, findings->count, "more finding");
    ls_buffer_string(markdown->out, findings->count > 0 ? "\n" : "");
}

static void write_footer(ls_markdown *markdown) {
    ls_buffer_format(markdown->out, "<sub>lockstep %s \xC2\xB7 PostgreSQL %d</sub>\n",
                     LOCKSTEP_VERSION, markdown->view->report->postgres);
}

static void write_parts(ls_markdown *markdown, ls_detail detail) {
    markdown->index = ls_index_findings(markdown->arena, &markdown->view->report->findings);
    write_heading(markdown);
    if (detail >= LS_DETAIL_LOCKS)
        ls_write_locks(markdown, detail >= LS_DETAIL_PICTURES);
    if (detail >= LS_DETAIL_FINDINGS)
        write_findings(markdown);
    if (detail >= LS_DETAIL_PLANS)
        ls_write_plan_diagrams(markdown);
    if (detail >= LS_DETAIL_ADVICE)
        ls_write_advice(markdown);
    if (detail >= LS_DETAIL_FINDINGS)
        ls_write_basis(markdown);
    write_footer(markdown);
}

/* --- As much as there is room for ------------------------------------------------------------ */

static void write_fitting(ls_buffer *out, const ls_report_view *view, const char *before,
                          size_t room, size_t rows) {
    ls_buffer text = {0};
    for (int detail = LS_DETAIL_ADVICE; detail >= LS_DETAIL_VERDICT; detail--) {
        ls_markdown markdown = {.out = &text, .view = view, .arena = ls_arena_new(), .rows = rows};
        text.length = 0;
        ls_buffer_string(&text, before);
        write_parts(&markdown, (ls_detail)detail);
        ls_arena_free(markdown.arena);
        if (text.length <= room)
            break;
    }
    ls_buffer_add(out, text.text, text.length);
    ls_buffer_free(&text);
}

/* What finds the comment of the run before: of this verb, from this directory. Two dashes would end
 * a comment of HTML. */
static const char *marker(ls_arena *arena, const ls_report_view *view) {
    ls_buffer name = {0};
    ls_buffer_string(&name, view->report->plans.count > 0 ? "plan" : "check");
    if (view->place[0] != 0)
        ls_buffer_string(&name, ":");
    for (const char *at = view->place; *at != 0; at++) {
        bool is_plain = isalnum((unsigned char)*at) || strchr("/._", *at) != NULL;
        ls_buffer_add(&name, is_plain ? at : "_", 1);
    }
    const char *text = ls_arena_format(arena, "<!-- lockstep:report:v1:%s -->\n", name.text);
    ls_buffer_free(&name);
    return text;
}

void ls_print_comment(ls_buffer *out, const ls_report_view *view) {
    ls_arena *arena = ls_arena_new();
    write_fitting(out, view, marker(arena, view), COMMENT_ROOM, COMMENT_ROWS);
    ls_arena_free(arena);
}

void ls_print_summary(ls_buffer *out, const ls_report_view *view) {
    write_fitting(out, view, "", view->room > 0 ? view->room : SUMMARY_ROOM, SUMMARY_ROWS);
}
