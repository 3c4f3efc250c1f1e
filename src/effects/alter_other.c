/*
 * alter_other.c - what ALTER TABLE changes of a table as a whole: where and how it is stored, who
 * owns it, which triggers and rules fire, how it is replicated.
 */
#include "effects/ahead.h"
#include "effects/alter.h"

#include <string.h>

static ls_effect *add_effect(ls_alteration *alteration, const ls_action *action,
                             ls_effect_kind kind) {
    return ls_add_effect(alteration->builder, kind, action->at, alteration->relation);
}

static void set_name(ls_alteration *alteration, ls_effect *effect, ls_attribute attribute,
                     const char *name) {
    if (name != NULL)
        ls_set_text(alteration->builder, effect, attribute, ls_quoted(alteration->builder, name));
}

/* --- Storage --------------------------------------------------------------------------------- */

/* Sequences of serial and identity columns follow their table since 15 (measured). */
static void change_sequences(ls_alteration *alteration, const ls_action *action,
                             ls_persistence persistence) {
    ls_builder *builder = alteration->builder;
    if (builder->postgres < 15)
        return;
    ls_relation_ids owned = ls_owned_sequences(builder, ls_altered(alteration));
    for (size_t i = 0; i < owned.count; i++) {
        ls_take_lock(builder, owned.items[i], LS_ACCESS_EXCLUSIVE, action->at);
        ls_catalog_amend(builder->catalog, owned.items[i])->persistence = persistence;
    }
}

/* Nothing is written where nothing changes; a partitioned table has no rows of its own (measured).
 */
void ls_alter_persistence(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    bool logged = action->kind == LS_ALTER_SET_LOGGED;
    ls_persistence wanted = logged ? LS_PERMANENT : LS_UNLOGGED;
    ls_effect *effect = add_effect(alteration, action, LS_EFFECT_SET_PERSISTENCE);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TO, logged ? "permanent" : "unlogged");
    if (relation->persistence == LS_TEMPORARY) {
        ls_refuse(builder, action->at,
                  "cannot change logged status of table %s because it is temporary",
                  ls_shown(builder, relation->id));
        return;
    }
    if (relation->birth.known && relation->persistence == wanted)
        return;
    if (ls_has_storage(relation)) {
        ls_rewrite(builder, relation->id, action->at);
        ls_set_work(builder, effect, LS_WORK_REWRITE);
    }
    change_sequences(alteration, action, wanted);
    ls_catalog_amend(builder->catalog, alteration->relation)->persistence = wanted;
}

/* Of the table alone: its indexes stay where they are (measured). */
void ls_alter_tablespace(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    ls_effect *effect = add_effect(alteration, action, LS_EFFECT_SET_TABLESPACE);
    set_name(alteration, effect, LS_ATTRIBUTE_TO, action->name);
    ls_set_text(builder, effect, LS_ATTRIBUTE_OBJECT, ls_relation_kind_words(relation->kind));
    const ls_relation *table = ls_relation_of(builder, relation->table);
    bool has_files = ls_has_storage(relation) ||
                     (relation->kind == LS_RELATION_INDEX &&
                      (table == NULL || table->kind != LS_RELATION_PARTITIONED_TABLE));
    if (!has_files)
        return;
    ls_copy_files(builder, relation->id, action->at);
    ls_set_work(builder, effect, LS_WORK_COPY);
}

static bool refuse_access_method(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    if (builder->postgres < 15)
        ls_refuse(builder, action->at, "SET ACCESS METHOD needs PostgreSQL 15");
    else if (builder->postgres < 17 &&
             ls_altered(alteration)->kind == LS_RELATION_PARTITIONED_TABLE)
        ls_refuse(builder, action->at, "cannot change access method of a partitioned table");
    return ls_is_refused(builder);
}

/* Written anew only if the method changes (measured). */
void ls_alter_access_method(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_effect *effect = add_effect(alteration, action, LS_EFFECT_SET_ACCESS_METHOD);
    const char *wanted = action->name == NULL ? "heap" : action->name;
    set_name(alteration, effect, LS_ATTRIBUTE_TO, wanted);
    if (refuse_access_method(alteration, action))
        return;
    const ls_relation *relation = ls_altered(alteration);
    const char *present = relation->access_method == NULL ? "heap" : relation->access_method;
    if (relation->birth.known && strcmp(present, wanted) == 0)
        return;
    if (ls_has_storage(relation)) {
        ls_rewrite(builder, relation->id, action->at);
        ls_set_work(builder, effect, LS_WORK_REWRITE);
    }
    ls_catalog_amend(builder->catalog, alteration->relation)->access_method =
        ls_catalog_intern(builder->catalog, wanted);
}

