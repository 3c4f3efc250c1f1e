/*
 * plan_html.c - plans as a page. All that a stage does stands in the table; the picture
 * (plan_svg.c) only shows how long versions live beside the stages.
 */
#include "report/escape.h"
#include "report/page.h"
#include "report/plan_svg.h"

static void write_list(ls_buffer *out, const ls_words *words) {
    if (words->count == 0)
        return;
    ls_buffer_string(out, "<ul>");
    for (size_t i = 0; i < words->count; i++) {
        ls_buffer_string(out, "<li>");
        ls_escape_markup(out, words->items[i]);
        ls_buffer_string(out, "</li>");
    }
    ls_buffer_string(out, "</ul>");
}

static void write_joined(ls_buffer *out, const ls_words *words) {
    for (size_t i = 0; i < words->count; i++) {
        ls_buffer_string(out, i == 0 ? "" : ", ");
        ls_escape_markup(out, words->items[i]);
    }
}

static void write_stage(ls_buffer *out, const ls_report_stage *stage) {
    ls_buffer_format(out, "<tr>\n<td>%u</td>\n<th scope=\"row\">%s: ", stage->index,
                     stage->verb == NULL ? "?" : stage->verb);
    ls_escape_markup(out, stage->value == NULL ? "" : stage->value);
    ls_buffer_string(out, "</th>\n<td>");
    write_list(out, &stage->does);
    ls_buffer_string(out, "</td>\n<td>");
    write_joined(out, &stage->live);
    ls_buffer_string(out, "</td>\n<td>");
    write_joined(out, &stage->may_roll_back);
    if (stage->not_back.count > 0)
        ls_buffer_string(out, stage->may_roll_back.count > 0 ? "<br>not to:" : "not to:");
    write_list(out, &stage->not_back);
    if (stage->point_of_no_return)
        ls_buffer_string(out, "<strong class=\"stop\">point of no return</strong>");
    ls_buffer_string(out, "</td>\n</tr>\n");
}

void ls_write_plan_section(ls_buffer *out, const ls_report_plan *plan, unsigned level) {
    ls_buffer_format(out, "<section>\n<h%u>", level);
    ls_escape_markup(out, plan->title == NULL ? plan->source->name : plan->title);
    ls_buffer_format(out, "</h%u>\n<p><code>", level);
    ls_escape_markup(out, plan->source->name);
    ls_buffer_string(out, "</code></p>\n");
    if (plan->standing != NULL) {
        ls_buffer_string(out, "<p>");
        ls_escape_markup(out, plan->standing);
        ls_buffer_string(out, "</p>\n");
    }
    ls_begin_wide(out, "The stages as a picture");
    ls_report_plan_svg(out, plan);
    ls_end_wide(out);
    ls_begin_wide(out, "The stages as a table");
    ls_buffer_string(out, "<table border=\"1\" cellpadding=\"6\" cellspacing=\"0\">\n"
                          "<caption>The stages in order</caption>\n"
                          "<thead><tr><th scope=\"col\">#</th><th scope=\"col\">Stage</th>"
                          "<th scope=\"col\">Does</th><th scope=\"col\">Live meanwhile</th>"
                          "<th scope=\"col\">May go back to, when done</th></tr></thead>\n"
                          "<tbody>\n");
    for (LS_EACH(const ls_report_stage, stage, plan->stages))
        write_stage(out, stage);
    ls_buffer_string(out, "</tbody>\n</table>\n");
    ls_end_wide(out);
    ls_buffer_string(out, "</section>\n");
}

void ls_report_plan_html(ls_buffer *out, const ls_report *report) {
    ls_begin_page(out, "lockstep plan");
    for (LS_EACH(const ls_report_plan, plan, report->plans))
        ls_write_plan_section(out, plan, 1);
    ls_buffer_format(out, "<p>For PostgreSQL %d.</p>\n", report->postgres);
    ls_end_page(out);
}
