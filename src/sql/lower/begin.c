/*
 * begin.c - where an expression begins.
 *
 * An operator's place is that of its sign, so what begins an expression is found down its left
 * edge, in a loop: that edge may be as long as the text.
 */
#include "sql/lower/lower_internal.h"

#include <stddef.h>

enum { NOTHING = 0 }; /* no field has this offset: a node's first one is its tag */

/* Where a kind of node keeps its own place, and what may stand left of it. */
static const struct {
    NodeTag tag;
    size_t location, left;
} NODES[] = {
    {T_ColumnRef, offsetof(ColumnRef, location), NOTHING},
    {T_A_Const, offsetof(A_Const, location), NOTHING},
    {T_FuncCall, offsetof(FuncCall, location), NOTHING},
    {T_A_Expr, offsetof(A_Expr, location), offsetof(A_Expr, lexpr)},
    {T_BoolExpr, offsetof(BoolExpr, location), NOTHING},
    {T_NullTest, offsetof(NullTest, location), offsetof(NullTest, arg)},
    {T_BooleanTest, offsetof(BooleanTest, location), offsetof(BooleanTest, arg)},
    {T_TypeCast, offsetof(TypeCast, location), offsetof(TypeCast, arg)},
    {T_CollateClause, offsetof(CollateClause, location), offsetof(CollateClause, arg)},
    {T_A_Indirection, NOTHING, offsetof(A_Indirection, arg)},
    {T_SubLink, offsetof(SubLink, location), offsetof(SubLink, testexpr)},
    {T_ParamRef, offsetof(ParamRef, location), NOTHING},
    {T_SQLValueFunction, offsetof(SQLValueFunction, location), NOTHING},
    {T_CaseExpr, offsetof(CaseExpr, location), NOTHING},
    {T_A_ArrayExpr, offsetof(A_ArrayExpr, location), NOTHING},
    {T_RowExpr, offsetof(RowExpr, location), NOTHING},
    {T_CoalesceExpr, offsetof(CoalesceExpr, location), NOTHING},
    {T_MinMaxExpr, offsetof(MinMaxExpr, location), NOTHING},
    {T_SetToDefault, offsetof(SetToDefault, location), NOTHING},
    {T_GroupingFunc, offsetof(GroupingFunc, location), NOTHING},
    {T_XmlExpr, offsetof(XmlExpr, location), NOTHING},
    {T_XmlSerialize, offsetof(XmlSerialize, location), NOTHING},
};

/* The place that a node tells; *left is what its text may begin with instead, or NULL. */
static uint32_t own_place(const lowering *work, const Node *node, const Node **left) {
    const char *bytes = (const char *)node;
    for (size_t i = 0; i < sizeof NODES / sizeof *NODES; i++) {
        if (NODES[i].tag != nodeTag(node))
            continue;
        if (NODES[i].left != NOTHING)
            *left = *(const Node *const *)(const void *)(bytes + NODES[i].left);
        if (NODES[i].location == NOTHING)
            return LS_NOWHERE;
        return ls_place_of(work, *(const int *)(const void *)(bytes + NODES[i].location));
    }
    return LS_NOWHERE;
}

/* What stands left in the nodes that keep their arguments in a list. AT TIME ZONE is a call whose
 * last argument comes first in the text. */
static const Node *left_in_list(const Node *node) {
    const List *arguments = NIL;
    if (nodeTag(node) == T_BoolExpr)
        arguments = ((const BoolExpr *)node)->args;
    else if (nodeTag(node) == T_List)
        arguments = (const List *)node;
    else if (nodeTag(node) == T_FuncCall)
        return ((const FuncCall *)node)->args == NIL ? NULL : llast(((const FuncCall *)node)->args);
    return arguments == NIL ? NULL : linitial(arguments);
}

/* 'type string' has its place in the type and the string alone. */
static uint32_t type_place(const lowering *work, const Node *node) {
    if (nodeTag(node) != T_TypeCast || ((const TypeCast *)node)->typeName == NULL)
        return LS_NOWHERE;
    return ls_place_of(work, ((const TypeCast *)node)->typeName->location);
}

uint32_t ls_lower_expression_begin(const lowering *work, const Node *node) {
    uint32_t begin = LS_NOWHERE;
    while (node != NULL) {
        const Node *left = left_in_list(node);
        const uint32_t place = own_place(work, node, &left);
        const uint32_t type = type_place(work, node);
        begin = place < begin ? place : begin;
        begin = type < begin ? type : begin;
        node = left;
    }
    return begin;
}
