/*
 * alter_column.c - attributes of columns: defaults, NOT NULL, generation, identity, properties.
 */
#include "effects/ahead.h"
#include "effects/alter.h"

#include "catalog/names.h"
#include "effects/predicates.h"

#include <string.h>

/* The effect of an action on one column; NULL if the column is surely not there. */
static ls_effect *add_column_effect(ls_alteration *alteration, const ls_action *action,
                                    ls_effect_kind kind, ls_catalog_column *column) {
    ls_builder *builder = alteration->builder;
    if (!ls_find_column(alteration, action->name, action->at, column))
        return NULL;
    ls_effect *effect = ls_add_effect(builder, kind, action->at, alteration->relation);
    ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, action->name));
    return effect;
}

static void refuse_column(ls_alteration *alteration, const ls_action *action, const char *why) {
    ls_builder *builder = alteration->builder;
    ls_refuse(builder, action->at, "column %s of relation %s %s", ls_quoted(builder, action->name),
              ls_shown(builder, alteration->relation), why);
}

/* --- Defaults -------------------------------------------------------------------------------- */

static bool refuse_default(ls_alteration *alteration, const ls_action *action,
                           const ls_catalog_column *column) {
    if (column->identity != 0)
        refuse_column(alteration, action, "is an identity column");
    else if (column->generated != 0)
        refuse_column(alteration, action, "is a generated column");
    return column->identity != 0 || column->generated != 0;
}

static void change_default(ls_alteration *alteration, const ls_action *action,
                           const ls_expression *value) {
    ls_builder *builder = alteration->builder;
    for (size_t i = 0; i < alteration->tables.count; i++) {
        ls_relation_id table = alteration->tables.items[i];
        ls_catalog_column *column = ls_edit_column(builder, table, action->name);
        if (column != NULL) {
            column->default_value = ls_kept_default(builder, &column->type, value);
            column->serial = false; /* the sequence stays the column's own */
        }
        ls_note_default(builder, table, value);
    }
}

void ls_alter_set_default(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_catalog_column column;
    ls_effect *effect = add_column_effect(alteration, action, LS_EFFECT_SET_DEFAULT, &column);
    if (effect == NULL || refuse_default(alteration, action, &column))
        return;
    if (action->expression != NULL)
        ls_set_written(builder, effect, LS_ATTRIBUTE_DEFAULT, action->expression->at);
    ls_check_enum_use(builder, action->expression, &column.type);
    change_default(alteration, action, action->expression);
}

/* Code that leaves the column out of its INSERTs breaks if NULL is not allowed. */
void ls_alter_drop_default(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_catalog_column column;
    ls_effect *effect = add_column_effect(alteration, action, LS_EFFECT_DROP_DEFAULT, &column);
    if (effect == NULL || refuse_default(alteration, action, &column))
        return;
    bool is_new = ls_is_new(builder, &column.birth);
    const ls_action *restoring =
        ls_action_ahead(builder, alteration->relation, LS_ALTER_SET_DEFAULT, action->name);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NOT_NULL, column.not_null);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_HAS_DEFAULT,
                !column.birth.known || column.default_value != NULL || column.serial);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_RESTORED, restoring != NULL);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_COLUMN, is_new);
    ls_set_breaks(builder, effect, false, column.not_null && !is_new);
    change_default(alteration, action, NULL);
}

/* --- NOT NULL -------------------------------------------------------------------------------- */

/* A partition that may hold NULLs cannot be below a parent that is NOT NULL. */
static bool refuse_only(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    if (!alteration->statement->only || relation->kind != LS_RELATION_PARTITIONED_TABLE)
        return false;
    for (size_t i = 0; i < relation->children.count; i++) {
        const ls_relation *child = ls_relation_of(builder, relation->children.items[i]);
        const ls_catalog_column *column = ls_relation_column(child, action->name);
        if (column == NULL || column->not_null)
            continue;
        ls_refuse(builder, action->at, "constraint must be added to child tables too");
        return true;
    }
    return false;
}

static bool every_table_proves(const ls_alteration *alteration, const char *column) {
    for (size_t i = 0; i < alteration->tables.count; i++) {
        const ls_relation *table = ls_relation_of(alteration->builder, alteration->tables.items[i]);
        if (!ls_is_proven_not_null(table, column) && ls_has_storage(table))
            return false;
    }
    return true;
}

