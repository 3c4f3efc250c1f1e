/*
 * always_true.c - conditions that hold for every row.
 *
 * Those that people write to please a tool: TRUE, 1 = 1, and what AND and OR make of them.
 */
#include "effects/predicates.h"

#include <string.h>

/* Documentation 8.6: the texts that mean true. */
static bool spells_true(const char *text) {
    static const char *const spellings[] = {"t", "true", "y", "yes", "on", "1"};
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (strcmp(text, spellings[i]) == 0)
            return true;
    return false;
}

static bool is_true_literal(const ls_expression *constant) {
    if (constant->kind == LS_EXPR_BOOLEAN)
        return constant->integer != 0;
    if (constant->kind != LS_EXPR_CAST || !constant->type || constant->arguments.count != 1 ||
        strcmp(constant->type->name, "bool") != 0)
        return false;
    const ls_expression *inner = constant->arguments.items[0];
    if (inner->kind == LS_EXPR_STRING)
        return inner->text && spells_true(inner->text);
    return inner->kind == LS_EXPR_INTEGER ? inner->integer != 0 : is_true_literal(inner);
}

static bool is_literal(const ls_expression *expression) {
    return expression->kind == LS_EXPR_INTEGER || expression->kind == LS_EXPR_STRING ||
           expression->kind == LS_EXPR_FLOAT || expression->kind == LS_EXPR_BOOLEAN;
}

static bool compares_literal_with_itself(const ls_expression *condition) {
    return condition->kind == LS_EXPR_OPERATOR && condition->arguments.count == 2 &&
           condition->text && strcmp(condition->text, "=") == 0 &&
           is_literal(condition->arguments.items[0]) &&
           ls_expressions_equal(condition->arguments.items[0], condition->arguments.items[1]);
}

bool ls_always_true(const ls_expression *condition) {
    if (!condition)
        return false;
    if (condition->kind != LS_EXPR_AND && condition->kind != LS_EXPR_OR)
        return is_true_literal(condition) || compares_literal_with_itself(condition);
    bool every_one = condition->kind == LS_EXPR_AND;
    for (size_t i = 0; i < condition->arguments.count; i++)
        if (ls_always_true(condition->arguments.items[i]) != every_one)
            return !every_one;
    return every_one && condition->arguments.count > 0;
}
