/*
 * families.c - small questions that several families of statements ask: see families.h.
 */
#include "effects/families.h"

#include "catalog/dependencies.h"
#include "effects/doubt.h"

#include <string.h>

/* --- Births and existence ------------------------------------------------------------------- */

ls_birth ls_birth_under(const ls_builder *builder, bool if_not_exists) {
    ls_birth birth = builder->birth;
    birth.if_not_exists = if_not_exists;
    birth.known = birth.known && !if_not_exists;
    return birth;
}

const char *ls_schema_of(const ls_builder *builder, const ls_name *name) {
    return name->schema ? name->schema : ls_catalog_creation_schema(builder->catalog);
}

ls_relation_id ls_in_the_way(const ls_builder *builder, const ls_name *name,
                             ls_persistence persistence) {
    const char *schema = persistence == LS_TEMPORARY ? "pg_temp" : ls_schema_of(builder, name);
    const ls_relation *found = ls_catalog_find(builder->catalog, schema, name->name);
    return found ? found->id : 0;
}

bool ls_is_taken(ls_builder *builder, const ls_name *name, ls_relation_id there,
                 bool if_not_exists) {
    if (!there || if_not_exists)
        return there != 0;
    if (!ls_surely_exists(builder, there))
        return false;
    ls_refuse(builder, name->at, "relation \"%s\" already exists", name->name);
    return true;
}

ls_relation_kind ls_relation_kind_meant(ls_object_kind kind) {
    switch (kind) {
    case LS_OBJECT_TABLE:
        return LS_RELATION_TABLE;
    case LS_OBJECT_INDEX:
        return LS_RELATION_INDEX;
    case LS_OBJECT_VIEW:
        return LS_RELATION_VIEW;
    case LS_OBJECT_MATERIALIZED_VIEW:
        return LS_RELATION_MATERIALIZED_VIEW;
    case LS_OBJECT_SEQUENCE:
        return LS_RELATION_SEQUENCE;
    case LS_OBJECT_FOREIGN_TABLE:
        return LS_RELATION_FOREIGN_TABLE;
    case LS_OBJECT_TYPE:
        return LS_RELATION_COMPOSITE_TYPE;
    default:
        return LS_RELATION_UNKNOWN;
    }
}

bool ls_is_kind_of_relation(ls_object_kind kind) {
    const ls_relation_kind meant = ls_relation_kind_meant(kind);
    return meant != LS_RELATION_UNKNOWN && meant != LS_RELATION_COMPOSITE_TYPE;
}

bool ls_is_key(ls_constraint_kind kind) {
    return kind == LS_CONSTRAINT_PRIMARY_KEY || kind == LS_CONSTRAINT_UNIQUE;
}

bool ls_has_own_index(ls_constraint_kind kind) {
    return ls_is_key(kind) || kind == LS_CONSTRAINT_EXCLUDE;
}

bool ls_surely_exists(const ls_builder *builder, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    return relation && relation->birth.known && !ls_is_doubted_index(builder, relation);
}

void ls_break_users(ls_builder *builder, ls_effect *effect, const ls_birth *birth) {
    const bool breaks = !ls_is_new(builder, birth);
    ls_set_breaks(builder, effect, breaks, breaks);
}

/* PostgreSQL's words in `"v" is not a table`. */
static const char *kind_in_words(ls_relation_kind kind) {
    static const char *const words[] = {
        [LS_RELATION_TABLE] = "a table",
        [LS_RELATION_PARTITIONED_TABLE] = "a table",
        [LS_RELATION_FOREIGN_TABLE] = "a foreign table",
        [LS_RELATION_VIEW] = "a view",
        [LS_RELATION_MATERIALIZED_VIEW] = "a materialized view",
        [LS_RELATION_INDEX] = "an index",
        [LS_RELATION_SEQUENCE] = "a sequence",
        [LS_RELATION_COMPOSITE_TYPE] = "a composite type",
    };
    return words[kind];
}

