/*
 * rename.c - ALTER ... RENAME, SET SCHEMA and OWNER TO.
 *
 * A rename touches names alone, under ACCESS EXCLUSIVE for as long as the transaction lasts; an
 * index is renamed under SHARE UPDATE EXCLUSIVE by ALTER INDEX, under ACCESS EXCLUSIVE by ALTER
 * TABLE (measured on 12 to 18). What hurts is that running code uses the old name. What a renamed
 * column takes along stands in rename_column.c.
 */
#include "effects/rename.h"

#include "effects/ahead.h"
#include "effects/alter.h"
#include "effects/doubt.h"

#include "catalog/dependencies.h"

#include <string.h>

/* --- Relations ------------------------------------------------------------------------------ */

static void refuse_taken(ls_builder *builder, const ls_rename *rename, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    const ls_name name = {.schema = relation->schema, .name = rename->new_name};
    const ls_relation_id there = ls_known(builder, &name);
    if (there && there != id && ls_surely_exists(builder, there))
        ls_refuse(builder, rename->new_name_at, "relation \"%s\" already exists", rename->new_name);
}

static ls_lock_mode rename_lock(const ls_rename *rename, const ls_relation *relation) {
    return rename->kind == LS_OBJECT_INDEX && relation->kind == LS_RELATION_INDEX
               ? LS_SHARE_UPDATE_EXCLUSIVE
               : LS_ACCESS_EXCLUSIVE;
}

static void describe_index(ls_builder *builder, const ls_rename *rename, const ls_relation *index) {
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_RENAME_INDEX, builder->statement->at, index->table);
    ls_set_text(builder, effect, LS_ATTRIBUTE_INDEX, ls_shown(builder, index->id));
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_NAME, ls_quoted(builder, rename->new_name));
}

static void describe_relation(ls_builder *builder, const ls_rename *rename, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    const ls_span at = builder->statement->at;
    if (relation->kind == LS_RELATION_INDEX) {
        describe_index(builder, rename, relation);
        return;
    }
    if (relation->kind == LS_RELATION_SEQUENCE) {
        ls_effect *effect = ls_add_effect(builder, LS_EFFECT_ALTER_SEQUENCE, at, id);
        ls_add_word(builder, effect, LS_ATTRIBUTE_OPTIONS, "name");
        return;
    }
    const bool is_view =
        relation->kind == LS_RELATION_VIEW || relation->kind == LS_RELATION_MATERIALIZED_VIEW;
    ls_effect *effect =
        ls_add_effect(builder, is_view ? LS_EFFECT_RENAME_VIEW : LS_EFFECT_RENAME_TABLE, at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_NAME, ls_quoted(builder, rename->new_name));
    const ls_name new_name = {.schema = relation->schema, .name = rename->new_name};
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_RELATION, ls_shown_name(builder, &new_name));
    ls_break_users(builder, effect, &relation->birth);
}

/* The constraint behind an index bears the index's name. */
static void rename_backed_constraint(ls_builder *builder, ls_relation_id id, const char *new_name) {
    const ls_relation *index = ls_relation_of(builder, id);
    if (!index || index->kind != LS_RELATION_INDEX || !index->constraint)
        return;
    const char *name = ls_catalog_intern(builder->catalog, new_name);
    if (ls_relation_of(builder, index->table)) {
        ls_relation *table = ls_catalog_edit(builder->catalog, index->table);
        for (LS_EACH(ls_catalog_constraint, constraint, table->constraints))
            if (constraint->index == id && constraint->kind != LS_CONSTRAINT_FOREIGN_KEY)
                constraint->name = name;
    }
    ls_catalog_edit(builder->catalog, id)->constraint = name;
}

static void rename_relation(ls_builder *builder, const ls_rename *rename) {
    const ls_relation_id id =
        ls_named(builder, &rename->name, ls_relation_kind_meant(rename->kind));
    const ls_relation *relation = ls_relation_of(builder, id);
    refuse_taken(builder, rename, id);
    ls_take_lock(builder, id, rename_lock(rename, relation), builder->statement->at);
    describe_relation(builder, rename, id);
    if (ls_is_refused(builder))
        return;
    rename_backed_constraint(builder, id, rename->new_name);
    ls_catalog_rename(builder->catalog, id, rename->new_name);
}

/* --- Constraints ---------------------------------------------------------------------------- */

static void rename_constraint_on(ls_builder *builder, ls_relation_id id, const ls_rename *rename) {
    ls_relation *table = ls_catalog_edit(builder->catalog, id);
    for (LS_EACH(ls_catalog_constraint, constraint, table->constraints))
        if (strcmp(constraint->name, rename->member) == 0)
            constraint->name = ls_catalog_intern(builder->catalog, rename->new_name);
}

/* Its index is renamed with a key; a CHECK is renamed on the partitions too (measured: the index on
 * 12 to 18, the partitions on 15). */
