/*
 * plan_text.c - a plan for people: its stages in order, what they do, who may be running, and how
 * far one may go back.
 *
 *    2  deploy: v1           v0, v1 live
 *       may go back to v0, v1
 */
#include "report/escape.h"
#include "report/style.h"

enum { NUMBER_WIDTH = 4, INDENT = 6 };

static void write_words(ls_buffer *out, const ls_text_style *style, const char *before,
                        const ls_words *words, const char *between) {
    ls_buffer line = {0};
    ls_buffer_string(&line, before);
    for (size_t i = 0; i < words->count; i++) {
        ls_buffer_string(&line, i == 0 ? "" : between);
        ls_buffer_string(&line, words->items[i]);
    }
    ls_buffer_fill(out, ' ', INDENT);
    ls_wrap_line(out, style, INDENT, line.text);
    ls_buffer_free(&line);
}

static void write_title(ls_buffer *out, const ls_text_style *style, const ls_report_stage *stage) {
    ls_buffer_format(out, "%*u  ", NUMBER_WIDTH, stage->index);
    ls_paint_begin(out, style, LS_PAINT_STRONG);
    ls_buffer_format(out, "%s: ", stage->verb == NULL ? "?" : stage->verb);
    ls_escape_string(out, stage->value == NULL ? "" : stage->value);
    ls_paint_end(out, style);
    ls_buffer_string(out, "\n");
}

static void write_stage(ls_buffer *out, const ls_text_style *style, const ls_report_stage *stage) {
    write_title(out, style, stage);
    for (size_t i = 0; i < stage->does.count; i++) {
        ls_buffer_fill(out, ' ', INDENT);
        ls_wrap_line(out, style, INDENT, stage->does.items[i]);
    }
    write_words(out, style, "live: ", &stage->live, ", ");
    if (stage->may_roll_back.count > 0)
        write_words(out, style, "may go back to: ", &stage->may_roll_back, ", ");
    if (stage->not_back.count > 0)
        write_words(out, style, "not back: ", &stage->not_back, "; ");
    if (!stage->point_of_no_return)
        return;
    ls_buffer_fill(out, ' ', INDENT);
    ls_paint_string(out, style, LS_PAINT_WARNING, "point of no return");
    ls_buffer_string(out, "\n");
}

void ls_report_plan_text(ls_buffer *out, const ls_report *report, const ls_text_style *style) {
    for (LS_EACH(const ls_report_plan, plan, report->plans)) {
        ls_paint_begin(out, style, LS_PAINT_STRONG);
        ls_escape_string(out, plan->source->name);
        ls_paint_end(out, style);
        if (plan->title != NULL) {
            ls_buffer_string(out, ": ");
            ls_escape_string(out, plan->title);
        }
        ls_buffer_string(out, "\n\n");
        for (LS_EACH(const ls_report_stage, stage, plan->stages))
            write_stage(out, style, stage);
        ls_buffer_string(out, "\n");
    }
}
