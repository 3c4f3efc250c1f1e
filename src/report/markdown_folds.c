/*
 * markdown_folds.c - what a reader may open: the stages of a rollout, what to write instead, and
 * what the report rests on.
 */
#include "report/markdown.h"

#include "report/closing.h"
#include "report/diagram.h"
#include "report/escape.h"
#include "report/escape_markdown.h"

#include <string.h>

enum {
    LARGEST_DIAGRAM = 4500, /* characters: some hosts draw no larger one */
    MOST_STAGES = 40,
    ASSUMPTIONS_SHOWN = 10,
};

static void begin_fold(ls_markdown *markdown, const char *summary) {
    ls_buffer_format(markdown->out, "<details><summary>%s</summary>\n\n", summary);
}

static void end_fold(ls_markdown *markdown) {
    ls_buffer_string(markdown->out, "\n</details>\n\n");
}

/* --- Plans ----------------------------------------------------------------------------------- */

static void write_diagram(ls_markdown *markdown, const ls_report_plan *plan) {
    ls_buffer diagram = {0};
    ls_write_diagram(&diagram, plan);
    begin_fold(markdown, "The rollout, stage by stage");
    ls_write_plan_title(markdown->out, plan);
    if (plan->standing != NULL) {
        ls_escape_markdown(markdown->out, plan->standing);
        ls_buffer_string(markdown->out, "\n\n");
    }
    if (plan->stages.count <= MOST_STAGES && diagram.length <= LARGEST_DIAGRAM)
        ls_write_code_block(markdown->out, "mermaid", diagram.text);
    else
        ls_buffer_format(markdown->out,
                         "Its %u stages are too many for a diagram: "
                         "`lockstep plan show` has them all.\n",
                         plan->stages.count);
    end_fold(markdown);
    ls_buffer_free(&diagram);
}

static void write_diagrams(ls_markdown *markdown, const ls_report_plans *plans) {
    for (size_t i = 0; i < plans->count && i < markdown->rows; i++)
        write_diagram(markdown, &plans->items[i]);
    ls_write_more(markdown, plans->count, "more plan");
}

void ls_write_plan_diagrams(ls_markdown *markdown) {
    write_diagrams(markdown, &markdown->view->report->plans);
    write_diagrams(markdown, &markdown->view->report->rollouts);
}

/* --- Advice ---------------------------------------------------------------------------------- */

static bool has_help(const ls_finding *finding) {
    return finding->help != NULL && finding->help[0] != 0;
}

/* The help of a rule is much the same for all its findings: the first in a file speaks for all. */
static bool is_told(const ls_findings *findings, size_t number) {
    const ls_finding *finding = &findings->items[number];
    for (size_t i = number; i-- > 0 && findings->items[i].source == finding->source;)
        if (findings->items[i].rule == finding->rule)
            return true;
    return false;
}

void ls_write_advice(ls_markdown *markdown) {
    const ls_findings *findings = &markdown->view->report->findings;
    size_t shown = 0;
    for (size_t i = 0; i < findings->count && shown < markdown->rows; i++) {
        const ls_finding *finding = &findings->items[i];
        if (!has_help(finding) || is_told(findings, i))
            continue;
        if (shown++ == 0)
            begin_fold(markdown, "What to write instead");
        else
            ls_buffer_string(markdown->out, "\n");
        ls_write_rule(markdown->out, finding);
        ls_buffer_format(markdown->out, " in line %u of ",
                         ls_source_position(finding->source, finding->at.begin).line);
        ls_escape_code_span(markdown->out, finding->source->name);
        ls_buffer_string(markdown->out, ":\n\n");
        ls_write_script_block(markdown->out, "sql", finding->help);
    }
    if (shown > 0)
        end_fold(markdown);
}

/* --- What it rests on ------------------------------------------------------------------------ */

static void write_waived(ls_markdown *markdown) {
    const ls_report *report = markdown->view->report;
    size_t count = 0;
    for (LS_EACH(const ls_waived_finding, waived, report->waived)) {
        if (waived->reason == NULL || count++ >= markdown->rows)
            continue;
        ls_buffer_string(markdown->out, count == 1 ? "Waived:\n\n- " : "- ");
        ls_escape_code_span(markdown->out, waived->finding.rule->id);
        ls_buffer_format(markdown->out, " in line %u of ",
                         ls_source_position(waived->finding.source, waived->finding.at.begin).line);
        ls_escape_code_span(markdown->out, waived->finding.source->name);
        ls_buffer_string(markdown->out, " because ");
        ls_escape_markdown(markdown->out, waived->reason);
        ls_buffer_string(markdown->out, "\n");
    }
    ls_write_more(markdown, count, "more waived finding");
    ls_buffer_string(markdown->out, count > 0 ? "\n" : "");
}

/* Each once. */
static ls_words assumptions_of(ls_arena *arena, const ls_report *report) {
    ls_words all = {0};
    ls_map known = {0};
    for (LS_EACH(const ls_finding, finding, report->findings))
        for (LS_EACH(const char *const, note, finding->notes)) {
            if (ls_map_get(&known, *note) != NULL)
                continue;
            ls_map_set(arena, &known, *note, &all);
            LS_PUSH(arena, &all, *note);
        }
    return all;
}

static void write_assumptions(ls_markdown *markdown) {
    ls_words assumptions = assumptions_of(markdown->arena, markdown->view->report);
    for (size_t i = 0; i < assumptions.count && i < ASSUMPTIONS_SHOWN; i++) {
        ls_buffer_string(markdown->out, i == 0 ? "Assumed:\n\n- " : "- ");
        ls_escape_markdown(markdown->out, assumptions.items[i]);
        ls_buffer_string(markdown->out, "\n");
    }
    if (assumptions.count > ASSUMPTIONS_SHOWN)
        ls_buffer_format(markdown->out, "- and %u more\n", assumptions.count - ASSUMPTIONS_SHOWN);
    ls_buffer_string(markdown->out, assumptions.count > 0 ? "\n" : "");
}

static void write_how_to_waive(ls_markdown *markdown) {
    if (markdown->view->report->plans.count > 0)
        ls_buffer_string(
            markdown->out,
            "To waive a finding of a stage: `allow: [{rule: RULE, because: REASON}]`.\n\n");
    else
        ls_buffer_string(markdown->out, "To waive a finding, above its statement: "
                                        "`-- lockstep:ignore RULE because REASON`.\n\n");
}

/* One line where nothing was found or waived: a comment that passes is short. */
void ls_write_basis(ls_markdown *markdown) {
    const ls_report *report = markdown->view->report;
    bool is_short = report->findings.count == 0 && report->waived.count == 0;
    if (!is_short)
        begin_fold(markdown, "Waivers, assumptions and coverage");
    write_waived(markdown);
    if (report->findings.count > 0) {
        write_assumptions(markdown);
        write_how_to_waive(markdown);
    }
    ls_escape_markdown(markdown->out, ls_coverage_text(markdown->arena, report));
    ls_buffer_string(markdown->out, ".\n");
    if (is_short)
        ls_buffer_string(markdown->out, "\n");
    else
        end_fold(markdown);
}