static void rename_parts(ls_builder *builder, ls_relation_id id, const ls_rename *rename,
                         ls_constraint_kind kind, ls_relation_id index) {
    const ls_span at = builder->statement->at;
    if (index && kind != LS_CONSTRAINT_FOREIGN_KEY) {
        ls_take_lock(builder, index, LS_SHARE_UPDATE_EXCLUSIVE, at);
        ls_catalog_edit(builder->catalog, index)->constraint =
            ls_catalog_intern(builder->catalog, rename->new_name);
        ls_catalog_rename(builder->catalog, index, rename->new_name);
    }
    if (kind != LS_CONSTRAINT_CHECK)
        return;
    ls_take_lock_below(builder, id, LS_ACCESS_EXCLUSIVE, at);
    const ls_relation_ids below = ls_relation_descendants(builder->arena, builder->catalog, id);
    for (LS_EACH(const ls_relation_id, child, below))
        rename_constraint_on(builder, *child, rename);
}

static void rename_constraint(ls_builder *builder, const ls_rename *rename) {
    const ls_relation_id id = ls_named(builder, &rename->name, LS_RELATION_TABLE);
    ls_take_lock(builder, id, LS_ACCESS_EXCLUSIVE, builder->statement->at);
    const ls_relation *table = ls_relation_of(builder, id);
    const ls_catalog_constraint *known = ls_relation_constraint(table, rename->member);
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_RENAME_CONSTRAINT, builder->statement->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, rename->member));
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_NAME, ls_quoted(builder, rename->new_name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT_KIND,
                known ? ls_constraint_kind_name(known->kind) : "unknown");
    ls_set_flag(builder, effect, LS_ATTRIBUTE_WITH_TABLE, ls_is_table_renamed(builder, id));
    if (!known)
        return;
    const ls_constraint_kind kind = known->kind;
    const ls_relation_id index = known->index;
    const ls_catalog_constraint *other = ls_relation_constraint(table, rename->new_name);
    if (other && !other->doubted) {
        ls_refuse(builder, rename->new_name_at,
                  "constraint \"%s\" for relation \"%s\" already exists", rename->new_name,
                  table->name);
        return;
    }
    ls_clear_doubted(builder, id, rename->new_name);
    rename_constraint_on(builder, id, rename);
    rename_parts(builder, id, rename, kind, index);
}

/* --- Triggers, rules, policies -------------------------------------------------------------- */

static void rename_trigger_on(ls_builder *builder, ls_relation_id id, const ls_rename *rename) {
    ls_relation *table = ls_catalog_edit(builder->catalog, id);
    for (LS_EACH(ls_catalog_trigger, trigger, table->triggers))
        if (strcmp(trigger->name, rename->member) == 0)
            trigger->name = ls_catalog_intern(builder->catalog, rename->new_name);
}

/* From 15 on a trigger is renamed on the partitions too (documentation: ALTER TRIGGER; measured).
 */
static void rename_trigger(ls_builder *builder, const ls_rename *rename, ls_relation_id id) {
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_RENAME_TRIGGER, builder->statement->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TRIGGER, ls_quoted(builder, rename->member));
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_NAME, ls_quoted(builder, rename->new_name));
    rename_trigger_on(builder, id, rename);
    if (builder->postgres < 15 ||
        ls_relation_of(builder, id)->kind != LS_RELATION_PARTITIONED_TABLE)
        return;
    ls_take_lock_below(builder, id, LS_ACCESS_EXCLUSIVE, builder->statement->at);
    const ls_relation_ids below = ls_relation_descendants(builder->arena, builder->catalog, id);
    for (LS_EACH(const ls_relation_id, partition, below))
        rename_trigger_on(builder, *partition, rename);
}

static void rename_policy(ls_builder *builder, const ls_rename *rename, ls_relation_id id) {
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_ALTER_POLICY, builder->statement->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_POLICY, ls_quoted(builder, rename->member));
    ls_relation *table = ls_catalog_edit(builder->catalog, id);
    for (LS_EACH(ls_catalog_policy, policy, table->policies))
        if (strcmp(policy->name, rename->member) == 0)
            policy->name = ls_catalog_intern(builder->catalog, rename->new_name);
}

static void rename_rule(ls_builder *builder, const ls_rename *rename, ls_relation_id id) {
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_SWITCH_RULE, builder->statement->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, ls_quoted(builder, rename->member));
    ls_set_text(builder, effect, LS_ATTRIBUTE_ACTION, "rename");
    ls_relation *table = ls_catalog_edit(builder->catalog, id);
    for (LS_EACH(const char *, rule, table->rules))
        if (strcmp(*rule, rename->member) == 0)
            *rule = ls_catalog_intern(builder->catalog, rename->new_name);
}

static void rename_table_part(ls_builder *builder, const ls_rename *rename) {
    const ls_relation_id id = ls_named(builder, &rename->name, LS_RELATION_UNKNOWN);
    ls_take_lock(builder, id, LS_ACCESS_EXCLUSIVE, builder->statement->at);
    if (rename->kind == LS_OBJECT_TRIGGER)
        rename_trigger(builder, rename, id);
    else if (rename->kind == LS_OBJECT_POLICY)
        rename_policy(builder, rename, id);
    else
        rename_rule(builder, rename, id);
}

