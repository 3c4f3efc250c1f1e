/*
 * lower.c - parses one statement and hands its tree to the function for its kind.
 *
 * The parser's memory lives between entering and leaving its context; all that the model needs is
 * copied into the arena before. The arena never jumps out (it ends the process when memory runs
 * out), so nothing can leave in between.
 */
#include "sql/lower/lower_internal.h"

#include "sql/script.h"

#include <stdlib.h>

/* By the node's tag; where there is nothing, the model does not know the statement. */
static const struct {
    ls_statement_kind kind;
    ls_statement_lowering *lower;
} STATEMENTS[] = {
    [T_AlterTableStmt] = {LS_STATEMENT_ALTER_TABLE, ls_lower_alter_table},
    [T_AlterTableMoveAllStmt] = {LS_STATEMENT_MOVE_ALL, ls_lower_move_all},
    [T_CreateStmt] = {LS_STATEMENT_CREATE_TABLE, ls_lower_create_table},
    [T_CreateForeignTableStmt] = {LS_STATEMENT_CREATE_TABLE, ls_lower_create_foreign_table},
    [T_CreateTableAsStmt] = {LS_STATEMENT_CREATE_TABLE_AS, ls_lower_create_table_as},
    [T_IndexStmt] = {LS_STATEMENT_CREATE_INDEX, ls_lower_create_index},
    [T_DropStmt] = {LS_STATEMENT_DROP, ls_lower_drop},
    [T_DropdbStmt] = {LS_STATEMENT_DROP, ls_lower_drop_database},
    [T_DropTableSpaceStmt] = {LS_STATEMENT_DROP, ls_lower_drop_tablespace},
    [T_DropRoleStmt] = {LS_STATEMENT_DROP, ls_lower_drop_role},
    [T_DropSubscriptionStmt] = {LS_STATEMENT_DROP, ls_lower_drop_subscription},
    [T_DropOwnedStmt] = {LS_STATEMENT_DROP_OWNED, ls_lower_drop_owned},
    [T_RenameStmt] = {LS_STATEMENT_RENAME, ls_lower_rename},
    [T_AlterObjectSchemaStmt] = {LS_STATEMENT_SET_SCHEMA, ls_lower_set_schema},
    [T_AlterOwnerStmt] = {LS_STATEMENT_SET_OWNER, ls_lower_set_owner},
    [T_ReindexStmt] = {LS_STATEMENT_REINDEX, ls_lower_reindex},
    [T_ClusterStmt] = {LS_STATEMENT_CLUSTER, ls_lower_cluster},
    [T_VacuumStmt] = {LS_STATEMENT_VACUUM, ls_lower_vacuum},
    [T_TruncateStmt] = {LS_STATEMENT_TRUNCATE, ls_lower_truncate},
    [T_LockStmt] = {LS_STATEMENT_LOCK_TABLE, ls_lower_lock_table},
    [T_ViewStmt] = {LS_STATEMENT_CREATE_VIEW, ls_lower_create_view},
    [T_RefreshMatViewStmt] = {LS_STATEMENT_REFRESH, ls_lower_refresh},
    [T_CreateSeqStmt] = {LS_STATEMENT_SEQUENCE, ls_lower_create_sequence},
    [T_AlterSeqStmt] = {LS_STATEMENT_SEQUENCE, ls_lower_alter_sequence},
    [T_DefineStmt] = {LS_STATEMENT_CREATE_TYPE, ls_lower_define},
    [T_CompositeTypeStmt] = {LS_STATEMENT_CREATE_TYPE, ls_lower_composite_type},
    [T_CreateEnumStmt] = {LS_STATEMENT_CREATE_TYPE, ls_lower_create_enum},
    [T_CreateRangeStmt] = {LS_STATEMENT_CREATE_TYPE, ls_lower_create_range},
    [T_AlterEnumStmt] = {LS_STATEMENT_ALTER_ENUM, ls_lower_alter_enum},
    [T_CreateDomainStmt] = {LS_STATEMENT_CREATE_DOMAIN, ls_lower_create_domain},
    [T_AlterDomainStmt] = {LS_STATEMENT_ALTER_DOMAIN, ls_lower_alter_domain},
    [T_CreateFunctionStmt] = {LS_STATEMENT_CREATE_FUNCTION, ls_lower_create_function},
    [T_DoStmt] = {LS_STATEMENT_DO, ls_lower_do},
    [T_CallStmt] = {LS_STATEMENT_CALL, ls_lower_call},
    [T_CreateTrigStmt] = {LS_STATEMENT_CREATE_TRIGGER, ls_lower_create_trigger},
    [T_RuleStmt] = {LS_STATEMENT_CREATE_RULE, ls_lower_create_rule},
    [T_CreatePolicyStmt] = {LS_STATEMENT_POLICY, ls_lower_create_policy},
    [T_AlterPolicyStmt] = {LS_STATEMENT_POLICY, ls_lower_alter_policy},
    [T_CreateSchemaStmt] = {LS_STATEMENT_CREATE_SCHEMA, ls_lower_create_schema},
    [T_CreatePublicationStmt] = {LS_STATEMENT_PUBLICATION, ls_lower_create_publication},
    [T_AlterPublicationStmt] = {LS_STATEMENT_PUBLICATION, ls_lower_alter_publication},
    [T_CreateSubscriptionStmt] = {LS_STATEMENT_CREATE_SUBSCRIPTION, ls_lower_create_subscription},
    [T_CreateExtensionStmt] = {LS_STATEMENT_EXTENSION, ls_lower_create_extension},
    [T_AlterExtensionStmt] = {LS_STATEMENT_EXTENSION, ls_lower_alter_extension},
    [T_AlterExtensionContentsStmt] = {LS_STATEMENT_EXTENSION, ls_lower_alter_extension_contents},
    [T_CreateStatsStmt] = {LS_STATEMENT_CREATE_STATISTICS, ls_lower_create_statistics},
    [T_AlterStatsStmt] = {LS_STATEMENT_ALTER_STATISTICS, ls_lower_alter_statistics},
    [T_CommentStmt] = {LS_STATEMENT_COMMENT, ls_lower_comment},
    [T_GrantStmt] = {LS_STATEMENT_GRANT, ls_lower_grant},
    [T_GrantRoleStmt] = {LS_STATEMENT_GRANT, ls_lower_grant_role},
    [T_AlterDefaultPrivilegesStmt] = {LS_STATEMENT_GRANT, ls_lower_default_privileges},
    [T_TransactionStmt] = {LS_STATEMENT_TRANSACTION, ls_lower_transaction},
    [T_VariableSetStmt] = {LS_STATEMENT_SET, ls_lower_set},
    [T_ConstraintsSetStmt] = {LS_STATEMENT_SET_CONSTRAINTS, ls_lower_set_constraints},
    [T_SelectStmt] = {LS_STATEMENT_QUERY, ls_lower_query_statement},
    [T_InsertStmt] = {LS_STATEMENT_QUERY, ls_lower_query_statement},
    [T_UpdateStmt] = {LS_STATEMENT_QUERY, ls_lower_query_statement},
    [T_DeleteStmt] = {LS_STATEMENT_QUERY, ls_lower_query_statement},
    [T_MergeStmt] = {LS_STATEMENT_QUERY, ls_lower_query_statement},
    [T_DeclareCursorStmt] = {LS_STATEMENT_QUERY, ls_lower_declare_cursor},
    [T_CopyStmt] = {LS_STATEMENT_COPY, ls_lower_copy},
    [T_PrepareStmt] = {LS_STATEMENT_PREPARE, ls_lower_prepare},
    [T_ExecuteStmt] = {LS_STATEMENT_EXECUTE, ls_lower_execute},
    [T_ExplainStmt] = {LS_STATEMENT_EXPLAIN, ls_lower_explain},
    [T_CreatedbStmt] = {LS_STATEMENT_CREATE_DATABASE, ls_lower_create_database},
    [T_AlterDatabaseStmt] = {LS_STATEMENT_ALTER_DATABASE, ls_lower_alter_database},
    [T_AlterDatabaseSetStmt] = {LS_STATEMENT_ALTER_DATABASE, ls_lower_alter_database_set},
    [T_CreateRoleStmt] = {LS_STATEMENT_ROLE, ls_lower_create_role},
    [T_AlterRoleStmt] = {LS_STATEMENT_ROLE, ls_lower_alter_role},
    [T_CreateTableSpaceStmt] = {LS_STATEMENT_CREATE_TABLESPACE, ls_lower_create_tablespace},
    [T_AlterSystemStmt] = {LS_STATEMENT_ALTER_SYSTEM, ls_lower_alter_system},
};

