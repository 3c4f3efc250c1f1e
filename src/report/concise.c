#include "report/concise.h"

#include "report/escape.h"
#include "report/formats.h"

#include <ctype.h>
#include <string.h>

static bool starts_plainly(const char *path) {
    return isalnum((unsigned char)path[0]) || (path[0] != 0 && strchr("./_<", path[0]) != NULL);
}

void ls_write_concise(ls_buffer *out, const ls_finding *finding) {
    const char *path = finding->source->name;
    ls_position at = ls_source_position(finding->source, finding->at.begin);
    ls_buffer_string(out, starts_plainly(path) ? "" : "./");
    ls_escape_string(out, path);
    ls_buffer_format(out, ":%u:%u: %s: ", at.line, at.column, ls_severity_name(finding->severity));
    ls_escape_string(out, finding->message);
    ls_buffer_format(out, " [%s]", finding->rule->id);
}

void ls_print_concise(ls_buffer *out, const ls_report_view *view) {
    for (LS_EACH(const ls_finding, finding, view->report->findings)) {
        ls_write_concise(out, finding);
        ls_buffer_string(out, "\n");
        ls_buffer_drain_much(out);
    }
}