static bool is_kind(const ls_relation *relation, ls_relation_kind wanted) {
    if (relation->kind == LS_RELATION_PARTITIONED_TABLE)
        return wanted == LS_RELATION_TABLE || wanted == LS_RELATION_PARTITIONED_TABLE;
    return relation->kind == wanted;
}

bool ls_refuse_other_kind(ls_builder *builder, ls_relation_id id, ls_relation_kind wanted,
                          ls_span at) {
    const ls_relation *relation = ls_relation_of(builder, id);
    if (!relation || !relation->birth.known || wanted == LS_RELATION_UNKNOWN ||
        is_kind(relation, wanted))
        return false;
    ls_refuse(builder, at, "\"%s\" is not %s", relation->name, kind_in_words(wanted));
    return true;
}

/* --- Words ---------------------------------------------------------------------------------- */

ls_words ls_one_word(ls_builder *builder, const char *word) {
    ls_words words = {0};
    LS_PUSH(builder->arena, &words, word);
    return words;
}

bool ls_same_words(const ls_words *one, const ls_words *other) {
    if (one->count != other->count)
        return false;
    for (LS_EACH(const char *, word, *one))
        if (!ls_has_word(other, *word))
            return false;
    return true;
}

/* --- Locks on parts ------------------------------------------------------------------------- */

void ls_take_lock_with_indexes(ls_builder *builder, ls_relation_id id, ls_lock_mode mode,
                               ls_lock_mode index_mode, ls_span at) {
    ls_take_lock(builder, id, mode, at);
    const ls_relation *relation = ls_relation_of(builder, id);
    if (!relation)
        return;
    for (LS_EACH(const ls_relation_id, index, relation->indexes))
        ls_take_lock(builder, *index, index_mode, at);
}

static void add_owned(ls_builder *builder, const ls_relation *table, ls_relation_id sequence,
                      ls_relation_ids *owned) {
    const ls_relation *relation = ls_relation_of(builder, sequence);
    if (!relation || relation->kind != LS_RELATION_SEQUENCE || relation->owner_table != table->id)
        return;
    for (LS_EACH(const ls_relation_id, known, *owned))
        if (*known == sequence)
            return;
    LS_PUSH(builder->arena, owned, sequence);
}

static void lock_sequence(ls_builder *builder, const char *text, ls_span at) {
    const char *dot = strchr(text, '.');
    const ls_name name = {
        .schema = dot ? ls_arena_copy(builder->arena, text, (size_t)(dot - text)) : NULL,
        .name = dot ? dot + 1 : text,
    };
    ls_take_lock(builder, ls_known(builder, &name), LS_ROW_EXCLUSIVE, at);
}

void ls_lock_sequences(ls_builder *builder, const ls_expression *value) {
    if (!value)
        return;
    const ls_expression *argument = value->arguments.count > 0 ? value->arguments.items[0] : NULL;
    while (argument && argument->kind == LS_EXPR_CAST && argument->arguments.count > 0)
        argument = argument->arguments.items[0];
    if (value->kind == LS_EXPR_FUNCTION && strcmp(value->name.name, "nextval") == 0 && argument &&
        argument->kind == LS_EXPR_STRING)
        lock_sequence(builder, argument->text, value->at);
    for (LS_EACH(ls_expression *const, inner, value->arguments))
        ls_lock_sequences(builder, *inner);
}

ls_relation_ids ls_owned_sequences(ls_builder *builder, const ls_relation *table) {
    ls_relation_ids owned = {0};
    for (LS_EACH(const ls_catalog_column, column, table->columns))
        add_owned(builder, table, column->sequence, &owned);
    for (LS_EACH(const ls_relation_id, dependent, table->dependents))
        add_owned(builder, table, *dependent, &owned);
    return owned;
}

/* --- Keys ----------------------------------------------------------------------------------- */

const char *ls_uncovered_partition_key(const ls_partitioning *partitioning, const ls_words *key) {
    for (LS_EACH(const ls_index_element, element, partitioning->keys)) {
        if (!element->column)
            return "";
        if (!ls_has_word(key, element->column))
            return element->column;
    }
    return NULL;
}
