/*
 * session.c - transactions, settings, locks, data in bulk, and statements about other statements.
 */
#include "sql/lower/lower_internal.h"

#include <string.h>

/* --- Transactions ------------------------------------------------------------------------- */

static const struct {
    TransactionStmtKind written;
    ls_transaction_kind kind;
    const char *tag;
} TRANSACTIONS[] = {
    {TRANS_STMT_BEGIN, LS_TRANSACTION_BEGIN, "BEGIN"},
    {TRANS_STMT_START, LS_TRANSACTION_BEGIN, "START TRANSACTION"},
    {TRANS_STMT_COMMIT, LS_TRANSACTION_COMMIT, "COMMIT"},
    {TRANS_STMT_ROLLBACK, LS_TRANSACTION_ROLLBACK, "ROLLBACK"},
    {TRANS_STMT_SAVEPOINT, LS_TRANSACTION_SAVEPOINT, "SAVEPOINT"},
    {TRANS_STMT_RELEASE, LS_TRANSACTION_RELEASE, "RELEASE"},
    {TRANS_STMT_ROLLBACK_TO, LS_TRANSACTION_ROLLBACK_TO, "ROLLBACK"},
    {TRANS_STMT_PREPARE, LS_TRANSACTION_PREPARE, "PREPARE TRANSACTION"},
    {TRANS_STMT_COMMIT_PREPARED, LS_TRANSACTION_COMMIT_PREPARED, "COMMIT PREPARED"},
    {TRANS_STMT_ROLLBACK_PREPARED, LS_TRANSACTION_ROLLBACK_PREPARED, "ROLLBACK PREPARED"},
};

void ls_lower_transaction(lowering *work, const Node *node, ls_statement *statement) {
    const TransactionStmt *written = (const TransactionStmt *)node;
    for (size_t i = 0; i < sizeof TRANSACTIONS / sizeof *TRANSACTIONS; i++) {
        if (TRANSACTIONS[i].written != written->kind)
            continue;
        statement->tag = TRANSACTIONS[i].tag;
        statement->transaction.kind = TRANSACTIONS[i].kind;
    }
    statement->transaction.savepoint = ls_lower_text(work, written->savepoint_name);
    statement->transaction.chain = written->chain;
}

/* --- Settings ----------------------------------------------------------------------------- */

static const char *lower_case(const lowering *work, const char *name) {
    char *copy = ls_arena_string(work->arena, name);
    for (char *byte = copy; byte != NULL && *byte != '\0'; byte++)
        if (*byte >= 'A' && *byte <= 'Z')
            *byte = (char)(*byte - 'A' + 'a');
    return copy;
}

/* SET TRANSACTION's modes come as options: name=value. */
static const char *setting_value(const lowering *work, const Node *value) {
    if (nodeTag(value) != T_DefElem)
        return ls_lower_value_text(work, value);
    const DefElem *mode = (const DefElem *)value;
    return ls_arena_format(work->arena, "%s=%s", mode->defname,
                           ls_lower_value_text(work, mode->arg));
}

static void fill_set(const lowering *work, ls_set *set, const VariableSetStmt *written) {
    set->name = lower_case(work, written->name);
    set->local = written->is_local;
    set->reset = written->kind == VAR_RESET || written->kind == VAR_RESET_ALL;
    set->to_default = written->kind == VAR_SET_DEFAULT;
    for (LS_NODES(cell, written->args)) {
        const char *value = setting_value(work, lfirst(cell));
        if (value != NULL)
            LS_PUSH(work->arena, &set->values, value);
    }
}

void ls_lower_set(lowering *work, const Node *node, ls_statement *statement) {
    fill_set(work, &statement->set, (const VariableSetStmt *)node);
    statement->tag = statement->set.reset ? "RESET" : "SET";
}

void ls_lower_alter_system(lowering *work, const Node *node, ls_statement *statement) {
    fill_set(work, &statement->set, ((const AlterSystemStmt *)node)->setstmt);
    statement->tag = "ALTER SYSTEM";
}

void ls_lower_set_constraints(lowering *work, const Node *node, ls_statement *statement) {
    const ConstraintsSetStmt *written = (const ConstraintsSetStmt *)node;
    statement->tag = "SET CONSTRAINTS";
    statement->flag = !written->deferred;
    if (written->constraints != NIL)
        statement->set.name =
            ls_lower_text(work, ((const RangeVar *)linitial(written->constraints))->relname);
}

/* --- Locks and bulk data ------------------------------------------------------------------ */

