/*
 * text.c - findings for people, in the manner of good compilers: one line that says it all and can
 * be searched for, the code with what hurts underlined, and then who waits, why, and what to write
 * instead.
 */
#include "report/closing.h"
#include "report/concise.h"
#include "report/escape.h"
#include "report/finding_frames.h"
#include "report/frame.h"
#include "report/side_by_side.h"
#include "report/told.h"

#include <string.h>

enum { PLACES_NAMED = 3 /* of the files or places that share a finding's cause */ };

/* What all that is written depends on. */
typedef struct {
    const ls_text_style *style;
    ls_finding_groups groups;
    const ls_telling *tellings; /* by group */
} text_plan;

typedef struct {
    ls_buffer *out;
    const ls_text_style *style;
    ls_arena *scratch; /* of the finding at hand */
    unsigned digits;   /* of its line numbers */
} text_report;

/* --- What is said about it ------------------------------------------------------------------ */

/* "= name: " and where the text after it begins. */
static size_t begin_note(text_report *text, const char *name) {
    ls_gutter(text->out, text->style, text->digits, '=');
    ls_buffer_string(text->out, " ");
    ls_paint_begin(text->out, text->style, LS_PAINT_STRONG);
    ls_buffer_string(text->out, name);
    ls_buffer_string(text->out, ":");
    ls_paint_end(text->out, text->style);
    ls_buffer_string(text->out, " ");
    return text->digits + strlen("  = : ") + strlen(name);
}

static void write_note(text_report *text, const char *name, const char *note) {
    if (note != NULL && note[0] != 0)
        ls_wrap_line(text->out, text->style, begin_note(text, name), note);
}

/* `told` is the finding under which the same long help stands, NULL: it does so here. */
static void write_help(text_report *text, const ls_finding *finding, const ls_finding *told) {
    if (finding->help == NULL || finding->help[0] == 0)
        return;
    if (told == NULL) {
        ls_write_script(text->out, text->style, begin_note(text, "help"), finding->help);
        return;
    }
    unsigned long line = ls_source_position(told->source, told->at.begin).line;
    write_note(text, "help",
               ls_arena_format(text->scratch,
                               "the same steps as for line %lu; --format json has all %zu lines of "
                               "them with the names of this statement",
                               line, ls_count_lines(finding->help)));
}

/* A stop between blanks or behind another one belongs to an ellipsis. */
static bool ends_sentence(const char *text, const char *stop) {
    return (stop[1] == ' ' || stop[1] == '\n') && stop > text && stop[-1] != ' ' && stop[-1] != '.';
}

static char *first_sentence(ls_arena *arena, const char *text) {
    size_t length = strlen(text);
    for (const char *stop = text; (stop = strchr(stop, '.')) != NULL; stop++)
        if (ends_sentence(text, stop)) {
            length = (size_t)(stop - text);
            break;
        }
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '.'))
        length--;
    char *sentence = ls_arena_copy(arena, text, length);
    for (char *line_end = sentence; (line_end = strchr(line_end, '\n')) != NULL;)
        *line_end = ' ';
    return sentence;
}

static void write_others(text_report *text, const ls_finding_group *group) {
    size_t count = group->others.count;
    if (count == 0)
        return;
    bool is_of_file = group->first->rule->once_per_file;
    ls_buffer note = {0};
    ls_buffer_string(&note, is_of_file ? "in " : "the same in ");
    ls_count(&note, count, is_of_file ? "more migration" : "more place");
    for (size_t i = 0; i < count && i < PLACES_NAMED; i++) {
        const ls_finding *other = group->others.items[i];
        ls_buffer_string(&note, i == 0 ? ": " : ", ");
        ls_buffer_string(&note, other->source->name);
        if (!is_of_file)
            ls_buffer_format(
                &note, ":%lu",
                (unsigned long)ls_source_position(other->source, other->at.begin).line);
    }
    if (count > PLACES_NAMED)
        ls_buffer_string(&note, ", ...");
    write_note(text, "and", note.text);
    ls_buffer_free(&note);
}

static void write_related_left_out(text_report *text, const ls_finding *finding) {
    const size_t left_out = ls_count_places_left_out(finding);
    if (left_out == 0)
        return;
    ls_buffer note = {0};
    ls_count(&note, left_out, "more related place");
    ls_buffer_string(&note, " not shown");
    write_note(text, "note", note.text);
    ls_buffer_free(&note);
}

static bool fits_headline(const text_report *text, const ls_finding *finding) {
    const size_t width = strlen(ls_severity_name(finding->severity)) + strlen("[]: ") +
                         strlen(finding->rule->id) +
                         ls_escape(NULL, finding->message, strlen(finding->message));
    return !text->style->is_terminal || width <= text->style->width;
}

