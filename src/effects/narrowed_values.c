/*
 * narrowed_values.c - what a value has to be like to fit into a narrower type, as SQL.
 *
 * Only for types that compare and count alike: strings by length, integers by range, numerics by
 * digits. Of other pairs a condition on the old value says nothing.
 */
#include "effects/type_facts.h"
#include "effects/types.h"

#include <string.h>

static const struct {
    const char *type, *least, *greatest; /* documentation 8.1 */
} ranges[] = {
    {"int2", "-32768", "32767"},
    {"int4", "-2147483648", "2147483647"},
    {"int8", "-9223372036854775808", "9223372036854775807"},
};

static bool is_category(const ls_data_type *type, char category) {
    const ls_type_facts *facts = ls_type_facts_of(type);
    return facts != NULL && facts->category == category && type->dimensions == 0;
}

static const char *within_range(ls_arena *arena, const ls_data_type *to, const char *column) {
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (strcmp(ranges[i].type, to->name) == 0)
            return ls_arena_format(arena, "%s BETWEEN %s AND %s", column, ranges[i].least,
                                   ranges[i].greatest);
    return NULL;
}

static const char *within_digits(ls_arena *arena, const ls_data_type *to, const char *column) {
    if (strcmp(to->name, "numeric") != 0 || to->modifier_count == 0)
        return NULL;
    int scale = to->modifier_count > 1 ? to->modifiers[1] : 0;
    return ls_arena_format(arena, "%s = round(%s, %d) AND abs(%s) < 1e%d", column, column, scale,
                           column, to->modifiers[0] - scale);
}

const char *ls_narrowed_condition(ls_arena *arena, const ls_data_type *from, const ls_data_type *to,
                                  const char *column) {
    if (is_category(from, 'S') && is_category(to, 'S') && to->modifier_count > 0)
        return ls_arena_format(arena, "char_length(%s) <= %d", column, to->modifiers[0]);
    if (!is_category(from, 'N') || !is_category(to, 'N'))
        return NULL;
    const char *range = within_range(arena, to, column);
    if (range != NULL)
        return range;
    return strcmp(from->name, "numeric") == 0 ? within_digits(arena, to, column) : NULL;
}
