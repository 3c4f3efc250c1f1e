/*
 * drop_object.c - DROP of what is not a relation: types, functions, schemas, triggers, rules,
 * policies, statistics, extensions and the rest.
 *
 * Most of these lock no table; with CASCADE they take ACCESS EXCLUSIVE on every table that loses
 * something (measured: DROP TYPE, FUNCTION and SCHEMA CASCADE).
 */
#include "effects/ahead.h"
#include "effects/drop.h"

#include "effects/families.h"

#include <string.h>

static void finish(ls_dropping *dropping) {
    const ls_span at = dropping->builder->statement->at;
    ls_drop_closure(dropping, at);
    if (ls_is_refused(dropping->builder))
        return;
    ls_drop_locks(dropping, at);
    ls_drop_apply(dropping);
}

/* --- Types and domains ---------------------------------------------------------------------- */

static void add_type(ls_dropping *dropping, const ls_dropped *dropped) {
    ls_builder *builder = dropping->builder;
    const ls_name *name = &dropped->name;
    const ls_catalog_type *type = ls_catalog_find_type(builder->catalog, name->schema, name->name);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_DROP_TYPE, name->at, 0);
    ls_describe_drop(builder, effect, dropping->drop);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE, ls_shown_name(builder, name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_TYPE, type && ls_is_new(builder, &type->birth));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_NAME_GIVEN,
                type && ls_naming_before(builder, LS_CREATION_TYPE, type->schema, type->name));
    if (!type)
        return;
    ls_take_lock(builder, type->relation, LS_ACCESS_EXCLUSIVE, name->at);
    const ls_dependencies dependents =
        ls_dependents_of_type(builder->arena, builder->catalog, type);
    ls_drop_dependents(dropping, &dependents,
                       ls_arena_format(builder->arena, "type %s", ls_shown_name(builder, name)),
                       name->at);
}

void ls_drop_types(ls_builder *builder, const ls_drop *drop) {
    ls_dropping dropping = {.builder = builder, .drop = drop};
    for (LS_EACH(const ls_dropped, dropped, drop->objects))
        add_type(&dropping, dropped);
    finish(&dropping);
    if (ls_is_refused(builder))
        return;
    for (LS_EACH(const ls_dropped, dropped, drop->objects)) {
        const ls_catalog_type *type =
            ls_catalog_find_type(builder->catalog, dropped->name.schema, dropped->name.name);
        if (type)
            ls_catalog_drop_type(builder->catalog, type);
    }
}

/* --- Functions ------------------------------------------------------------------------------ */

/* "function tf(integer,text)", as PostgreSQL names it in messages. */
static const char *function_in_message(ls_builder *builder, const ls_catalog_function *function) {
    const ls_name name = {.schema = function->schema, .name = function->name};
    const char *text =
        ls_arena_format(builder->arena, "%s %s(", function->procedure ? "procedure" : "function",
                        ls_shown_name(builder, &name));
    return ls_arena_join(
        builder->arena, text,
        ls_types_text(builder->arena, function->arguments.items, function->arguments.count, ","),
        ")", NULL);
}

/* No query can call it; a trigger that does is in the way of the DROP. */
static bool returns_trigger(const ls_catalog_function *function) {
    return function->returns.name && strcmp(function->returns.name, "trigger") == 0;
}

static void add_function(ls_dropping *dropping, const ls_dropped *dropped) {
    ls_builder *builder = dropping->builder;
    const ls_catalog_function *function =
        ls_function_meant(builder, &dropped->name, &dropped->signature);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_DROP_FUNCTION, dropped->name.at, 0);
    ls_describe_drop(builder, effect, dropping->drop);
    ls_set_text(builder, effect, LS_ATTRIBUTE_FUNCTION, ls_shown_name(builder, &dropped->name));
    const char *schema = dropped->name.schema ? dropped->name.schema
                         : function           ? function->schema
                                              : "public";
    ls_set_flag(
        builder, effect, LS_ATTRIBUTE_RECREATED,
        ls_is_made_again(builder, LS_CREATION_FUNCTION,
                         ls_arena_format(builder->arena, "%s.%s", schema, dropped->name.name)));
    const ls_birth unknown = {0};
    if (!function || !returns_trigger(function))
        ls_break_users(builder, effect, function ? &function->birth : &unknown);
    if (!function)
        return;
    const ls_dependencies dependents =
        ls_dependents_of_function(builder->arena, builder->catalog, function);
    ls_drop_dependents(dropping, &dependents, function_in_message(builder, function),
                       dropped->name.at);
}

