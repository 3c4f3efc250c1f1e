/*
 * sequence.c - CREATE SEQUENCE and ALTER SEQUENCE.
 *
 * ALTER SEQUENCE takes SHARE ROW EXCLUSIVE on the sequence and ACCESS SHARE on the table of OWNED
 * BY (measured on 12 to 18). Its new file has one row: no work to speak of.
 */
#include "effects/families.h"

#include <string.h>

/* The type of a sequence as the catalog names it. */
static const char *sequence_type(const char *written) {
    static const char *const types[][2] = {
        {"smallint", "int2"}, {"int2", "int2"},   {"integer", "int4"}, {"int", "int4"},
        {"int4", "int4"},     {"bigint", "int8"}, {"int8", "int8"},
    };
    for (size_t i = 0; written && i < sizeof types / sizeof *types; i++)
        if (strcmp(written, types[i][0]) == 0)
            return types[i][1];
    return written;
}

/* OWNED BY schema.table.column, table.column or NONE. */
static ls_relation_id owner_of(ls_builder *builder, const ls_option *option, const char **column) {
    const size_t count = option->list.count;
    if (count < 2)
        return 0;
    const ls_name table = {
        .schema = count > 2 ? option->list.items[count - 3] : NULL,
        .name = option->list.items[count - 2],
        .at = option->at,
    };
    *column = option->list.items[count - 1];
    return ls_named(builder, &table, LS_RELATION_TABLE);
}

/* The column that it was made for has nothing to do with it any more. */
static void leave_owner(ls_builder *builder, ls_relation_id sequence) {
    const ls_relation *state = ls_relation_of(builder, sequence);
    const ls_relation *table = ls_relation_of(builder, state->owner_table);
    const ls_catalog_column *column =
        table && state->owner_column ? ls_relation_column(table, state->owner_column) : NULL;
    if (column && column->sequence == sequence)
        ls_catalog_edit_column(builder->catalog, table->id, column)->sequence = 0;
}

static void own(ls_builder *builder, ls_relation_id sequence, const ls_option *option) {
    const char *column = NULL;
    const ls_relation_id table = owner_of(builder, option, &column);
    leave_owner(builder, sequence);
    ls_relation *state = ls_catalog_amend(builder->catalog, sequence);
    state->owner_table = table;
    state->owner_column = column;
    if (table)
        ls_catalog_note_dependent(builder->catalog, table, sequence);
}

static void apply_options(ls_builder *builder, ls_relation_id id, const ls_options *options) {
    for (LS_EACH(const ls_option, option, *options)) {
        if (strcmp(option->name, "owned_by") == 0)
            own(builder, id, option);
        else if (strcmp(option->name, "restart") == 0)
            ls_sequence_was_set(builder, id);
        else if (strcmp(option->name, "as") == 0 && option->value)
            ls_catalog_amend(builder->catalog, id)->sequence_type = sequence_type(option->value);
    }
}

static void lock_owner(ls_builder *builder, const ls_options *options) {
    const char *column = NULL;
    for (LS_EACH(const ls_option, option, *options))
        if (strcmp(option->name, "owned_by") == 0)
            ls_take_lock(builder, owner_of(builder, option, &column), LS_ACCESS_SHARE, option->at);
}

static void alter_sequence(ls_builder *builder, const ls_sequence_statement *sequence) {
    const ls_relation_id id = ls_named(builder, &sequence->name, LS_RELATION_SEQUENCE);
    if (ls_refuse_other_kind(builder, id, LS_RELATION_SEQUENCE, sequence->name.at))
        return;
    ls_take_lock(builder, id, LS_SHARE_ROW_EXCLUSIVE, builder->statement->at);
    lock_owner(builder, &sequence->options);
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_ALTER_SEQUENCE, builder->statement->at, id);
    for (LS_EACH(const ls_option, option, sequence->options))
        ls_add_word(builder, effect, LS_ATTRIBUTE_OPTIONS, option->name);
    apply_options(builder, id, &sequence->options);
}

static void create_sequence(ls_builder *builder, const ls_sequence_statement *sequence) {
    if (ls_is_taken(builder, &sequence->name,
                    ls_in_the_way(builder, &sequence->name, sequence->persistence),
                    sequence->if_not_exists))
        return;
    lock_owner(builder, &sequence->options);
    ls_relation *created = ls_catalog_create(
        builder->catalog, LS_RELATION_SEQUENCE, sequence->persistence, sequence->name.schema,
        sequence->name.name, ls_birth_under(builder, sequence->if_not_exists));
    const ls_relation_id id = created->id;
    created->sequence_type = "int8";
    apply_options(builder, id, &sequence->options);
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_CREATE_SEQUENCE, builder->statement->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, ls_shown(builder, id));
}

void ls_effects_of_sequence(ls_builder *builder, const ls_sequence_statement *sequence) {
    if (sequence->alter)
        alter_sequence(builder, sequence);
    else
        create_sequence(builder, sequence);
}
