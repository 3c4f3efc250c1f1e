/*
 * plan_mermaid.c - a plan as a mermaid diagram in Markdown, for a pull request.
 *
 * Stages that change something are boxes, deploys have round ends, and what is waited for is a
 * hexagon. Hosts take only so much text for a diagram: labels are short, and what a stage does is
 * left to the other formats. No colour says what no word says.
 */
#include "report/diagram.h"
#include "report/escape.h"
#include "report/report.h"
#include "support/path.h"

#include <string.h>

enum { LONGEST_VALUE = 48, LONGEST_LIST = 60 };

typedef struct {
    const char *verb, *opening, *closing;
    bool names_file;
} mermaid_shape;

static const mermaid_shape *shape_of(const char *verb) {
    static const mermaid_shape shapes[] = {
        {"deploy", "([\"", "\"])", false},   {"soak", "{{\"", "\"}}", false},
        {"rehearse", "{{\"", "\"}}", false}, {"check", "{{\"", "\"}}", true},
        {NULL, "[\"", "\"]", true},
    };
    const mermaid_shape *shape = shapes;
    while (shape->verb != NULL && (verb == NULL || strcmp(shape->verb, verb) != 0))
        shape++;
    return shape;
}

static void write_list(ls_buffer *out, const char *before, const ls_words *words) {
    ls_buffer list = {0};
    for (size_t i = 0; i < words->count; i++) {
        ls_buffer_string(&list, i == 0 ? "" : ", ");
        ls_buffer_string(&list, words->items[i]);
    }
    ls_buffer_format(out, "<br/>%s", before);
    ls_escape_diagram(out, list.text == NULL ? "nobody" : list.text, LONGEST_LIST);
    ls_buffer_free(&list);
}

static void write_stage(ls_buffer *out, const ls_report_stage *stage) {
    const mermaid_shape *shape = shape_of(stage->verb);
    const char *value = stage->value == NULL ? "" : stage->value;
    ls_buffer_format(out, "    s%u%s%u %s: ", stage->index, shape->opening, stage->index,
                     stage->verb == NULL ? "?" : stage->verb);
    ls_escape_diagram(out, shape->names_file ? ls_path_last(value) : value, LONGEST_VALUE);
    write_list(out, "live: ", &stage->live);
    if (stage->may_roll_back.count > 0)
        write_list(out, "may go back to: ", &stage->may_roll_back);
    if (stage->point_of_no_return)
        ls_buffer_string(out, "<br/>point of no return");
    ls_buffer_format(out, "%s\n", shape->closing);
    if (stage->index > 1)
        ls_buffer_format(out, "    s%u --> s%u\n", stage->index - 1, stage->index);
}

void ls_write_plan_title(ls_buffer *out, const ls_report_plan *plan) {
    ls_escape_code_span(out, plan->source->name);
    if (plan->title != NULL) {
        ls_buffer_string(out, ": ");
        ls_escape_code_span(out, plan->title);
    }
    ls_buffer_string(out, "\n\n");
}

void ls_write_diagram(ls_buffer *out, const ls_report_plan *plan) {
    ls_buffer_string(out, "flowchart TD\n");
    for (LS_EACH(const ls_report_stage, stage, plan->stages))
        write_stage(out, stage);
}

void ls_report_plan_mermaid(ls_buffer *out, const ls_report *report) {
    for (LS_EACH(const ls_report_plan, plan, report->plans)) {
        ls_buffer_string(out, plan == report->plans.items ? "" : "\n");
        ls_write_plan_title(out, plan);
        ls_buffer_string(out, "```mermaid\n");
        ls_write_diagram(out, plan);
        ls_buffer_string(out, "```\n");
    }
}