void ls_drop_functions(ls_builder *builder, const ls_drop *drop) {
    ls_dropping dropping = {.builder = builder, .drop = drop};
    for (LS_EACH(const ls_dropped, dropped, drop->objects))
        add_function(&dropping, dropped);
    finish(&dropping);
    if (ls_is_refused(builder))
        return;
    for (LS_EACH(const ls_dropped, dropped, drop->objects)) {
        const ls_catalog_function *function =
            ls_function_meant(builder, &dropped->name, &dropped->signature);
        if (function)
            ls_catalog_drop_function(builder->catalog, function);
    }
}

/* --- Schemas -------------------------------------------------------------------------------- */

/* Adds every relation in the schema; false if it is not empty and that is in the way. */
static void add_schema(ls_dropping *dropping, const ls_dropped *dropped) {
    ls_builder *builder = dropping->builder;
    const char *schema = dropped->name.name;
    const ls_relation_ids inside = ls_schema_relations(builder->arena, builder->catalog, schema);
    for (LS_EACH(const ls_relation_id, id, inside)) {
        const ls_relation *relation = ls_relation_of(builder, *id);
        if (!dropping->drop->cascade && relation->birth.known)
            ls_refuse(builder, dropped->name.at,
                      "cannot drop schema %s because other objects depend on it",
                      ls_quoted(builder, schema));
        if (relation->kind != LS_RELATION_INDEX)
            ls_drop_add(dropping, *id);
    }
}

/* What stands outside of the schema and needs a type or a function in it. */
static void add_users_of_schema(ls_dropping *dropping, const ls_dropped *dropped) {
    ls_builder *builder = dropping->builder;
    const char *schema = dropped->name.name;
    const char *what = ls_arena_format(builder->arena, "schema %s", ls_quoted(builder, schema));
    const ls_types types = ls_schema_types(builder->arena, builder->catalog, schema);
    for (LS_EACH(const ls_catalog_type *, type, types)) {
        const ls_dependencies users =
            ls_dependents_of_type(builder->arena, builder->catalog, *type);
        ls_drop_dependents(dropping, &users, what, dropped->name.at);
    }
    const ls_functions functions = ls_schema_functions(builder->arena, builder->catalog, schema);
    for (LS_EACH(const ls_catalog_function *, function, functions)) {
        const ls_dependencies users =
            ls_dependents_of_function(builder->arena, builder->catalog, *function);
        ls_drop_dependents(dropping, &users, what, dropped->name.at);
    }
}

static void describe_schema(ls_builder *builder, const ls_drop *drop, const ls_dropped *dropped) {
    const ls_birth *birth = ls_catalog_schema_birth(builder->catalog, dropped->name.name);
    const ls_birth unknown = {0};
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_DROP_SCHEMA, dropped->name.at, 0);
    ls_describe_drop(builder, effect, drop);
    ls_set_text(builder, effect, LS_ATTRIBUTE_SCHEMA, ls_quoted(builder, dropped->name.name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_SCHEMA_OBJECT,
                birth && ls_is_new(builder, birth));
    ls_break_users(builder, effect, birth ? birth : &unknown);
}

void ls_drop_schemas(ls_builder *builder, const ls_drop *drop) {
    ls_dropping dropping = {.builder = builder, .drop = drop};
    for (LS_EACH(const ls_dropped, dropped, drop->objects)) {
        describe_schema(builder, drop, dropped);
        add_schema(&dropping, dropped);
        add_users_of_schema(&dropping, dropped);
    }
    finish(&dropping);
    if (ls_is_refused(builder))
        return;
    for (LS_EACH(const ls_dropped, dropped, drop->objects))
        ls_catalog_drop_schema(builder->catalog, dropped->name.name);
}

/* --- Triggers, rules, policies -------------------------------------------------------------- */

typedef struct {
    ls_object_kind object;
    ls_effect_kind effect;
    ls_attribute name;
    ls_creation_kind creation; /* as what it may be created again, if that is looked for */
} part_row;

