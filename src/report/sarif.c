/*
 * sarif.c - SARIF 2.1.0, as GitHub's code scanning wants it.
 *
 * Code scanning looks at a result's first location alone and shows others only where the message
 * links to them; it opens an alert for what is marked as suppressed, so that is left out unless
 * asked for. Columns are UTF-16 units.
 */
#include "report/closing.h"
#include "report/formats.h"
#include "report/line_hash.h"
#include "report/places.h"
#include "report/sarif_rules.h"
#include "report/severities.h"

#include <string.h>

static const char SCHEMA[] = "https://json.schemastore.org/sarif-2.1.0.json";
static const char ROOT[] = "%SRCROOT%";

typedef struct {
    ls_arena *arena;
    const ls_report_view *view;
    ls_sarif_rules rules;
    const ls_source *hashed; /* the source that the hashes are of */
    ls_line_hashes hashes;
} sarif_run;

/* --- Places ---------------------------------------------------------------------------------- */

static json_t *region_json(const ls_source *source, ls_span at) {
    ls_region region = ls_region_of(source, at, LS_COLUMN_UTF16);
    json_t *object = json_object();
    json_object_set_new(object, "startLine", ls_json_number(region.begin.line));
    json_object_set_new(object, "startColumn", ls_json_number(region.begin.column));
    json_object_set_new(object, "endLine", ls_json_number(region.end.line));
    json_object_set_new(object, "endColumn", ls_json_number(region.end.column));
    return object;
}

static json_t *artifact_json(const sarif_run *run, const ls_source *source) {
    const char *path = ls_path_from_root(run->arena, run->view->root, source->name);
    json_t *object = json_object();
    json_object_set_new(object, "uri", ls_json_text(ls_path_as_uri(run->arena, path)));
    if (path[0] != '/')
        json_object_set_new(object, "uriBaseId", ls_json_text(ROOT));
    return object;
}

static json_t *location_json(const sarif_run *run, const ls_source *source, ls_span at) {
    json_t *place = json_object(), *location = json_object();
    json_object_set_new(place, "artifactLocation", artifact_json(run, source));
    json_object_set_new(place, "region", region_json(source, at));
    json_object_set_new(location, "physicalLocation", place);
    return location;
}

static json_t *text_json(const char *text) {
    json_t *object = json_object();
    json_object_set_new(object, "text", ls_json_text(text));
    return object;
}

/* --- Messages -------------------------------------------------------------------------------- */

/* In a message, "[text](1)" links to a related location: what comes from a file does not. */
static void add_plain(ls_buffer *out, const char *text) {
    for (; *text != 0; text++) {
        ls_buffer_add(out, text, 1);
        if (text[0] == ']' && text[1] == '(')
            ls_buffer_string(out, " ");
    }
}

static void add_link(ls_buffer *out, const char *text, size_t id) {
    ls_buffer_string(out, "[");
    for (; *text != 0; text++) {
        if (strchr("[]\\", *text) != NULL)
            ls_buffer_string(out, "\\");
        ls_buffer_add(out, text, 1);
    }
    ls_buffer_format(out, "](%zu)", id);
}

static json_t *message_json(const ls_finding *finding) {
    ls_buffer text = {0};
    add_plain(&text, finding->message);
    ls_buffer_string(&text, ".");
    size_t id = 0;
    for (LS_EACH(const ls_label, label, finding->labels)) {
        ls_buffer_string(&text, id == 0 ? " See: " : ", ");
        add_link(&text, label->message, ++id);
    }
    ls_buffer_string(&text, id == 0 ? "" : ".");
    json_t *message = text_json(text.text);
    ls_buffer_free(&text);
    return message;
}

static json_t *related_json(const sarif_run *run, const ls_finding *finding) {
    json_t *related = json_array();
    for (LS_EACH(const ls_label, label, finding->labels)) {
        json_t *location = location_json(run, label->source, label->at);
        size_t id = (size_t)(label - finding->labels.items) + 1;
        json_object_set_new(location, "id", ls_json_number(id));
        json_object_set_new(location, "message", text_json(label->message));
        json_array_append_new(related, location);
    }
    return related;
}

/* --- Results --------------------------------------------------------------------------------- */

static json_t *fixes_json(const sarif_run *run, const ls_finding *finding) {
    json_t *replacements = json_array(), *change = json_object(), *fix = json_object();
    for (LS_EACH(const ls_edit, edit, finding->fix.edits)) {
        json_t *replacement = json_object();
        json_object_set_new(replacement, "deletedRegion", region_json(finding->source, edit->at));
        json_object_set_new(replacement, "insertedContent", text_json(edit->text));
        json_array_append_new(replacements, replacement);
    }
    json_object_set_new(change, "artifactLocation", artifact_json(run, finding->source));
    json_object_set_new(change, "replacements", replacements);
    json_object_set_new(fix, "description",
                        text_json(ls_arena_format(run->arena, "%s.", finding->fix.says)));
    json_object_set_new(fix, "artifactChanges", json_pack("[o]", change));
    return json_pack("[o]", fix);
}

