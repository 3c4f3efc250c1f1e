/*
 * rdjsonl.c - reviewdog's diagnostic format, one diagnostic a line. Columns are bytes of UTF-8.
 */
#include "report/formats.h"
#include "report/json_value.h"
#include "report/places.h"
#include "report/severities.h"
#include "rules/fixes.h"

static json_t *position_json(ls_position position) {
    json_t *object = json_object();
    json_object_set_new(object, "line", ls_json_number(position.line));
    json_object_set_new(object, "column", ls_json_number(position.column));
    return object;
}

static json_t *range_json(const ls_source *source, ls_span at) {
    ls_region region = ls_region_of(source, at, LS_COLUMN_BYTES);
    json_t *range = json_object();
    json_object_set_new(range, "start", position_json(region.begin));
    json_object_set_new(range, "end", position_json(region.end));
    return range;
}

static json_t *location_json(ls_arena *arena, const ls_report_view *view, const ls_source *source,
                             ls_span at) {
    json_t *location = json_object();
    json_object_set_new(location, "path",
                        ls_json_text(ls_path_from_root(arena, view->root, source->name)));
    json_object_set_new(location, "range", range_json(source, at));
    return location;
}

static json_t *named_json(const char *key, const char *name) {
    json_t *object = json_object();
    json_object_set_new(object, key, ls_json_text(name));
    return object;
}

/* Each suggestion stands for itself: what is edited in several places is one text. */
static json_t *suggestions_json(ls_arena *arena, const ls_finding *finding) {
    const ls_edit edit = ls_fix_as_one_edit(arena, finding->source, &finding->fix);
    json_t *suggestion = json_object();
    json_object_set_new(suggestion, "range", range_json(finding->source, edit.at));
    json_object_set_new(suggestion, "text", ls_json_text(edit.text));
    return json_pack("[o]", suggestion);
}

static json_t *related_json(ls_arena *arena, const ls_report_view *view,
                            const ls_finding *finding) {
    json_t *related = json_array();
    for (LS_EACH(const ls_label, label, finding->labels)) {
        json_t *object = json_object();
        json_object_set_new(object, "message", ls_json_text(label->message));
        json_object_set_new(object, "location",
                            location_json(arena, view, label->source, label->at));
        json_array_append_new(related, object);
    }
    return related;
}

static json_t *diagnostic_json(ls_arena *arena, const ls_report_view *view,
                               const ls_finding *finding) {
    json_t *diagnostic = json_object();
    json_object_set_new(diagnostic, "message", ls_json_text(finding->message));
    json_object_set_new(diagnostic, "location",
                        location_json(arena, view, finding->source, finding->at));
    json_object_set_new(diagnostic, "severity",
                        ls_json_text(ls_severity_names_of(finding->severity)->rdjson));
    json_object_set_new(diagnostic, "source", named_json("name", "lockstep"));
    json_object_set_new(diagnostic, "code", named_json("value", finding->rule->id));
    if (finding->fix.edits.count > 0)
        json_object_set_new(diagnostic, "suggestions", suggestions_json(arena, finding));
    if (finding->labels.count > 0)
        json_object_set_new(diagnostic, "relatedLocations", related_json(arena, view, finding));
    return diagnostic;
}

void ls_print_rdjsonl(ls_buffer *out, const ls_report_view *view) {
    ls_arena *arena = ls_arena_new();
    for (LS_EACH(const ls_finding, finding, view->report->findings)) {
        ls_json_write_line(out, diagnostic_json(arena, view, finding));
        ls_buffer_drain_much(out);
        ls_arena_clear(arena);
    }
    ls_arena_free(arena);
}
