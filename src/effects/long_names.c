/*
 * long_names.c - names that PostgreSQL cuts off.
 *
 * An identifier keeps its first 63 bytes, whole characters only; the rest goes with a notice
 * (documentation: SQL syntax, identifiers and key words; NAMEDATALEN). The parser does so itself,
 * so a name that is as long as can be is looked for in the text, where more of it may follow.
 */
#include "effects/replay_internal.h"

#include "sql/lexer.h"

#include <string.h>

enum { LONGEST_NAME = 63, LONGEST_CHARACTER = 4 };

/* The effects that make a name, and the attribute that has it; those within CREATE TABLE are read
 * from the statement. */
static const struct {
    ls_effect_kind kind;
    ls_attribute name;
} makers[] = {
    {LS_EFFECT_CREATE_TABLE, LS_ATTRIBUTE_NAME},
    {LS_EFFECT_CREATE_TABLE_AS, LS_ATTRIBUTE_NAME},
    {LS_EFFECT_CREATE_PARTITION, LS_ATTRIBUTE_NAME},
    {LS_EFFECT_CREATE_VIEW, LS_ATTRIBUTE_NAME},
    {LS_EFFECT_CREATE_MATERIALIZED_VIEW, LS_ATTRIBUTE_NAME},
    {LS_EFFECT_CREATE_SEQUENCE, LS_ATTRIBUTE_NAME},
    {LS_EFFECT_CREATE_TYPE, LS_ATTRIBUTE_NAME},
    {LS_EFFECT_CREATE_DOMAIN, LS_ATTRIBUTE_TYPE},
    {LS_EFFECT_CREATE_FUNCTION, LS_ATTRIBUTE_FUNCTION},
    {LS_EFFECT_CREATE_TRIGGER, LS_ATTRIBUTE_TRIGGER},
    {LS_EFFECT_CREATE_POLICY, LS_ATTRIBUTE_POLICY},
    {LS_EFFECT_CREATE_INDEX, LS_ATTRIBUTE_INDEX},
    {LS_EFFECT_ADD_COLUMN, LS_ATTRIBUTE_COLUMN},
    {LS_EFFECT_ADD_CONSTRAINT, LS_ATTRIBUTE_CONSTRAINT},
    {LS_EFFECT_RENAME_TABLE, LS_ATTRIBUTE_NEW_NAME},
    {LS_EFFECT_RENAME_COLUMN, LS_ATTRIBUTE_NEW_NAME},
    {LS_EFFECT_RENAME_CONSTRAINT, LS_ATTRIBUTE_NEW_NAME},
    {LS_EFFECT_RENAME_INDEX, LS_ATTRIBUTE_NEW_NAME},
    {LS_EFFECT_RENAME_VIEW, LS_ATTRIBUTE_NEW_NAME},
    {LS_EFFECT_RENAME_TYPE, LS_ATTRIBUTE_NEW_NAME},
    {LS_EFFECT_RENAME_FUNCTION, LS_ATTRIBUTE_NEW_NAME},
};

static const char *name_made(const ls_effect *effect) {
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (makers[i].kind == effect->kind)
            return ls_effect_text(effect, makers[i].name);
    return NULL;
}

void ls_long_names_read(ls_interest *interest) {
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        ls_interest_read(interest, makers[i].kind, makers[i].name);
}

/* The last part of a shown name, without quotes. */
static ls_span last_part(const char *name) {
    size_t end = strlen(name), begin = end;
    bool quoted = end > 0 && name[end - 1] == '"';
    if (quoted)
        begin = --end;
    while (begin > 0 && name[begin - 1] != (quoted ? '"' : '.'))
        begin--;
    return ls_span_of(begin, end);
}

static char lowered(char byte) {
    return (char)(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte);
}

static bool stands_at(const char *text, const char *name, uint32_t length) {
    for (uint32_t i = 0; i < length; i++)
        if (lowered(text[i]) != lowered(name[i]))
            return false;
    return true;
}

/* The whole identifier of which the text at `at` is the beginning; empty if that is all of it. */
static ls_span continued(const char *text, uint32_t at, uint32_t length, ls_span within) {
    bool quoted = at > within.begin && text[at - 1] == '"';
    uint32_t end = at + length;
    while (end < within.end && (quoted ? text[end] != '"' : ls_is_word_byte(text[end])))
        end++;
    return end == at + length ? (ls_span){0} : ls_span_of(at, end);
}

/* Where the statement writes more of the name than is kept; empty if nowhere. */
static ls_span find_cut(const ls_builder *builder, const char *name, uint32_t length) {
    const char *text = builder->source->text;
    const ls_span within = builder->statement->at;
    for (uint32_t at = within.begin; at + length < within.end; at++) {
        bool starts = at == within.begin || !ls_is_word_byte(text[at - 1]);
        if (!starts || !stands_at(text + at, name, length))
            continue;
        const ls_span whole = continued(text, at, length, within);
        if (!ls_span_empty(whole))
            return whole;
    }
    return (ls_span){0};
}

static void note_cut(ls_builder *builder, ls_relation_id relation, const char *name,
                     uint32_t length) {
    if (length > LONGEST_NAME || length <= LONGEST_NAME - LONGEST_CHARACTER)
        return;
    const ls_span whole = find_cut(builder, name, length);
    if (ls_span_empty(whole))
        return;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_LONG_NAME, whole, relation);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME,
                ls_source_copy(builder->arena, builder->source, whole));
    ls_set_text(builder, effect, LS_ATTRIBUTE_TO, ls_arena_copy(builder->arena, name, length));
}

static void note_constraints(ls_builder *builder, ls_relation_id table,
                             const ls_constraints *constraints) {
    for (LS_EACH(const ls_constraint, constraint, *constraints))
        if (constraint->name != NULL)
            note_cut(builder, table, constraint->name, (uint32_t)strlen(constraint->name));
}

static void note_parts(ls_builder *builder, const ls_create_table *create) {
    const ls_relation_id table = ls_known(builder, &create->name);
    for (LS_EACH(const ls_column, column, create->columns)) {
        note_cut(builder, table, column->name, (uint32_t)strlen(column->name));
        note_constraints(builder, table, &column->constraints);
    }
    note_constraints(builder, table, &create->constraints);
}

void ls_note_long_names(ls_builder *builder) {
    if (!ls_is_wanted(builder, LS_EFFECT_LONG_NAME))
        return;
    const size_t count = builder->outcome->effects.count;
    for (size_t i = 0; i < count; i++) {
        const ls_effect *effect = builder->outcome->effects.items[i];
        const char *name = name_made(effect);
        if (name == NULL)
            continue;
        const ls_span part = last_part(name);
        note_cut(builder, effect->relation, name + part.begin, part.end - part.begin);
    }
    if (builder->statement->kind == LS_STATEMENT_CREATE_TABLE)
        note_parts(builder, builder->statement->create_table);
}
