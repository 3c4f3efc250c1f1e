/*
 * fold.c - one cause, one finding.
 *
 * A finding covers others of its own statement only, so the candidates are looked at statement by
 * statement: a file of a hundred thousand statements costs what its statements cost.
 */
#include "rules/fold.h"

#include "support/sort.h"

#include <string.h>

static int compare_numbers(uint32_t one, uint32_t other) {
    return one < other ? -1 : one > other;
}

static int compare_places(const void *one, const void *other) {
    const ls_candidate *left = one, *right = other;
    int order = compare_numbers(left->at.begin, right->at.begin);
    if (order == 0)
        order = compare_numbers(left->at.end, right->at.end);
    if (order == 0)
        order = compare_numbers(left->finding->severity, right->finding->severity);
    if (order == 0)
        order = strcmp(left->rule->id, right->rule->id);
    return order == 0 ? strcmp(left->finding->message, right->finding->message) : order;
}

static bool same_span(ls_span one, ls_span other) {
    return one.begin == other.begin && one.end == other.end;
}

static bool one_of_them_if_any(const char *one, const char *other) {
    return one == NULL || other == NULL || strcmp(one, other) == 0;
}

static bool is_over(const ls_rule *rule, const ls_rule *other) {
    for (size_t i = 0; i < rule->over_count; i++)
        if (strcmp(rule->over[i], other->id) == 0)
            return true;
    return false;
}

/* Of two in one statement. What a small table softens does not hide what it does not. */
static bool is_one_cause(const ls_candidate *upper, const ls_candidate *lower) {
    if (upper->softened && !lower->softened)
        return false;
    return one_of_them_if_any(upper->relation, lower->relation) &&
           one_of_them_if_any(upper->column, lower->column);
}

/* What the folded finding pointed at still helps to understand. */
static void keep_labels(ls_arena *arena, ls_finding *to, const ls_finding *from) {
    for (LS_EACH(const ls_label, label, from->labels)) {
        bool known = false;
        for (LS_EACH(const ls_label, other, to->labels))
            known = known || (other->source == label->source && same_span(other->at, label->at));
        if (!known)
            LS_PUSH(arena, &to->labels, *label);
    }
}

static void drop_repetitions(ls_candidates *candidates) {
    for (size_t i = 1; i < candidates->count; i++) {
        ls_candidate *candidate = &candidates->items[i];
        for (size_t j = i; j-- > 0;) {
            const ls_candidate *earlier = &candidates->items[j];
            if (!same_span(earlier->at, candidate->at))
                break;
            if (earlier->rule == candidate->rule)
                candidate->dropped = true;
        }
    }
}

/* The candidates of one statement, in their order. */
typedef struct {
    ls_candidate *const *items;
    size_t count;
} statement_candidates;

static void drop_covered_by(ls_arena *arena, ls_candidate *upper,
                            const statement_candidates *group) {
    for (size_t i = 0; i < group->count; i++) {
        ls_candidate *lower = group->items[i];
        if (!is_over(upper->rule, lower->rule) || !is_one_cause(upper, lower))
            continue;
        if (!lower->dropped)
            keep_labels(arena, upper->finding, lower->finding);
        lower->dropped = true;
    }
}

/* By statement; the candidates of one stay in their order. */
static int compare_statements(const void *one, const void *other) {
    const ls_candidate *left = *(ls_candidate *const *)one, *right = *(ls_candidate *const *)other;
    ls_span left_at = left->statement_at, right_at = right->statement_at;
    int order = compare_numbers(left_at.begin, right_at.begin);
    if (order == 0)
        order = compare_numbers(left_at.end, right_at.end);
    return order == 0 ? (left > right) - (left < right) : order;
}

static void drop_covered(ls_arena *arena, ls_candidates *candidates) {
    size_t count = candidates->count;
    if (count < 2)
        return;
    ls_candidate **sorted = LS_NEW_ARRAY(arena, ls_candidate *, count);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &candidates->items[i];
    ls_sort(sorted, count, sizeof(ls_candidate *), compare_statements);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count; end++)
            if (!same_span(sorted[end]->statement_at, sorted[first]->statement_at))
                break;
        const statement_candidates group = {sorted + first, end - first};
        for (size_t i = first; i < end; i++)
            if (sorted[i]->rule->over_count > 0)
                drop_covered_by(arena, sorted[i], &group);
    }
}

static bool is_alike(const ls_candidate *first, const ls_candidate *later) {
    return first->rule == later->rule && (first->suppressed == NULL) == (later->suppressed == NULL);
}

static void drop_later_in_file(ls_candidates *candidates) {
    for (size_t i = 0; i < candidates->count; i++) {
        const ls_candidate *first = &candidates->items[i];
        if (first->dropped || !first->rule->once_per_file)
            continue;
        for (size_t j = i + 1; j < candidates->count; j++)
            if (is_alike(first, &candidates->items[j]))
                candidates->items[j].dropped = true;
    }
}

static bool is_repeated_in_statement(const ls_candidate *first, const ls_candidate *later) {
    return is_alike(first, later) && same_span(first->statement_at, later->statement_at) &&
           one_of_them_if_any(first->relation, later->relation);
}

static void drop_later_in_statement(ls_candidates *candidates) {
    for (size_t i = 0; i < candidates->count; i++) {
        const ls_candidate *first = &candidates->items[i];
        if (first->dropped || !first->rule->once_per_statement)
            continue;
        for (size_t j = i + 1; j < candidates->count; j++) {
            if (candidates->items[j].at.begin >= first->statement_at.end)
                break;
            if (is_repeated_in_statement(first, &candidates->items[j]))
                candidates->items[j].dropped = true;
        }
    }
}

/* A migration stops at the first; what else the same cause stops is to be seen there. */
static void join_later_in_file(ls_arena *arena, const ls_source *source,
                               ls_candidates *candidates) {
    for (size_t i = 0; i < candidates->count; i++) {
        const ls_candidate *first = &candidates->items[i];
        if (first->dropped || !first->rule->once_per_message)
            continue;
        for (size_t j = i + 1; j < candidates->count; j++) {
            ls_candidate *later = &candidates->items[j];
            if (later->dropped || !is_alike(first, later) ||
                strcmp(first->finding->message, later->finding->message) != 0)
                continue;
            later->dropped = true;
            LS_PUSH(arena, &first->finding->labels,
                    ((ls_label){source, later->at, "and here, for the same reason"}));
        }
    }
}

static void sort(ls_candidates *candidates) {
    ls_sort(candidates->items, candidates->count, sizeof *candidates->items, compare_places);
}

void ls_fold(ls_arena *arena, ls_candidates *candidates) {
    sort(candidates);
    drop_repetitions(candidates);
    drop_covered(arena, candidates);
}

void ls_tell_once(ls_arena *arena, const ls_source *source, ls_candidates *candidates) {
    sort(candidates);
    drop_later_in_statement(candidates);
    drop_later_in_file(candidates);
    join_later_in_file(arena, source, candidates);
}
