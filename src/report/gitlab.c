/*
 * gitlab.c - GitLab's Code Quality report. GitLab keeps findings by their fingerprint and drops
 * what comes behind the first that it does not understand: every fingerprint is there, and there
 * once. The name of the check is not shown to anybody, so that it stands in the description too.
 */
#include "report/formats.h"
#include "report/json_value.h"
#include "report/places.h"
#include "report/severities.h"

#include <string.h>

static const char *severity_of(const ls_finding *finding) {
    const ls_severity_names *names = ls_severity_names_of(finding->severity);
    bool is_about_rows = strcmp(finding->rule->group, "data") == 0;
    return is_about_rows && finding->severity == LS_SEVERITY_ERROR ? names->gitlab_loss
                                                                   : names->gitlab;
}

static const char *unique(ls_arena *arena, ls_map *known, const char *fingerprint) {
    const char *name = fingerprint;
    for (unsigned again = 2; ls_map_get(known, name) != NULL; again++)
        name = ls_arena_format(arena, "%s-%u", fingerprint, again);
    ls_map_set(arena, known, name, known);
    return name;
}

static json_t *location_json(ls_arena *arena, const ls_report_view *view,
                             const ls_finding *finding) {
    ls_region region = ls_region_of(finding->source, finding->at, LS_COLUMN_CODE_POINTS);
    json_t *lines = json_object(), *location = json_object();
    json_object_set_new(lines, "begin", ls_json_number(region.begin.line));
    json_object_set_new(lines, "end", ls_json_number(region.end.line));
    json_object_set_new(location, "path",
                        ls_json_text(ls_path_from_root(arena, view->root, finding->source->name)));
    json_object_set_new(location, "lines", lines);
    return location;
}

static json_t *issue_json(ls_arena *arena, const ls_report_view *view, const ls_finding *finding,
                          ls_map *known) {
    json_t *issue = json_object();
    const char *id = finding->rule->id;
    json_object_set_new(issue, "description",
                        ls_json_text(ls_arena_join(arena, id, ": ", finding->message, NULL)));
    json_object_set_new(issue, "check_name", ls_json_text(id));
    json_object_set_new(issue, "fingerprint",
                        ls_json_text(unique(arena, known, finding->fingerprint)));
    json_object_set_new(issue, "severity", ls_json_text(severity_of(finding)));
    json_object_set_new(issue, "location", location_json(arena, view, finding));
    return issue;
}

void ls_print_gitlab(ls_buffer *out, const ls_report_view *view) {
    ls_arena *arena = ls_arena_new();
    ls_map known = {0};
    json_t *issues = json_array();
    for (LS_EACH(const ls_finding, finding, view->report->findings))
        json_array_append_new(issues, issue_json(arena, view, finding, &known));
    ls_json_write(out, issues);
    ls_arena_free(arena);
}
