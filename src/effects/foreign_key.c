#include "effects/foreign_key.h"

#include "effects/ahead.h"

#include "catalog/names.h"
#include "effects/families.h"
#include "effects/later.h"
#include "effects/type_facts.h"
#include "support/same.h"

/* --- Its index ------------------------------------------------------------------------------- */

bool ls_words_lead(const ls_words *words, const ls_words *wanted) {
    if (words->count < wanted->count)
        return false;
    for (size_t i = 0; i < wanted->count; i++)
        if (!ls_has_word(wanted, words->items[i]))
            return false;
    return true;
}

/* The queries of the constraint's triggers compare with =, which no NULL passes: the planner sees
 * that such a condition holds. */
static bool excludes_only_null(const ls_expression *predicate, const ls_words *columns) {
    if (predicate->kind == LS_EXPR_AND) {
        for (LS_EACH(ls_expression *const, term, predicate->arguments))
            if (!excludes_only_null(*term, columns))
                return false;
        return true;
    }
    if (predicate->kind != LS_EXPR_IS_NULL || !predicate->negated ||
        predicate->arguments.count != 1)
        return false;
    const ls_expression *tested = predicate->arguments.items[0];
    return tested->kind == LS_EXPR_COLUMN && tested->names.count > 0 &&
           ls_has_word(columns, tested->names.items[tested->names.count - 1]);
}

static bool finds_by_equality(const char *method) {
    return method == NULL || ls_same_text(method, "btree") || ls_same_text(method, "hash");
}

bool ls_index_leads(const char *method, const ls_index_elements *elements,
                    const ls_expression *predicate, const ls_words *columns) {
    if (!finds_by_equality(method) || elements->count < columns->count ||
        (predicate != NULL && !excludes_only_null(predicate, columns)))
        return false;
    for (size_t i = 0; i < columns->count; i++) {
        const char *leading = elements->items[i].column;
        if (leading == NULL || !ls_has_word(columns, leading))
            return false;
    }
    return true;
}

static bool has_index(const ls_builder *builder, const ls_relation *table,
                      const ls_words *columns) {
    for (LS_EACH(const ls_relation_id, id, table->indexes)) {
        const ls_relation *index = ls_relation_of(builder, *id);
        if (index != NULL &&
            ls_index_leads(index->method, &index->elements, index->predicate, columns))
            return true;
    }
    return ls_indexed_later(builder, table->id, columns);
}

/* Nothing is known of an index on columns that were there before the history begins. */
static bool all_indexes_known(const ls_builder *builder, const ls_relation *table,
                              const ls_words *columns) {
    if (table->birth.known && table->columns_complete)
        return true;
    for (LS_EACH(const char *, name, *columns)) {
        const ls_catalog_column *column = ls_relation_column(table, *name);
        if (column == NULL || !ls_is_new(builder, &column->birth))
            return false;
    }
    return true;
}

/* --- The effect ------------------------------------------------------------------------------ */

static void describe_columns(ls_builder *builder, ls_effect *effect, const ls_relation *table,
                             const ls_words *columns) {
    for (LS_EACH(const char *, name, *columns))
        ls_add_word(builder, effect, LS_ATTRIBUTE_COLUMNS, ls_quoted(builder, *name));
    if (columns->count == 1)
        ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, columns->items[0]));
    const char *index =
        ls_choose_relation_name(builder->catalog, table->schema, table->name, columns, "idx");
    ls_set_text(builder, effect, LS_ATTRIBUTE_INDEX, ls_quoted(builder, index));
    if (all_indexes_known(builder, table, columns))
        ls_set_flag(builder, effect, LS_ATTRIBUTE_INDEXED, has_index(builder, table, columns));
}

/* The first column that cannot hold all that the referenced one can. */
static void describe_types(ls_builder *builder, ls_effect *effect, const ls_relation *table,
                           const ls_catalog_constraint *key) {
    const ls_relation *referenced = ls_relation_of(builder, key->referenced);
    for (size_t i = 0; i < key->columns.count && i < key->referenced_columns.count; i++) {
        const ls_catalog_column *from = ls_relation_column(table, key->columns.items[i]);
        const ls_catalog_column *to =
            ls_relation_column(referenced, key->referenced_columns.items[i]);
        if (from == NULL || to == NULL || !from->type.known || !to->type.known)
            continue;
        bool narrows = ls_type_narrows(&to->type, &from->type);
        ls_set_flag(builder, effect, LS_ATTRIBUTE_NARROWS, narrows);
        if (!narrows)
            continue;
        ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, from->name));
        ls_set_text(builder, effect, LS_ATTRIBUTE_FROM, ls_type_text(builder->arena, &from->type));
        ls_set_text(builder, effect, LS_ATTRIBUTE_TO, ls_type_text(builder->arena, &to->type));
        return;
    }
}

/* SET NULL (column, ...) may leave out some of several columns: nothing is said of those. */
static void describe_nulled(ls_builder *builder, ls_effect *effect, const ls_relation *table,
                            const ls_catalog_constraint *key) {
    if (key->columns.count != 1)
        return;
    const ls_catalog_column *column = ls_relation_column(table, key->columns.items[0]);
    if (column == NULL || !column->not_null)
        return;
    const bool is_nulled =
        key->on_delete == 'n' || (key->on_delete == 'd' && column->default_value == NULL);
    if (is_nulled &&
        ls_action_ahead(builder, table->id, LS_ALTER_DROP_NOT_NULL, column->name) == NULL)
        ls_set_text(builder, effect, LS_ATTRIBUTE_NULLED, ls_quoted(builder, column->name));
}

void ls_note_foreign_key(ls_builder *builder, ls_relation_id id, const ls_constraint *written,
                         const char *column, const char *name) {
    const ls_relation *table = ls_relation_of(builder, id);
    const ls_catalog_constraint *key = name == NULL ? NULL : ls_relation_constraint(table, name);
    if (key == NULL)
        return;
    const ls_words columns = column != NULL ? ls_one_word(builder, column) : written->columns;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_NEW_FOREIGN_KEY, written->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_REFERENCED, ls_shown(builder, key->referenced));
    ls_set_text(builder, effect, LS_ATTRIBUTE_ON_DELETE, ls_written_on_delete(builder, written));
    describe_columns(builder, effect, table, &columns);
    describe_types(builder, effect, table, key);
    describe_nulled(builder, effect, table, key);
}