static void write_headline(text_report *text, const ls_finding *finding) {
    enum { INDENT = 2 };
    ls_paint_begin(text->out, text->style, ls_severity_paint(finding->severity));
    ls_buffer_format(text->out, "%s[%s]", ls_severity_name(finding->severity), finding->rule->id);
    ls_paint_end(text->out, text->style);
    ls_buffer_string(text->out, fits_headline(text, finding) ? ": " : ":\n  ");
    ls_paint_begin(text->out, text->style, LS_PAINT_STRONG);
    if (!fits_headline(text, finding)) {
        ls_wrap_line(text->out, text->style, INDENT, finding->message);
        ls_paint_end(text->out, text->style);
        return;
    }
    ls_escape_string(text->out, finding->message);
    ls_paint_end(text->out, text->style);
    ls_buffer_string(text->out, "\n");
}

/* The steps under each other, what is in the row beside them:
 *
 *   = trace: 1  the backfill copies the row  email=a  email_address=a
 *            2  web-411 UPDATE users.email   email=b  email_address=a
 */
static void write_trace(text_report *text, const ls_shown_trace *trace) {
    enum { WIDEST_STEP = 44 };
    size_t widest = 0, indent = 0;
    for (LS_EACH(const ls_shown_step, step, *trace)) {
        size_t width = ls_escape(NULL, step->text, strlen(step->text));
        widest = width > widest && width <= WIDEST_STEP ? width : widest;
    }
    for (LS_EACH(const ls_shown_step, step, *trace)) {
        if (step == trace->items)
            indent = begin_note(text, "trace");
        else
            ls_buffer_fill(text->out, ' ', indent);
        ls_buffer_format(text->out, "%zu  ", (size_t)(step - trace->items) + 1);
        size_t width = ls_escape(text->out, step->text, strlen(step->text));
        if (step->state[0] != 0) {
            ls_buffer_fill(text->out, ' ', width < widest ? widest - width + 2 : 2);
            ls_escape_string(text->out, step->state);
        }
        ls_buffer_string(text->out, "\n");
    }
}

static void write_following(text_report *text, const ls_finding *finding, uint32_t short_ones) {
    if (short_ones == 0)
        return;
    ls_buffer note = {0};
    ls_count(&note, short_ones, "more finding");
    ls_buffer_format(&note, " of %s %s on one line each; --verbose shows all in full",
                     finding->rule->id, short_ones == 1 ? "follows" : "follow");
    write_note(text, "note", note.text);
    ls_buffer_free(&note);
}

static void write_in_full(text_report *text, const ls_finding_group *group,
                          const ls_telling *telling) {
    const ls_finding *finding = group->first;
    write_headline(text, finding);
    text->digits = ls_write_finding_frames(text->out, text->style, text->scratch, finding);
    write_note(text, "waits", finding->waits);
    write_trace(text, &finding->trace);
    if (finding->rule->why != NULL)
        write_note(text, "why", first_sentence(text->scratch, finding->rule->why));
    write_help(text, finding, telling->long_help);
    for (size_t i = 0; i < finding->notes.count; i++)
        write_note(text, "note", finding->notes.items[i]);
    write_related_left_out(text, finding);
    write_others(text, group);
    write_following(text, finding, telling->short_ones);
    ls_buffer_string(text->out, "\n");
    ls_arena_clear(text->scratch);
}

static void write_in_short(text_report *text, const ls_finding *finding, bool is_last_in_a_row) {
    ls_write_concise(text->out, finding);
    ls_buffer_string(text->out, is_last_in_a_row ? "\n\n" : "\n");
}

/* --- All of it ------------------------------------------------------------------------------ */

static void write_groups(ls_buffer *out, size_t begin, size_t end, const void *context) {
    const text_plan *plan = context;
    const ls_finding_groups *groups = &plan->groups;
    text_report text = {.out = out, .style = plan->style, .scratch = ls_arena_new()};
    for (size_t i = begin; i < end; i++) {
        const ls_telling *telling = &plan->tellings[i];
        if (telling->in_short)
            write_in_short(&text, groups->items[i].first,
                           i + 1 == groups->count || !telling[1].in_short);
        else
            write_in_full(&text, &groups->items[i], telling);
        ls_buffer_drain_much(out);
    }
    ls_arena_free(text.scratch);
}

void ls_report_text(ls_buffer *out, const ls_report *report, const ls_text_style *style) {
    ls_arena *arena = ls_arena_new();
    text_plan plan = {.style = style, .groups = ls_group_findings(arena, &report->findings)};
    plan.tellings = ls_choose_telling(arena, &plan.groups, style->in_full);
    ls_write_side_by_side(out, plan.groups.count, write_groups, &plan);
    ls_write_verdict(out, report, style);
    ls_write_coverage(out, report, style);
    ls_arena_free(arena);
}
