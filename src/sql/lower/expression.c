/*
 * expression.c - expressions of the raw tree into the model.
 *
 * The raw tree is as deep as the text is long where operators chain to the left, so recursion
 * stops at LS_EXPRESSION_DEPTH and says so (cut). An expression's range is the union of its own
 * first token's and its parts' ranges, the brackets around a part included. Brackets around the
 * whole are not part of it.
 */
#include "sql/lower/lower_internal.h"

#include <string.h>

ls_expression *ls_expression_new(const lowering *work, ls_expression_kind kind) {
    ls_expression *expression = LS_NEW(work->arena, ls_expression);
    expression->kind = kind;
    return expression;
}

ls_expression *ls_expression_at(const lowering *work, ls_expression_kind kind, int location) {
    ls_expression *expression = ls_expression_new(work, kind);
    if (location >= 0)
        expression->at = ls_place_token(work, ls_place_of(work, location));
    return expression;
}

void ls_expression_add(lowering *work, ls_expression *expression, const Node *node) {
    ls_expression *argument = ls_lower_expression(work, node);
    if (argument == NULL)
        return;
    expression->at = ls_place_union(expression->at, ls_place_bracketed(work, argument->at));
    LS_PUSH(work->arena, &expression->arguments, argument);
}

void ls_expression_add_all(lowering *work, ls_expression *expression, const List *nodes) {
    if (expression->arguments.count == 0)
        LS_RESERVE(work->arena, &expression->arguments, list_length(nodes));
    for (LS_NODES(cell, nodes))
        ls_expression_add(work, expression, lfirst(cell));
}

void ls_expression_cover_brackets(const lowering *work, ls_expression *expression) {
    if (ls_span_empty(expression->at))
        return;
    const ls_span open = ls_place_token(work, expression->at.end);
    if (!ls_span_empty(open) && strchr("([", work->text[open.begin]) != NULL)
        expression->at.end = ls_place_group(work, open.begin).end;
}

/* --- Calls -------------------------------------------------------------------------------- */

/* Functions written as syntax (AT TIME ZONE, EXTRACT) have no name at their place. */
static ls_expression *lower_call(lowering *work, const FuncCall *call) {
    ls_expression *result = ls_expression_at(work, LS_EXPR_FUNCTION, call->location);
    const bool named = call->funcformat == COERCE_EXPLICIT_CALL && call->location >= 0;
    result->name = ls_lower_name_list(work, call->funcname,
                                      named ? ls_place_of(work, call->location) : LS_NOWHERE);
    result->at = ls_place_union(result->at, result->name.at);
    ls_expression_cover_brackets(work, result);
    result->star = call->agg_star;
    ls_expression_add_all(work, result, call->args);
    return result;
}

/* COALESCE and its kin, which are nodes of their own, by the name that they are written with. */
static ls_expression *lower_named(lowering *work, const char *name, const List *arguments,
                                  int location) {
    ls_expression *result = ls_expression_at(work, LS_EXPR_FUNCTION, location);
    result->name = (ls_name){.name = name, .at = result->at};
    ls_expression_cover_brackets(work, result);
    ls_expression_add_all(work, result, arguments);
    return result;
}

/* --- The rest ----------------------------------------------------------------------------- */

/* CAST(x AS type) starts with its word; x::type has its sign between, 'type string' has none. */
static ls_expression *lower_cast(lowering *work, const TypeCast *cast) {
    ls_expression *result = ls_expression_at(work, LS_EXPR_CAST, cast->location);
    if (ls_place_is(work, result->at, "cast"))
        ls_expression_cover_brackets(work, result);
    result->type = ls_lower_type(work, cast->typeName);
    if (result->type != NULL)
        result->at = ls_place_union(result->at, result->type->at);
    ls_expression_add(work, result, cast->arg);
    return result;
}