/* Findings stand by file: the hashes of the last one mostly serve. */
static const char *line_hash(sarif_run *run, const ls_finding *finding) {
    const ls_source *source = ls_source_written(finding->source);
    if (run->hashed != source)
        run->hashes = ls_line_hashes_of(run->arena, source->text, source->length);
    run->hashed = source;
    ls_region region = ls_region_of(finding->source, finding->at, LS_COLUMN_UTF16);
    return ls_line_hash_text(run->arena, &run->hashes, region.begin.line);
}

static json_t *fingerprints_json(sarif_run *run, const ls_finding *finding) {
    json_t *prints = json_object();
    const char *hash = line_hash(run, finding);
    if (hash != NULL)
        json_object_set_new(prints, "primaryLocationLineHash", ls_json_text(hash));
    json_object_set_new(prints, "lockstep/v1", ls_json_text(finding->fingerprint));
    return prints;
}

static json_t *result_json(sarif_run *run, const ls_finding *finding) {
    json_t *result = json_object();
    size_t rule = ls_sarif_rule_index(&run->rules, finding->rule);
    json_object_set_new(result, "ruleId", ls_json_text(finding->rule->id));
    json_object_set_new(result, "ruleIndex", ls_json_number(rule));
    json_object_set_new(result, "level",
                        ls_json_text(ls_severity_names_of(finding->severity)->sarif));
    json_object_set_new(result, "message", message_json(finding));
    json_object_set_new(result, "locations",
                        json_pack("[o]", location_json(run, finding->source, finding->at)));
    if (finding->labels.count > 0)
        json_object_set_new(result, "relatedLocations", related_json(run, finding));
    json_object_set_new(result, "partialFingerprints", fingerprints_json(run, finding));
    if (finding->fix.edits.count > 0)
        json_object_set_new(result, "fixes", fixes_json(run, finding));
    return result;
}

static json_t *suppressed_json(sarif_run *run, const ls_waived_finding *waived) {
    json_t *result = result_json(run, &waived->finding), *suppression = json_object();
    json_object_set_new(suppression, "kind",
                        ls_json_text(waived->in_baseline ? "external" : "inSource"));
    if (waived->reason != NULL)
        json_object_set_new(suppression, "justification", ls_json_text(waived->reason));
    json_object_set_new(result, "suppressions", json_pack("[o]", suppression));
    return result;
}

static json_t *results_json(sarif_run *run) {
    const ls_report *report = run->view->report;
    json_t *results = json_array();
    for (LS_EACH(const ls_finding, finding, report->findings))
        json_array_append_new(results, result_json(run, finding));
    if (run->view->with_suppressed)
        for (LS_EACH(const ls_waived_finding, waived, report->waived))
            json_array_append_new(results, suppressed_json(run, waived));
    return results;
}

/* --- The run --------------------------------------------------------------------------------- */

static json_t *tool_json(const sarif_run *run) {
    json_t *driver = json_object(), *tool = json_object();
    json_object_set_new(driver, "name", ls_json_text("lockstep"));
    json_object_set_new(driver, "semanticVersion", ls_json_text(LOCKSTEP_VERSION));
    json_object_set_new(driver, "rules", run->rules.list);
    json_object_set_new(tool, "driver", driver);
    return tool;
}

/* What was looked at, so that no results means what it says. */
static json_t *invocation_json(const sarif_run *run) {
    json_t *note = json_object(), *invocation = json_object();
    json_object_set_new(note, "level", ls_json_text("note"));
    json_object_set_new(note, "message",
                        text_json(ls_coverage_text(run->arena, run->view->report)));
    json_object_set_new(invocation, "executionSuccessful", json_true());
    json_object_set_new(invocation, "toolExecutionNotifications", json_pack("[o]", note));
    return invocation;
}

static json_t *run_json(sarif_run *run) {
    json_t *object = json_object(), *results = results_json(run);
    const char *category = run->view->report->plans.count > 0 ? "lockstep-plan/" : "lockstep/";
    json_object_set_new(object, "tool", tool_json(run));
    json_object_set_new(object, "automationDetails", json_pack("{s:s}", "id", category));
    json_object_set_new(object, "columnKind", ls_json_text("utf16CodeUnits"));
    json_object_set_new(
        object, "originalUriBaseIds",
        json_pack("{s:{s:o}}", ROOT, "description", text_json("The root of the repository.")));
    json_object_set_new(object, "invocations", json_pack("[o]", invocation_json(run)));
    json_object_set_new(object, "results", results);
    return object;
}

void ls_print_sarif(ls_buffer *out, const ls_report_view *view) {
    sarif_run run = {.arena = ls_arena_new(), .view = view};
    run.rules = (ls_sarif_rules){.arena = run.arena, .list = json_array()};
    json_t *document = json_object();
    json_object_set_new(document, "$schema", ls_json_text(SCHEMA));
    json_object_set_new(document, "version", ls_json_text("2.1.0"));
    json_object_set_new(document, "runs", json_pack("[o]", run_json(&run)));
    ls_json_write(out, document);
    ls_arena_free(run.arena);
}
