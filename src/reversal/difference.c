#include "reversal/difference.h"

#include "effects/wording.h"

#include <string.h>

typedef struct {
    ls_arena *arena;
    const ls_description *before, *after;
    uint32_t up;
    ls_differences found;
} comparison;

static void add(comparison *work, ls_difference_kind kind, const ls_part *part, const char *before,
                const char *after) {
    LS_PUSH(work->arena, &work->found.items,
            ((ls_difference){.kind = kind, .part = part, .before = before, .after = after}));
}

static void add_unknown(comparison *work, const char *reason) {
    LS_PUSH(work->arena, &work->found.unknown, reason);
}

static bool same(const char *one, const char *other) {
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

/* --- Facts ----------------------------------------------------------------------------------- */

static bool may_be_same(ls_arena *arena, const ls_fact *one, const ls_fact *other) {
    return one != NULL && other != NULL &&
           (ls_same_without_casts(arena, one->value, other->value) ||
            (one->is_wording && ls_may_mean_same(arena, one->value, other->value)));
}

static void compare_fact(comparison *work, const ls_part *part, const char *property,
                         const ls_fact *before, const ls_fact *after) {
    const char *was = before == NULL ? NULL : before->value;
    const char *is = after == NULL ? NULL : after->value;
    const ls_fact *given = before == NULL ? after : before;
    if (same(was, is)) {
        if (given != NULL && given->is_wording && ls_depends_on_time(given->value))
            add_unknown(work, ls_arena_format(work->arena, "the %s of %s %s depends on the time",
                                              property, part->object, part->shown));
        return;
    }
    if ((before == NULL || after == NULL) && (given->usual_unknown || part->declared)) {
        add_unknown(work, ls_arena_format(work->arena, "the %s of %s %s is not told %s", property,
                                          part->object, part->shown,
                                          before == NULL ? "before the up" : "after the down"));
        return;
    }
    if (may_be_same(work->arena, before, after)) {
        add_unknown(work, ls_arena_format(work->arena, "the %s of %s %s is written in other words",
                                          property, part->object, part->shown));
        return;
    }
    add(work, LS_CHANGED, part, was, is);
    work->found.items.items[work->found.items.count - 1].property = property;
}

/* The query of a view that has other columns is another one. */
static bool is_told_by_columns(const ls_part *before, const ls_part *after, const char *property) {
    const ls_fact *was = ls_part_fact(before, "columns"), *is = ls_part_fact(after, "columns");
    return strcmp(property, "definition") == 0 && was != NULL && is != NULL &&
           !same(was->value, is->value);
}

static void compare_facts(comparison *work, const ls_part *before, const ls_part *after) {
    for (LS_EACH(const ls_fact, fact, before->facts))
        if (!is_told_by_columns(before, after, fact->property))
            compare_fact(work, before, fact->property, fact, ls_part_fact(after, fact->property));
    for (LS_EACH(const ls_fact, fact, after->facts))
        if (ls_part_fact(before, fact->property) == NULL)
            compare_fact(work, before, fact->property, NULL, fact);
}

/* --- Order ----------------------------------------------------------------------------------- */

/* The next word of the list that the other has too. */
static const char *next_common(const ls_words *words, const ls_words *other, uint32_t *at) {
    while (*at < words->count && !ls_has_word(other, words->items[*at]))
        (*at)++;
    return *at < words->count ? words->items[(*at)++] : NULL;
}

/* How many words the lists begin with alike. */
static uint32_t common_beginning(const ls_words *one, const ls_words *other) {
    uint32_t count = 0;
    while (count < one->count && count < other->count &&
           strcmp(one->items[count], other->items[count]) == 0)
        count++;
    return count;
}

/* The first column that is not in its place, and the one that stands there; false if none is. */
static bool is_reordered(const ls_part *before, const ls_part *after, const char **was,
                         const char **is) {
    uint32_t left = common_beginning(&before->order, &after->order), right = left;
    do {
        *was = next_common(&before->order, &after->order, &left);
        *is = next_common(&after->order, &before->order, &right);
        if (*was == NULL || *is == NULL)
            return false;
    } while (strcmp(*was, *is) == 0);
    return true;
}

/* --- Parts ----------------------------------------------------------------------------------- */

static const ls_part *under_other_name(const ls_description *in, const ls_description *other,
                                       const ls_part *part) {
    const ls_part *same = ls_same_part(in, part);
    return same != NULL && ls_described(other, same->key) == NULL ? same : NULL;
}

/* Of a table that the history does not show, only what the up itself has made is known to be new.
 */
static bool may_have_been(const comparison *work, const ls_part *part) {
    if (part->declared || part->may_have_been)
        return true;
    const ls_part *container =
        part->container == NULL ? NULL : ls_described(work->after, part->container);
    bool is_open = container != NULL && !container->whole;
    return is_open && (!part->birth.known || part->birth.file != work->up);
}

static void see_after(comparison *work, const ls_part *part) {
    const ls_part *before = ls_described(work->before, part->key);
    if (before != NULL)
        return;
    if (may_have_been(work, part)) {
        if (!part->declared || part->may_have_been)
            add_unknown(work, ls_arena_format(work->arena, "what %s %s was like is not known",
                                              part->object, part->shown));
        return;
    }
    if (under_other_name(work->before, work->after, part) == NULL)
        add(work, LS_LEFT_OVER, part, NULL, NULL);
}

static void see_before(comparison *work, const ls_part *part) {
    const ls_part *after = ls_described(work->after, part->key);
    if (after == NULL) {
        const ls_part *renamed = under_other_name(work->after, work->before, part);
        if (renamed == NULL)
            add(work, LS_LOST, part, NULL, NULL);
        else
            add(work, LS_RENAMED, part, part->shown, renamed->shown);
        return;
    }
    compare_facts(work, part, after);
    if (part->lacks_partitions && part->id != after->id)
        add_unknown(work, ls_arena_format(work->arena, "which partitions %s had is not known",
                                          part->shown));
    const char *was, *is;
    if (is_reordered(part, after, &was, &is))
        add(work, LS_REORDERED, part, was, is);
}

/* --- One cause ------------------------------------------------------------------------------- */

static bool is_whole(ls_difference_kind kind) {
    return kind == LS_LEFT_OVER || kind == LS_LOST || kind == LS_RENAMED;
}

/* What may be the cause of other differences: by the keys of what is left over, gone or renamed,
 * and the names that renamed tables have and had. A renamed table's parts are gone under the old
 * name and left over under the new one. */
typedef struct {
    ls_map wholes, renamed;
} causes;

static causes causes_of(ls_arena *arena, const ls_differences *all) {
    causes found = {0};
    for (LS_EACH(ls_difference, difference, all->items)) {
        if (!is_whole(difference->kind))
            continue;
        ls_map_set(arena, &found.wholes, difference->part->key, difference);
        if (difference->kind != LS_RENAMED)
            continue;
        ls_map_set(arena, &found.renamed, difference->before, difference);
        ls_map_set(arena, &found.renamed, difference->after, difference);
    }
    return found;
}

static bool is_among(const ls_map *map, const char *key) {
    return key != NULL && ls_map_get(map, key) != NULL;
}

static bool has_cause(const causes *among, const ls_difference *difference) {
    const ls_part *part = difference->part;
    if (is_among(&among->wholes, part->container) ||
        (difference->kind != LS_RENAMED && is_among(&among->renamed, part->relation)))
        return true;
    for (LS_EACH(const char *, column, part->columns))
        if (is_among(&among->wholes, *column))
            return true;
    return false;
}

static void fold(ls_arena *arena, ls_differences *all) {
    const causes among = causes_of(arena, all);
    ls_differences kept = {.unknown = all->unknown};
    for (LS_EACH(const ls_difference, difference, all->items))
        if (!has_cause(&among, difference))
            LS_PUSH(arena, &kept.items, *difference);
    *all = kept;
}

ls_differences ls_compare(ls_arena *arena, const ls_description *before,
                          const ls_description *after, uint32_t up) {
    comparison work = {.arena = arena, .before = before, .after = after, .up = up};
    for (LS_EACH(const ls_part, part, before->parts))
        see_before(&work, part);
    for (LS_EACH(const ls_part, part, after->parts))
        see_after(&work, part);
    fold(arena, &work.found);
    return work.found;
}

/* --- On the way ------------------------------------------------------------------------------ */

bool ls_has_difference(const ls_description *state, const ls_description *before,
                       const ls_difference *difference) {
    const ls_part *now = ls_described(state, difference->part->key);
    const ls_part *then = ls_described(before, difference->part->key);
    if (now == NULL || then == NULL)
        return now != then;
    const char *was, *is;
    if (difference->kind == LS_REORDERED)
        return now->order.count != then->order.count || is_reordered(then, now, &was, &is);
    if (difference->kind != LS_CHANGED)
        return false;
    const ls_fact *one = ls_part_fact(now, difference->property);
    const ls_fact *other = ls_part_fact(then, difference->property);
    return !same(one == NULL ? NULL : one->value, other == NULL ? NULL : other->value);
}
