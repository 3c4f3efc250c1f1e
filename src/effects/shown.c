/*
 * shown.c - names as people and SQL write them.
 */
#include "effects/builder.h"

#include <stdlib.h>
#include <string.h>

/* Words that cannot stand as a table's or column's name without quotes: reserved, and reserved but
 * usable as a function or type (documentation: appendix C, PostgreSQL 18). Sorted. */
static const char *const reserved_words[] = {
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "similar",
    "some",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
};

static int compare_words(const void *one, const void *other) {
    return strcmp((const char *)one, *(const char *const *)other);
}

static bool is_reserved(const char *word) {
    return bsearch(word, reserved_words, sizeof reserved_words / sizeof *reserved_words,
                   sizeof *reserved_words, compare_words) != NULL;
}

static bool is_name_start(char byte) {
    return (byte >= 'a' && byte <= 'z') || byte == '_' || (byte & 0x80) != 0;
}

static bool is_plain(const char *identifier) {
    if (!is_name_start(*identifier) || is_reserved(identifier))
        return false;
    const char *byte = identifier + 1;
    while (is_name_start(*byte) || (*byte >= '0' && *byte <= '9') || *byte == '$')
        byte++;
    return *byte == 0;
}

const char *ls_quoted(ls_builder *builder, const char *identifier) {
    if (identifier == NULL || is_plain(identifier))
        return identifier;
    size_t length = strlen(identifier), at = 0;
    char *quoted = ls_arena_alloc(builder->arena, 2 * length + 3);
    quoted[at++] = '"';
    for (size_t i = 0; i < length; i++) {
        if (identifier[i] == '"')
            quoted[at++] = '"';
        quoted[at++] = identifier[i];
    }
    quoted[at] = '"';
    return quoted;
}

static const char *shown(ls_builder *builder, const char *schema, const char *name) {
    if (schema == NULL || strcmp(schema, "public") == 0 || strcmp(schema, "pg_temp") == 0)
        return ls_quoted(builder, name);
    return ls_arena_format(builder->arena, "%s.%s", ls_quoted(builder, schema),
                           ls_quoted(builder, name));
}

const char *ls_shown(ls_builder *builder, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    return relation == NULL ? NULL : shown(builder, relation->schema, relation->name);
}

const char *ls_shown_name(ls_builder *builder, const ls_name *name) {
    return name->name == NULL ? NULL : shown(builder, name->schema, name->name);
}

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f' ||
           byte == '\v';
}

const char *ls_text_of(ls_builder *builder, ls_span at) {
    return ls_text_in(builder, builder->source, at);
}

const char *ls_text_in(ls_builder *builder, const ls_source *source, ls_span at) {
    const char *text = source->text;
    char *line = ls_arena_alloc(builder->arena, at.end > at.begin ? at.end - at.begin + 1 : 1);
    size_t length = 0;
    for (uint32_t i = at.begin; i < at.end; i++) {
        if (!is_blank(text[i]))
            line[length++] = text[i];
        else if (length > 0 && line[length - 1] != ' ')
            line[length++] = ' ';
    }
    if (length > 0 && line[length - 1] == ' ')
        line[length - 1] = 0;
    return line;
}