ls_statement *ls_lower_statement(const lowering *outer, const Node *node, ls_span at) {
    lowering work = *outer;
    work.at = at;
    ls_statement *statement = LS_NEW(work.arena, ls_statement);
    statement->at = at;
    const size_t tag = nodeTag(node);
    if (tag >= sizeof STATEMENTS / sizeof *STATEMENTS || STATEMENTS[tag].lower == NULL) {
        statement->kind = LS_STATEMENT_OTHER;
        statement->tag = ls_tag_of_other(&work, node);
        return statement;
    }
    statement->kind = STATEMENTS[tag].kind;
    STATEMENTS[tag].lower(&work, node, statement);
    statement->needs_postgres = work.needs_postgres;
    statement->newer_at = at;
    return statement;
}

/* The parser counts characters from 1. */
static uint32_t byte_of(const char *text, int cursor) {
    uint32_t byte = 0;
    for (int left = cursor - 1; left > 0 && text[byte] != '\0'; left--)
        do
            byte++;
        while ((text[byte] & 0xC0) == 0x80);
    return byte;
}

static void report(const lowering *work, const PgQueryError *written, ls_parse_error *error) {
    error->message = ls_arena_string(work->arena, written->message);
    error->at = work->at.begin + byte_of(work->text + work->at.begin, written->cursorpos);
}

/* What the parser made of the text; NULL for an error or an empty statement. */
static ls_statement *lower_parsed(const lowering *work,
                                  const PgQueryInternalParsetreeAndError *parsed,
                                  ls_parse_error *error) {
    if (parsed->error != NULL) {
        report(work, parsed->error, error);
        return NULL;
    }
    if (parsed->tree == NIL)
        return NULL;
    return ls_lower_statement(work, ((const RawStmt *)linitial(parsed->tree))->stmt, work->at);
}

ls_statement *ls_lower(ls_arena *arena, char *text, ls_span span, ls_parse_error *error) {
    const lowering work = {.arena = arena, .text = text, .base = span.begin, .at = span};
    *error = (ls_parse_error){0};
    const char kept = text[span.end];
    text[span.end] = '\0';
    /* The parser keeps its first three blocks, 24 KB in all, until the process ends. */
    MemoryContext context = pg_query_enter_memory_context();
    PgQueryInternalParsetreeAndError parsed = LS_RAW_PARSE(text + span.begin);
    ls_statement *statement = lower_parsed(&work, &parsed, error);
    if (parsed.error != NULL)
        pg_query_free_error(parsed.error);
    free(parsed.stderr_buffer);
    pg_query_exit_memory_context(context);
    text[span.end] = kept;
    return statement;
}

const char *ls_parser_version(void) {
    return PG_VERSION;
}

int ls_parser_major(void) {
    return (int)strtol(PG_MAJORVERSION, NULL, 10);
}
