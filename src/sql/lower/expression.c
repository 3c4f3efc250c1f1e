/*
 * expression.c - expressions of the raw tree into the model.
 *
 * The raw tree is as deep as the text is long where operators chain to the left, so recursion
 * stops at LS_EXPRESSION_DEPTH and says so (cut). AND and OR are flattened. An expression's range
 * is the union of its own first token's and its parts' ranges, the brackets around a part
 * included. Brackets around the whole are not part of it.
 */
#include "sql/lower/lower_internal.h"

#include <string.h>

static ls_expression *new_expression(const lowering *work, ls_expression_kind kind) {
    ls_expression *expression = LS_NEW(work->arena, ls_expression);
    expression->kind = kind;
    return expression;
}

/* An expression whose own token stands at the parser's `location`. */
static ls_expression *at_location(const lowering *work, ls_expression_kind kind, int location) {
    ls_expression *expression = new_expression(work, kind);
    if (location >= 0)
        expression->at = ls_place_token(work, ls_place_of(work, location));
    return expression;
}

static void add(lowering *work, ls_expression *expression, const Node *node) {
    ls_expression *argument = ls_lower_expression(work, node);
    if (argument == NULL)
        return;
    expression->at = ls_place_union(expression->at, ls_place_bracketed(work, argument->at));
    LS_PUSH(work->arena, &expression->arguments, argument);
}

static void add_all(lowering *work, ls_expression *expression, const List *nodes) {
    for (LS_NODES(cell, nodes))
        add(work, expression, lfirst(cell));
}

/* A call or row whose brackets follow what is covered so far. */
static void cover_brackets(const lowering *work, ls_expression *expression) {
    if (ls_span_empty(expression->at))
        return;
    const ls_span open = ls_place_token(work, expression->at.end);
    if (!ls_span_empty(open) && strchr("([", work->text[open.begin]) != NULL)
        expression->at.end = ls_place_group(work, open.begin).end;
}

/* --- Leaves ------------------------------------------------------------------------------- */

static void cover_sign(const lowering *work, ls_expression *constant) {
    if (!ls_span_empty(constant->at) && work->text[constant->at.begin] == '-')
        constant->at.end = ls_place_token(work, constant->at.end).end;
}

static ls_expression *lower_constant(const lowering *work, const A_Const *constant) {
    ls_expression *result = at_location(work, LS_EXPR_NULL, constant->location);
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
    ls_expression *result = at_location(work, LS_EXPR_COLUMN, column->location);
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
    ls_expression *result = at_location(work, LS_EXPR_SQL_VALUE, function->location);
    result->text = value_name(function->op);
    cover_brackets(work, result);
    return result;
}

static ls_expression *lower_parameter(const lowering *work, const ParamRef *parameter) {
    ls_expression *result = at_location(work, LS_EXPR_PARAMETER, parameter->location);
    result->integer = parameter->number;
    return result;
}

static ls_expression *lower_current_of(const lowering *work, const CurrentOfExpr *current) {
    ls_expression *result = new_expression(work, LS_EXPR_CURRENT_OF);
    result->text = ls_lower_text(work, current->cursor_name);
    return result;
}

/* --- Calls -------------------------------------------------------------------------------- */

/* Functions written as syntax (AT TIME ZONE, EXTRACT) have no name at their place. */
static ls_expression *lower_call(lowering *work, const FuncCall *call) {
    ls_expression *result = at_location(work, LS_EXPR_FUNCTION, call->location);
    const bool named = call->funcformat == COERCE_EXPLICIT_CALL && call->location >= 0;
    result->name = ls_lower_name_list(work, call->funcname,
                                      named ? ls_place_of(work, call->location) : LS_NOWHERE);
    result->at = ls_place_union(result->at, result->name.at);
    cover_brackets(work, result);
    result->star = call->agg_star;
    add_all(work, result, call->args);
    return result;
}

/* COALESCE and its kin, which are nodes of their own, by the name that they are written with. */
static ls_expression *lower_named(lowering *work, const char *name, const List *arguments,
                                  int location) {
    ls_expression *result = at_location(work, LS_EXPR_FUNCTION, location);
    result->name = (ls_name){.name = name, .at = result->at};
    cover_brackets(work, result);
    add_all(work, result, arguments);
    return result;
}

