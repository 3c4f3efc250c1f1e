/*
 * query.c - queries of the raw tree into the model.
 *
 * SelectStmt has no place in the raw tree. Where a query begins is found from its first part that
 * has one, back to the keyword before it; where it ends, by reading on to the closing bracket or
 * the next set operation.
 *
 * A chain of set operations leans to the left in the raw tree, as deep as it is long. Its branches
 * are collected in a loop and handed on as a balanced tree, so that whoever walks the model may
 * recurse.
 */
#include "sql/lower/lower_internal.h"

/* Words that end a part of a query outside brackets; all are reserved in the grammar. */
#define AFTER_WHERE                                                                                \
    "group having window union intersect except order limit offset fetch for returning"
#define AFTER_TARGET "from into where " AFTER_WHERE
#define AFTER_BRANCH "union intersect except returning"

typedef LS_VECTOR(const SelectStmt *) branches;

ls_query *ls_query_new(const lowering *work, ls_query_kind kind) {
    static const ls_query_clauses NOTHING = {0};
    ls_query *query = LS_NEW(work->arena, ls_query);
    query->kind = kind;
    query->clauses = &NOTHING;
    return query;
}

/* --- Places ------------------------------------------------------------------------------- */

static uint32_t first_place(const lowering *work, const SelectStmt *select) {
    if (select->valuesLists != NIL)
        return ls_lower_expression_begin(work, linitial(select->valuesLists));
    if (select->distinctClause != NIL && linitial(select->distinctClause) != NULL)
        return ls_lower_expression_begin(work, linitial(select->distinctClause));
    if (select->targetList != NIL) {
        const ResTarget *target = linitial(select->targetList);
        if (target->location >= 0)
            return ls_place_of(work, target->location);
    }
    if (select->fromClause != NIL && nodeTag(linitial(select->fromClause)) == T_RangeVar)
        return ls_place_of(work, ((const RangeVar *)linitial(select->fromClause))->location);
    return LS_NOWHERE;
}

static ls_span query_place(const lowering *work, const WithClause *with, uint32_t part,
                           const char *words, const char *stops) {
    uint32_t begin = LS_NOWHERE;
    if (with != NULL)
        begin = ls_place_of(work, with->location);
    else if (part != LS_NOWHERE)
        begin = ls_place_back_to(work, part, words);
    if (begin == LS_NOWHERE)
        return (ls_span){0, 0};
    if (begin == work->at.begin && stops == NULL)
        return work->at; /* its brackets are balanced, or it would not have been parsed */
    return ls_place_list(work, begin, stops);
}

static ls_span where_place(const lowering *work, const Node *where) {
    const uint32_t part = ls_lower_expression_begin(work, where);
    if (part == LS_NOWHERE)
        return (ls_span){0, 0};
    const uint32_t begin = ls_place_back_to(work, part, "where");
    return begin == part ? (ls_span){0, 0} : ls_place_list(work, begin, AFTER_WHERE);
}

static void lower_where(lowering *work, ls_query *query, const Node *where) {
    if (where == NULL)
        return;
    query->where = ls_lower_expression(work, where);
    if (nodeTag(where) != T_CurrentOfExpr) {
        query->where_at = where_place(work, where);
        return;
    }
    const ls_span word = ls_place_find(work, query->target.at.end, "where");
    if (!ls_span_empty(word))
        query->where_at = ls_place_list(work, word.begin, AFTER_WHERE);
}

/* --- Parts -------------------------------------------------------------------------------- */

static ls_target lower_target(lowering *work, const ResTarget *written, const char *stops) {
    ls_target target = {.name = ls_lower_text(work, written->name),
                        .part = written->indirection != NIL};
    target.value = ls_lower_expression(work, written->val);
    const uint32_t begin = ls_place_of(work, written->location);
    if (begin != LS_NOWHERE)
        target.at = ls_place_clause(work, begin, stops);
    return target;
}

static void add_targets(lowering *work, ls_query *query, const List *written, const char *stops) {
    LS_RESERVE(work->arena, &query->targets, list_length(written));
    for (LS_NODES(cell, written))
        LS_PUSH(work->arena, &query->targets, lower_target(work, lfirst(cell), stops));
}

static void add_from(lowering *work, ls_query *query, const List *written) {
    for (LS_NODES(cell, written)) {
        ls_from *from = ls_lower_from(work, lfirst(cell));
        if (from != NULL)
            LS_PUSH(work->arena, &query->from, from);
    }
}

