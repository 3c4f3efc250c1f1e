/*
 * shown.c - names as people and SQL write them.
 */
#include "effects/builder.h"
#include "effects/type_facts.h"
#include "sql/one_line.h"

#include <stdio.h>
#include <string.h>

/* Words that cannot stand as a table's or column's name without quotes: reserved, and reserved but
 * usable as a function or type (documentation: appendix C, PostgreSQL 18), by their initials. */
static const char *const reserved_words[] = {
    ['a' - 'a'] = " all analyse analyze and any array as asc asymmetric authorization ",
    ['b' - 'a'] = " binary both ",
    ['c' - 'a'] = (" case cast check collate collation column concurrently constraint create cross "
                   "current_catalog current_date current_role current_schema current_time "
                   "current_timestamp current_user "),
    ['d' - 'a'] = " default deferrable desc distinct do ",
    ['e' - 'a'] = " else end except ",
    ['f' - 'a'] = " false fetch for foreign freeze from full ",
    ['g' - 'a'] = " grant group ",
    ['h' - 'a'] = " having ",
    ['i' - 'a'] = " ilike in initially inner intersect into is isnull ",
    ['j' - 'a'] = " join ",
    ['l' - 'a'] = " lateral leading left like limit localtime localtimestamp ",
    ['n' - 'a'] = " natural not notnull null ",
    ['o' - 'a'] = " offset on only or order outer overlaps ",
    ['p' - 'a'] = " placing primary ",
    ['r' - 'a'] = " references returning right ",
    ['s' - 'a'] = " select session_user similar some symmetric system_user ",
    ['t' - 'a'] = " table tablesample then to trailing true ",
    ['u' - 'a'] = " union unique user using ",
    ['v' - 'a'] = " variadic verbose ",
    ['w' - 'a'] = " when where window with ",
};

static bool is_reserved(const char *word) {
    size_t initial = (size_t)(*word - 'a');
    return initial < sizeof reserved_words / sizeof *reserved_words && reserved_words[initial] &&
           ls_lists_name(reserved_words[initial], word);
}

static bool is_name_start(char byte) {
    return (byte >= 'a' && byte <= 'z') || byte == '_' || (byte & 0x80) != 0;
}

/* No reserved word has a digit. */
static bool is_plain(const char *identifier) {
    const char *byte = identifier;
    while (is_name_start(*byte))
        byte++;
    if (*byte == 0)
        return byte > identifier && !is_reserved(identifier);
    if (byte == identifier)
        return false;
    while (is_name_start(*byte) || (*byte >= '0' && *byte <= '9') || *byte == '$')
        byte++;
    return *byte == 0;
}

static bool is_control(char byte) {
    return (byte >= 0 && byte < ' ') || byte == '\x7f';
}

static bool has_control(const char *text) {
    while (*text != 0 && !is_control(*text))
        text++;
    return *text != 0;
}

/* One byte between quotes; with escapes, as U& understands them (documentation: lexical structure).
 */
static size_t add_quoted(char *out, char quote, bool escapes, char byte) {
    if (escapes && is_control(byte))
        return (size_t)sprintf(out, "\\%04X", (unsigned)byte);
    size_t length = 0;
    if (byte == quote || (escapes && byte == '\\'))
        out[length++] = byte;
    out[length++] = byte;
    return length;
}

/* On one line whatever the text holds, so that it cannot end a comment that it stands in. */
static const char *between(ls_builder *builder, char quote, const char *text) {
    enum { MOST_PER_BYTE = sizeof "\\0000", AROUND = sizeof "U&''" };
    const bool escapes = has_control(text);
    char *quoted = ls_arena_alloc(builder->arena, MOST_PER_BYTE * strlen(text) + AROUND);
    size_t at = 0;
    if (escapes) {
        quoted[at++] = 'U';
        quoted[at++] = '&';
    }
    quoted[at++] = quote;
    for (; *text != 0; text++)
        at += add_quoted(quoted + at, quote, escapes, *text);
    quoted[at++] = quote;
    quoted[at] = 0;
    return quoted;
}

const char *ls_quoted(ls_builder *builder, const char *identifier) {
    if (identifier == NULL || is_plain(identifier))
        return identifier;
    return between(builder, '"', identifier);
}

const char *ls_literal(ls_builder *builder, const char *text) {
    return between(builder, '\'', text);
}

static const char *shown(ls_builder *builder, const char *schema, const char *name) {
    if (schema == NULL || strcmp(schema, "public") == 0 || strcmp(schema, "pg_temp") == 0)
        return ls_quoted(builder, name);
    return ls_arena_join(builder->arena, ls_quoted(builder, schema), ".", ls_quoted(builder, name),
                         NULL);
}

const char *ls_shown(ls_builder *builder, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    return relation == NULL ? NULL : shown(builder, relation->schema, relation->name);
}

const char *ls_shown_name(ls_builder *builder, const ls_name *name) {
    return name->name == NULL ? NULL : shown(builder, name->schema, name->name);
}

const char *ls_text_of(ls_builder *builder, ls_span at) {
    return ls_text_in(builder, builder->source, at);
}

const char *ls_text_in(ls_builder *builder, const ls_source *source, ls_span at) {
    return ls_on_one_line(builder->arena, source, at);
}