/* --- Operators ---------------------------------------------------------------------------- */

static ls_expression *lower_pair(lowering *work, ls_expression_kind kind, const A_Expr *written) {
    ls_expression *result = at_location(work, kind, written->location);
    result->text = ls_lower_last_string(work, written->name);
    add(work, result, written->lexpr);
    if (written->rexpr != NULL && nodeTag(written->rexpr) == T_List)
        add_all(work, result, (const List *)written->rexpr);
    else
        add(work, result, written->rexpr);
    return result;
}

static ls_expression *lower_negatable(lowering *work, ls_expression_kind kind, const char *text,
                                      bool negated, const A_Expr *written) {
    ls_expression *result = lower_pair(work, kind, written);
    result->text = text;
    result->negated = negated;
    return result;
}

/* NOT IN, NOT LIKE and the like are told by their operator: "<>", "!~~". */
static bool has_negated_operator(const A_Expr *written) {
    const String *operator= llast(written->name);
    return operator->sval[0] == '!' || strcmp(operator->sval, "<>") == 0;
}

static ls_expression *lower_in(lowering *work, const A_Expr *written) {
    ls_expression *result =
        lower_negatable(work, LS_EXPR_IN, "IN", has_negated_operator(written), written);
    const ls_span bracket = ls_place_token(work, result->at.end);
    if (!ls_span_empty(bracket) && work->text[bracket.begin] == ')')
        result->at.end = bracket.end;
    return result;
}

static ls_expression *lower_nullif(lowering *work, const A_Expr *written) {
    ls_expression *result = at_location(work, LS_EXPR_FUNCTION, written->location);
    result->name = (ls_name){.name = "nullif", .at = result->at};
    cover_brackets(work, result);
    add(work, result, written->lexpr);
    add(work, result, written->rexpr);
    return result;
}

static ls_expression *lower_operator(lowering *work, const A_Expr *written) {
    switch (written->kind) {
    case AEXPR_OP_ANY:
    case AEXPR_OP_ALL:
        return lower_pair(work, LS_EXPR_ANY, written);
    case AEXPR_DISTINCT:
    case AEXPR_NOT_DISTINCT:
        return lower_negatable(work, LS_EXPR_DISTINCT, NULL, written->kind == AEXPR_NOT_DISTINCT,
                               written);
    case AEXPR_NULLIF:
        return lower_nullif(work, written);
    case AEXPR_IN:
        return lower_in(work, written);
    case AEXPR_LIKE:
        return lower_negatable(work, LS_EXPR_LIKE, "LIKE", has_negated_operator(written), written);
    case AEXPR_ILIKE:
        return lower_negatable(work, LS_EXPR_LIKE, "ILIKE", has_negated_operator(written), written);
    case AEXPR_SIMILAR:
        return lower_negatable(work, LS_EXPR_LIKE, "SIMILAR TO", has_negated_operator(written),
                               written);
    case AEXPR_BETWEEN:
    case AEXPR_BETWEEN_SYM:
        return lower_negatable(work, LS_EXPR_BETWEEN, NULL, false, written);
    case AEXPR_NOT_BETWEEN:
    case AEXPR_NOT_BETWEEN_SYM:
        return lower_negatable(work, LS_EXPR_BETWEEN, NULL, true, written);
    default:
        return lower_pair(work, LS_EXPR_OPERATOR, written);
    }
}

static bool is_chain_of(const Node *node, BoolExprType operation) {
    return node != NULL && nodeTag(node) == T_BoolExpr &&
           ((const BoolExpr *)node)->boolop == operation;
}

/* Adds the terms of `chain`. A chain that goes on in its last term, as a AND (b AND (c ...)), is
 * followed by the loop; elsewhere it counts as depth. */
static void add_terms(lowering *work, ls_expression *result, const BoolExpr *chain) {
    while (chain != NULL) {
        const BoolExpr *rest = NULL;
        for (LS_NODES(cell, chain->args)) {
            const Node *term = lfirst(cell);
            if (!is_chain_of(term, chain->boolop)) {
                add(work, result, term);
            } else if (lnext(chain->args, cell) == NULL) {
                rest = (const BoolExpr *)term;
            } else if (work->depth < LS_EXPRESSION_DEPTH) {
                work->depth++;
                add_terms(work, result, (const BoolExpr *)term);
                work->depth--;
            } else {
                add(work, result, term);
            }
        }
        chain = rest;
    }
}

