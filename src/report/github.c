/*
 * github.c - annotations of GitHub Actions.
 *
 * A step shows ten of each level, whichever come first, and cuts long messages. So there is one for
 * a statement, whatever was found in it; one for a cause that several files share; the worst and
 * the most certain come first; and the last of ten says how many there are besides.
 */
#include "report/escape.h"
#include "report/escape_commands.h"
#include "report/formats.h"
#include "report/groups.h"
#include "report/places.h"
#include "report/severities.h"
#include "support/sort.h"

#include <string.h>

enum {
    MOST_OF_A_LEVEL = 10,
    LONGEST_MESSAGE = 4000, /* bytes; the runner cuts at 4,096 UTF-16 units */
};

typedef struct {
    const ls_finding_group *first;              /* the worst of the statement */
    LS_VECTOR(const ls_finding_group *) others; /* of the same statement */
} annotation;
typedef LS_VECTOR(annotation) annotations;

/* --- Choosing -------------------------------------------------------------------------------- */

static bool same_statement(const ls_finding *one, const ls_finding *other) {
    return one->source == other->source && one->statement_at.begin == other->statement_at.begin &&
           one->statement_at.end == other->statement_at.end;
}

/* The worse, then the more certain, then the earlier. */
static int compare_findings(const ls_finding *one, const ls_finding *other) {
    if (one->severity != other->severity)
        return one->severity < other->severity ? -1 : 1;
    bool is_assumed = one->notes.count > 0, is_other_assumed = other->notes.count > 0;
    if (is_assumed != is_other_assumed)
        return is_assumed ? 1 : -1;
    return one < other ? -1 : one > other;
}

static int compare_annotations(const void *one, const void *other) {
    const annotation *a = one, *b = other;
    return compare_findings(a->first->first, b->first->first);
}

static void add_to(ls_arena *arena, annotation *known, const ls_finding_group *group) {
    if (compare_findings(group->first, known->first->first) < 0) {
        LS_PUSH(arena, &known->others, known->first);
        known->first = group;
    } else {
        LS_PUSH(arena, &known->others, group);
    }
}

/* Findings of a statement stand beside each other. */
static annotations annotations_of(ls_arena *arena, const ls_finding_groups *groups) {
    annotations all = {0};
    for (LS_EACH(const ls_finding_group, group, *groups)) {
        annotation *last = all.count > 0 ? &all.items[all.count - 1] : NULL;
        if (last != NULL && same_statement(last->first->first, group->first))
            add_to(arena, last, group);
        else
            LS_PUSH(arena, &all, ((annotation){.first = group}));
    }
    if (all.count > 0)
        ls_sort(all.items, all.count, sizeof *all.items, compare_annotations);
    return all;
}

/* --- Printing -------------------------------------------------------------------------------- */

static void add_group(ls_buffer *text, const ls_finding_group *group) {
    ls_escape_string(text, group->first->message);
    if (group->others.count > 0)
        ls_buffer_format(text, " (and so in %u more files)", group->others.count);
}

static void cut(ls_buffer *text) {
    static const char ELLIPSIS[] = "\n...";
    if (text->length <= LONGEST_MESSAGE)
        return;
    text->length = LONGEST_MESSAGE;
    while (((unsigned char)text->text[text->length] & 0xC0) == 0x80)
        text->length--;
    ls_buffer_string(text, ELLIPSIS);
}

/* The help comes last: it is what a cut may take away. */
static void write_message(ls_buffer *out, const annotation *shown) {
    const ls_finding *finding = shown->first->first;
    ls_buffer text = {0};
    add_group(&text, shown->first);
    for (LS_EACH(const ls_finding_group *const, other, shown->others)) {
        ls_buffer_format(&text, "\nalso %s: ", (*other)->first->rule->id);
        add_group(&text, *other);
    }
    if (finding->waits != NULL) {
        ls_buffer_string(&text, "\nwaits: ");
        ls_escape_string(&text, finding->waits);
    }
    if (finding->help != NULL && finding->help[0] != 0) {
        ls_buffer_string(&text, "\nhelp:\n");
        ls_escape_lines(&text, finding->help);
    }
    cut(&text);
    ls_escape_message(out, LS_COMMAND_GITHUB, text.text);
    ls_buffer_free(&text);
}

