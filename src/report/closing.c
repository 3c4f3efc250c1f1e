#include "report/closing.h"

#include <limits.h>
#include <string.h>

static void write_severity(ls_buffer *out, const ls_text_style *style, ls_severity severity,
                           size_t count, bool *first) {
    if (count == 0)
        return;
    if (!*first)
        ls_buffer_string(out, ", ");
    *first = false;
    ls_paint_begin(out, style, ls_severity_paint(severity));
    if (severity == LS_SEVERITY_INFO)
        ls_buffer_format(out, "%zu info", count);
    else
        ls_count(out, count, ls_severity_name(severity));
    ls_paint_end(out, style);
}

size_t ls_count_waived(const ls_report *report, ls_waiver by) {
    size_t count = 0;
    for (LS_EACH(const ls_waived_finding, waived, report->waived))
        count += waived->by == by;
    return count;
}

/* What was found and is not told. */
static void write_silenced(ls_buffer *out, const ls_report *report) {
    static const struct {
        ls_waiver by;
        const char *words;
    } ways[] = {
        {LS_WAIVED_IN_PLACE, "suppressed"},
        {LS_WAIVED_BY_BASELINE, "in the baseline"},
        {LS_WAIVED_BY_PLAN, "answered by a verified plan"},
    };
    const char *separator = ";";
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        size_t count = ls_count_waived(report, ways[i].by);
        if (count == 0)
            continue;
        ls_buffer_format(out, "%s %zu %s", separator, count, ways[i].words);
        separator = ",";
    }
}

static void write_stale(ls_buffer *out, const ls_report *report, const ls_text_style *style) {
    ls_buffer line = {0};
    ls_buffer_format(&line, "%lu of the findings in %s %s gone: lockstep baseline --prune",
                     (unsigned long)report->stale, report->baseline,
                     report->stale == 1 ? "is" : "are");
    ls_wrap_line(out, style, 0, line.text);
    ls_buffer_free(&line);
}

void ls_write_verdict(ls_buffer *out, const ls_report *report, const ls_text_style *style) {
    size_t counts[LS_SEVERITY_INFO + 1] = {0}, files = 0;
    for (size_t i = 0; i < report->findings.count; i++) {
        const ls_finding *finding = &report->findings.items[i];
        counts[finding->severity]++;
        if (i == 0 || finding->file != finding[-1].file)
            files++;
    }
    if (report->findings.count == 0) {
        ls_buffer_string(out, "no findings in ");
    } else {
        bool first = true;
        for (ls_severity severity = 0; severity <= LS_SEVERITY_INFO; severity++)
            write_severity(out, style, severity, counts[severity], &first);
        ls_buffer_format(out, " in %zu of ", files);
    }
    ls_count(out, report->files, report->plans.count > 0 ? "plan" : "migration");
    write_silenced(out, report);
    ls_buffer_string(out, "\n");
    if (report->stale > 0)
        write_stale(out, report, style);
}

static void write_left_out(ls_buffer *out, const ls_report *report) {
    if (report->psql_commands > 0)
        ls_count(out, report->psql_commands, "psql command");
    if (report->psql_commands > 0 && report->copy_blocks > 0)
        ls_buffer_string(out, " and ");
    if (report->copy_blocks > 0)
        ls_count(out, report->copy_blocks, "COPY block");
    if (report->psql_commands > 0 || report->copy_blocks > 0)
        ls_buffer_string(out, " not judged; ");
}

static void write_downs(ls_buffer *out, const ls_report *report) {
    if (report->downs_tried == 0)
        return;
    ls_count(out, report->downs_tried, "down migration");
    ls_buffer_string(out, " tried");
    if (report->downs_open > 0)
        ls_buffer_format(out, ", %lu not followed to the end", (unsigned long)report->downs_open);
    ls_buffer_string(out, "; ");
}

static void write_runners(ls_buffer *out, const ls_report *report) {
    for (LS_EACH(const ls_report_runner, runner, report->runners))
        ls_buffer_format(out, "%s runs %s; ", runner->name, runner->runs);
}

void ls_write_coverage(ls_buffer *out, const ls_report *report, const ls_text_style *style) {
    ls_buffer line = {0};
    ls_buffer_format(&line, "analysed %lu of ", (unsigned long)report->analysed);
    ls_count(&line, report->statements, "statement");
    ls_buffer_format(&line, " for PostgreSQL %d (parser %s); ", report->postgres, report->parser);
    if (report->schema != NULL) {
        ls_buffer_format(&line, "%lu of ", (unsigned long)report->schema_analysed);
        ls_count(&line, report->schema_statements, "statement");
        ls_buffer_format(&line, " of %s read as what was there before; ", report->schema);
    }
    if (report->history_files > 0) {
        ls_count(&line, report->history_files, "file");
        ls_buffer_string(&line, " read as history; ");
    }
    if (report->states > 0) {
        ls_count(&line, report->states, "state");
        ls_buffer_string(&line, " searched; ");
    }
    if (report->states > 0 && report->queries == 0)
        ls_buffer_string(&line, "indexes not verified, as no queries are given; ");
    if (report->down_files > 0) {
        ls_count(&line, report->down_files, "down migration");
        ls_buffer_string(&line, " left out; ");
    }
    write_downs(&line, report);
    write_left_out(&line, report);
    write_runners(&line, report);
    line.text[line.length - strlen("; ")] = 0;
    ls_wrap(out, style, 0, line.text);
    ls_buffer_free(&line);
}

/* --- On one line ------------------------------------------------------------------------------ */

static const ls_text_style ONE_LINE = {.colour = LS_COLOUR_NEVER, .width = INT_MAX};

static const char *first_line(ls_arena *arena, ls_buffer *text) {
    const char *line = ls_arena_copy(arena, text->text, strcspn(text->text, "\n"));
    ls_buffer_free(text);
    return line;
}

const char *ls_verdict_text(ls_arena *arena, const ls_report *report) {
    ls_buffer text = {0};
    ls_write_verdict(&text, report, &ONE_LINE);
    return first_line(arena, &text);
}

const char *ls_coverage_text(ls_arena *arena, const ls_report *report) {
    ls_buffer text = {0};
    ls_write_coverage(&text, report, &ONE_LINE);
    return first_line(arena, &text);
}