static const part_row parts[] = {
    {LS_OBJECT_TRIGGER, LS_EFFECT_DROP_TRIGGER, LS_ATTRIBUTE_TRIGGER, LS_CREATION_TRIGGER},
    {LS_OBJECT_RULE, LS_EFFECT_DROP_RULE, LS_ATTRIBUTE_NAME, LS_CREATION_NONE},
    {LS_OBJECT_POLICY, LS_EFFECT_DROP_POLICY, LS_ATTRIBUTE_POLICY, LS_CREATION_POLICY},
};

static void remove_trigger(ls_builder *builder, const ls_relation *table, const char *name) {
    const ls_catalog_trigger *trigger = ls_relation_trigger(table, name);
    if (trigger != NULL)
        ls_catalog_remove_trigger(builder->catalog, table->id, trigger);
}

static void remove_policy(ls_builder *builder, const ls_relation *table, const char *name) {
    const ls_catalog_policy *policy = ls_relation_policy(table, name);
    if (policy != NULL)
        ls_catalog_remove_policy(builder->catalog, table->id, policy);
}

static void remove_rule(ls_builder *builder, ls_relation_id id, const char *name) {
    ls_relation *table = ls_catalog_edit(builder->catalog, id);
    uint32_t kept = 0;
    for (LS_EACH(const char *, rule, table->rules))
        if (strcmp(*rule, name) != 0)
            table->rules.items[kept++] = *rule;
    table->rules.count = kept;
}

static void remove_part(ls_builder *builder, ls_relation_id id, ls_object_kind kind,
                        const char *name) {
    if (kind == LS_OBJECT_TRIGGER)
        remove_trigger(builder, ls_relation_of(builder, id), name);
    else if (kind == LS_OBJECT_POLICY)
        remove_policy(builder, ls_relation_of(builder, id), name);
    else
        remove_rule(builder, id, name);
}

static bool has_part(const ls_relation *table, ls_object_kind kind, const char *name) {
    if (kind == LS_OBJECT_TRIGGER)
        return ls_relation_trigger(table, name) != NULL;
    if (kind == LS_OBJECT_RULE)
        return ls_has_word(&table->rules, name);
    return ls_relation_policy(table, name) != NULL;
}

static bool is_row_trigger(const ls_relation *table, const char *name) {
    const ls_catalog_trigger *trigger = ls_relation_trigger(table, name);
    return !trigger || trigger->row;
}

/* A row trigger of a partitioned table is on every partition too (measured on 15). */
static void drop_part_below(ls_builder *builder, ls_relation_id id, const char *name, ls_span at) {
    ls_take_lock_below(builder, id, LS_ACCESS_EXCLUSIVE, at);
    const ls_relation_ids below = ls_relation_descendants(builder->arena, builder->catalog, id);
    for (LS_EACH(const ls_relation_id, partition, below))
        remove_part(builder, *partition, LS_OBJECT_TRIGGER, name);
}

/* What is not there leaves no lock behind (measured on 15). */
static bool is_surely_absent(const ls_relation *table, const ls_drop *drop, const char *name) {
    return drop->if_exists && table->birth.known && table->columns_complete &&
           !has_part(table, drop->kind, name);
}

static bool is_new_part(const ls_builder *builder, const ls_relation *table, const part_row *row,
                        const char *name) {
    if (row->object == LS_OBJECT_TRIGGER) {
        const ls_catalog_trigger *trigger = ls_relation_trigger(table, name);
        return trigger && ls_is_new(builder, &trigger->birth);
    }
    for (LS_EACH(const ls_catalog_policy, policy, table->policies))
        if (strcmp(policy->name, name) == 0)
            return ls_is_new(builder, &policy->birth);
    return false;
}

static void describe_part(ls_builder *builder, ls_effect *effect, const part_row *row,
                          const char *name) {
    if (row->creation == LS_CREATION_NONE)
        return;
    const ls_relation *table = ls_relation_of(builder, effect->relation);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_OBJECT, is_new_part(builder, table, row, name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_RECREATED,
                ls_is_made_again(builder, row->creation,
                                 ls_arena_format(builder->arena, "%s.%s", table->full_name, name)));
}

static void describe_trigger(ls_builder *builder, ls_effect *effect, const ls_drop *drop,
                             const char *name) {
    ls_describe_trigger_successor(builder, effect, ls_relation_of(builder, effect->relation), name);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IF_EXISTS, drop->if_exists);
    ls_note_drop(builder, ls_arena_format(ls_catalog_arena(builder->catalog), "trigger %s", name));
}

