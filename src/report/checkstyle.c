/*
 * checkstyle.c - Checkstyle's XML, which many programs read.
 */
#include "report/escape.h"
#include "report/formats.h"
#include "report/places.h"
#include "report/severities.h"

static void write_error(ls_buffer *out, const ls_finding *finding) {
    ls_position at = ls_source_position(finding->source, finding->at.begin);
    ls_buffer_format(out, "    <error line=\"%u\" column=\"%u\" severity=\"%s\" message=\"",
                     at.line, at.column, ls_severity_names_of(finding->severity)->checkstyle);
    ls_escape_markup(out, finding->message);
    ls_buffer_string(out, "\" source=\"lockstep.");
    ls_escape_markup(out, finding->rule->id);
    ls_buffer_string(out, "\"/>\n");
}

void ls_print_checkstyle(ls_buffer *out, const ls_report_view *view) {
    ls_arena *arena = ls_arena_new();
    const ls_source *open = NULL;
    ls_buffer_string(out,
                     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
    for (LS_EACH(const ls_finding, finding, view->report->findings)) {
        if (finding->source != open) {
            ls_buffer_string(out, open == NULL ? "" : "  </file>\n");
            ls_buffer_string(out, "  <file name=\"");
            ls_escape_markup(out, ls_path_from_root(arena, view->root, finding->source->name));
            ls_buffer_string(out, "\">\n");
            open = finding->source;
        }
        write_error(out, finding);
        ls_buffer_drain_much(out);
    }
    ls_buffer_string(out, open == NULL ? "" : "  </file>\n");
    ls_buffer_string(out, "</checkstyle>\n");
    ls_arena_free(arena);
}
