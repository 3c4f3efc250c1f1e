#include "plan/columns.h"

#include "effects/predicates.h"

#include <string.h>

const char *ls_not_null_check(const ls_catalog_constraint *constraint) {
    if (constraint->kind == LS_CONSTRAINT_NOT_NULL && constraint->columns.count == 1)
        return constraint->columns.items[0];
    if (constraint->kind != LS_CONSTRAINT_CHECK || constraint->expression == NULL)
        return NULL;
    for (size_t i = 0; i < constraint->columns.count; i++)
        if (ls_check_proves_not_null(constraint->expression, constraint->columns.items[i]))
            return constraint->columns.items[i];
    return NULL;
}

bool ls_wants_value(const ls_relation *relation, const ls_catalog_column *column) {
    if (column->not_null || column->not_null_unproven)
        return true;
    for (LS_EACH(const ls_catalog_constraint, constraint, relation->constraints)) {
        const char *checked = ls_not_null_check(constraint);
        if (checked != NULL && strcmp(checked, column->name) == 0)
            return true;
    }
    return false;
}

bool ls_same_expression(const ls_expression *one, const ls_expression *other) {
    return ls_expressions_equal(one, other);
}
