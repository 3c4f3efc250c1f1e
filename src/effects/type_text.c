/*
 * type_text.c - types in people's spelling.
 *
 * Built-in types by the spelling in their facts, user types with their schema unless it is public,
 * quoted where SQL would need it.
 */
#include "effects/type_facts.h"
#include "effects/types.h"
#include "support/same.h"

#include <string.h>

/* INTERVAL_MASK of the field ranges that SQL can name (utils/timestamp.h, gram.y opt_interval). */
static const struct {
    int mask;
    const char *fields;
} ranges[] = {
    {1 << 2, "year"},
    {1 << 1, "month"},
    {1 << 3, "day"},
    {1 << 10, "hour"},
    {1 << 11, "minute"},
    {1 << 12, "second"},
    {1 << 2 | 1 << 1, "year to month"},
    {1 << 3 | 1 << 10, "day to hour"},
    {1 << 3 | 1 << 10 | 1 << 11, "day to minute"},
    {1 << 3 | 1 << 10 | 1 << 11 | 1 << 12, "day to second"},
    {1 << 10 | 1 << 11, "hour to minute"},
    {1 << 10 | 1 << 11 | 1 << 12, "hour to second"},
    {1 << 11 | 1 << 12, "minute to second"},
};

static const char *interval_text(ls_arena *arena, const ls_data_type *type) {
    const char *fields = NULL;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (type->modifier_count > 0 && ranges[i].mask == type->modifiers[0])
            fields = ranges[i].fields;
    const char *text = fields ? ls_arena_format(arena, "interval %s", fields) : "interval";
    bool has_precision = type->modifier_count > 1 && type->modifiers[1] <= 6;
    return has_precision ? ls_arena_format(arena, "%s(%d)", text, type->modifiers[1]) : text;
}

static const char *with_modifiers(ls_arena *arena, const char *text, const ls_data_type *type) {
    if (type->modifier_count == 1)
        return ls_arena_format(arena, "%s(%d)", text, type->modifiers[0]);
    if (type->modifier_count == 2)
        return ls_arena_format(arena, "%s(%d,%d)", text, type->modifiers[0], type->modifiers[1]);
    return text;
}

static bool is_plain(const char *name) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
    return *name && strchr(letters, *name) &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789$")] == '\0';
}

static const char *quoted(ls_arena *arena, const char *name) {
    if (is_plain(name))
        return name;
    char *text = ls_arena_alloc(arena, 2 * strlen(name) + 3), *end = text;
    *end++ = '"';
    for (; *name; name++) {
        if (*name == '"')
            *end++ = '"';
        *end++ = *name;
    }
    *end = '"';
    return text;
}

static const char *user_type_text(ls_arena *arena, const ls_data_type *type) {
    const char *name = quoted(arena, type->name);
    bool plain_schema = !type->schema || ls_same_text(type->schema, "public") ||
                        ls_same_text(type->schema, "pg_catalog");
    return plain_schema ? name : ls_arena_format(arena, "%s.%s", quoted(arena, type->schema), name);
}

static const char *element_text(ls_arena *arena, const ls_data_type *type) {
    const ls_type_facts *facts = ls_type_facts_of(type);
    if (!facts)
        return with_modifiers(arena, user_type_text(arena, type), type);
    if (facts->modifiers == LS_MODIFIER_INTERVAL)
        return interval_text(arena, type);
    /* char without a length would be char(1); the type of any length is called bpchar. */
    bool unlimited_char = type->modifier_count == 0 && ls_same_text(type->name, "bpchar");
    bool whole = facts->modifiers == LS_MODIFIER_NUMERIC && type->modifier_count == 2 &&
                 type->modifiers[1] == 0;
    if (whole)
        return ls_arena_format(arena, "%s(%d)", facts->spelling, type->modifiers[0]);
    return with_modifiers(arena, unlimited_char ? "bpchar" : facts->spelling, type);
}

const char *ls_type_text(ls_arena *arena, const ls_data_type *type) {
    const char *text = element_text(arena, type);
    for (int i = 0; i < type->dimensions; i++)
        text = ls_arena_format(arena, "%s[]", text);
    return text;
}

const char *ls_types_text(ls_arena *arena, const ls_data_type *types, size_t count,
                          const char *separator) {
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text = ls_arena_join(arena, text, i == 0 ? "" : separator, ls_type_text(arena, &types[i]),
                             NULL);
    return text;
}