/* A CHECK that would save the scan if it were valid, or if the statement did not drop it. */
static void describe_proof(ls_alteration *alteration, ls_effect *effect, const char *column) {
    ls_builder *builder = alteration->builder;
    for (LS_EACH(const ls_catalog_constraint, check, alteration->dropped_checks)) {
        if (!ls_check_proves_not_null(check->expression, column))
            continue;
        ls_set_text(builder, effect, LS_ATTRIBUTE_PROOF, ls_quoted(builder, check->name));
        ls_set_flag(builder, effect, LS_ATTRIBUTE_PROOF_DROPPED, true);
        return;
    }
    for (LS_EACH(const ls_catalog_constraint, check, ls_altered(alteration)->constraints))
        if (check->kind == LS_CONSTRAINT_CHECK && !check->valid && check->enforced &&
            ls_check_proves_not_null(check->expression, column))
            ls_set_text(builder, effect, LS_ATTRIBUTE_PROOF, ls_quoted(builder, check->name));
    ls_words columns = ls_one_word(builder, column);
    ls_set_text(
        builder, effect, LS_ATTRIBUTE_CONSTRAINT,
        ls_quoted(builder, ls_choose_constraint_name(builder->catalog, ls_altered(alteration),
                                                     &columns, "not_null")));
}

/* 18 makes a constraint of every NOT NULL, unless the column has one. */
static void define_not_null(ls_alteration *alteration, const char *column) {
    ls_builder *builder = alteration->builder;
    if (builder->postgres < 18 || ls_not_null_of(ls_altered(alteration), column) != NULL)
        return;
    const ls_constraint made = {.kind = LS_CONSTRAINT_NOT_NULL,
                                .columns = ls_one_word(builder, column)};
    ls_define_everywhere(alteration, &made, NULL, true);
}

static bool may_be_filled_by_trigger(const ls_alteration *alteration) {
    const ls_relation *table = ls_altered(alteration);
    for (LS_EACH(const ls_catalog_trigger, trigger, table->triggers))
        if (trigger->timing == 'b' && trigger->on_insert && trigger->row && !trigger->disabled)
            return true;
    return ls_triggers_at_once(alteration->builder, alteration->relation).count > 0;
}

/* The migration lets INSERTs leave the column out, makes a function that may be the one that
 * inserts, or has the column be another one's successor under its name. */
static bool is_made_good(const ls_alteration *alteration, const char *column) {
    static const ls_action_kind kinds[] = {LS_ALTER_SET_DEFAULT, LS_ALTER_DROP_NOT_NULL,
                                           LS_ALTER_ADD_IDENTITY, LS_ALTER_DROP_COLUMN};
    const ls_builder *builder = alteration->builder;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ls_action_ahead(builder, alteration->relation, kinds[i], column) != NULL)
            return true;
    return ls_column_changes_name(builder, alteration->relation, column) ||
           ls_is_table_renamed(builder, alteration->relation) ||
           ls_is_function_inserting(builder, alteration->relation) ||
           ls_drop_ahead(builder, alteration->relation);
}

bool ls_becomes_required(const ls_alteration *alteration, const ls_catalog_column *column) {
    return ls_is_new(alteration->builder, &column->birth) && !column->not_null &&
           column->default_value == NULL && column->identity == 0 && column->generated == 0 &&
           !column->serial && !may_be_filled_by_trigger(alteration) &&
           !is_made_good(alteration, column->name);
}

void ls_alter_set_not_null(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_catalog_column column;
    ls_effect *effect = add_column_effect(alteration, action, LS_EFFECT_SET_NOT_NULL, &column);
    if (effect == NULL || refuse_only(alteration, action))
        return;
    bool proven = !column.not_null && every_table_proves(alteration, action->name);
    bool is_new = ls_is_new(builder, &column.birth);
    bool required = ls_becomes_required(alteration, &column);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_ALREADY, column.not_null);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PROVEN, proven);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_COLUMN, is_new);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PARTITIONED,
                ls_altered(alteration)->kind == LS_RELATION_PARTITIONED_TABLE);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REQUIRED, required);
    ls_set_breaks(builder, effect, false, required || (!column.not_null && !proven && !is_new));
    describe_proof(alteration, effect, action->name);
    ls_set_work(builder, effect, ls_make_not_null(alteration, action->name, action->at));
    define_not_null(alteration, action->name);
}

