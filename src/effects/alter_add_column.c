/*
 * alter_add_column.c - ADD COLUMN: what a new column costs the rows that are there.
 *
 * Since 11 a default that is not volatile is kept beside the table and costs nothing; a volatile
 * one has to be computed for every row, so the table is rewritten (documentation: ALTER TABLE,
 * "Notes"; measured). The same goes for serial and identity, for stored generated columns, and for
 * domains with constraints. What is written at the column besides (CHECK, UNIQUE, PRIMARY KEY,
 * REFERENCES) costs what it costs by itself.
 */
#include "effects/new_column.h"

#include "effects/domain_condition.h"
#include "effects/types.h"
#include "effects/volatility.h"

#include <string.h>

/* --- Reading the definition ------------------------------------------------------------------ */

static void note_clause(ls_new_column *column, const ls_constraint *clause) {
    switch (clause->kind) {
    case LS_CONSTRAINT_NOT_NULL:
        column->not_null = clause;
        break;
    case LS_CONSTRAINT_DEFAULT:
        column->default_value = clause;
        break;
    case LS_CONSTRAINT_IDENTITY:
        column->identity = clause;
        break;
    case LS_CONSTRAINT_GENERATED:
        column->generated = clause;
        break;
    case LS_CONSTRAINT_CHECK:
        column->check = clause;
        break;
    case LS_CONSTRAINT_UNIQUE:
        column->unique = clause;
        break;
    case LS_CONSTRAINT_PRIMARY_KEY:
        column->primary_key = clause;
        break;
    case LS_CONSTRAINT_FOREIGN_KEY:
        column->reference = clause;
        break;
    default:
        break;
    }
}

/* The default of a domain counts on 13 and newer where it is volatile (measured); where it is
 * constant it costs nothing anyway. */
static void find_default(const ls_builder *builder, ls_new_column *column) {
    if (column->default_value != NULL)
        column->value = column->default_value->expression;
    else if (column->generated == NULL && column->identity == NULL)
        column->value = column->domain.default_value;
    column->has_default = column->serial || column->identity != NULL || column->generated != NULL ||
                          (column->value != NULL && !ls_expression_is_null(column->value));
    column->volatility =
        ls_expression_volatility(builder->catalog, column->value, builder->postgres);
    if (column->default_value == NULL && builder->postgres < 13)
        column->volatility = (ls_volatility_verdict){0};
    column->is_volatile = column->volatility.volatility == LS_VOLATILE;
}

static bool is_stored(const ls_new_column *column) {
    return column->generated != NULL && !column->generated->generated_virtual;
}

static bool rewrites(const ls_new_column *column) {
    return column->serial || column->identity != NULL || is_stored(column) || column->is_volatile ||
           column->domain.has_check || (column->domain.not_null && column->has_default);
}

static bool lacks_values(const ls_new_column *column) {
    bool needs = column->not_null != NULL || column->primary_key != NULL || column->domain.not_null;
    return needs && !column->has_default;
}

static ls_span type_or_all(const ls_new_column *column) {
    return column->written->type != NULL ? column->written->type->at : column->action->at;
}

static ls_span find_hurting(const ls_new_column *column) {
    if (column->is_volatile && column->default_value != NULL)
        return column->default_value->at;
    if (column->identity != NULL)
        return column->identity->at;
    if (is_stored(column))
        return column->generated->at;
    if (column->rewrites)
        return type_or_all(column);
    if (column->lacks_values && column->not_null != NULL)
        return column->not_null->at;
    enum { CHECKED = 4 };
    const ls_constraint *const checked[CHECKED] = {column->primary_key, column->unique,
                                                   column->check, column->reference};
    for (size_t i = 0; i < CHECKED; i++)
        if (checked[i] != NULL)
            return checked[i]->at;
    return column->action->at;
}

static ls_new_column read_definition(const ls_alteration *alteration, const ls_action *action) {
    const ls_builder *builder = alteration->builder;
    ls_new_column column = {.action = action, .written = action->column};
    if (column.written->type != NULL) {
        column.type = ls_catalog_resolve_type(builder->catalog, column.written->type);
        column.serial = ls_is_serial_type(column.written->type);
    }
    column.domain = ls_domain_facts_of(builder->catalog, &column.type);
    for (LS_EACH(const ls_constraint, clause, column.written->constraints))
        note_clause(&column, clause);
    find_default(builder, &column);
    column.lacks_values = lacks_values(&column);
    column.rewrites = rewrites(&column);
    const ls_relation *relation = ls_altered(alteration);
    column.fails = column.lacks_values && (!ls_is_new(builder, &relation->birth) ||
                                           ls_surely_holds_rows(builder, relation->id));
    column.hurts = find_hurting(&column);
    return column;
}