void ls_lower_lock_table(lowering *work, const Node *node, ls_statement *statement) {
    const LockStmt *written = (const LockStmt *)node;
    statement->tag = "LOCK TABLE";
    statement->lock_table =
        (ls_lock_table){.relations = ls_lower_relations(work, written->relations),
                        .mode = written->mode,
                        .nowait = written->nowait};
}

void ls_lower_truncate(lowering *work, const Node *node, ls_statement *statement) {
    const TruncateStmt *written = (const TruncateStmt *)node;
    statement->tag = "TRUNCATE TABLE";
    statement->truncate = (ls_truncate){.relations = ls_lower_relations(work, written->relations),
                                        .cascade = written->behavior == DROP_CASCADE,
                                        .restart_identity = written->restart_seqs};
}

void ls_lower_copy(lowering *work, const Node *node, ls_statement *statement) {
    const CopyStmt *written = (const CopyStmt *)node;
    statement->tag = "COPY";
    statement->copy = (ls_copy){.from = written->is_from,
                                .relation = ls_lower_relation(work, written->relation),
                                .columns = ls_lower_words(work, written->attlist)};
    if (written->query != NULL)
        statement->copy.query = ls_lower_query(work, written->query);
}

/* --- Queries ------------------------------------------------------------------------------ */

static const char *query_tag(const Node *node) {
    switch (nodeTag(node)) {
    case T_InsertStmt:
        return "INSERT";
    case T_UpdateStmt:
        return "UPDATE";
    case T_DeleteStmt:
        return "DELETE";
    case T_MergeStmt:
        return "MERGE";
    default:
        return "SELECT";
    }
}

/* SELECT INTO makes a table; in a set operation the clause stands in the first branch. */
static const IntoClause *into_clause(const Node *node) {
    if (nodeTag(node) != T_SelectStmt)
        return NULL;
    const SelectStmt *select = (const SelectStmt *)node;
    while (select->op != SETOP_NONE)
        select = select->larg;
    return select->intoClause;
}

static void lower_select_into(lowering *work, const IntoClause *into, ls_query *query,
                              ls_statement *statement) {
    statement->kind = LS_STATEMENT_CREATE_TABLE_AS;
    statement->tag = "SELECT INTO";
    statement->create_table_as =
        (ls_create_table_as){.name = ls_lower_relation(work, into->rel),
                             .persistence = ls_lower_persistence(into->rel),
                             .query = query};
}

void ls_lower_query_statement(lowering *work, const Node *node, ls_statement *statement) {
    ls_query *query = ls_lower_query(work, node);
    query->at = work->at;
    const IntoClause *into = into_clause(node);
    if (into != NULL) {
        lower_select_into(work, into, query, statement);
        return;
    }
    statement->tag = query_tag(node);
    statement->query = query;
}

void ls_lower_declare_cursor(lowering *work, const Node *node, ls_statement *statement) {
    statement->tag = "DECLARE CURSOR";
    statement->query = ls_lower_query(work, ((const DeclareCursorStmt *)node)->query);
}

/* --- Statements about statements ---------------------------------------------------------- */

void ls_lower_prepare(lowering *work, const Node *node, ls_statement *statement) {
    const PrepareStmt *written = (const PrepareStmt *)node;
    statement->tag = "PREPARE";
    statement->wrapped.name = ls_lower_text(work, written->name);
    const ls_span word = ls_place_find(work, work->at.begin, "as");
    const uint32_t begin = ls_place_token(work, word.end).begin;
    statement->wrapped.inner =
        ls_lower_statement(work, written->query, ls_span_of(begin, work->at.end));
}

void ls_lower_execute(lowering *work, const Node *node, ls_statement *statement) {
    statement->tag = "EXECUTE";
    statement->wrapped.name = ls_lower_text(work, ((const ExecuteStmt *)node)->name);
}

/* The explained statement stands after the options, which are words or a bracketed list. */
static uint32_t explained_place(const lowering *work, const List *options) {
    const uint32_t after_verb = ls_place_after(work, work->at.begin, "explain").begin;
    const ls_span rest = ls_place_after(work, after_verb, "?analyze|?analyse|?verbose");
    const bool list = options != NIL && rest.begin == after_verb && work->text[rest.begin] == '(';
    if (!list)
        return rest.begin;
    return ls_place_token(work, ls_place_group(work, rest.begin).end).begin;
}

void ls_lower_explain(lowering *work, const Node *node, ls_statement *statement) {
    const ExplainStmt *written = (const ExplainStmt *)node;
    statement->tag = "EXPLAIN";
    statement->wrapped.analyze =
        ls_lower_option_is_true(ls_lower_find_option(written->options, "analyze"));
    const uint32_t begin = explained_place(work, written->options);
    statement->wrapped.inner =
        ls_lower_statement(work, written->query, ls_span_of(begin, work->at.end));
}