static void add_with(lowering *work, ls_query_clauses *clauses, const WithClause *with) {
    if (with == NULL)
        return;
    for (LS_NODES(cell, with->ctes)) {
        const CommonTableExpr *written = lfirst(cell);
        ls_common_table table = {.name = ls_lower_text(work, written->ctename),
                                 .query = ls_lower_query(work, written->ctequery),
                                 .recursive = with->recursive};
        const ls_words columns = ls_lower_words(work, written->aliascolnames);
        LS_SET_WORDS(table.column_aliases, columns);
        LS_PUSH(work->arena, &clauses->with, table);
    }
}

static void set_target(const lowering *work, ls_query *query, const RangeVar *relation) {
    query->target = ls_lower_relation(work, relation);
    if (relation == NULL)
        return;
    query->target_only = !relation->inh;
    if (relation->alias != NULL)
        query->target_alias = ls_lower_text(work, relation->alias->aliasname);
}

/* --- SELECT ------------------------------------------------------------------------------- */

static void add_groups(lowering *work, ls_query_clauses *clauses, const SelectStmt *select) {
    for (LS_NODES(cell, select->groupClause)) {
        ls_expression *key = ls_lower_expression(work, lfirst(cell));
        if (key != NULL)
            LS_PUSH(work->arena, &clauses->group_by, key);
    }
    clauses->having = ls_lower_expression(work, select->havingClause);
}

static void add_order(lowering *work, ls_query_clauses *clauses, const SelectStmt *select) {
    for (LS_NODES(cell, select->sortClause)) {
        ls_expression *key = ls_lower_expression(work, ((const SortBy *)lfirst(cell))->node);
        if (key != NULL)
            LS_PUSH(work->arena, &clauses->order_by, key);
    }
    clauses->limit = ls_lower_expression(work, select->limitCount);
    clauses->offset = ls_lower_expression(work, select->limitOffset);
}

/* What a chain of set operations may have as a whole. */
static bool has_own_clauses(const SelectStmt *select) {
    return select->withClause != NULL || select->sortClause != NIL || select->limitCount != NULL ||
           select->limitOffset != NULL || select->lockingClause != NIL;
}

static bool has_clauses(const SelectStmt *select) {
    return has_own_clauses(select) || select->distinctClause != NIL || select->groupClause != NIL ||
           select->havingClause != NULL;
}

static void lower_clauses(lowering *work, ls_query *query, const SelectStmt *select) {
    if (!has_clauses(select))
        return;
    ls_query_clauses *clauses = LS_NEW(work->arena, ls_query_clauses);
    query->clauses = clauses;
    add_with(work, clauses, select->withClause);
    add_groups(work, clauses, select);
    add_order(work, clauses, select);
    clauses->distinct = select->distinctClause != NIL;
    clauses->for_update = select->lockingClause != NIL;
}

/* How many values the rows that are kept have, if all are as long as the first. */
static int kept_values(const List *rows) {
    const int row_count = list_length(rows) < LS_KEPT_ROWS ? list_length(rows) : LS_KEPT_ROWS;
    return row_count * list_length(linitial(rows));
}

static void add_values(lowering *work, ls_query *query, const List *rows) {
    query->value_rows = (uint32_t)list_length(rows);
    size_t kept = 0;
    for (LS_NODES(row, rows)) {
        if (kept++ == LS_KEPT_ROWS)
            return;
        if (kept == 1)
            LS_RESERVE(work->arena, &query->values, kept_values(rows));
        for (LS_NODES(cell, (const List *)lfirst(row))) {
            ls_expression *value = ls_lower_expression(work, lfirst(cell));
            LS_PUSH(work->arena, &query->values, value);
        }
    }
}

static void fill_select(lowering *work, ls_query *query, const SelectStmt *select) {
    add_targets(work, query, select->targetList, AFTER_TARGET);
    add_from(work, query, select->fromClause);
    lower_where(work, query, select->whereClause);
    if (select->intoClause == NULL)
        return;
    query->select_into = true;
    set_target(work, query, select->intoClause->rel);
}

static ls_query *lower_branch(lowering *work, const SelectStmt *select) {
    const bool values = select->valuesLists != NIL;
    ls_query *query = ls_query_new(work, values ? LS_QUERY_VALUES : LS_QUERY_SELECT);
    query->at = query_place(work, select->withClause, first_place(work, select),
                            values ? "values" : "select table", AFTER_BRANCH);
    lower_clauses(work, query, select);
    if (values)
        add_values(work, query, select->valuesLists);
    else
        fill_select(work, query, select);
    return query;
}

