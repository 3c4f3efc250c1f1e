/*
 * recipe_bound.c - partition bounds as CHECK conditions.
 *
 * PostgreSQL proves a bound from a CHECK term by term. For one key any form that says as much will
 * do; for several it has to be the very form of the bound's own expression (see predicates.c),
 * which is what is written here.
 */
#include "effects/recipe.h"

#include <string.h>

typedef enum { IS_VALUE, IS_UNBOUNDED } end_kind;

static end_kind end_of(const ls_expression *value) {
    if (value->kind != LS_EXPR_COLUMN || value->names.count != 1)
        return IS_VALUE;
    const char *name = value->names.items[0];
    return strcmp(name, "minvalue") == 0 || strcmp(name, "maxvalue") == 0 ? IS_UNBOUNDED : IS_VALUE;
}

typedef struct {
    ls_builder *builder;
    const ls_partitioning *partitioning;
    const ls_bound *bound;
    size_t count, equal; /* keys; those of them, from the first on, whose two ends are one value */
} bound_range;

static const char *key_text(const bound_range *range, size_t key) {
    return ls_quoted(range->builder, range->partitioning->keys.items[key].column);
}

static const char *value_text(ls_builder *builder, const ls_expression *value) {
    return ls_text_of(builder, value->at);
}

static bool has_plain_keys(const ls_partitioning *partitioning) {
    for (LS_EACH(const ls_index_element, key, partitioning->keys))
        if (!key->column)
            return false;
    return partitioning->keys.count > 0;
}

static const char *joined(ls_builder *builder, const char *left, const char *word,
                          const char *right) {
    return left ? ls_arena_format(builder->arena, "%s %s %s", left, word, right) : right;
}

static const char *compared(const bound_range *range, size_t key, const char *comparison,
                            const ls_expression *value) {
    return ls_arena_format(range->builder->arena, "%s %s %s", key_text(range, key), comparison,
                           value_text(range->builder, value));
}

/* --- Ranges ---------------------------------------------------------------------------------- */

static size_t equal_keys(const bound_range *range) {
    size_t count = 0;
    for (; count < range->count; count++) {
        const ls_expression *low = range->bound->lower.items[count];
        const ls_expression *high = range->bound->upper.items[count];
        if (end_of(low) != IS_VALUE || end_of(high) != IS_VALUE ||
            strcmp(value_text(range->builder, low), value_text(range->builder, high)) != 0)
            break;
    }
    return count;
}

/* (a > 1 OR (a = 1 AND b >= 2)): one end over the keys from the first unequal one on. */
static const char *row_end(const bound_range *range, bool upper) {
    ls_builder *builder = range->builder;
    const char *arms = NULL, *equal = NULL;
    for (size_t key = range->equal; key < range->count; key++) {
        const ls_expression *value =
            upper ? range->bound->upper.items[key] : range->bound->lower.items[key];
        if (end_of(value) != IS_VALUE)
            return NULL;
        const char *comparison = upper ? "<" : key + 1 == range->count ? ">=" : ">";
        const char *term = joined(builder, equal, "AND", compared(range, key, comparison, value));
        if (equal)
            term = ls_arena_format(builder->arena, "(%s)", term);
        arms = joined(builder, arms, "OR", term);
        equal = joined(builder, equal, "AND", compared(range, key, "=", value));
    }
    return ls_arena_format(builder->arena, "(%s)", arms);
}

static const char *both_row_ends(const bound_range *range, const char *condition) {
    const char *lower = row_end(range, false), *upper = row_end(range, true);
    if (!lower || !upper)
        return NULL;
    condition = joined(range->builder, condition, "AND", lower);
    return joined(range->builder, condition, "AND", upper);
}

static const char *both_ends(const bound_range *range, const char *condition) {
    const size_t key = range->equal;
    const ls_expression *low = range->bound->lower.items[key];
    const ls_expression *high = range->bound->upper.items[key];
    if (end_of(low) == IS_VALUE)
        condition = joined(range->builder, condition, "AND", compared(range, key, ">=", low));
    if (end_of(high) == IS_VALUE)
        condition = joined(range->builder, condition, "AND", compared(range, key, "<", high));
    return condition;
}