static ls_expression *lower_bool(lowering *work, const BoolExpr *written) {
    if (written->boolop == NOT_EXPR) {
        ls_expression *result = at_location(work, LS_EXPR_NOT, written->location);
        add_all(work, result, written->args);
        return result;
    }
    ls_expression *result = at_location(
        work, written->boolop == AND_EXPR ? LS_EXPR_AND : LS_EXPR_OR, written->location);
    add_terms(work, result, written);
    return result;
}

/* The words after an argument in IS [NOT] NULL and its kin. */
static void cover_words(const lowering *work, ls_expression *result, const char *pattern) {
    if (ls_span_empty(result->at))
        return;
    const uint32_t next = ls_place_after(work, result->at.end, pattern).begin;
    result->at = ls_place_trim(work, ls_span_of(result->at.begin, next));
}

static ls_expression *lower_null_test(lowering *work, const NullTest *test) {
    ls_expression *result = at_location(work, LS_EXPR_IS_NULL, test->location);
    result->negated = test->nulltesttype == IS_NOT_NULL;
    cover_words(work, result, "?not|?null");
    add(work, result, (const Node *)test->arg);
    return result;
}

static ls_expression *lower_boolean_test(lowering *work, const BooleanTest *test) {
    static const struct {
        const char *text;
        bool negated;
    } TESTS[] = {
        [IS_TRUE] = {"TRUE", false},       [IS_NOT_TRUE] = {"TRUE", true},
        [IS_FALSE] = {"FALSE", false},     [IS_NOT_FALSE] = {"FALSE", true},
        [IS_UNKNOWN] = {"UNKNOWN", false}, [IS_NOT_UNKNOWN] = {"UNKNOWN", true},
    };
    ls_expression *result = at_location(work, LS_EXPR_IS_BOOLEAN, test->location);
    result->text = TESTS[test->booltesttype].text;
    result->negated = TESTS[test->booltesttype].negated;
    cover_words(work, result, "?not|?true|?false|?unknown");
    add(work, result, (const Node *)test->arg);
    return result;
}

/* --- The rest ----------------------------------------------------------------------------- */

/* CAST(x AS type) starts with its word; x::type has its sign between, 'type string' has none. */
static ls_expression *lower_cast(lowering *work, const TypeCast *cast) {
    ls_expression *result = at_location(work, LS_EXPR_CAST, cast->location);
    if (ls_place_is(work, result->at, "cast"))
        cover_brackets(work, result);
    result->type = ls_lower_type(work, cast->typeName);
    if (result->type != NULL)
        result->at = ls_place_union(result->at, result->type->at);
    add(work, result, cast->arg);
    return result;
}

static ls_expression *lower_collate(lowering *work, const CollateClause *collate) {
    ls_expression *result = at_location(work, LS_EXPR_COLLATE, collate->location);
    const ls_name name =
        ls_lower_name_list(work, collate->collname, ls_place_token(work, result->at.end).begin);
    result->text = name.name;
    result->at = ls_place_union(result->at, name.at);
    add(work, result, collate->arg);
    return result;
}

static ls_expression *lower_case(lowering *work, const CaseExpr *written) {
    ls_expression *result = at_location(work, LS_EXPR_CASE, written->location);
    add(work, result, (const Node *)written->arg);
    for (LS_NODES(cell, written->args)) {
        const CaseWhen *when = lfirst(cell);
        add(work, result, (const Node *)when->expr);
        add(work, result, (const Node *)when->result);
    }
    add(work, result, (const Node *)written->defresult);
    const ls_span end = ls_place_token(work, result->at.end);
    if (ls_place_is(work, end, "end"))
        result->at.end = end.end;
    return result;
}

static ls_expression *lower_array(lowering *work, const A_ArrayExpr *array) {
    ls_expression *result = at_location(work, LS_EXPR_ARRAY, array->location);
    cover_brackets(work, result);
    add_all(work, result, array->elements);
    return result;
}