static bool refuse_nullable(ls_alteration *alteration, const ls_action *action,
                            const ls_catalog_column *column) {
    const ls_relation *relation = ls_altered(alteration);
    if (column->identity != 0) {
        refuse_column(alteration, action, "is an identity column");
        return true;
    }
    for (LS_EACH(const ls_catalog_constraint, constraint, relation->constraints)) {
        if (constraint->kind != LS_CONSTRAINT_PRIMARY_KEY ||
            !ls_has_word(&constraint->columns, action->name))
            continue;
        refuse_column(alteration, action, "is in a primary key");
        return true;
    }
    if (!alteration->statement->only || relation->kind != LS_RELATION_PARTITIONED_TABLE ||
        relation->children.count == 0)
        return false;
    ls_refuse(alteration->builder, action->at,
              "cannot remove constraint from only the partitioned table when partitions exist");
    return true;
}

/* Readers that never saw NULL may not take it. */
void ls_alter_drop_not_null(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_catalog_column column;
    ls_effect *effect = add_column_effect(alteration, action, LS_EFFECT_DROP_NOT_NULL, &column);
    if (effect == NULL || refuse_nullable(alteration, action, &column))
        return;
    bool is_new = ls_is_new(builder, &column.birth);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NOT_NULL, column.not_null);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_COLUMN, is_new);
    ls_set_breaks(builder, effect, column.not_null && !is_new, false);
    for (size_t i = 0; i < alteration->tables.count; i++)
        ls_drop_not_null(builder, alteration->tables.items[i], action->name, i > 0);
}

/* --- Generated columns ----------------------------------------------------------------------- */

/* A stored column is computed anew for every row; a virtual one is not stored (measured). */
void ls_alter_set_expression(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_catalog_column column;
    ls_effect *effect = add_column_effect(alteration, action, LS_EFFECT_SET_EXPRESSION, &column);
    if (effect == NULL)
        return;
    if (builder->postgres < 17) {
        ls_refuse(builder, action->at, "SET EXPRESSION needs PostgreSQL 17");
        return;
    }
    bool is_virtual = column.generated == 'v';
    ls_set_text(builder, effect, LS_ATTRIBUTE_GENERATED, is_virtual ? "virtual" : "stored");
    if (!is_virtual)
        ls_rewrite_all(alteration, action->at);
    ls_set_work(builder, effect, is_virtual ? LS_WORK_NONE : LS_WORK_REWRITE);
    for (size_t i = 0; i < alteration->tables.count; i++) {
        ls_catalog_column *known =
            ls_edit_column(builder, alteration->tables.items[i], action->name);
        if (known != NULL)
            known->generation = action->expression;
    }
}

static bool refuse_not_generated(ls_alteration *alteration, const ls_action *action,
                                 const ls_catalog_column *column) {
    if (column->generated != 0 || !column->birth.known || action->if_exists)
        return false;
    refuse_column(alteration, action, "is not a stored generated column");
    return true;
}

void ls_alter_drop_expression(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_catalog_column column;
    ls_effect *effect = add_column_effect(alteration, action, LS_EFFECT_DROP_EXPRESSION, &column);
    if (effect == NULL)
        return;
    if (builder->postgres < 13) {
        ls_refuse(builder, action->at, "DROP EXPRESSION needs PostgreSQL 13");
        return;
    }
    if (refuse_not_generated(alteration, action, &column))
        return;
    for (size_t i = 0; i < alteration->tables.count; i++) {
        ls_catalog_column *known =
            ls_edit_column(builder, alteration->tables.items[i], action->name);
        if (known == NULL)
            continue;
        known->generated = 0;
        known->generation = NULL;
    }
}

/* --- Identity -------------------------------------------------------------------------------- */

/* Partitioned tables may have identity columns since 17 (documentation). */
void ls_refuse_identity_below(ls_alteration *alteration, ls_span at) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    bool allowed = relation->kind == LS_RELATION_PARTITIONED_TABLE && builder->postgres >= 17;
    if (relation->children.count > 0 && !allowed)
        ls_refuse(builder, at,
                  "cannot recursively add identity column to table that has child tables");
}