static const char *range_condition(bound_range *range) {
    const char *condition = NULL;
    range->equal = equal_keys(range);
    if (range->equal == range->count)
        return NULL;
    for (size_t key = 0; key < range->count; key++)
        condition =
            joined(range->builder, condition, "AND",
                   ls_arena_format(range->builder->arena, "%s IS NOT NULL", key_text(range, key)));
    for (size_t key = 0; key < range->equal; key++)
        condition = joined(range->builder, condition, "AND",
                           compared(range, key, "=", range->bound->lower.items[key]));
    return range->equal + 1 < range->count ? both_row_ends(range, condition)
                                           : both_ends(range, condition);
}

static const char *range_exclusion(const bound_range *range) {
    const ls_expression *low = range->bound->lower.items[0], *high = range->bound->upper.items[0];
    const char *condition =
        ls_arena_format(range->builder->arena, "%s IS NULL", key_text(range, 0));
    if (end_of(low) == IS_VALUE)
        condition = joined(range->builder, condition, "OR", compared(range, 0, "<", low));
    if (end_of(high) == IS_VALUE)
        condition = joined(range->builder, condition, "OR", compared(range, 0, ">=", high));
    return condition;
}

/* --- Lists ----------------------------------------------------------------------------------- */

/* The values but NULL, joined; *with_null says that it is among them. */
static const char *list_of(ls_builder *builder, const ls_bound *bound, bool *with_null) {
    const char *list = NULL;
    *with_null = false;
    for (LS_EACH(ls_expression *const, value, bound->lower)) {
        const bool is_null = (*value)->kind == LS_EXPR_NULL;
        *with_null = *with_null || is_null;
        if (!is_null)
            list =
                list ? ls_arena_format(builder->arena, "%s, %s", list, value_text(builder, *value))
                     : value_text(builder, *value);
    }
    return list;
}

static const char *list_condition(ls_builder *builder, const char *key, const ls_bound *bound) {
    bool with_null;
    const char *list = list_of(builder, bound, &with_null);
    if (!list)
        return ls_arena_format(builder->arena, "%s IS NULL", key);
    return ls_arena_format(builder->arena, "%s %s %s IN (%s)", key,
                           with_null ? "IS NULL OR" : "IS NOT NULL AND", key, list);
}

static const char *list_exclusion(ls_builder *builder, const char *key, const ls_bound *bound) {
    bool with_null;
    const char *list = list_of(builder, bound, &with_null);
    if (!list)
        return ls_arena_format(builder->arena, "%s IS NOT NULL", key);
    return ls_arena_format(builder->arena, "%s %s %s NOT IN (%s)", key,
                           with_null ? "IS NOT NULL AND" : "IS NULL OR", key, list);
}

/* --- Both ------------------------------------------------------------------------------------ */

/* A partition of a partition has to fit into the bounds above as well, which stand elsewhere. */
const char *ls_bound_condition(ls_builder *builder, const ls_relation *parent,
                               const ls_bound *bound) {
    bound_range keys = {builder, &parent->partitioning, bound, parent->partitioning.keys.count, 0};
    if (!has_plain_keys(keys.partitioning) || parent->is_partition)
        return NULL;
    if (bound->kind == LS_BOUND_LIST && keys.count == 1)
        return list_condition(builder, key_text(&keys, 0), bound);
    const bool whole = bound->lower.count == keys.count && bound->upper.count == keys.count;
    return bound->kind == LS_BOUND_RANGE && whole ? range_condition(&keys) : NULL;
}

const char *ls_bound_exclusion(ls_builder *builder, const ls_relation *parent,
                               const ls_bound *bound) {
    const bound_range keys = {builder, &parent->partitioning, bound,
                              parent->partitioning.keys.count, 0};
    if (!has_plain_keys(keys.partitioning) || keys.count != 1)
        return NULL;
    if (bound->kind == LS_BOUND_LIST)
        return list_exclusion(builder, key_text(&keys, 0), bound);
    const bool whole = bound->lower.count == 1 && bound->upper.count == 1;
    return bound->kind == LS_BOUND_RANGE && whole ? range_exclusion(&keys) : NULL;
}

const char *ls_bound_constraint(ls_builder *builder, const char *partition) {
    return ls_quoted(builder, ls_arena_format(builder->arena, "%.57s_bound", partition));
}