/* The branches of a chain from right to left. */
static branches collect_branches(const lowering *work, const SelectStmt *chain) {
    branches found = {0};
    const SelectStmt *left = chain;
    do {
        LS_PUSH(work->arena, &found, left->rarg);
        left = left->larg;
    } while (left->op != SETOP_NONE && !has_own_clauses(left));
    LS_PUSH(work->arena, &found, left);
    return found;
}

/* Branches [first, first + count) as a tree; they come from right to left. */
static ls_query *balance(lowering *work, const branches *all, size_t first, size_t count) {
    if (count == 1)
        return ls_lower_query(work, (const Node *)all->items[first]);
    ls_query *query = ls_query_new(work, LS_QUERY_SET_OPERATION);
    const size_t right = count / 2;
    query->left = balance(work, all, first + right, count - right);
    query->right = balance(work, all, first, right);
    query->at = ls_place_union(ls_place_bracketed(work, query->left->at),
                               ls_place_bracketed(work, query->right->at));
    return query;
}

static ls_query *lower_set_operation(lowering *work, const SelectStmt *select) {
    const branches all = collect_branches(work, select);
    ls_query *query = balance(work, &all, 0, all.count);
    lower_clauses(work, query, select);
    if (select->withClause != NULL && select->withClause->location >= 0)
        query->at.begin = ls_place_of(work, select->withClause->location);
    return query;
}

static ls_query *lower_select(lowering *work, const SelectStmt *select) {
    return select->op == SETOP_NONE ? lower_branch(work, select)
                                    : lower_set_operation(work, select);
}

/* --- Data changes ------------------------------------------------------------------------- */

static ls_query *new_change(const lowering *work, ls_query_kind kind, const RangeVar *relation,
                            const WithClause *with, const char *word) {
    ls_query *query = ls_query_new(work, kind);
    set_target(work, query, relation);
    const uint32_t part = relation == NULL ? LS_NOWHERE : ls_place_of(work, relation->location);
    /* RETURNING ends a branch of a SELECT, but belongs to a change. */
    query->at = query_place(work, with, part, word, NULL);
    return query;
}

static void lower_change_clauses(lowering *work, ls_query *query, const WithClause *with,
                                 const List *returning) {
    if (with == NULL && returning == NIL)
        return;
    ls_query_clauses *clauses = LS_NEW(work->arena, ls_query_clauses);
    query->clauses = clauses;
    add_with(work, clauses, with);
    LS_RESERVE(work->arena, &clauses->returning, list_length(returning));
    for (LS_NODES(cell, returning))
        LS_PUSH(work->arena, &clauses->returning, lower_target(work, lfirst(cell), AFTER_TARGET));
}

static void set_conflict_target(lowering *work, ls_conflict *conflict, const InferClause *written) {
    if (written == NULL)
        return;
    conflict->constraint = ls_lower_text(work, written->conname);
    for (LS_NODES(cell, written->indexElems)) {
        const IndexElem *element = lfirst(cell);
        if (element->name != NULL)
            LS_PUSH(work->arena, &conflict->columns, ls_lower_text(work, element->name));
        else
            LS_PUSH(work->arena, &conflict->expressions, ls_lower_expression(work, element->expr));
    }
    conflict->predicate = ls_lower_expression(work, written->whereClause);
}

static const ls_conflict *lower_conflict(lowering *work, const OnConflictClause *written) {
    if (written == NULL)
        return NULL;
    ls_conflict *conflict = LS_NEW(work->arena, ls_conflict);
    set_conflict_target(work, conflict, written->infer);
    conflict->update = written->action == ONCONFLICT_UPDATE;
    LS_RESERVE(work->arena, &conflict->set, list_length(written->targetList));
    for (LS_NODES(cell, written->targetList)) {
        const ls_target target = lower_target(work, lfirst(cell), "where returning");
        LS_PUSH(work->arena, &conflict->set, target);
    }
    conflict->where = ls_lower_expression(work, written->whereClause);
    return conflict;
}

static void end_at(const lowering *work, ls_span *span, uint32_t stop) {
    if (stop > span->begin && stop < span->end)
        *span = ls_place_trim(work, ls_span_of(span->begin, stop));
}

/* An INSERT's source, and the WHERE that may close it, end where ON CONFLICT begins. */
static void trim_source(const lowering *work, ls_query *source, const OnConflictClause *conflict) {
    if (source == NULL || conflict == NULL || conflict->location < 0)
        return;
    const uint32_t stop = ls_place_of(work, conflict->location);
    end_at(work, &source->at, stop);
    end_at(work, &source->where_at, stop);
}

