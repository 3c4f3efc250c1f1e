/*
 * leaf.c - expressions without parts: constants, columns, parameters and the like.
 */
#include "sql/lower/lower_internal.h"

static void cover_sign(const lowering *work, ls_expression *constant) {
    if (!ls_span_empty(constant->at) && work->text[constant->at.begin] == '-')
        constant->at.end = ls_place_token(work, constant->at.end).end;
}

static ls_expression *lower_constant(const lowering *work, const A_Const *constant) {
    ls_expression *result = ls_expression_at(work, LS_EXPR_NULL, constant->location);
    if (constant->isnull)
        return result;
    result->text = ls_lower_value_text(work, &constant->val.node);
    switch (nodeTag(&constant->val.node)) {
    case T_Integer:
        result->kind = LS_EXPR_INTEGER;
        result->integer = constant->val.ival.ival;
        cover_sign(work, result);
        break;
    case T_Float:
        result->kind = LS_EXPR_FLOAT;
        cover_sign(work, result);
        break;
    case T_Boolean:
        result->kind = LS_EXPR_BOOLEAN;
        result->integer = constant->val.boolval.boolval;
        break;
    case T_BitString:
        result->kind = LS_EXPR_BIT_STRING;
        break;
    default:
        result->kind = LS_EXPR_STRING;
        break;
    }
    return result;
}

static ls_expression *lower_column(const lowering *work, const ColumnRef *column) {
    ls_expression *result = ls_expression_at(work, LS_EXPR_COLUMN, column->location);
    LS_RESERVE(work->arena, &result->names, list_length(column->fields));
    for (LS_NODES(cell, column->fields)) {
        const char *name = ls_lower_string_node(work, lfirst(cell));
        if (name == NULL)
            result->star = true;
        else
            LS_PUSH(work->arena, &result->names, name);
    }
    if (list_length(column->fields) > 1 && column->location >= 0)
        result->at = ls_place_name(work, ls_place_of(work, column->location));
    return result;
}

/* SQLValueFunctionOp in the order of its names; those with a precision read the same. */
static const char *value_name(SQLValueFunctionOp operation) {
    switch (operation) {
    case SVFOP_CURRENT_DATE:
        return "current_date";
    case SVFOP_CURRENT_TIME:
    case SVFOP_CURRENT_TIME_N:
        return "current_time";
    case SVFOP_CURRENT_TIMESTAMP:
    case SVFOP_CURRENT_TIMESTAMP_N:
        return "current_timestamp";
    case SVFOP_LOCALTIME:
    case SVFOP_LOCALTIME_N:
        return "localtime";
    case SVFOP_LOCALTIMESTAMP:
    case SVFOP_LOCALTIMESTAMP_N:
        return "localtimestamp";
    case SVFOP_CURRENT_ROLE:
        return "current_role";
    case SVFOP_CURRENT_USER:
        return "current_user";
    case SVFOP_USER:
        return "user";
    case SVFOP_SESSION_USER:
        return "session_user";
    case SVFOP_CURRENT_CATALOG:
        return "current_catalog";
    case SVFOP_CURRENT_SCHEMA:
        return "current_schema";
    }
    return "unknown";
}

static ls_expression *lower_sql_value(const lowering *work, const SQLValueFunction *function) {
    ls_expression *result = ls_expression_at(work, LS_EXPR_SQL_VALUE, function->location);
    result->text = value_name(function->op);
    ls_expression_cover_brackets(work, result);
    return result;
}

static ls_expression *lower_parameter(const lowering *work, const ParamRef *parameter) {
    ls_expression *result = ls_expression_at(work, LS_EXPR_PARAMETER, parameter->location);
    result->integer = parameter->number;
    return result;
}

static ls_expression *lower_current_of(const lowering *work, const CurrentOfExpr *current) {
    ls_expression *result = ls_expression_new(work, LS_EXPR_CURRENT_OF);
    result->text = ls_lower_text(work, current->cursor_name);
    return result;
}

static ls_expression *lower_value(const lowering *work, const Node *node, ls_expression_kind kind) {
    ls_expression *result = ls_expression_new(work, kind);
    result->text = ls_lower_value_text(work, node);
    if (nodeTag(node) == T_Integer)
        result->integer = ((const Integer *)node)->ival;
    return result;
}

ls_expression *ls_lower_leaf(const lowering *work, const Node *node) {
    switch (nodeTag(node)) {
    case T_ColumnRef:
        return lower_column(work, (const ColumnRef *)node);
    case T_A_Const:
        return lower_constant(work, (const A_Const *)node);
    case T_ParamRef:
        return lower_parameter(work, (const ParamRef *)node);
    case T_SQLValueFunction:
        return lower_sql_value(work, (const SQLValueFunction *)node);
    case T_CurrentOfExpr:
        return lower_current_of(work, (const CurrentOfExpr *)node);
    case T_SetToDefault:
        return ls_expression_at(work, LS_EXPR_DEFAULT, ((const SetToDefault *)node)->location);
    case T_Integer:
        return lower_value(work, node, LS_EXPR_INTEGER);
    case T_Float:
        return lower_value(work, node, LS_EXPR_FLOAT);
    case T_String:
        return lower_value(work, node, LS_EXPR_STRING);
    default:
        return NULL;
    }
}
