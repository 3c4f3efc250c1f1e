/*
 * defaults.c - the defaults of columns: which of them the server keeps, and what they depend on.
 */
#include "effects/families.h"

#include <string.h>

/* A default nextval('s.q') depends on the sequence. */
static void note_sequence(ls_builder *builder, ls_relation_id table, const char *text) {
    const char *dot = strchr(text, '.');
    const ls_name name = {
        .schema = dot ? ls_arena_copy(builder->arena, text, (size_t)(dot - text)) : NULL,
        .name = dot ? dot + 1 : text,
    };
    const ls_relation_id sequence = ls_known(builder, &name);
    if (sequence)
        ls_catalog_note_dependent(builder->catalog, sequence, table);
}

static const ls_expression *without_casts(const ls_expression *expression) {
    while (expression->kind == LS_EXPR_CAST && expression->arguments.count > 0)
        expression = expression->arguments.items[0];
    return expression;
}

void ls_note_default(ls_builder *builder, ls_relation_id table, const ls_expression *value) {
    if (!value)
        return;
    if (value->kind == LS_EXPR_FUNCTION && strcmp(value->name.name, "nextval") == 0 &&
        value->arguments.count == 1) {
        const ls_expression *argument = without_casts(value->arguments.items[0]);
        if (argument->kind == LS_EXPR_STRING && argument->text)
            note_sequence(builder, table, argument->text);
    }
    for (LS_EACH(ls_expression *const, argument, value->arguments))
        ls_note_default(builder, table, *argument);
}

/* NULL, cast to the type or not: nothing that the server has to convert. */
static bool is_plain_null(ls_builder *builder, const ls_data_type *type,
                          const ls_expression *value) {
    while (value->kind == LS_EXPR_COLLATE && value->arguments.count > 0)
        value = value->arguments.items[0];
    if (value->kind == LS_EXPR_NULL)
        return true;
    if (value->kind != LS_EXPR_CAST || value->arguments.count != 1)
        return false;
    const ls_data_type cast = ls_catalog_resolve_type(builder->catalog, value->type);
    return cast.modifier_count == 0 && cast.dimensions == type->dimensions && cast.schema &&
           type->schema && strcmp(cast.schema, type->schema) == 0 &&
           strcmp(cast.name, type->name) == 0 &&
           is_plain_null(builder, type, value->arguments.items[0]);
}

const ls_expression *ls_kept_default(ls_builder *builder, const ls_data_type *type,
                                     const ls_expression *value) {
    if (!value || !type->name || !is_plain_null(builder, type, value))
        return value;
    const ls_catalog_type *user = ls_catalog_find_type(builder->catalog, type->schema, type->name);
    const bool fits_length = type->modifier_count > 0 && strcmp(type->name, "interval") != 0;
    return fits_length || (user && user->kind == 'd') ? value : NULL;
}
