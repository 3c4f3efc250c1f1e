/*
 * move.c - ALTER ... SET SCHEMA and ALTER ... OWNER TO of what is not a relation.
 *
 * A relation moves under ACCESS EXCLUSIVE, its owned sequences too; indexes move along without a
 * lock of their own (measured: the table on 12 to 18, the sequences on 15).
 */
#include "effects/families.h"

/* Objects in words, for messages. */
static const char *const words[] = {
    [LS_OBJECT_TABLE] = "table",
    [LS_OBJECT_INDEX] = "index",
    [LS_OBJECT_VIEW] = "view",
    [LS_OBJECT_MATERIALIZED_VIEW] = "materialized view",
    [LS_OBJECT_SEQUENCE] = "sequence",
    [LS_OBJECT_FOREIGN_TABLE] = "foreign table",
    [LS_OBJECT_COLUMN] = "column",
    [LS_OBJECT_ATTRIBUTE] = "attribute",
    [LS_OBJECT_CONSTRAINT] = "constraint",
    [LS_OBJECT_DOMAIN_CONSTRAINT] = "domain constraint",
    [LS_OBJECT_TYPE] = "type",
    [LS_OBJECT_DOMAIN] = "domain",
    [LS_OBJECT_FUNCTION] = "function",
    [LS_OBJECT_TRIGGER] = "trigger",
    [LS_OBJECT_RULE] = "rule",
    [LS_OBJECT_POLICY] = "policy",
    [LS_OBJECT_SCHEMA] = "schema",
    [LS_OBJECT_DATABASE] = "database",
    [LS_OBJECT_EXTENSION] = "extension",
    [LS_OBJECT_PUBLICATION] = "publication",
    [LS_OBJECT_SUBSCRIPTION] = "subscription",
    [LS_OBJECT_STATISTICS] = "statistics object",
    [LS_OBJECT_ROLE] = "role",
    [LS_OBJECT_TABLESPACE] = "tablespace",
    [LS_OBJECT_EVENT_TRIGGER] = "event trigger",
    [LS_OBJECT_COLLATION] = "collation",
    [LS_OBJECT_OTHER] = "object",
};

const char *ls_object_words(ls_object_kind kind) {
    return words[kind];
}

static void move_relation(ls_builder *builder, const ls_set_schema *move, ls_relation_id id) {
    const ls_span at = builder->statement->at;
    ls_take_lock(builder, id, LS_ACCESS_EXCLUSIVE, at);
    const ls_relation_ids sequences = ls_owned_sequences(builder, ls_relation_of(builder, id));
    for (LS_EACH(const ls_relation_id, sequence, sequences))
        ls_take_lock(builder, *sequence, LS_ACCESS_EXCLUSIVE, at);
    const ls_name name = {.schema = move->new_schema, .name = ls_relation_of(builder, id)->name};
    const ls_relation_id there = ls_known(builder, &name);
    if (there && there != id && ls_surely_exists(builder, there))
        ls_refuse(builder, at, "relation \"%s\" already exists in schema \"%s\"", name.name,
                  move->new_schema);
}

static void apply_to_type(ls_builder *builder, const ls_set_schema *move) {
    const ls_catalog_type *type =
        ls_catalog_find_type(builder->catalog, move->name.schema, move->name.name);
    if (!type)
        return;
    ls_take_lock(builder, type->relation, LS_ACCESS_EXCLUSIVE, builder->statement->at);
    ls_catalog_rename_type(builder->catalog, type, move->new_schema, type->name);
}

static void apply_to_function(ls_builder *builder, const ls_set_schema *move) {
    const ls_catalog_function *function = ls_function_meant(builder, &move->name, &move->signature);
    if (function)
        ls_catalog_rename_function(builder->catalog, function, move->new_schema, NULL);
}

static void apply_to_statistics(ls_builder *builder, const ls_set_schema *move) {
    const ls_catalog_statistics *statistics =
        ls_catalog_find_statistics(builder->catalog, move->name.schema, move->name.name);
    if (statistics)
        ls_catalog_rename_statistics(builder->catalog, statistics, move->new_schema,
                                     statistics->name);
}

void ls_effects_of_set_schema(ls_builder *builder, const ls_set_schema *move) {
    const bool relation = ls_is_kind_of_relation(move->kind);
    const ls_relation_id id = relation ? ls_named(builder, &move->name, LS_RELATION_UNKNOWN) : 0;
    const ls_birth unknown = {0};
    if (relation)
        move_relation(builder, move, id);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_MOVE_TABLE, builder->statement->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_SCHEMA, ls_quoted(builder, move->new_schema));
    const ls_name new_name = {.schema = move->new_schema, .name = move->name.name};
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_RELATION, ls_shown_name(builder, &new_name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_OBJECT, words[move->kind]);
    ls_break_users(builder, effect, relation ? &ls_relation_of(builder, id)->birth : &unknown);
    if (ls_is_refused(builder))
        return;
    if (relation)
        ls_catalog_move(builder->catalog, id, move->new_schema);
    else if (move->kind == LS_OBJECT_TYPE || move->kind == LS_OBJECT_DOMAIN)
        apply_to_type(builder, move);
    else if (move->kind == LS_OBJECT_FUNCTION)
        apply_to_function(builder, move);
    else if (move->kind == LS_OBJECT_STATISTICS)
        apply_to_statistics(builder, move);
}

/* The owner of a table and an index is changed by ALTER TABLE; what is left locks nothing, but for
 * the row of a composite type. */
void ls_effects_of_set_owner(ls_builder *builder, const ls_set_owner *owner) {
    const bool relation = ls_is_kind_of_relation(owner->kind);
    const ls_relation_id id = relation ? ls_named(builder, &owner->name, LS_RELATION_UNKNOWN) : 0;
    if (relation)
        ls_take_lock_with_indexes(builder, id, LS_ACCESS_EXCLUSIVE, LS_ACCESS_EXCLUSIVE,
                                  builder->statement->at);
    if (owner->kind == LS_OBJECT_TYPE) {
        const ls_catalog_type *type =
            ls_catalog_find_type(builder->catalog, owner->name.schema, owner->name.name);
        if (type)
            ls_take_lock(builder, type->relation, LS_ACCESS_EXCLUSIVE, builder->statement->at);
    }
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_CHANGE_OWNER, builder->statement->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TO, ls_quoted(builder, owner->new_owner));
    ls_set_text(builder, effect, LS_ATTRIBUTE_OBJECT, words[owner->kind]);
}
