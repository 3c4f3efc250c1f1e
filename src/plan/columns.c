#include "plan/columns.h"

#include "catalog/dependencies.h"
#include "effects/predicates.h"

#include <string.h>

ls_words ls_constrained_columns(ls_arena *arena, const ls_catalog_constraint *constraint) {
    ls_words columns = {0};
    if (constraint->kind != LS_CONSTRAINT_CHECK || constraint->expression == NULL)
        return constraint->columns;
    const ls_words read = ls_expression_columns(arena, constraint->expression);
    for (size_t i = 0; i < read.count; i++)
        if (read.items[i] != NULL)
            LS_PUSH(arena, &columns, read.items[i]);
    return columns;
}

const char *ls_not_null_check(ls_arena *arena, const ls_catalog_constraint *constraint) {
    const ls_words columns = ls_constrained_columns(arena, constraint);
    if (constraint->kind == LS_CONSTRAINT_NOT_NULL && columns.count == 1)
        return columns.items[0];
    if (constraint->kind != LS_CONSTRAINT_CHECK || constraint->expression == NULL)
        return NULL;
    for (size_t i = 0; i < columns.count; i++)
        if (ls_check_proves_not_null(constraint->expression, columns.items[i]))
            return columns.items[i];
    return NULL;
}

bool ls_wants_value(ls_arena *arena, const ls_relation *relation, const ls_catalog_column *column) {
    if (column->not_null || column->not_null_unproven)
        return true;
    for (LS_EACH(const ls_catalog_constraint, constraint, relation->constraints)) {
        const char *checked = ls_not_null_check(arena, constraint);
        if (checked != NULL && strcmp(checked, column->name) == 0)
            return true;
    }
    return false;
}

bool ls_same_expression(const ls_expression *one, const ls_expression *other) {
    return ls_expressions_equal(one, other);
}
