/*
 * json.c - findings as JSON, version 1 of the contract. The keys are the contract: one is added
 * only with a new version.
 */
#include "report/json_value.h"
#include "report/report.h"

enum { FORMAT_VERSION = 1 };

static json_t *related_json(const ls_label *label) {
    json_t *related = json_object();
    json_object_set_new(related, "file", ls_json_text(label->source->name));
    ls_json_set_place(related, label->source, label->at.begin);
    json_object_set_new(related, "message", ls_json_text(label->message));
    return related;
}

static void set_end(json_t *object, const ls_source *source, uint32_t end) {
    ls_position position = ls_source_position(source, end);
    json_object_set_new(object, "end_line", ls_json_number(position.line));
    json_object_set_new(object, "end_column", ls_json_number(position.column));
}

static json_t *trace_json(const ls_shown_trace *trace) {
    json_t *steps = json_array();
    for (LS_EACH(const ls_shown_step, step, *trace)) {
        json_t *object = json_object();
        json_object_set_new(object, "step", ls_json_number((size_t)(step - trace->items) + 1));
        json_object_set_new(object, "text", ls_json_text(step->text));
        json_object_set_new(object, "state", ls_json_text(step->state));
        json_array_append_new(steps, object);
    }
    return steps;
}

static json_t *fix_json(const ls_finding *finding) {
    json_t *fix = json_object(), *edits = json_array();
    for (LS_EACH(const ls_edit, edit, finding->fix.edits)) {
        json_t *object = json_object();
        ls_json_set_place(object, finding->source, edit->at.begin);
        set_end(object, finding->source, edit->at.end);
        json_object_set_new(object, "text", ls_json_text(edit->text));
        json_array_append_new(edits, object);
    }
    json_object_set_new(fix, "safe", json_boolean(finding->fix.safe));
    json_object_set_new(fix, "edits", edits);
    return fix;
}

static json_t *finding_json(const ls_finding *finding) {
    json_t *object = json_object();
    json_object_set_new(object, "rule", ls_json_text(finding->rule->id));
    json_object_set_new(object, "severity", ls_json_text(ls_severity_name(finding->severity)));
    json_object_set_new(object, "message", ls_json_text(finding->message));
    json_object_set_new(object, "file", ls_json_text(finding->source->name));
    ls_json_set_place(object, finding->source, finding->at.begin);
    set_end(object, finding->source, finding->at.end);
    json_object_set_new(object, "fingerprint", ls_json_text(finding->fingerprint));
    json_object_set_new(object, "help", ls_json_text(finding->help));
    if (finding->fix.edits.count > 0)
        json_object_set_new(object, "fix", fix_json(finding));
    if (finding->stage > 0)
        json_object_set_new(object, "stage", ls_json_number(finding->stage));
    if (finding->trace.count > 0)
        json_object_set_new(object, "trace", trace_json(&finding->trace));
    if (finding->labels.count == 0)
        return object;
    json_t *related = json_array();
    for (LS_EACH(const ls_label, label, finding->labels))
        json_array_append_new(related, related_json(label));
    json_object_set_new(object, "related", related);
    return object;
}

static json_t *words_json(const ls_words *words) {
    json_t *list = json_array();
    for (size_t i = 0; i < words->count; i++)
        json_array_append_new(list, ls_json_text(words->items[i]));
    return list;
}

static json_t *stage_json(const ls_report_stage *stage) {
    json_t *object = json_object();
    json_object_set_new(object, "index", ls_json_number(stage->index));
    json_object_set_new(object, "verb", ls_json_text(stage->verb));
    json_object_set_new(object, "line", ls_json_number(stage->line));
    json_object_set_new(object, "live", words_json(&stage->live));
    json_object_set_new(object, "may_roll_back_to", words_json(&stage->may_roll_back));
    json_object_set_new(object, "point_of_no_return", json_boolean(stage->point_of_no_return));
    return object;
}

static json_t *plans_json(const ls_report *report) {
    json_t *plans = json_array();
    for (LS_EACH(const ls_report_plan, plan, report->plans)) {
        json_t *object = json_object(), *stages = json_array();
        for (LS_EACH(const ls_report_stage, stage, plan->stages))
            json_array_append_new(stages, stage_json(stage));
        json_object_set_new(object, "file", ls_json_text(plan->source->name));
        json_object_set_new(object, "stages", stages);
        json_array_append_new(plans, object);
    }
    return plans;
}

static json_t *tool_json(const ls_report *report) {
    json_t *tool = json_object();
    json_object_set_new(tool, "name", ls_json_text("lockstep"));
    json_object_set_new(tool, "version", ls_json_text(LOCKSTEP_VERSION));
    json_object_set_new(tool, "parser", ls_json_text(report->parser));
    return tool;
}

static json_t *summary_json(const ls_report *report) {
    size_t counts[LS_SEVERITY_INFO + 1] = {0};
    for (LS_EACH(const ls_finding, finding, report->findings))
        counts[finding->severity]++;
    json_t *summary = json_object();
    json_object_set_new(summary, "files", ls_json_number(report->files));
    json_object_set_new(summary, "history_files", ls_json_number(report->history_files));
    if (report->schema != NULL) {
        json_object_set_new(summary, "schema_statements",
                            ls_json_number(report->schema_statements));
        json_object_set_new(summary, "schema_analysed", ls_json_number(report->schema_analysed));
    }
    json_object_set_new(summary, "statements", ls_json_number(report->statements));
    json_object_set_new(summary, "analysed", ls_json_number(report->analysed));
    json_object_set_new(summary, "errors", ls_json_number(counts[LS_SEVERITY_ERROR]));
    json_object_set_new(summary, "warnings", ls_json_number(counts[LS_SEVERITY_WARNING]));
    json_object_set_new(summary, "infos", ls_json_number(counts[LS_SEVERITY_INFO]));
    size_t baselined = ls_count_waived(report, LS_WAIVED_BY_BASELINE);
    json_object_set_new(summary, "suppressed", ls_json_number(report->waived.count - baselined));
    json_object_set_new(summary, "baselined", ls_json_number(baselined));
    return summary;
}

void ls_report_json(ls_buffer *out, const ls_report *report) {
    json_t *findings = json_array();
    for (LS_EACH(const ls_finding, finding, report->findings))
        json_array_append_new(findings, finding_json(finding));
    json_t *document = json_object();
    json_object_set_new(document, "version", ls_json_number(FORMAT_VERSION));
    json_object_set_new(document, "tool", tool_json(report));
    json_object_set_new(document, "postgres", json_integer(report->postgres));
    json_object_set_new(document, "findings", findings);
    if (report->plans.count > 0)
        json_object_set_new(document, "plans", plans_json(report));
    json_object_set_new(document, "summary", summary_json(report));
    ls_json_write(out, document);
}
