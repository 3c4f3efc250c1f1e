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

static bool same_node(const ls_expression *one, const ls_expression *other) {
    return one->kind == other->kind && one->negated == other->negated && one->star == other->star &&
           one->integer == other->integer && !one->cut && !other->cut &&
           same_text(one->text, other->text) && same_text(one->name.schema, other->name.schema) &&
           same_text(one->name.name, other->name.name) && same_type(one->type, other->type) &&
           one->query == other->query;
}

static bool is_named(const ls_expression *expression, const char *name) {
    return expression->kind == LS_EXPR_COLUMN && !expression->star &&
           expression->names.count == 1 && strcmp(expression->names.items[0], name) == 0;
}

static bool same_names(const ls_expression *one, const ls_expression *other) {
    if (one->names.count != other->names.count)
        return false;
    for (size_t i = 0; i < one->names.count; i++)
        if (!same_text(one->names.items[i], other->names.items[i]))
            return false;
    return true;
}

/* `value`: the column of `one` that VALUE stands for in `other`; NULL if it stands for itself. */
static bool same_expression(const ls_expression *one, const ls_expression *other,
                            const char *value) {
    if (!one || !other || one == other)
        return one == other;
    if (!same_node(one, other) || one->arguments.count != other->arguments.count)
        return false;
    bool is_value = value && is_named(other, "value");
    if (is_value ? !is_named(one, value) : !same_names(one, other))
        return false;
    for (size_t i = 0; i < one->arguments.count; i++)
        if (!same_expression(one->arguments.items[i], other->arguments.items[i], value))
            return false;
    return true;
}

bool ls_expressions_equal(const ls_expression *one, const ls_expression *other) {
    return same_expression(one, other, NULL);
}

bool ls_check_says_of_column(const ls_expression *check, const char *column,
                             const ls_expression *domain_check) {
    return same_expression(check, domain_check, column);
}