/* The runner throws away columns of a region that has several lines. */
static void begin_annotation(ls_buffer *out, const ls_report_view *view, ls_arena *arena,
                             const ls_finding *finding, ls_severity severity,
                             const ls_source *source, ls_span at) {
    ls_region region = ls_region_of(source, at, LS_COLUMN_CODE_POINTS);
    ls_buffer_format(out, "::%s file=", ls_severity_names_of(severity)->github);
    ls_escape_property(out, LS_COMMAND_GITHUB, ls_path_from_root(arena, view->root, source->name));
    ls_buffer_format(out, ",line=%u,endLine=%u", region.begin.line, region.end.line);
    if (region.begin.line == region.end.line)
        ls_buffer_format(out, ",col=%u,endColumn=%u", region.begin.column, region.end.column);
    ls_buffer_string(out, ",title=");
    ls_escape_property(out, LS_COMMAND_GITHUB,
                       ls_arena_join(arena, "lockstep ", finding->rule->id, NULL));
    ls_buffer_string(out, "::");
}

static void write_annotation(ls_buffer *out, const ls_report_view *view, ls_arena *arena,
                             const annotation *shown) {
    const ls_finding *finding = shown->first->first;
    begin_annotation(out, view, arena, finding, finding->severity, finding->source, finding->at);
    write_message(out, shown);
    ls_buffer_string(out, "\n");
}

static void write_left_out(ls_buffer *out, const ls_report_view *view, ls_severity severity,
                           size_t count) {
    ls_buffer_format(out, "::%s title=lockstep::and in %zu more statements: see the %s\n",
                     ls_severity_names_of(severity)->github, count,
                     view->has_summary ? "job's summary" : "log");
}

/* --- Plans ----------------------------------------------------------------------------------- */

/* The place in a file that the stage names; NULL: the finding is about no SQL. */
static const ls_label *place_in_sql(const ls_finding *finding) {
    for (LS_EACH(const ls_label, label, finding->labels))
        if (finding->stage > 0 && label->source != finding->source)
            return label;
    return NULL;
}

/* What is found in a plan is found in its SQL as well, where a reviewer looks; as notices, since it
 * has been counted once. */
static void write_places_in_sql(ls_buffer *out, const ls_report_view *view, ls_arena *arena,
                                const annotations *all, size_t room) {
    for (LS_EACH(const annotation, shown, *all)) {
        const ls_finding *finding = shown->first->first;
        const ls_label *label = place_in_sql(finding);
        if (label == NULL || room == 0)
            continue;
        room--;
        begin_annotation(out, view, arena, finding, LS_SEVERITY_INFO, label->source, label->at);
        const char *text = ls_arena_format(arena, "%s: stage %u of %s: %s", label->message,
                                           finding->stage, finding->source->name, finding->message);
        ls_buffer message = {0};
        ls_escape_string(&message, text);
        cut(&message);
        ls_escape_message(out, LS_COMMAND_GITHUB, message.text);
        ls_buffer_free(&message);
        ls_buffer_string(out, "\n");
    }
}

static size_t room_for_notices(const annotations *all) {
    size_t notices = 0;
    for (LS_EACH(const annotation, shown, *all))
        notices += shown->first->first->severity == LS_SEVERITY_INFO;
    return notices < MOST_OF_A_LEVEL ? MOST_OF_A_LEVEL - notices : 0;
}

void ls_print_github(ls_buffer *out, const ls_report_view *view) {
    ls_arena *arena = ls_arena_new();
    ls_finding_groups groups = ls_group_findings(arena, &view->report->findings);
    annotations all = annotations_of(arena, &groups);
    for (size_t first = 0, end; first < all.count; first = end) {
        ls_severity severity = all.items[first].first->first->severity;
        for (end = first; end < all.count; end++)
            if (all.items[end].first->first->severity != severity)
                break;
        size_t count = end - first, shown = count > MOST_OF_A_LEVEL ? MOST_OF_A_LEVEL - 1 : count;
        for (size_t i = first; i < first + shown; i++)
            write_annotation(out, view, arena, &all.items[i]);
        if (shown < count)
            write_left_out(out, view, severity, count - shown);
    }
    write_places_in_sql(out, view, arena, &all, room_for_notices(&all));
    ls_arena_free(arena);
}