/* --- Types, functions, schemas -------------------------------------------------------------- */

/* A composite type has a row in pg_class, which is locked (measured on 15). */
static void rename_type(ls_builder *builder, const ls_rename *rename) {
    const ls_catalog_type *type =
        ls_catalog_find_type(builder->catalog, rename->name.schema, rename->name.name);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_RENAME_TYPE, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE, ls_shown_name(builder, &rename->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_NAME, ls_quoted(builder, rename->new_name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_TYPE, type && ls_is_new(builder, &type->birth));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REPLACED,
                type && ls_is_made_again(
                            builder, LS_CREATION_TYPE,
                            ls_arena_join(builder->arena, type->schema, ".", type->name, NULL)));
    const ls_birth unknown = {0};
    ls_break_users(builder, effect, type ? &type->birth : &unknown);
    if (!type)
        return;
    ls_take_lock(builder, type->relation, LS_ACCESS_EXCLUSIVE, builder->statement->at);
    ls_catalog_rename_type(builder->catalog, type, type->schema, rename->new_name);
}

static void rename_domain_constraint(ls_builder *builder, const ls_rename *rename) {
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_ALTER_DOMAIN, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE, ls_shown_name(builder, &rename->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_ACTION, "rename_constraint");
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, rename->member));
    const ls_catalog_type *type =
        ls_catalog_find_type(builder->catalog, rename->name.schema, rename->name.name);
    if (!type)
        return;
    ls_catalog_type *domain = ls_catalog_edit_type(builder->catalog, type);
    for (LS_EACH(ls_catalog_constraint, constraint, domain->constraints))
        if (strcmp(constraint->name, rename->member) == 0)
            constraint->name = ls_catalog_intern(builder->catalog, rename->new_name);
}

static void rename_function(ls_builder *builder, const ls_rename *rename) {
    const ls_catalog_function *function =
        ls_function_meant(builder, &rename->name, &rename->signature);
    const ls_birth unknown = {0};
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_RENAME_FUNCTION, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_FUNCTION, ls_shown_name(builder, &rename->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_NAME, ls_quoted(builder, rename->new_name));
    ls_break_users(builder, effect, function ? &function->birth : &unknown);
    if (function)
        ls_catalog_rename_function(builder->catalog, function, NULL, rename->new_name);
}

static void rename_schema(ls_builder *builder, const ls_rename *rename) {
    const ls_birth *birth = ls_catalog_schema_birth(builder->catalog, rename->name.name);
    const ls_birth unknown = {0};
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_RENAME_SCHEMA, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_SCHEMA, ls_quoted(builder, rename->name.name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_NAME, ls_quoted(builder, rename->new_name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_SCHEMA_OBJECT,
                birth && ls_is_new(builder, birth));
    ls_break_users(builder, effect, birth ? birth : &unknown);
    ls_catalog_rename_schema(builder->catalog, rename->name.name, rename->new_name);
}

static void rename_other(ls_builder *builder) {
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_OTHER_STATEMENT, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, builder->statement->tag);
}

static void rename_statistics(ls_builder *builder, const ls_rename *rename) {
    const ls_catalog_statistics *statistics =
        ls_catalog_find_statistics(builder->catalog, rename->name.schema, rename->name.name);
    rename_other(builder);
    if (statistics)
        ls_catalog_rename_statistics(builder->catalog, statistics, statistics->schema,
                                     rename->new_name);
}

/* --- The statement -------------------------------------------------------------------------- */

void ls_effects_of_rename(ls_builder *builder, const ls_rename *rename) {
    switch (rename->kind) {
    case LS_OBJECT_TABLE:
    case LS_OBJECT_INDEX:
    case LS_OBJECT_VIEW:
    case LS_OBJECT_MATERIALIZED_VIEW:
    case LS_OBJECT_SEQUENCE:
    case LS_OBJECT_FOREIGN_TABLE:
        rename_relation(builder, rename);
        break;
    case LS_OBJECT_COLUMN:
        ls_rename_column(builder, rename);
        break;
    case LS_OBJECT_ATTRIBUTE:
        ls_rename_attribute(builder, rename);
        break;
    case LS_OBJECT_CONSTRAINT:
        rename_constraint(builder, rename);
        break;
    case LS_OBJECT_TRIGGER:
    case LS_OBJECT_RULE:
    case LS_OBJECT_POLICY:
        rename_table_part(builder, rename);
        break;
    case LS_OBJECT_TYPE:
    case LS_OBJECT_DOMAIN:
        rename_type(builder, rename);
        break;
    case LS_OBJECT_DOMAIN_CONSTRAINT:
        rename_domain_constraint(builder, rename);
        break;
    case LS_OBJECT_STATISTICS:
        rename_statistics(builder, rename);
        break;
    case LS_OBJECT_FUNCTION:
        rename_function(builder, rename);
        break;
    case LS_OBJECT_SCHEMA:
        rename_schema(builder, rename);
        break;
    default:
        rename_other(builder);
        break;
    }
}