static void drop_part(ls_builder *builder, const ls_drop *drop, const part_row *row,
                      const ls_dropped *dropped) {
    const char *name = dropped->name.name;
    const ls_span at = builder->statement->at;
    const ls_relation_id id = ls_named(builder, &dropped->relation, LS_RELATION_UNKNOWN);
    const ls_relation *table = ls_relation_of(builder, id);
    if (is_surely_absent(table, drop, name))
        return;
    ls_take_lock(builder, id, LS_ACCESS_EXCLUSIVE, at);
    ls_effect *effect = ls_add_effect(builder, row->effect, at, id);
    ls_set_text(builder, effect, row->name, ls_quoted(builder, name));
    describe_part(builder, effect, row, name);
    if (drop->kind == LS_OBJECT_TRIGGER)
        describe_trigger(builder, effect, drop, name);
    if (drop->kind == LS_OBJECT_TRIGGER && table->kind == LS_RELATION_PARTITIONED_TABLE &&
        is_row_trigger(table, name))
        drop_part_below(builder, id, name, at);
    remove_part(builder, id, drop->kind, name);
}

void ls_drop_table_parts(ls_builder *builder, const ls_drop *drop) {
    const part_row *row = parts;
    while (row->object != drop->kind)
        row++;
    for (LS_EACH(const ls_dropped, dropped, drop->objects))
        drop_part(builder, drop, row, dropped);
}

/* --- The rest ------------------------------------------------------------------------------- */

/* What PostgreSQL refuses inside a transaction block, and how it names it (measured: DATABASE,
 * TABLESPACE; documentation: SUBSCRIPTION, which by default has a replication slot to drop). */
static const char *forbidden_drop(ls_object_kind kind) {
    switch (kind) {
    case LS_OBJECT_DATABASE:
        return "DROP DATABASE";
    case LS_OBJECT_TABLESPACE:
        return "DROP TABLESPACE";
    case LS_OBJECT_SUBSCRIPTION:
        return "DROP SUBSCRIPTION";
    default:
        return NULL;
    }
}

static void drop_other(ls_builder *builder, const ls_drop *drop, const ls_dropped *dropped) {
    const char *forbidden = forbidden_drop(drop->kind);
    if (forbidden)
        ls_forbid_in_transaction(builder, forbidden);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_DROP_OTHER, builder->statement->at, 0);
    ls_describe_drop(builder, effect, drop);
    ls_set_text(builder, effect, LS_ATTRIBUTE_OBJECT, ls_object_words(drop->kind));
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, ls_shown_name(builder, &dropped->name));
    if (drop->kind == LS_OBJECT_DATABASE)
        ls_set_breaks(builder, effect, true, true);
    if (drop->kind == LS_OBJECT_PUBLICATION && dropped->name.name)
        ls_catalog_drop_publication(builder->catalog, dropped->name.name);
}

static void drop_statistics(ls_builder *builder, const ls_dropped *dropped) {
    const ls_name *name = &dropped->name;
    const ls_catalog_statistics *statistics =
        ls_catalog_find_statistics(builder->catalog, name->schema, name->name);
    const ls_relation_id table = statistics ? statistics->relation : 0;
    ls_take_lock(builder, table, LS_SHARE_UPDATE_EXCLUSIVE, name->at);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_DROP_STATISTICS, name->at, table);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, ls_shown_name(builder, name));
    if (statistics)
        ls_catalog_drop_statistics(builder->catalog, statistics);
}

static void drop_extension(ls_builder *builder, const ls_drop *drop, const ls_dropped *dropped) {
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_DROP_EXTENSION, dropped->name.at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, ls_quoted(builder, dropped->name.name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_CASCADE, drop->cascade);
    if (drop->cascade)
        ls_assume(builder, "what belongs to extension %s, and who uses it, is not known",
                  dropped->name.name);
    ls_catalog_drop_extension(builder->catalog, dropped->name.name);
}

void ls_drop_others(ls_builder *builder, const ls_drop *drop) {
    for (LS_EACH(const ls_dropped, dropped, drop->objects)) {
        if (drop->kind == LS_OBJECT_STATISTICS)
            drop_statistics(builder, dropped);
        else if (drop->kind == LS_OBJECT_EXTENSION)
            drop_extension(builder, drop, dropped);
        else
            drop_other(builder, drop, dropped);
    }
}
