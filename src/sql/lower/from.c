/*
 * from.c - items of a FROM list into the model.
 */
#include "sql/lower/lower_internal.h"

#include "sql/subquery_alias.h"

static ls_from *new_from(const lowering *work, ls_from_kind kind, const Alias *alias) {
    ls_from *from = LS_NEW(work->arena, ls_from);
    from->kind = kind;
    if (alias == NULL)
        return from;
    from->alias = ls_lower_text(work, alias->aliasname);
    const ls_words columns = ls_lower_words(work, alias->colnames);
    LS_SET_WORDS(from->column_aliases, columns);
    return from;
}

static ls_from *lower_relation(const lowering *work, const RangeVar *relation) {
    ls_from *from = new_from(work, LS_FROM_RELATION, relation->alias);
    from->name = ls_lower_relation(work, relation);
    from->only = !relation->inh;
    return from;
}

static ls_from *lower_subquery(lowering *work, const RangeSubselect *written) {
    ls_from *from = new_from(work, LS_FROM_QUERY, written->alias);
    from->lateral = written->lateral;
    if (written->alias == NULL)
        work->needs_postgres = LS_ALIAS_OPTIONAL_SINCE;
    from->query = ls_lower_query(work, written->subquery);
    return from;
}

/* Each item of `functions` is a list of the call and its column definitions. ROWS FROM with more
 * than one call becomes an expression of no known kind that has them as arguments. */
static ls_from *lower_function(lowering *work, const RangeFunction *written) {
    ls_from *from = new_from(work, LS_FROM_FUNCTION, written->alias);
    from->lateral = written->lateral;
    if (list_length(written->functions) == 1) {
        from->function = ls_lower_expression(work, linitial(linitial(written->functions)));
        return from;
    }
    from->function = LS_NEW(work->arena, ls_expression);
    from->function->kind = LS_EXPR_OTHER;
    for (LS_NODES(cell, written->functions)) {
        ls_expression *call = ls_lower_expression(work, linitial((const List *)lfirst(cell)));
        if (call != NULL)
            LS_PUSH(work->arena, &from->function->arguments, call);
    }
    return from;
}

static ls_from *lower_join(lowering *work, const JoinExpr *join) {
    ls_from *from = new_from(work, LS_FROM_JOIN, join->alias);
    from->left = ls_lower_from(work, join->larg);
    from->right = ls_lower_from(work, join->rarg);
    from->on = ls_lower_expression(work, join->quals);
    const ls_words columns = ls_lower_words(work, join->usingClause);
    LS_SET_WORDS(from->using_columns, columns);
    from->natural = join->isNatural;
    return from;
}

static ls_from *lower_node(lowering *work, const Node *node) {
    switch (nodeTag(node)) {
    case T_RangeVar:
        return lower_relation(work, (const RangeVar *)node);
    case T_RangeSubselect:
        return lower_subquery(work, (const RangeSubselect *)node);
    case T_RangeFunction:
        return lower_function(work, (const RangeFunction *)node);
    case T_JoinExpr:
        return lower_join(work, (const JoinExpr *)node);
    case T_RangeTableSample:
        return ls_lower_from(work, ((const RangeTableSample *)node)->relation);
    case T_RangeTableFunc:
        return new_from(work, LS_FROM_OTHER, ((const RangeTableFunc *)node)->alias);
    default:
        return new_from(work, LS_FROM_OTHER, NULL);
    }
}

ls_from *ls_lower_from(lowering *work, const Node *node) {
    if (node == NULL)
        return NULL;
    if (work->depth >= LS_EXPRESSION_DEPTH)
        return new_from(work, LS_FROM_OTHER, NULL);
    work->depth++;
    ls_from *from = lower_node(work, node);
    work->depth--;
    return from;
}