static ls_query *lower_insert(lowering *work, const InsertStmt *insert) {
    ls_query *query =
        new_change(work, LS_QUERY_INSERT, insert->relation, insert->withClause, "insert");
    add_targets(work, query, insert->cols, NULL); /* in brackets: no word ends one */
    if (insert->selectStmt != NULL)
        query->source = ls_lower_query(work, insert->selectStmt);
    trim_source(work, query->source, insert->onConflictClause);
    query->conflict = lower_conflict(work, insert->onConflictClause);
    lower_change_clauses(work, query, insert->withClause, LS_RETURNING(insert));
    return query;
}

static void place_assignments(lowering *work, ls_query *update) {
    const ls_span word = ls_place_find(work, update->target.at.end, "set");
    if (!ls_span_empty(word))
        update->assignments_at = ls_place_list(work, word.end, AFTER_TARGET);
}

static ls_query *lower_update(lowering *work, const UpdateStmt *update) {
    ls_query *query =
        new_change(work, LS_QUERY_UPDATE, update->relation, update->withClause, "update");
    add_targets(work, query, update->targetList, AFTER_TARGET);
    place_assignments(work, query);
    add_from(work, query, update->fromClause);
    lower_where(work, query, update->whereClause);
    lower_change_clauses(work, query, update->withClause, LS_RETURNING(update));
    return query;
}

static ls_query *lower_delete(lowering *work, const DeleteStmt *delete) {
    ls_query *query =
        new_change(work, LS_QUERY_DELETE, delete->relation, delete->withClause, "delete");
    add_from(work, query, delete->usingClause);
    lower_where(work, query, delete->whereClause);
    lower_change_clauses(work, query, delete->withClause, LS_RETURNING(delete));
    return query;
}

static void add_merge_targets(lowering *work, ls_query *query, const MergeWhenClause *clause) {
    for (LS_NODES(cell, clause->targetList)) {
        const ls_target target = lower_target(work, lfirst(cell), "when returning");
        LS_PUSH(work->arena, &query->targets, target);
    }
}

/* A MERGE's targets are those of all its branches; its join condition stands in `where`, without
 * a range, as there is no such clause. */
static ls_query *lower_merge(lowering *work, const MergeStmt *merge) {
    ls_query *query = new_change(work, LS_QUERY_MERGE, merge->relation, merge->withClause, "merge");
    ls_from *source = ls_lower_from(work, merge->sourceRelation);
    if (source != NULL) {
        LS_PUSH(work->arena, &query->from, source);
        query->source = source->query;
    }
    query->where = ls_lower_expression(work, merge->joinCondition);
    for (LS_NODES(cell, merge->mergeWhenClauses))
        add_merge_targets(work, query, lfirst(cell));
    lower_change_clauses(work, query, merge->withClause, LS_MERGE_RETURNING(merge));
    return query;
}

/* --- Any ---------------------------------------------------------------------------------- */

static ls_query *lower_return(lowering *work, const ReturnStmt *written) {
    ls_query *query = ls_query_new(work, LS_QUERY_SELECT);
    ls_target target = {.value = ls_lower_expression(work, written->returnval)};
    if (target.value != NULL)
        query->at = target.at = target.value->at;
    LS_PUSH(work->arena, &query->targets, target);
    return query;
}

static ls_query *lower_node(lowering *work, const Node *node) {
    switch (nodeTag(node)) {
    case T_SelectStmt:
        return lower_select(work, (const SelectStmt *)node);
    case T_InsertStmt:
        return lower_insert(work, (const InsertStmt *)node);
    case T_UpdateStmt:
        return lower_update(work, (const UpdateStmt *)node);
    case T_DeleteStmt:
        return lower_delete(work, (const DeleteStmt *)node);
    case T_MergeStmt:
        return lower_merge(work, (const MergeStmt *)node);
    case T_ReturnStmt:
        return lower_return(work, (const ReturnStmt *)node);
    default:
        return ls_query_new(work, LS_QUERY_TABLE);
    }
}

ls_query *ls_lower_query(lowering *work, const Node *node) {
    if (node == NULL || work->depth >= LS_EXPRESSION_DEPTH)
        return ls_query_new(work, LS_QUERY_TABLE);
    work->depth++;
    ls_query *query = lower_node(work, node);
    work->depth--;
    return query;
}
