/*
 * index.c - CREATE INDEX and what keeps relations in shape: REINDEX, CLUSTER, VACUUM, statistics.
 */
#include "sql/lower/lower_internal.h"

/* --- CREATE INDEX ------------------------------------------------------------------------- */

static void place_index(const lowering *work, ls_create_index *index) {
    const ls_span word = ls_place_after(work, work->at.begin, "create|?unique");
    const ls_span next = ls_place_token(work, word.end);
    index->concurrently_at =
        ls_place_is(work, next, "concurrently") ? next : ls_span_of(word.end, word.end);
    if (ls_span_empty(index->relation.at))
        return;
    ls_span open = ls_place_token(work, index->relation.at.end);
    while (!ls_span_empty(open) && work->text[open.begin] != '(')
        open = ls_place_token(work, open.end);
    index->elements_at = ls_place_group(work, open.begin);
    if (index->name.name != NULL)
        index->name.at = ls_place_name(
            work, ls_place_after(work, word.end, "?concurrently|?if not exists").begin);
}

static ls_words included_columns(const lowering *work, const List *elements) {
    ls_words columns = {0};
    for (LS_NODES(cell, elements)) {
        const IndexElem *element = lfirst(cell);
        if (element->name != NULL)
            LS_PUSH(work->arena, &columns, ls_lower_text(work, element->name));
    }
    return columns;
}

void ls_lower_create_index(lowering *work, const Node *node, ls_statement *statement) {
    const IndexStmt *written = (const IndexStmt *)node;
    ls_create_index *index = statement->create_index = LS_NEW(work->arena, ls_create_index);
    statement->tag = "CREATE INDEX";
    index->name.name = ls_lower_text(work, written->idxname);
    index->relation = ls_lower_relation(work, written->relation);
    index->only = !written->relation->inh;
    index->unique = written->unique;
    index->concurrently = written->concurrent;
    index->if_not_exists = written->if_not_exists;
    index->nulls_not_distinct = written->nulls_not_distinct;
    index->method = ls_lower_text(work, written->accessMethod);
    place_index(work, index);
    index->elements = ls_lower_index_elements(work, written->indexParams, index->elements_at.begin);
    index->include = included_columns(work, written->indexIncludingParams);
    index->where = ls_lower_expression(work, written->whereClause);
    index->options = ls_lower_options(work, written->options);
    index->tablespace = ls_lower_text(work, written->tableSpace);
}

/* --- Maintenance -------------------------------------------------------------------------- */

static ls_reindex_kind reindex_kind(ReindexObjectType kind) {
    switch (kind) {
    case REINDEX_OBJECT_INDEX:
        return LS_REINDEX_INDEX;
    case REINDEX_OBJECT_TABLE:
        return LS_REINDEX_TABLE;
    case REINDEX_OBJECT_SCHEMA:
        return LS_REINDEX_SCHEMA;
    case REINDEX_OBJECT_SYSTEM:
        return LS_REINDEX_SYSTEM;
    default:
        return LS_REINDEX_DATABASE;
    }
}

void ls_lower_reindex(lowering *work, const Node *node, ls_statement *statement) {
    const ReindexStmt *written = (const ReindexStmt *)node;
    ls_reindex *reindex = &statement->reindex;
    statement->tag = "REINDEX";
    reindex->kind = reindex_kind(written->kind);
    reindex->concurrently =
        ls_lower_option_is_true(ls_lower_find_option(written->params, "concurrently"));
    reindex->name = written->relation != NULL
                        ? ls_lower_relation(work, written->relation)
                        : ls_lower_plain_name(work, written->name, LS_NOWHERE);
}

void ls_lower_cluster(lowering *work, const Node *node, ls_statement *statement) {
    const ClusterStmt *written = (const ClusterStmt *)node;
    statement->tag = "CLUSTER";
    statement->cluster.relation = ls_lower_relation(work, written->relation);
    statement->cluster.index = ls_lower_text(work, written->indexname);
}

void ls_lower_vacuum(lowering *work, const Node *node, ls_statement *statement) {
    const VacuumStmt *written = (const VacuumStmt *)node;
    ls_vacuum *vacuum = &statement->vacuum;
    statement->tag = written->is_vacuumcmd ? "VACUUM" : "ANALYZE";
    vacuum->vacuum = written->is_vacuumcmd;
    vacuum->full = ls_lower_option_is_true(ls_lower_find_option(written->options, "full"));
    vacuum->analyze = !written->is_vacuumcmd ||
                      ls_lower_option_is_true(ls_lower_find_option(written->options, "analyze"));
    for (LS_NODES(cell, written->rels)) {
        const VacuumRelation *relation = lfirst(cell);
        LS_PUSH(work->arena, &vacuum->relations, ls_lower_relation(work, relation->relation));
    }
}

/* --- Extended statistics ------------------------------------------------------------------ */

void ls_lower_create_statistics(lowering *work, const Node *node, ls_statement *statement) {
    const CreateStatsStmt *written = (const CreateStatsStmt *)node;
    ls_create_statistics *statistics = statement->create_statistics =
        LS_NEW(work->arena, ls_create_statistics);
    statement->tag = "CREATE STATISTICS";
    const ls_span name = ls_place_after(work, work->at.begin, "create statistics|?if not exists");
    if (written->defnames != NIL)
        statistics->name = ls_lower_name_list(work, written->defnames, name.begin);
    statistics->if_not_exists = written->if_not_exists;
    if (written->relations != NIL && nodeTag(linitial(written->relations)) == T_RangeVar)
        statistics->relation = ls_lower_relation(work, linitial(written->relations));
    for (LS_NODES(cell, written->exprs)) {
        const StatsElem *element = lfirst(cell);
        if (element->name != NULL)
            LS_PUSH(work->arena, &statistics->columns, ls_lower_text(work, element->name));
    }
}

void ls_lower_alter_statistics(lowering *work, const Node *node, ls_statement *statement) {
    (void)work;
    (void)node;
    statement->tag = "ALTER STATISTICS";
}