/* --- The effect ------------------------------------------------------------------------------ */

static const char *culprit(ls_builder *builder, const ls_new_column *column) {
    const ls_expression *call = column->volatility.culprit;
    if (call == NULL)
        return column->serial || column->identity != NULL ? "nextval" : NULL;
    if (call->kind == LS_EXPR_FUNCTION)
        return ls_shown_name(builder, &call->name);
    return call->text;
}

static void describe_default(ls_builder *builder, ls_effect *effect, const ls_new_column *column) {
    bool is_volatile_default = column->is_volatile || column->serial;
    ls_set_flag(builder, effect, LS_ATTRIBUTE_HAS_DEFAULT, column->has_default);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_VOLATILE, is_volatile_default);
    if (column->default_value != NULL)
        ls_set_written(builder, effect, LS_ATTRIBUTE_DEFAULT, column->value->at);
    if (!is_volatile_default)
        return;
    ls_set_text(builder, effect, LS_ATTRIBUTE_FUNCTION, culprit(builder, column));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_FUNCTION_ASSUMED, column->volatility.assumed);
}

static void describe_constraints(ls_builder *builder, ls_effect *effect,
                                 const ls_new_column *column) {
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NOT_NULL,
                column->not_null != NULL || column->primary_key != NULL || column->serial ||
                    column->identity != NULL);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_INLINE_CHECK, column->check != NULL);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_INLINE_UNIQUE, column->unique != NULL);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_INLINE_PRIMARY_KEY, column->primary_key != NULL);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_INLINE_REFERENCE, column->reference != NULL);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_FAILS, column->fails);
}

static ls_effect *describe(ls_alteration *alteration, const ls_new_column *column) {
    ls_builder *builder = alteration->builder;
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_ADD_COLUMN, column->hurts, alteration->relation);
    ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, column->written->name));
    if (column->written->type != NULL) {
        ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE,
                    ls_type_text(builder->arena, &column->type));
        ls_set_written(builder, effect, LS_ATTRIBUTE_TYPE_WRITTEN, column->written->type->at);
    }
    ls_set_written(builder, effect, LS_ATTRIBUTE_DEFINITION, column->written->at);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IF_NOT_EXISTS, column->action->if_not_exists);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_EXISTS, false);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_SERIAL, column->serial);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IDENTITY, column->identity != NULL);
    if (column->generated != NULL)
        ls_set_text(builder, effect, LS_ATTRIBUTE_GENERATED,
                    is_stored(column) ? "stored" : "virtual");
    if (column->domain.is_domain)
        ls_describe_domain(builder, effect, ls_altered(alteration), &column->type,
                           column->written->name);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_DOMAIN_CHECK, column->domain.has_check);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_DOMAIN_NOT_NULL, column->domain.not_null);
    describe_default(builder, effect, column);
    describe_constraints(builder, effect, column);
    ls_describe_steps(alteration, effect, column);
    return effect;
}

/* --- What is refused or has nothing to do ---------------------------------------------------- */

static bool is_there(ls_alteration *alteration, const ls_new_column *column) {
    ls_builder *builder = alteration->builder;
    if (ls_relation_column(ls_altered(alteration), column->written->name) == NULL)
        return false;
    ls_effect *effect = describe(alteration, column);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_EXISTS, true);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_FAILS, false);
    if (!column->action->if_not_exists)
        ls_refuse(builder, column->action->at, "column %s of relation %s already exists",
                  ls_quoted(builder, column->written->name),
                  ls_shown(builder, alteration->relation));
    return true;
}

static bool refuse(ls_alteration *alteration, const ls_new_column *column) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    ls_span at = column->action->at;
    if (relation->is_partition)
        ls_refuse(builder, at, "cannot add column to a partition");
    else if (relation->of_type != NULL)
        ls_refuse(builder, at, "cannot add column to typed table");
    else if (alteration->statement->only && relation->children.count > 0)
        ls_refuse(builder, at, "column must be added to child tables too");
    else if (column->identity != NULL)
        ls_refuse_identity_below(alteration, column->identity->at);
    return ls_is_refused(builder);
}

/* Rows that the history wrote make it fail. It is applied all the same: they may be gone by the
 * time that it runs, and then what follows builds on the column. */
