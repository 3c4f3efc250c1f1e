/*
 * expressions_equal.c - two expressions that say the same, node by node.
 */
#include "effects/predicates.h"

#include <string.h>

static bool same_text(const char *one, const char *other) {
    return one == other || (one && other && strcmp(one, other) == 0);
}

static bool same_type(const ls_type_name *one, const ls_type_name *other) {
    if (!one || !other)
        return one == other;
    if (!same_text(one->name, other->name) || one->dimensions != other->dimensions ||
        one->modifier_count != other->modifier_count || one->column_type != other->column_type)
        return false;
    for (int i = 0; i < one->modifier_count; i++)
        if (one->modifiers[i] != other->modifiers[i])
            return false;
    return same_text(one->schema, other->schema);
}

static bool same_names(const ls_expression *one, const ls_expression *other) {
    if (one->names.count != other->names.count)
        return false;
    for (size_t i = 0; i < one->names.count; i++)
        if (!same_text(one->names.items[i], other->names.items[i]))
            return false;
    return true;
}

/* What only their kind of expression has. */
static bool same_content(const ls_expression *one, const ls_expression *other) {
    switch (one->kind) {
    case LS_EXPR_INTEGER:
    case LS_EXPR_PARAMETER:
    case LS_EXPR_BOOLEAN:
        return one->integer == other->integer;
    case LS_EXPR_FUNCTION:
        return same_text(one->name.schema, other->name.schema) &&
               same_text(one->name.name, other->name.name);
    case LS_EXPR_CAST:
        return same_type(one->type, other->type);
    case LS_EXPR_SUBQUERY:
        return one->query == other->query;
    case LS_EXPR_COLUMN:
        return same_names(one, other);
    default:
        return true;
    }
}

static bool same_node(const ls_expression *one, const ls_expression *other) {
    return one->kind == other->kind && one->negated == other->negated && one->star == other->star &&
           !one->cut && !other->cut && same_text(one->text, other->text) &&
           same_content(one, other);
}

bool ls_expressions_equal(const ls_expression *one, const ls_expression *other) {
    if (!one || !other || one == other)
        return one == other;
    if (!same_node(one, other) || one->arguments.count != other->arguments.count)
        return false;
    for (size_t i = 0; i < one->arguments.count; i++)
        if (!ls_expressions_equal(one->arguments.items[i], other->arguments.items[i]))
            return false;
    return true;
}
