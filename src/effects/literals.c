/*
 * literals.c - literals that the server cannot read as the type of what they are compared with.
 *
 * A literal between quotes takes the type of the other side when the statement is analysed, whether
 * there are rows or not (documentation: Operator Type Resolution). Only what no integer can begin
 * with is told: later versions read more spellings than earlier ones.
 */
#include "effects/families.h"
#include "effects/types.h"

#include <ctype.h>
#include <string.h>

static bool is_integer(const ls_data_type *type) {
    return type->known && type->dimensions == 0 && type->name &&
           (strcmp(type->name, "int2") == 0 || strcmp(type->name, "int4") == 0 ||
            strcmp(type->name, "int8") == 0);
}

static bool begins_with_letter(const char *text) {
    while (isspace((unsigned char)*text))
        text++;
    return isalpha((unsigned char)*text);
}

static bool compares(const ls_expression *expression) {
    static const char *const operators[] = {"=", "<>", "<", "<=", ">", ">="};
    if (expression->kind != LS_EXPR_OPERATOR || expression->arguments.count != 2)
        return false;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (expression->text && strcmp(operators[i], expression->text) == 0)
            return true;
    return false;
}

static void check_pair(ls_builder *builder, const ls_relation *table, const ls_expression *one,
                       const ls_expression *literal) {
    if (one->kind != LS_EXPR_COLUMN || one->star || one->names.count == 0 ||
        literal->kind != LS_EXPR_STRING || !literal->text)
        return;
    const ls_catalog_column *column =
        ls_relation_column(table, one->names.items[one->names.count - 1]);
    if (column && is_integer(&column->type) && begins_with_letter(literal->text))
        ls_refuse(builder, literal->at, "invalid input syntax for type %s: \"%s\"",
                  ls_type_text(builder->arena, &column->type), literal->text);
}

static void check(ls_builder *builder, const ls_relation *table, const ls_expression *expression) {
    if (!expression)
        return;
    if (compares(expression)) {
        check_pair(builder, table, expression->arguments.items[0], expression->arguments.items[1]);
        check_pair(builder, table, expression->arguments.items[1], expression->arguments.items[0]);
    }
    for (LS_EACH(ls_expression *, argument, expression->arguments))
        check(builder, table, *argument);
}

void ls_refuse_literals(ls_builder *builder, const ls_query *query, const ls_relation *table) {
    if (query->kind != LS_QUERY_UPDATE || query->from.count > 0)
        return;
    for (LS_EACH(const ls_target, target, query->targets))
        check(builder, table, target->value);
    check(builder, table, query->where);
}
