/*
 * plan_html.c - plans as one HTML file that loads nothing.
 *
 * Some hosts drop scripts and styles, so there are no scripts, and without styles the table still
 * has its borders and the picture its colours. All that a stage does stands in the table; the
 * picture (plan_svg.c) only shows how long versions live beside the stages.
 */
#include "report/escape.h"
#include "report/plan_svg.h"

static const char HEAD[] =
    "<!doctype html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<title>lockstep plan</title>\n"
    "<style>\n"
    ":root { --text: #1f2328; --faint: #59636e; --line: #d1d9e0; --paper: #fff; --live: #0969da;\n"
    "  --back: #54aeff; --gate: #9a6700; --stop: #cf222e; }\n"
    "@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --faint: #9198a1;\n"
    "  --line: #3d444d; --paper: #0d1117; --live: #1f6feb; --back: #79c0ff; --gate: #d29922;\n"
    "  --stop: #f85149; } }\n"
    "body { margin: 2rem auto; max-width: 90rem; padding: 0 1rem; font: 16px/1.5 sans-serif;\n"
    "  color: var(--text); background: var(--paper); }\n"
    "table { border-collapse: collapse; border-color: var(--line); width: 100%; }\n"
    "th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left;\n"
    "  vertical-align: top; overflow-wrap: anywhere; }\n"
    "thead th, td:first-child { overflow-wrap: normal; }\n"
    "td ul { margin: 0; padding-left: 1.1rem; }\n"
    ".picture { overflow-x: auto; }\n"
    ".stop { color: var(--stop); }\n"
    "svg .paper { fill: var(--paper); } svg text { fill: var(--text); }\n"
    "svg .faint { fill: var(--faint); } svg .line { stroke: var(--line); }\n"
    "svg .live { fill: var(--live); stroke: var(--live); } svg .on-live { fill: #fff; }\n"
    "svg .back { stroke: var(--back); } svg .change { stroke: var(--faint); }\n"
    "svg .deploy { stroke: var(--live); } svg .gate { stroke: var(--gate); }\n"
    "svg .stop { stroke: var(--stop); } svg text.stop { fill: var(--stop); stroke: none; }\n"
    "</style>\n"
    "</head>\n"
    "<body>\n";

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
    write_list(out, &stage->not_back);
    if (stage->point_of_no_return)
        ls_buffer_string(out, "<strong class=\"stop\">point of no return</strong>");
    ls_buffer_string(out, "</td>\n</tr>\n");
}

static void write_plan(ls_buffer *out, const ls_report_plan *plan) {
    ls_buffer_string(out, "<h1>");
    ls_escape_markup(out, plan->title == NULL ? plan->source->name : plan->title);
    ls_buffer_string(out, "</h1>\n<p><code>");
    ls_escape_markup(out, plan->source->name);
    ls_buffer_string(out, "</code></p>\n<div class=\"picture\">\n");
    ls_report_plan_svg(out, plan);
    ls_buffer_string(out, "</div>\n"
                          "<table border=\"1\" cellpadding=\"6\" cellspacing=\"0\">\n"
                          "<caption>The stages in order</caption>\n"
                          "<thead><tr><th scope=\"col\">#</th><th scope=\"col\">Stage</th>"
                          "<th scope=\"col\">Does</th><th scope=\"col\">Live meanwhile</th>"
                          "<th scope=\"col\">May go back to, when done</th></tr></thead>\n"
                          "<tbody>\n");
    for (LS_EACH(const ls_report_stage, stage, plan->stages))
        write_stage(out, stage);
    ls_buffer_string(out, "</tbody>\n</table>\n");
}

void ls_report_plan_html(ls_buffer *out, const ls_report *report) {
    ls_buffer_string(out, HEAD);
    for (LS_EACH(const ls_report_plan, plan, report->plans))
        write_plan(out, plan);
    ls_buffer_format(out, "<p>For PostgreSQL %d.</p>\n</body>\n</html>\n", report->postgres);
}