/* --- Indexes that the table points at -------------------------------------------------------- */

static ls_relation_id index_named(const ls_alteration *alteration, const char *name) {
    if (name == NULL)
        return 0;
    ls_name full = {.schema = ls_altered(alteration)->schema, .name = name};
    return ls_known(alteration->builder, &full);
}

/* CLUSTER ON locks the index as the statement locks the table (measured). */
void ls_alter_cluster_on(ls_alteration *alteration, const ls_action *action) {
    ls_effect *effect = add_effect(alteration, action, LS_EFFECT_CLUSTER_ON);
    set_name(alteration, effect, LS_ATTRIBUTE_INDEX, action->name);
    ls_take_lock(alteration->builder, index_named(alteration, action->name), alteration->mode,
                 action->at);
}

static const char *identity_in_words(char identity) {
    switch (identity) {
    case 'n':
        return "nothing";
    case 'f':
        return "full";
    case 'i':
        return "index";
    default:
        return "default";
    }
}

static bool has_no_nulls(const ls_relation *table, const ls_relation *index) {
    for (LS_EACH(const ls_index_element, element, index->elements))
        if (!element->column || !ls_is_proven_not_null(table, element->column))
            return false;
    return index->elements.count > 0;
}

/* An index that can be the replica identity: unique, not partial, of NOT NULL columns. */
static const char *identifying_index(const ls_alteration *alteration) {
    ls_builder *builder = alteration->builder;
    const ls_relation *table = ls_altered(alteration);
    for (LS_EACH(const ls_relation_id, id, table->indexes)) {
        const ls_relation *index = ls_relation_of(builder, *id);
        if (index && index->unique && index->valid && !index->predicate &&
            has_no_nulls(table, index))
            return ls_quoted(builder, index->name);
    }
    return NULL;
}

void ls_alter_replica_identity(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_effect *effect = add_effect(alteration, action, LS_EFFECT_REPLICA_IDENTITY);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TO, identity_in_words(action->replica_identity));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PUBLISHED,
                ls_catalog_is_published(builder->catalog, ls_altered(alteration)));
    if (action->replica_identity == 'i')
        ls_take_lock(builder, index_named(alteration, action->name), LS_SHARE, action->at);
    ls_catalog_amend(builder->catalog, alteration->relation)->replica_identity =
        action->replica_identity;
    ls_set_flag(builder, effect, LS_ATTRIBUTE_UNIDENTIFIED,
                action->replica_identity == 'n' &&
                    ls_catalog_publishes_changes(builder->catalog, ls_altered(alteration)));
    if (action->replica_identity == 'f')
        ls_set_text(builder, effect, LS_ATTRIBUTE_INDEX, identifying_index(alteration));
}

/* --- Triggers, rules, row security ----------------------------------------------------------- */

static bool refuse_trigger(ls_alteration *alteration, const ls_action *action) {
    const ls_relation *relation = ls_altered(alteration);
    if (action->name == NULL || !ls_is_complete(relation) ||
        ls_relation_trigger(relation, action->name) != NULL)
        return false;
    ls_refuse(alteration->builder, action->at, "trigger %s for table %s does not exist",
              ls_quoted(alteration->builder, action->name),
              ls_shown(alteration->builder, relation->id));
    return true;
}

/* ALL or USER */
static const char *last_word(ls_builder *builder, ls_span at) {
    const char *text = ls_text_of(builder, at);
    const char *blank = strrchr(text, ' ');
    return blank == NULL ? text : blank + 1;
}

void ls_alter_trigger(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    if (refuse_trigger(alteration, action))
        return;
    bool disable = action->kind == LS_ALTER_DISABLE_TRIGGER;
    ls_effect *effect = add_effect(alteration, action, LS_EFFECT_SWITCH_TRIGGER);
    set_name(alteration, effect, LS_ATTRIBUTE_TRIGGER, action->name);
    if (action->all)
        ls_set_text(builder, effect, LS_ATTRIBUTE_TRIGGER, last_word(builder, action->at));
    ls_set_text(builder, effect, LS_ATTRIBUTE_ACTION, disable ? "disable" : "enable");
    ls_set_flag(builder, effect, LS_ATTRIBUTE_RESTORED,
                disable && ls_action_ahead(builder, alteration->relation, LS_ALTER_ENABLE_TRIGGER,
                                           action->name) != NULL);
    const ls_relation *relation = ls_altered(alteration);
    bool partitioned = relation->kind == LS_RELATION_PARTITIONED_TABLE;
    for (size_t i = 0; i < alteration->tables.count; i++) {
        if (i > 0 && !partitioned)
            break;
        ls_relation *table = ls_catalog_edit(builder->catalog, alteration->tables.items[i]);
        for (LS_EACH(ls_catalog_trigger, trigger, table->triggers))
            if (action->name == NULL || strcmp(trigger->name, action->name) == 0)
                trigger->disabled = disable;
    }
}

