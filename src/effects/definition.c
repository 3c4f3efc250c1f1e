/*
 * definition.c - what a definition writes, column by column and constraint by constraint.
 *
 * A new table locks nothing and moves no row, whatever its columns are: these effects are for rules
 * about how things are made. They are described when the catalog has the table, so that types are
 * resolved and keys are known.
 */
#include "effects/families.h"

#include "effects/types.h"
#include "support/same.h"

/* --- Columns -------------------------------------------------------------------------------- */

/* The column is the whole primary key. */
static bool is_primary_key(const ls_relation *table, const char *column) {
    const ls_catalog_constraint *key = ls_relation_primary_key(table);
    return key && key->columns.count == 1 && ls_same_text(key->columns.items[0], column);
}

static void describe_default(ls_builder *builder, ls_effect *effect, const ls_column *written,
                             const ls_catalog_column *column) {
    for (LS_EACH(const ls_constraint, clause, written->constraints))
        if (clause->kind == LS_CONSTRAINT_DEFAULT && clause->expression)
            ls_set_written(builder, effect, LS_ATTRIBUTE_DEFAULT, clause->expression->at);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_HAS_DEFAULT,
                column->default_value || column->serial || column->identity || column->generated);
}

static void describe_column(ls_builder *builder, ls_relation_id id, const ls_column *written) {
    const ls_relation *table = ls_relation_of(builder, id);
    const ls_catalog_column *column = ls_relation_column(table, written->name);
    if (!column)
        return;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_DEFINE_COLUMN, written->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, written->name));
    ls_set_written(builder, effect, LS_ATTRIBUTE_DEFINITION, written->at);
    if (written->type) {
        ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE,
                    ls_type_text(builder->arena, &column->type));
        ls_set_written(builder, effect, LS_ATTRIBUTE_TYPE_WRITTEN, written->type->at);
    }
    if (column->generated)
        ls_set_text(builder, effect, LS_ATTRIBUTE_GENERATED,
                    column->generated == 's' ? "stored" : "virtual");
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NOT_NULL, column->not_null);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_SERIAL, column->serial);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IDENTITY, column->identity != 0);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PRIMARY_KEY, is_primary_key(table, written->name));
    describe_default(builder, effect, written, column);
}

/* --- Constraints ---------------------------------------------------------------------------- */

static bool is_constraint_of_table(ls_constraint_kind kind) {
    return kind == LS_CONSTRAINT_CHECK || kind == LS_CONSTRAINT_PRIMARY_KEY ||
           kind == LS_CONSTRAINT_UNIQUE || kind == LS_CONSTRAINT_EXCLUDE ||
           kind == LS_CONSTRAINT_FOREIGN_KEY;
}

static const char *nullable_column(const ls_relation *table, const ls_words *columns) {
    for (size_t i = 0; i < columns->count; i++) {
        const ls_catalog_column *column = ls_relation_column(table, columns->items[i]);
        if (column && !column->not_null)
            return columns->items[i];
    }
    return NULL;
}

static void describe_reference(ls_builder *builder, ls_effect *effect, const ls_constraint *key,
                               const ls_words *columns) {
    const ls_relation *table = ls_relation_of(builder, effect->relation);
    const ls_relation_id referenced = ls_known(builder, &key->reference->relation);
    const char *nullable = nullable_column(table, columns);
    if (referenced)
        ls_set_text(builder, effect, LS_ATTRIBUTE_REFERENCED, ls_shown(builder, referenced));
    if (nullable)
        ls_set_text(builder, effect, LS_ATTRIBUTE_NULLABLE_COLUMN, ls_quoted(builder, nullable));
    ls_set_text(builder, effect, LS_ATTRIBUTE_ON_DELETE, ls_written_on_delete(builder, key));
}

void ls_describe_defined_constraint(ls_builder *builder, ls_relation_id table,
                                    const ls_constraint *constraint, const char *column) {
    if (!ls_is_wanted(builder, LS_EFFECT_DEFINE_CONSTRAINT) ||
        !is_constraint_of_table(constraint->kind))
        return;
    const ls_words columns = column ? ls_one_word(builder, column) : constraint->columns;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_DEFINE_CONSTRAINT, constraint->at, table);
    if (constraint->name)
        ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, constraint->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT_KIND,
                ls_constraint_kind_name(constraint->kind));
    ls_set_written(builder, effect, LS_ATTRIBUTE_DEFINITION, constraint->at);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NAMED, constraint->name != NULL);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_INLINE, column != NULL);
    for (LS_EACH(const char *, one, columns))
        ls_add_word(builder, effect, LS_ATTRIBUTE_COLUMNS, ls_quoted(builder, *one));
    if (columns.count == 1)
        ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, columns.items[0]));
    if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY)
        describe_reference(builder, effect, constraint, &columns);
}

/* --- Tables --------------------------------------------------------------------------------- */

void ls_describe_definition(ls_builder *builder, const ls_create_table *create,
                            ls_relation_id table) {
    for (LS_EACH(const ls_column, column, create->columns)) {
        if (ls_is_wanted(builder, LS_EFFECT_DEFINE_COLUMN))
            describe_column(builder, table, column);
        for (LS_EACH(const ls_constraint, constraint, column->constraints))
            ls_describe_defined_constraint(builder, table, constraint, column->name);
    }
    for (LS_EACH(const ls_constraint, constraint, create->constraints))
        ls_describe_defined_constraint(builder, table, constraint, NULL);
}
