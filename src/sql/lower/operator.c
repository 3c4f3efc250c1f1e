/*
 * operator.c - operators, AND and OR, and the tests of IS.
 *
 * Chains of AND and OR are flattened, however they are nested: what matters is the set of terms.
 */
#include "sql/lower/lower_internal.h"

#include <string.h>

static ls_expression *lower_pair(lowering *work, ls_expression_kind kind, const A_Expr *written) {
    ls_expression *result = ls_expression_at(work, kind, written->location);
    result->text = ls_lower_last_string(work, written->name);
    ls_expression_add(work, result, written->lexpr);
    if (written->rexpr != NULL && nodeTag(written->rexpr) == T_List)
        ls_expression_add_all(work, result, (const List *)written->rexpr);
    else
        ls_expression_add(work, result, written->rexpr);
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
    ls_expression *result = ls_expression_at(work, LS_EXPR_FUNCTION, written->location);
    result->name = (ls_name){.name = "nullif", .at = result->at};
    ls_expression_cover_brackets(work, result);
    ls_expression_add(work, result, written->lexpr);
    ls_expression_add(work, result, written->rexpr);
    return result;
}

ls_expression *ls_lower_operator(lowering *work, const A_Expr *written) {
    switch (written->kind) {
    case AEXPR_OP_ANY:
        return lower_pair(work, LS_EXPR_ANY, written);
    case AEXPR_OP_ALL:
        return lower_pair(work, LS_EXPR_ALL, written);
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
            const bool goes_on = is_chain_of(term, chain->boolop);
            if (goes_on && lnext(chain->args, cell) == NULL) {
                rest = (const BoolExpr *)term;
            } else if (goes_on && work->depth < LS_EXPRESSION_DEPTH) {
                work->depth++;
                add_terms(work, result, (const BoolExpr *)term);
                work->depth--;
            } else {
                ls_expression_add(work, result, term);
            }
        }
        chain = rest;
    }
}

ls_expression *ls_lower_bool(lowering *work, const BoolExpr *written) {
    if (written->boolop == NOT_EXPR) {
        ls_expression *result = ls_expression_at(work, LS_EXPR_NOT, written->location);
        ls_expression_add_all(work, result, written->args);
        return result;
    }
    ls_expression *result = ls_expression_at(
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

ls_expression *ls_lower_null_test(lowering *work, const NullTest *test) {
    ls_expression *result = ls_expression_at(work, LS_EXPR_IS_NULL, test->location);
    result->negated = test->nulltesttype == IS_NOT_NULL;
    cover_words(work, result, "?not|?null");
    ls_expression_add(work, result, (const Node *)test->arg);
    return result;
}

ls_expression *ls_lower_boolean_test(lowering *work, const BooleanTest *test) {
    static const struct {
        const char *text;
        bool negated;
    } TESTS[] = {
        [IS_TRUE] = {"TRUE", false},       [IS_NOT_TRUE] = {"TRUE", true},
        [IS_FALSE] = {"FALSE", false},     [IS_NOT_FALSE] = {"FALSE", true},
        [IS_UNKNOWN] = {"UNKNOWN", false}, [IS_NOT_UNKNOWN] = {"UNKNOWN", true},
    };
    ls_expression *result = ls_expression_at(work, LS_EXPR_IS_BOOLEAN, test->location);
    result->text = TESTS[test->booltesttype].text;
    result->negated = TESTS[test->booltesttype].negated;
    cover_words(work, result, "?not|?true|?false|?unknown");
    ls_expression_add(work, result, (const Node *)test->arg);
    return result;
}
