/*
 * table.c - CREATE TABLE, CREATE TABLE AS, views and materialized views.
 */
#include "sql/lower/lower_internal.h"

/* --- CREATE TABLE ------------------------------------------------------------------------- */

static ls_like lower_like(const lowering *work, const TableLikeClause *written) {
    const bits32 options = written->options;
    return (ls_like){.relation = ls_lower_relation(work, written->relation),
                     .including_defaults = (options & CREATE_TABLE_LIKE_DEFAULTS) != 0,
                     .including_constraints = (options & CREATE_TABLE_LIKE_CONSTRAINTS) != 0,
                     .including_indexes = (options & CREATE_TABLE_LIKE_INDEXES) != 0,
                     .including_identity = (options & CREATE_TABLE_LIKE_IDENTITY) != 0,
                     .including_generated = (options & CREATE_TABLE_LIKE_GENERATED) != 0,
                     .including_comments = (options & CREATE_TABLE_LIKE_COMMENTS) != 0,
                     .including_statistics = (options & CREATE_TABLE_LIKE_STATISTICS) != 0,
                     .including_storage = (options & CREATE_TABLE_LIKE_STORAGE) != 0};
}

/* Columns, constraints and LIKE clauses stand in one list. */
static void add_element(lowering *work, ls_create_table *table, const Node *element) {
    switch (nodeTag(element)) {
    case T_ColumnDef:
        LS_PUSH(work->arena, &table->columns, ls_lower_column(work, (const ColumnDef *)element));
        break;
    case T_Constraint:
        LS_PUSH(work->arena, &table->constraints,
                ls_lower_constraint(work, (const Constraint *)element, LS_NOWHERE));
        break;
    case T_TableLikeClause:
        LS_PUSH(work->arena, &table->likes, lower_like(work, (const TableLikeClause *)element));
        break;
    default:
        break;
    }
}

static char on_commit_letter(OnCommitAction action) {
    switch (action) {
    case ONCOMMIT_PRESERVE_ROWS:
        return 'p';
    case ONCOMMIT_DELETE_ROWS:
        return 'd';
    case ONCOMMIT_DROP:
        return 'x';
    default:
        return 0;
    }
}

/* The one parent of PARTITION OF stands in the same list as those of INHERITS. */
static void set_parents(const lowering *work, ls_create_table *table, const CreateStmt *written) {
    if (written->partbound != NULL && written->inhRelations != NIL)
        table->partition_of = ls_lower_relation(work, linitial(written->inhRelations));
    else
        table->inherits = ls_lower_relations(work, written->inhRelations);
}

void ls_lower_create_table(lowering *work, const Node *node, ls_statement *statement) {
    const CreateStmt *written = (const CreateStmt *)node;
    ls_create_table *table = statement->create_table = LS_NEW(work->arena, ls_create_table);
    statement->tag = "CREATE TABLE";
    table->name = ls_lower_relation(work, written->relation);
    table->persistence = ls_lower_persistence(written->relation);
    table->if_not_exists = written->if_not_exists;
    LS_RESERVE(work->arena, &table->columns, list_length(written->tableElts));
    for (LS_NODES(cell, written->tableElts))
        add_element(work, table, lfirst(cell));
    for (LS_NODES(cell, written->constraints))
        add_element(work, table, lfirst(cell));
    set_parents(work, table, written);
    table->bound = ls_lower_bound(work, written->partbound);
    table->partitioning = ls_lower_partitioning(work, written->partspec);
    if (written->ofTypename != NULL)
        table->of_type = ls_lower_name_list(work, written->ofTypename->names,
                                            ls_place_of(work, written->ofTypename->location));
    table->options = ls_lower_options(work, written->options);
    table->tablespace = ls_lower_text(work, written->tablespacename);
    table->access_method = ls_lower_text(work, written->accessMethod);
    table->on_commit = on_commit_letter(written->oncommit);
}

void ls_lower_create_foreign_table(lowering *work, const Node *node, ls_statement *statement) {
    ls_lower_create_table(work, node, statement);
    statement->tag = "CREATE FOREIGN TABLE";
    statement->create_table->foreign = true;
}

/* --- CREATE TABLE AS ---------------------------------------------------------------------- */

/* Where the query ends: before the words that `after` describes, at the end of the statement. */
static uint32_t query_end(const lowering *work, const char *after) {
    const ls_span with = ls_place_find_last(work, work->at.begin, "with");
    const uint32_t next = ls_place_token(work, with.end).begin;
    const ls_span rest = ls_place_after(work, with.end, after);
    if (ls_span_empty(with) || rest.begin == next || !ls_span_empty(rest))
        return work->at.end;
    return ls_place_trim(work, ls_span_of(work->at.begin, with.begin)).end;
}

/* The query after AS, with nothing to see behind its end. */
static ls_query *lower_defining_query(const lowering *work, const Node *query, ls_span name,
                                      const char *after) {
    lowering inner = *work;
    inner.at.end = query_end(work, after);
    ls_query *result = ls_lower_query(&inner, query);
    const ls_span as = ls_place_find(&inner, name.end, "as");
    result->at = ls_span_of(ls_place_token(&inner, as.end).begin, inner.at.end);
    return result;
}

void ls_lower_create_table_as(lowering *work, const Node *node, ls_statement *statement) {
    const CreateTableAsStmt *written = (const CreateTableAsStmt *)node;
    ls_create_table_as *table = &statement->create_table_as;
    table->materialized_view = written->objtype == OBJECT_MATVIEW;
    statement->tag = table->materialized_view ? "CREATE MATERIALIZED VIEW" : "CREATE TABLE AS";
    table->name = ls_lower_relation(work, written->into->rel);
    table->persistence = ls_lower_persistence(written->into->rel);
    table->if_not_exists = written->if_not_exists;
    table->with_no_data = written->into->skipData;
    table->columns = ls_lower_words(work, written->into->colNames);
    table->query = lower_defining_query(work, written->query, table->name.at, "?no|data");
}

/* --- Views -------------------------------------------------------------------------------- */

/* CREATE RECURSIVE VIEW comes from the grammar as a view on WITH RECURSIVE. */
static bool is_recursive(const lowering *work) {
    const ls_span word =
        ls_place_after(work, work->at.begin, "create|?or replace|?temp|?temporary");
    return ls_place_is(work, word, "recursive");
}

void ls_lower_create_view(lowering *work, const Node *node, ls_statement *statement) {
    const ViewStmt *written = (const ViewStmt *)node;
    ls_create_view *view = statement->create_view = LS_NEW(work->arena, ls_create_view);
    statement->tag = "CREATE VIEW";
    view->name = ls_lower_relation(work, written->view);
    view->or_replace = written->replace;
    view->temporary = ls_lower_persistence(written->view) == LS_TEMPORARY;
    view->recursive = is_recursive(work);
    view->columns = ls_lower_words(work, written->aliases);
    view->query =
        lower_defining_query(work, written->query, view->name.at, "?local|?cascaded|check option");
    view->options = ls_lower_options(work, written->options);
}

void ls_lower_refresh(lowering *work, const Node *node, ls_statement *statement) {
    const RefreshMatViewStmt *written = (const RefreshMatViewStmt *)node;
    statement->tag = "REFRESH MATERIALIZED VIEW";
    statement->refresh = (ls_refresh){.name = ls_lower_relation(work, written->relation),
                                      .concurrently = written->concurrent,
                                      .with_no_data = written->skipData};
}