static ls_expression *lower_collate(lowering *work, const CollateClause *collate) {
    ls_expression *result = ls_expression_at(work, LS_EXPR_COLLATE, collate->location);
    const ls_name name =
        ls_lower_name_list(work, collate->collname, ls_place_token(work, result->at.end).begin);
    result->text = name.name;
    result->at = ls_place_union(result->at, name.at);
    ls_expression_add(work, result, collate->arg);
    return result;
}

static ls_expression *lower_case(lowering *work, const CaseExpr *written) {
    ls_expression *result = ls_expression_at(work, LS_EXPR_CASE, written->location);
    ls_expression_add(work, result, (const Node *)written->arg);
    for (LS_NODES(cell, written->args)) {
        const CaseWhen *when = lfirst(cell);
        ls_expression_add(work, result, (const Node *)when->expr);
        ls_expression_add(work, result, (const Node *)when->result);
    }
    ls_expression_add(work, result, (const Node *)written->defresult);
    const ls_span end = ls_place_token(work, result->at.end);
    if (ls_place_is(work, end, "end"))
        result->at.end = end.end;
    return result;
}

static ls_expression *lower_array(lowering *work, const A_ArrayExpr *array) {
    ls_expression *result = ls_expression_at(work, LS_EXPR_ARRAY, array->location);
    ls_expression_cover_brackets(work, result);
    ls_expression_add_all(work, result, array->elements);
    return result;
}

static ls_expression *lower_row(lowering *work, const RowExpr *row) {
    ls_expression *result = ls_expression_at(work, LS_EXPR_ROW, row->location);
    if (ls_place_is(work, result->at, "row"))
        ls_expression_cover_brackets(work, result);
    else if (!ls_span_empty(result->at))
        result->at = ls_place_group(work, result->at.begin);
    ls_expression_add_all(work, result, row->args);
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
    ls_expression *result = ls_expression_at(work, LS_EXPR_SUBQUERY, link->location);
    result->text = subquery_text(link);
    result->query = ls_lower_query(work, link->subselect);
    if (link->operName != NIL)
        result->at = ls_place_union(result->at, ls_place_bracketed(work, result->query->at));
    else if (!ls_span_empty(result->at) && work->text[result->at.begin] == '(')
        result->at = ls_place_group(work, result->at.begin);
    else
        ls_expression_cover_brackets(work, result);
    ls_expression_add(work, result, link->testexpr);
    return result;
}

static ls_expression *wrap(const lowering *work, ls_expression_kind kind, ls_expression *inner) {
    ls_expression *result = ls_expression_new(work, kind);
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
        ls_expression_cover_brackets(work, result);
}

static void add_subscript(lowering *work, ls_expression *subscript, const A_Indices *indices) {
    cover_step(work, subscript);
    ls_expression_add(work, subscript, indices->lidx);
    ls_expression_add(work, subscript, indices->uidx);
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
    ls_expression *result = ls_expression_at(work, LS_EXPR_OTHER, location);
    ls_expression_cover_brackets(work, result);
    ls_expression_add_all(work, result, arguments);
    return result;
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
        return ls_expression_new(work, LS_EXPR_OTHER);
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
        return ls_lower_operator(work, (const A_Expr *)node);
    case T_BoolExpr:
        return ls_lower_bool(work, (const BoolExpr *)node);
    case T_NullTest:
        return ls_lower_null_test(work, (const NullTest *)node);
    case T_BooleanTest:
        return ls_lower_boolean_test(work, (const BooleanTest *)node);
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
    ls_expression *result = ls_expression_new(work, LS_EXPR_OTHER);
    const uint32_t begin = ls_lower_expression_begin(work, node);
    if (begin != LS_NOWHERE)
        result->at = ls_place_token(work, begin);
    result->cut = true;
    return result;
}

ls_expression *ls_lower_expression(lowering *work, const Node *node) {
    if (node == NULL)
        return NULL;
    ls_expression *result = ls_lower_leaf(work, node);
    if (result != NULL)
        return result;
    if (work->depth >= LS_EXPRESSION_DEPTH)
        return cut(work, node);
    work->depth++;
    result = lower_node(work, node);
    work->depth--;
    return result;
}
