/*
 * type_said.c - written apart from what lockstep itself shows to people, which is to be tested.
 */
#include "histories/type_said.h"

#include "histories/items.h"

#include <string.h>

/* Names that differ from pg_type's; a modifier stands between the two parts (documentation: Data
 * Types; format_type). */
static const struct {
    const char *name, *before, *after;
} spellings[] = {
    {"bool", "boolean", ""},
    {"bpchar", "character", ""},
    {"char", "\"char\"", ""},
    {"float4", "real", ""},
    {"float8", "double precision", ""},
    {"int2", "smallint", ""},
    {"int4", "integer", ""},
    {"int8", "bigint", ""},
    {"time", "time", " without time zone"},
    {"timestamp", "timestamp", " without time zone"},
    {"timestamptz", "timestamp", " with time zone"},
    {"timetz", "time", " with time zone"},
    {"varbit", "bit varying", ""},
    {"varchar", "character varying", ""},
};

/* The bits of an interval's first modifier that name fields (documentation: INTERVAL; the server's
 * utils/datetime.h), least first. */
static const struct {
    int mask;
    const char *fields;
} interval_fields[] = {
    {0x0004, " year"},
    {0x0002, " month"},
    {0x0008, " day"},
    {0x0400, " hour"},
    {0x0800, " minute"},
    {0x1000, " second"},
    {0x0006, " year to month"},
    {0x0408, " day to hour"},
    {0x0C08, " day to minute"},
    {0x1C08, " day to second"},
    {0x0C00, " hour to minute"},
    {0x1C00, " hour to second"},
    {0x1800, " minute to second"},
};

static const char *interval_said(ls_arena *arena, const ls_data_type *type) {
    const char *fields = "";
    for (size_t i = 0; i < sizeof interval_fields / sizeof *interval_fields; i++)
        if (type->modifier_count > 0 && interval_fields[i].mask == type->modifiers[0])
            fields = interval_fields[i].fields;
    return type->modifier_count > 1
               ? ls_arena_format(arena, "interval%s(%d)", fields, type->modifiers[1])
               : ls_arena_format(arena, "interval%s", fields);
}

static const char *modifier_said(ls_arena *arena, const ls_data_type *type) {
    if (type->modifier_count == 0)
        return "";
    if (strcmp(type->name, "numeric") == 0)
        return ls_arena_format(arena, "(%d,%d)", type->modifiers[0],
                               type->modifier_count > 1 ? type->modifiers[1] : 0);
    return ls_arena_format(arena, "(%d)", type->modifiers[0]);
}

static const char *built_in_said(ls_arena *arena, const ls_data_type *type) {
    if (strcmp(type->name, "interval") == 0)
        return interval_said(arena, type);
    const char *modifier = modifier_said(arena, type);
    if (*modifier == '\0' && strcmp(type->name, "bpchar") == 0)
        return "bpchar";
    if (*modifier == '\0' && strcmp(type->name, "bit") == 0)
        return "\"bit\"";
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (strcmp(spellings[i].name, type->name) == 0)
            return ls_arena_join(arena, spellings[i].before, modifier, spellings[i].after, NULL);
    return ls_arena_join(arena, type->name, modifier, NULL);
}

const char *ls_type_said(ls_arena *arena, const ls_data_type *type) {
    if (!type->known)
        return UNKNOWN;
    const char *element = strcmp(type->schema, "pg_catalog") == 0
                              ? built_in_said(arena, type)
                              : ls_arena_format(arena, "%s.%s", type->schema, type->name);
    return type->dimensions > 0 ? ls_arena_join(arena, element, "[]", NULL) : element;
}