void ls_alter_rule(ls_alteration *alteration, const ls_action *action) {
    ls_effect *effect = add_effect(alteration, action, LS_EFFECT_SWITCH_RULE);
    set_name(alteration, effect, LS_ATTRIBUTE_NAME, action->name);
    ls_set_text(alteration->builder, effect, LS_ATTRIBUTE_ACTION,
                action->kind == LS_ALTER_DISABLE_RULE ? "disable" : "enable");
}

void ls_alter_row_security(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_effect *effect = add_effect(alteration, action, LS_EFFECT_ROW_SECURITY);
    size_t policies = ls_altered(alteration)->policies.count;
    size_t coming = ls_policies_ahead(builder, alteration->relation);
    if (ls_altered(alteration)->birth.known || policies + coming > 0)
        ls_set_number(builder, effect, LS_ATTRIBUTE_POLICIES, (int64_t)(policies + coming));
    ls_relation *relation = ls_catalog_amend(builder->catalog, alteration->relation);
    const char *words = "";
    switch (action->kind) {
    case LS_ALTER_ENABLE_ROW_SECURITY:
        relation->row_security = true;
        words = "enable";
        break;
    case LS_ALTER_DISABLE_ROW_SECURITY:
        relation->row_security = false;
        words = "disable";
        break;
    case LS_ALTER_FORCE_ROW_SECURITY:
        relation->force_row_security = true;
        words = "force";
        break;
    default:
        relation->force_row_security = false;
        words = "no_force";
    }
    ls_set_text(builder, effect, LS_ATTRIBUTE_ACTION, words);
}

/* --- Owner, type, the rest ------------------------------------------------------------------- */

/* Indexes and owned sequences follow their table, partitions do not (measured). */
void ls_alter_owner(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    ls_effect *effect = add_effect(alteration, action, LS_EFFECT_CHANGE_OWNER);
    set_name(alteration, effect, LS_ATTRIBUTE_TO, action->name);
    ls_set_text(builder, effect, LS_ATTRIBUTE_OBJECT, ls_relation_kind_words(relation->kind));
    ls_take_lock_with_indexes(builder, relation->id, LS_ACCESS_EXCLUSIVE, LS_ACCESS_EXCLUSIVE,
                              action->at);
    ls_relation_ids owned = ls_owned_sequences(builder, relation);
    for (size_t i = 0; i < owned.count; i++)
        ls_take_lock(builder, owned.items[i], LS_ACCESS_EXCLUSIVE, action->at);
}

void ls_alter_of_type(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    bool typed = action->kind == LS_ALTER_OF_TYPE;
    ls_effect *effect = add_effect(alteration, action, LS_EFFECT_OTHER_STATEMENT);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, typed ? "OF" : "NOT OF");
    const ls_catalog_type *type =
        typed
            ? ls_catalog_find_type(builder->catalog, action->relation.schema, action->relation.name)
            : NULL;
    if (type != NULL)
        ls_take_lock(builder, type->relation, LS_ACCESS_SHARE, action->at);
    ls_relation *relation = ls_catalog_edit(builder->catalog, alteration->relation);
    relation->of_type = type == NULL ? NULL : type->name;
    relation->of_type_schema = type == NULL ? NULL : type->schema;
}

void ls_alter_unanalysed(ls_alteration *alteration, const ls_action *action) {
    ls_not_analysed(alteration->builder, action->at, "ALTER TABLE",
                    ls_arena_format(alteration->builder->arena, "%s is not known",
                                    ls_text_of(alteration->builder, action->at)));
}

/* --- ALTER TABLE ALL IN TABLESPACE ----------------------------------------------------------- */

/* ACCESS EXCLUSIVE on each and a copy of its files (documentation); which relations stand in which
 * tablespace no history tells. */
void ls_effects_of_move_all(ls_builder *builder, const ls_move_all *move) {
    const char *what = move->kind == LS_OBJECT_INDEX               ? "index"
                       : move->kind == LS_OBJECT_MATERIALIZED_VIEW ? "materialized view"
                                                                   : "table";
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_SET_TABLESPACE, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_OBJECT, what);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TO, ls_quoted(builder, move->to));
    ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION,
                ls_arena_format(builder->arena, "every %s of tablespace %s", what,
                                ls_quoted(builder, move->from)));
    ls_set_work(builder, effect, LS_WORK_COPY);
    ls_assume(builder, "what stands in tablespace %s is not in the history",
              ls_quoted(builder, move->from));
}
