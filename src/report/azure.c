/*
 * azure.c - what the agent of Azure Pipelines reads from the log. It knows errors and warnings;
 * what is less is a plain line.
 */
#include "report/concise.h"
#include "report/escape_commands.h"
#include "report/formats.h"
#include "report/places.h"
#include "report/severities.h"

static void write_property(ls_buffer *out, const char *name, const char *value) {
    ls_buffer_format(out, "%s=", name);
    ls_escape_property(out, LS_COMMAND_AZURE, value);
    ls_buffer_string(out, ";");
}

static void write_issue(ls_buffer *out, ls_arena *arena, const ls_report_view *view,
                        const ls_finding *finding, const char *type) {
    ls_position at = ls_source_position(finding->source, finding->at.begin);
    ls_buffer_format(out, "##vso[task.logissue type=%s;", type);
    write_property(out, "sourcepath", ls_path_from_root(arena, view->root, finding->source->name));
    ls_buffer_format(out, "linenumber=%u;columnnumber=%u;", at.line, at.column);
    write_property(out, "code", finding->rule->id);
    ls_buffer_string(out, "]");
    ls_escape_message(out, LS_COMMAND_AZURE, finding->message);
}

void ls_print_azure(ls_buffer *out, const ls_report_view *view) {
    ls_arena *arena = ls_arena_new();
    for (LS_EACH(const ls_finding, finding, view->report->findings)) {
        const char *type = ls_severity_names_of(finding->severity)->azure;
        if (type == NULL)
            ls_write_concise(out, finding);
        else
            write_issue(out, arena, view, finding, type);
        ls_buffer_string(out, "\n");
        ls_buffer_drain_much(out);
        ls_arena_clear(arena);
    }
    ls_arena_free(arena);
}
