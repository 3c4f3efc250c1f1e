/*
 * new_column.c - the steps in which a column can be added that costs too much at once.
 */
#include "effects/new_column.h"

#include "catalog/names.h"
#include "effects/replacement.h"
#include "effects/type_facts.h"

/* The clause costs nothing by itself, and means the same without those that do. */
static bool is_free(const ls_new_column *column, const ls_constraint *clause) {
    switch (clause->kind) {
    case LS_CONSTRAINT_DEFAULT:
        return !column->is_volatile;
    case LS_CONSTRAINT_NOT_NULL:
        return column->default_value != NULL && column->has_default && !column->is_volatile;
    case LS_CONSTRAINT_FOREIGN_KEY:
        return column->default_value == NULL && !column->serial;
    case LS_CONSTRAINT_NULL:
        return true;
    default:
        return false;
    }
}

static bool is_constrained(const ls_domain_facts *domain) {
    return domain->has_check || domain->not_null;
}

/* As written, up to the first clause; serial and constrained domains by the type that they are. */
static const char *plain_type(ls_builder *builder, const ls_new_column *column) {
    const ls_column *written = column->written;
    if (column->serial || is_constrained(&column->domain)) {
        ls_data_type base = ls_base_type(builder->catalog, &column->type);
        return ls_arena_format(builder->arena, "%s %s", ls_quoted(builder, written->name),
                               ls_type_text(builder->arena, &base));
    }
    ls_span at = written->at;
    if (written->constraints.count > 0)
        at.end = written->constraints.items[0].at.begin;
    return ls_text_of(builder, at);
}

static const char *plain_definition(ls_builder *builder, const ls_new_column *column) {
    const char *plain = plain_type(builder, column);
    for (LS_EACH(const ls_constraint, clause, column->written->constraints))
        if (is_free(column, clause))
            plain =
                ls_arena_format(builder->arena, "%s %s", plain, ls_text_of(builder, clause->at));
    return plain;
}

static void describe_check(ls_alteration *alteration, ls_effect *effect,
                           const ls_new_column *column) {
    ls_builder *builder = alteration->builder;
    if (column->check->expression == NULL)
        return;
    ls_set_written(builder, effect, LS_ATTRIBUTE_CONDITION, column->check->expression->at);
    const ls_words columns = ls_one_word(builder, column->written->name);
    const char *name = column->check->name != NULL
                           ? column->check->name
                           : ls_choose_constraint_name(builder->catalog, ls_altered(alteration),
                                                       &columns, "check");
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, name));
}

static void describe_reference(ls_alteration *alteration, ls_effect *effect,
                               const ls_new_column *column) {
    ls_builder *builder = alteration->builder;
    const ls_constraint *key = column->reference;
    ls_set_written(builder, effect, LS_ATTRIBUTE_REFERENCE,
                   ls_span_of(key->reference->relation.at.begin, key->at.end));
    const ls_words columns = ls_one_word(builder, column->written->name);
    const char *name =
        key->name != NULL
            ? key->name
            : ls_choose_constraint_name(builder->catalog, ls_altered(alteration), &columns, "fkey");
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, name));
}

static void describe_not_null(ls_alteration *alteration, ls_effect *effect,
                              const ls_new_column *column) {
    ls_builder *builder = alteration->builder;
    const ls_words columns = ls_one_word(builder, column->written->name);
    const char *name =
        ls_choose_constraint_name(builder->catalog, ls_altered(alteration), &columns, "not_null");
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, name));
}

static void describe_sequence(ls_alteration *alteration, ls_effect *effect,
                              const ls_new_column *column) {
    ls_builder *builder = alteration->builder;
    const ls_relation *table = ls_altered(alteration);
    const ls_words columns = ls_one_word(builder, column->written->name);
    ls_name name = {.schema = table->schema};
    name.name =
        ls_choose_relation_name(builder->catalog, table->schema, table->name, &columns, "seq");
    ls_set_text(builder, effect, LS_ATTRIBUTE_SEQUENCE, ls_shown_name(builder, &name));
}

void ls_describe_steps(ls_alteration *alteration, ls_effect *effect, const ls_new_column *column) {
    ls_builder *builder = alteration->builder;
    ls_set_text(builder, effect, LS_ATTRIBUTE_PLAIN, plain_definition(builder, column));
    if (column->check != NULL)
        describe_check(alteration, effect, column);
    else if (column->reference != NULL)
        describe_reference(alteration, effect, column);
    else if (!is_constrained(&column->domain))
        describe_not_null(alteration, effect, column);
    if (column->serial || column->identity != NULL)
        describe_sequence(alteration, effect, column);
    if (column->rewrites || column->lacks_values)
        ls_describe_replacement(builder, effect, alteration->relation, column->written->name,
                                column->generated == NULL
                                    ? NULL
                                    : ls_text_of(builder, column->generated->expression->at));
}