static ls_expression *lower_row(lowering *work, const RowExpr *row) {
    ls_expression *result = at_location(work, LS_EXPR_ROW, row->location);
    if (ls_place_is(work, result->at, "row"))
        cover_brackets(work, result);
    else if (!ls_span_empty(result->at))
        result->at = ls_place_group(work, result->at.begin);
    add_all(work, result, row->args);
    return result;
}

static const char *subquery_text(const SubLink *link) {
    switch (link->subLinkType) {
    case EXISTS_SUBLINK:
        return "EXISTS";
    case ANY_SUBLINK:
        return link->operName == NIL ? "IN" : "ANY";
    case ALL_SUBLINK:
        return "ALL";
    case ARRAY_SUBLINK:
        return "ARRAY";
    default:
        return "";
    }
}

static ls_expression *lower_subquery(lowering *work, const SubLink *link) {
    ls_expression *result = at_location(work, LS_EXPR_SUBQUERY, link->location);
    result->text = subquery_text(link);
    result->query = ls_lower_query(work, link->subselect);
    if (link->operName != NIL)
        result->at = ls_place_union(result->at, ls_place_bracketed(work, result->query->at));
    else if (!ls_span_empty(result->at) && work->text[result->at.begin] == '(')
        result->at = ls_place_group(work, result->at.begin);
    else
        cover_brackets(work, result);
    add(work, result, link->testexpr);
    return result;
}

static ls_expression *wrap(const lowering *work, ls_expression_kind kind, ls_expression *inner) {
    ls_expression *result = new_expression(work, kind);
    if (inner != NULL) {
        result->at = inner->at;
        LS_PUSH(work->arena, &result->arguments, inner);
    }
    return result;
}

/* One step further: [...] or .name; brackets around what comes before belong to it. */
static void cover_step(const lowering *work, ls_expression *result) {
    if (ls_span_empty(result->at))
        return;
    result->at = ls_place_bracketed(work, result->at);
    const ls_span next = ls_place_token(work, result->at.end);
    if (!ls_span_empty(next) && work->text[next.begin] == '.')
        result->at.end = ls_place_token(work, next.end).end;
    else
        cover_brackets(work, result);
}

static void add_subscript(lowering *work, ls_expression *subscript, const A_Indices *indices) {
    cover_step(work, subscript);
    add(work, subscript, indices->lidx);
    add(work, subscript, indices->uidx);
}

static ls_expression *select_field(const lowering *work, ls_expression *record, const Node *field) {
    ls_expression *result = wrap(work, LS_EXPR_FIELD, record);
    cover_step(work, result);
    result->text = ls_lower_string_node(work, field);
    result->star = result->text == NULL;
    return result;
}

/* Every field counts as depth, as it encloses what stands before it; subscripts in a row are one
 * expression. */
static ls_expression *lower_indirection(lowering *work, const A_Indirection *indirection) {
    const int outer_depth = work->depth;
    work->depth += list_length(indirection->indirection);
    ls_expression *result = ls_lower_expression(work, indirection->arg);
    work->depth = outer_depth;
    int left = LS_EXPRESSION_DEPTH - outer_depth;
    for (LS_NODES(cell, indirection->indirection)) {
        const Node *step = lfirst(cell);
        if (nodeTag(step) == T_A_Indices) {
            if (result == NULL || result->kind != LS_EXPR_SUBSCRIPT)
                result = wrap(work, LS_EXPR_SUBSCRIPT, result);
            add_subscript(work, result, (const A_Indices *)step);
        } else if (left-- > 0) {
            result = select_field(work, result, step);
        }
    }
    return result;
}

/* (a, b) = (1, 2): each target its own value; from a subquery each the whole. */
static ls_expression *lower_multiple(lowering *work, const MultiAssignRef *reference) {
    const Node *source = reference->source;
    if (source == NULL || nodeTag(source) != T_RowExpr)
        return ls_lower_expression(work, source);
    const List *values = ((const RowExpr *)source)->args;
    if (reference->colno < 1 || reference->colno > list_length(values))
        return ls_lower_expression(work, source);
    return ls_lower_expression(work, list_nth(values, reference->colno - 1));
}

static ls_expression *lower_other(lowering *work, const List *arguments, int location) {
    ls_expression *result = at_location(work, LS_EXPR_OTHER, location);
    cover_brackets(work, result);
    add_all(work, result, arguments);
    return result;
}