static void refuse_for_rows(ls_alteration *alteration, const ls_new_column *column) {
    ls_builder *builder = alteration->builder;
    if (column->lacks_values && ls_surely_holds_rows(builder, alteration->relation))
        ls_refuse(
            builder, column->hurts,
            "column %s of relation %s contains null values: it is NOT NULL and has no default",
            ls_quoted(builder, column->written->name), ls_shown(builder, alteration->relation));
}

/* --- The catalog ----------------------------------------------------------------------------- */

/* A definition takes its table for as new as itself; here the table was there before. */
static void date_column(ls_builder *builder, ls_relation_id table, const char *name,
                        const ls_birth *birth) {
    ls_catalog_column *column = ls_edit_column(builder, table, name);
    column->birth = *birth;
    if (column->sequence != 0)
        ls_catalog_amend(builder->catalog, column->sequence)->birth = *birth;
}

/* With IF NOT EXISTS the column may have been there, unless all columns are known. */
static void define(ls_alteration *alteration, const ls_new_column *column) {
    ls_builder *builder = alteration->builder;
    const char *name = column->written->name;
    bool may_exist = column->action->if_not_exists && !ls_is_complete(ls_altered(alteration));
    ls_birth birth = ls_birth_under(builder, may_exist);
    ls_define_column(builder, alteration->relation, column->written);
    date_column(builder, alteration->relation, name, &birth);
    ls_catalog_column made = *ls_relation_column(ls_altered(alteration), name);
    for (size_t i = 1; i < alteration->tables.count; i++) {
        ls_relation_id child = alteration->tables.items[i];
        if (ls_relation_column(ls_relation_of(builder, child), name) != NULL)
            continue;
        ls_add_column_like(builder, child, &made);
        date_column(builder, child, name, &birth);
    }
}

/* --- The action ------------------------------------------------------------------------------ */

static ls_work stronger(ls_work one, ls_work other) {
    return one > other ? one : other;
}

/* A new column without a default holds only NULL, so there is nothing for a foreign key to verify;
 * any DEFAULT, be it NULL, makes PostgreSQL look (measured). */
static ls_work add_inline(ls_alteration *alteration, ls_effect *effect, const ls_new_column *column,
                          const ls_constraint *clause) {
    const char *name = column->written->name;
    const char *made = NULL;
    ls_work work;
    switch (clause->kind) {
    case LS_CONSTRAINT_CHECK:
        return ls_add_check(alteration, clause, &made);
    case LS_CONSTRAINT_UNIQUE:
    case LS_CONSTRAINT_PRIMARY_KEY:
        work = ls_add_key(alteration, clause, name, &made);
        ls_set_text(alteration->builder, effect, LS_ATTRIBUTE_INDEX,
                    ls_quoted(alteration->builder, made));
        return work;
    case LS_CONSTRAINT_FOREIGN_KEY:
        return ls_add_foreign_key(alteration, clause, name,
                                  column->default_value != NULL || column->serial, &made);
    default:
        return LS_WORK_NONE;
    }
}

static void describe_reference(ls_alteration *alteration, ls_effect *effect,
                               const ls_key_reference *reference) {
    ls_builder *builder = alteration->builder;
    const ls_relation_id referenced = ls_known(builder, &reference->relation);
    ls_set_text(builder, effect, LS_ATTRIBUTE_REFERENCED, ls_shown(builder, referenced));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REFERENCED_EXISTED,
                ls_references_existing(alteration, referenced));
}

void ls_alter_add_column(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_new_column column = read_definition(alteration, action);
    if (is_there(alteration, &column))
        return;
    ls_effect *effect = describe(alteration, &column);
    if (refuse(alteration, &column))
        return;
    ls_check_enum_use(builder, column.value, &column.type);
    ls_work work = LS_WORK_NONE;
    if (column.rewrites) {
        ls_rewrite_all(alteration, column.hurts);
        ls_lock_sequences(builder, column.value);
        work = LS_WORK_REWRITE;
    } else if (column.generated != NULL && column.not_null != NULL) {
        ls_check_all_rows(alteration, column.not_null->at);
        work = LS_WORK_SCAN;
    }
    define(alteration, &column);
    for (LS_EACH(const ls_constraint, clause, column.written->constraints))
        if (!ls_is_refused(builder)) {
            work = stronger(work, add_inline(alteration, effect, &column, clause));
            ls_describe_defined_constraint(builder, alteration->relation, clause,
                                           column.written->name);
        }
    if (column.reference != NULL)
        describe_reference(alteration, effect, column.reference->reference);
    ls_set_work(builder, effect, work);
    refuse_for_rows(alteration, &column);
}