static bool refuse_identity(ls_alteration *alteration, const ls_action *action,
                            const ls_catalog_column *column) {
    if (column->identity != 0)
        refuse_column(alteration, action, "is already an identity column");
    else if (column->default_value != NULL)
        refuse_column(alteration, action, "already has a default value");
    else if (column->birth.known && !column->not_null)
        refuse_column(alteration, action, "must be declared NOT NULL before identity can be added");
    ls_refuse_identity_below(alteration, action->at);
    return ls_is_refused(alteration->builder);
}

void ls_alter_add_identity(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_catalog_column column;
    ls_effect *effect = add_column_effect(alteration, action, LS_EFFECT_ADD_IDENTITY, &column);
    if (effect == NULL || refuse_identity(alteration, action, &column))
        return;
    ls_catalog_column *known = ls_edit_column(builder, alteration->relation, action->name);
    if (known == NULL)
        return;
    bool always = action->constraint != NULL && action->constraint->generated_always;
    known->identity = always ? 'a' : 'd';
    known->not_null = true;
    ls_define_owned_sequence(builder, alteration->relation, known->name, true);
    known = ls_edit_column(builder, alteration->relation, action->name);
    ls_catalog_edit(builder->catalog, known->sequence)->birth = builder->birth;
}

static bool refuse_no_identity(ls_alteration *alteration, const ls_action *action,
                               const ls_catalog_column *column) {
    if (column->identity != 0 || !column->birth.known)
        return false;
    refuse_column(alteration, action, "is not an identity column");
    return true;
}

void ls_alter_set_identity(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_catalog_column column;
    ls_effect *effect = add_column_effect(alteration, action, LS_EFFECT_SET_IDENTITY, &column);
    if (effect == NULL || refuse_no_identity(alteration, action, &column))
        return;
    ls_take_lock(builder, column.sequence, LS_SHARE_ROW_EXCLUSIVE, action->at);
    ls_sequence_was_set(builder, column.sequence); /* RESTART, most of the time */
    ls_catalog_column *known = ls_edit_column(builder, alteration->relation, action->name);
    if (known != NULL && action->constraint != NULL)
        known->identity = action->constraint->generated_always ? 'a' : 'd';
}

/* A default or another identity takes over; inside one ALTER TABLE it may stand before. */
static bool draws_from_another(const ls_alteration *alteration, const char *column) {
    const ls_builder *builder = alteration->builder;
    return ls_action_at_once(builder, alteration->relation, LS_ALTER_SET_DEFAULT, column) ||
           ls_action_at_once(builder, alteration->relation, LS_ALTER_ADD_IDENTITY, column);
}

void ls_alter_drop_identity(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_catalog_column column;
    ls_effect *effect = add_column_effect(alteration, action, LS_EFFECT_DROP_IDENTITY, &column);
    if (effect == NULL)
        return;
    bool is_there = column.identity != 0 || !column.birth.known;
    ls_set_flag(builder, effect, LS_ATTRIBUTE_EXISTS, is_there);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_RESTORED,
                draws_from_another(alteration, action->name));
    if (action->if_exists && !is_there)
        return;
    if (refuse_no_identity(alteration, action, &column))
        return;
    ls_catalog_column *known = ls_edit_column(builder, alteration->relation, action->name);
    if (known == NULL)
        return;
    known->identity = 0;
    known->sequence = 0;
    if (column.sequence == 0)
        return;
    ls_take_lock(builder, column.sequence, LS_ACCESS_EXCLUSIVE, action->at);
    ls_catalog_drop(builder->catalog, column.sequence);
}

/* --- Properties ------------------------------------------------------------------------------ */

static const char *property_of(ls_action_kind kind) {
    switch (kind) {
    case LS_ALTER_SET_STATISTICS:
        return "statistics";
    case LS_ALTER_SET_STORAGE:
        return "storage";
    case LS_ALTER_SET_COMPRESSION:
        return "compression";
    default:
        return "options";
    }
}

/* Index columns have no names of their own here: ALTER INDEX i ALTER COLUMN 1 SET STATISTICS. */
void ls_alter_column_property(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    bool named = action->name != NULL && ls_altered(alteration)->kind != LS_RELATION_INDEX;
    ls_catalog_column column;
    if (named && !ls_find_column(alteration, action->name, action->at, &column))
        return;
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_SET_COLUMN_PROPERTY, action->at, alteration->relation);
    if (named)
        ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, action->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_PROPERTY, property_of(action->kind));
}