static ls_expression *lower_value(const lowering *work, const Node *node, ls_expression_kind kind) {
    ls_expression *result = new_expression(work, kind);
    result->text = ls_lower_value_text(work, node);
    if (nodeTag(node) == T_Integer)
        result->integer = ((const Integer *)node)->ival;
    return result;
}

static ls_expression *lower_simple(const lowering *work, const Node *node) {
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
        return at_location(work, LS_EXPR_DEFAULT, ((const SetToDefault *)node)->location);
    case T_Integer:
        return lower_value(work, node, LS_EXPR_INTEGER);
    case T_Float:
        return lower_value(work, node, LS_EXPR_FLOAT);
    case T_String:
        return lower_value(work, node, LS_EXPR_STRING);
    default:
        return new_expression(work, LS_EXPR_OTHER);
    }
}

static ls_expression *lower_rare(lowering *work, const Node *node) {
    switch (nodeTag(node)) {
    case T_GroupingFunc:
        return lower_named(work, "grouping", ((const GroupingFunc *)node)->args,
                           ((const GroupingFunc *)node)->location);
    case T_GroupingSet:
        return lower_other(work, ((const GroupingSet *)node)->content,
                           ((const GroupingSet *)node)->location);
    case T_List:
        return lower_other(work, (const List *)node, -1);
    case T_XmlExpr:
        return lower_other(work, ((const XmlExpr *)node)->args, ((const XmlExpr *)node)->location);
    case T_XmlSerialize:
        return ls_lower_expression(work, ((const XmlSerialize *)node)->expr);
    case T_NamedArgExpr:
        return ls_lower_expression(work, (const Node *)((const NamedArgExpr *)node)->arg);
    case T_MultiAssignRef:
        return lower_multiple(work, (const MultiAssignRef *)node);
    default:
        return lower_simple(work, node);
    }
}

static ls_expression *lower_node(lowering *work, const Node *node) {
    switch (nodeTag(node)) {
    case T_FuncCall:
        return lower_call(work, (const FuncCall *)node);
    case T_CoalesceExpr:
        return lower_named(work, "coalesce", ((const CoalesceExpr *)node)->args,
                           ((const CoalesceExpr *)node)->location);
    case T_MinMaxExpr:
        return lower_named(work,
                           ((const MinMaxExpr *)node)->op == IS_GREATEST ? "greatest" : "least",
                           ((const MinMaxExpr *)node)->args, ((const MinMaxExpr *)node)->location);
    case T_A_Expr:
        return lower_operator(work, (const A_Expr *)node);
    case T_BoolExpr:
        return lower_bool(work, (const BoolExpr *)node);
    case T_NullTest:
        return lower_null_test(work, (const NullTest *)node);
    case T_BooleanTest:
        return lower_boolean_test(work, (const BooleanTest *)node);
    case T_TypeCast:
        return lower_cast(work, (const TypeCast *)node);
    case T_CollateClause:
        return lower_collate(work, (const CollateClause *)node);
    case T_CaseExpr:
        return lower_case(work, (const CaseExpr *)node);
    case T_A_ArrayExpr:
        return lower_array(work, (const A_ArrayExpr *)node);
    case T_RowExpr:
        return lower_row(work, (const RowExpr *)node);
    case T_SubLink:
        return lower_subquery(work, (const SubLink *)node);
    case T_A_Indirection:
        return lower_indirection(work, (const A_Indirection *)node);
    default:
        return lower_rare(work, node);
    }
}

static ls_expression *cut(const lowering *work, const Node *node) {
    ls_expression *result = new_expression(work, LS_EXPR_OTHER);
    const uint32_t begin = ls_lower_expression_begin(work, node);
    if (begin != LS_NOWHERE)
        result->at = ls_place_token(work, begin);
    result->cut = true;
    return result;
}

ls_expression *ls_lower_expression(lowering *work, const Node *node) {
    if (node == NULL)
        return NULL;
    if (work->depth >= LS_EXPRESSION_DEPTH)
        return cut(work, node);
    work->depth++;
    ls_expression *result = lower_node(work, node);
    work->depth--;
    return result;
}
