#include "effects/replacement.h"

/* --- Batches --------------------------------------------------------------------------------- */

static const char *single_key(const ls_relation *table, const ls_relation *index) {
    if (index == NULL || !index->unique || !index->valid || index->predicate != NULL ||
        index->elements.count != 1 || index->elements.items[0].column == NULL)
        return NULL;
    const ls_catalog_column *column = ls_relation_column(table, index->elements.items[0].column);
    return column != NULL && column->not_null ? column->name : NULL;
}

void ls_describe_key(ls_builder *builder, ls_effect *effect, ls_relation_id id) {
    const ls_relation *table = ls_relation_of(builder, id);
    const char *key = NULL;
    for (LS_EACH(const ls_relation_id, index_id, table->indexes)) {
        const ls_relation *index = ls_relation_of(builder, *index_id);
        const char *column = single_key(table, index);
        if (column != NULL && (key == NULL || index->primary))
            key = column;
    }
    if (key != NULL)
        ls_set_text(builder, effect, LS_ATTRIBUTE_KEY, ls_quoted(builder, key));
}

/* --- The successor --------------------------------------------------------------------------- */

static const char *free_column_name(ls_builder *builder, const ls_relation *table,
                                    const char *column) {
    const char *name = ls_arena_format(builder->arena, "%s_new", column);
    for (int number = 2; ls_relation_column(table, name) != NULL; number++)
        name = ls_arena_format(builder->arena, "%s_new%d", column, number);
    return name;
}

/* The names that the expression uses are columns of the one row that the subquery gives. */
static const char *value_of_row(ls_builder *builder, const ls_relation *table, const char *column,
                                const char *value) {
    if (value == NULL)
        return ls_arena_format(builder->arena, "NEW.%s", ls_quoted(builder, column));
    return ls_arena_format(builder->arena, "(SELECT %s FROM (SELECT NEW.*) AS %s)", value,
                           ls_quoted(builder, table->name));
}

void ls_describe_trigger(ls_builder *builder, ls_effect *effect, const ls_relation *table,
                         const char *column) {
    const ls_name name = {
        .schema = table->schema,
        .name = ls_arena_format(builder->arena, "%s_%s_sync", table->name, column),
    };
    ls_set_text(builder, effect, LS_ATTRIBUTE_TRIGGER, ls_quoted(builder, name.name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_TRIGGER_FUNCTION, ls_shown_name(builder, &name));
}

void ls_describe_replacement(ls_builder *builder, ls_effect *effect, ls_relation_id id,
                             const char *column, const char *value) {
    ls_describe_key(builder, effect, id);
    const ls_relation *table = ls_relation_of(builder, id);
    ls_describe_trigger(builder, effect, table, column);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_NAME,
                ls_quoted(builder, free_column_name(builder, table, column)));
    ls_set_text(builder, effect, LS_ATTRIBUTE_VALUE,
                value != NULL ? value : ls_quoted(builder, column));
    ls_set_text(builder, effect, LS_ATTRIBUTE_ROW_VALUE,
                value_of_row(builder, table, column, value));
}
