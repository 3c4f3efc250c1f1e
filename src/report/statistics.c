/*
 * statistics.c - findings counted by rule: where to begin with a tree that has hundreds of them.
 */
#include "report/closing.h"
#include "rules/fixes.h"
#include "support/sort.h"

#include <string.h>

/* A rule may be louder in some files than in others. */
typedef struct {
    const ls_rule *rule;
    ls_severity severity;
    uint32_t found, fixable;
} tally;

typedef LS_VECTOR(tally) tallies;

static tally *tally_of(ls_arena *arena, tallies *all, const ls_finding *finding) {
    for (LS_EACH(tally, one, *all))
        if (one->rule == finding->rule && one->severity == finding->severity)
            return one;
    LS_PUSH(arena, all, ((tally){.rule = finding->rule, .severity = finding->severity}));
    return &all->items[all->count - 1];
}

/* The most frequent first; of as many, the loudest. */
static int compare(const void *one, const void *other) {
    const tally *left = one, *right = other;
    if (left->found != right->found)
        return left->found < right->found ? 1 : -1;
    if (left->severity != right->severity)
        return left->severity < right->severity ? -1 : 1;
    return strcmp(left->rule->id, right->rule->id);
}

static void count_findings(ls_arena *arena, tallies *all, const ls_findings *findings) {
    for (LS_EACH(const ls_finding, finding, *findings)) {
        tally *one = tally_of(arena, all, finding);
        one->found++;
        one->fixable += ls_has_safe_fix(finding);
    }
    if (all->count > 0)
        ls_sort(all->items, all->count, sizeof *all->items, compare);
}

static size_t digits_of(uint32_t number) {
    size_t digits = 1;
    for (; number >= 10; number /= 10)
        digits++;
    return digits;
}

static void write_tally(ls_buffer *out, const ls_text_style *style, const tally *one,
                        size_t digits) {
    static const size_t WIDEST = sizeof "warning" - 1;
    const char *severity = ls_severity_name(one->severity);
    ls_buffer_number(out, one->found, digits);
    ls_buffer_string(out, "  ");
    ls_paint_string(out, style, ls_severity_paint(one->severity), severity);
    ls_buffer_fill(out, ' ', WIDEST - strlen(severity) + 2);
    ls_buffer_string(out, one->rule->id);
    if (one->fixable > 0)
        ls_buffer_format(out, "  (%lu fixable)", (unsigned long)one->fixable);
    ls_buffer_string(out, "\n");
}

void ls_report_statistics(ls_buffer *out, const ls_report *report, const ls_text_style *style) {
    ls_arena *arena = ls_arena_new();
    tallies all = {0};
    count_findings(arena, &all, &report->findings);
    for (LS_EACH(const tally, one, all))
        write_tally(out, style, one, digits_of(all.items[0].found));
    if (all.count > 0)
        ls_buffer_string(out, "\n");
    ls_write_verdict(out, report, style);
    ls_write_coverage(out, report, style);
    ls_arena_free(arena);
}
