/*
 * alter_table.c - ALTER TABLE and its kin, action by action.
 *
 * The raw tree gives actions no place. They are what stands between commas outside brackets after
 * the relation's name; the place of the name that an action is about follows from the words that
 * come before it.
 */
#include "sql/lower/lower_internal.h"

#include <string.h>

/* An action of the grammar, ours, and what stands before the name it is about (NULL: none). */
typedef struct {
    AlterTableType written;
    ls_action_kind kind;
    const char *before_name;
} action_row;

#define COLUMN_WORDS "alter|?column|?attribute"

static const action_row ACTIONS[] = {
    {AT_AddColumn, LS_ALTER_ADD_COLUMN, NULL},
    {AT_DropColumn, LS_ALTER_DROP_COLUMN, "drop|?column|?attribute|?if exists"},
    {AT_AlterColumnType, LS_ALTER_COLUMN_TYPE, COLUMN_WORDS},
    {AT_ColumnDefault, LS_ALTER_SET_DEFAULT, COLUMN_WORDS},
    {AT_SetNotNull, LS_ALTER_SET_NOT_NULL, COLUMN_WORDS},
    {AT_DropNotNull, LS_ALTER_DROP_NOT_NULL, COLUMN_WORDS},
    LS_SET_EXPRESSION_ROW{AT_DropExpression, LS_ALTER_DROP_EXPRESSION, COLUMN_WORDS},
    {AT_AddIdentity, LS_ALTER_ADD_IDENTITY, COLUMN_WORDS},
    {AT_SetIdentity, LS_ALTER_SET_IDENTITY, COLUMN_WORDS},
    {AT_DropIdentity, LS_ALTER_DROP_IDENTITY, COLUMN_WORDS},
    {AT_SetStatistics, LS_ALTER_SET_STATISTICS, COLUMN_WORDS},
    {AT_SetOptions, LS_ALTER_SET_COLUMN_OPTIONS, COLUMN_WORDS},
    {AT_ResetOptions, LS_ALTER_RESET_COLUMN_OPTIONS, COLUMN_WORDS},
    {AT_SetStorage, LS_ALTER_SET_STORAGE, COLUMN_WORDS},
    {AT_SetCompression, LS_ALTER_SET_COMPRESSION, COLUMN_WORDS},
    {AT_AddConstraint, LS_ALTER_ADD_CONSTRAINT, "add constraint"},
    {AT_DropConstraint, LS_ALTER_DROP_CONSTRAINT, "drop constraint|?if exists"},
    {AT_ValidateConstraint, LS_ALTER_VALIDATE_CONSTRAINT, "validate constraint"},
    {AT_AlterConstraint, LS_ALTER_ALTER_CONSTRAINT, "alter constraint"},
    {AT_ClusterOn, LS_ALTER_CLUSTER_ON, "cluster on"},
    {AT_DropCluster, LS_ALTER_SET_WITHOUT_CLUSTER, NULL},
    {AT_SetLogged, LS_ALTER_SET_LOGGED, NULL},
    {AT_SetUnLogged, LS_ALTER_SET_UNLOGGED, NULL},
    {AT_DropOids, LS_ALTER_SET_WITHOUT_OIDS, NULL},
    {AT_SetAccessMethod, LS_ALTER_SET_ACCESS_METHOD, "set access method"},
    {AT_SetTableSpace, LS_ALTER_SET_TABLESPACE, "set tablespace"},
    {AT_SetRelOptions, LS_ALTER_SET_OPTIONS, NULL},
    {AT_ResetRelOptions, LS_ALTER_RESET_OPTIONS, NULL},
    {AT_EnableTrig, LS_ALTER_ENABLE_TRIGGER, "enable trigger"},
    {AT_EnableAlwaysTrig, LS_ALTER_ENABLE_TRIGGER, "enable always trigger"},
    {AT_EnableReplicaTrig, LS_ALTER_ENABLE_TRIGGER, "enable replica trigger"},
    {AT_EnableTrigAll, LS_ALTER_ENABLE_TRIGGER, NULL},
    {AT_EnableTrigUser, LS_ALTER_ENABLE_TRIGGER, NULL},
    {AT_DisableTrig, LS_ALTER_DISABLE_TRIGGER, "disable trigger"},
    {AT_DisableTrigAll, LS_ALTER_DISABLE_TRIGGER, NULL},
    {AT_DisableTrigUser, LS_ALTER_DISABLE_TRIGGER, NULL},
    {AT_EnableRule, LS_ALTER_ENABLE_RULE, "enable rule"},
    {AT_EnableAlwaysRule, LS_ALTER_ENABLE_RULE, "enable always rule"},
    {AT_EnableReplicaRule, LS_ALTER_ENABLE_RULE, "enable replica rule"},
    {AT_DisableRule, LS_ALTER_DISABLE_RULE, "disable rule"},
    {AT_AddInherit, LS_ALTER_INHERIT, NULL},
    {AT_DropInherit, LS_ALTER_NO_INHERIT, NULL},
    {AT_AddOf, LS_ALTER_OF_TYPE, NULL},
    {AT_DropOf, LS_ALTER_NOT_OF, NULL},
    {AT_ChangeOwner, LS_ALTER_OWNER, "owner to"},
    {AT_ReplicaIdentity, LS_ALTER_REPLICA_IDENTITY, "replica identity using index"},
    {AT_EnableRowSecurity, LS_ALTER_ENABLE_ROW_SECURITY, NULL},
    {AT_DisableRowSecurity, LS_ALTER_DISABLE_ROW_SECURITY, NULL},
    {AT_ForceRowSecurity, LS_ALTER_FORCE_ROW_SECURITY, NULL},
    {AT_NoForceRowSecurity, LS_ALTER_NO_FORCE_ROW_SECURITY, NULL},
    {AT_AttachPartition, LS_ALTER_ATTACH_PARTITION, NULL},
    {AT_DetachPartition, LS_ALTER_DETACH_PARTITION, NULL},
    {AT_DetachPartitionFinalize, LS_ALTER_DETACH_FINALIZE, NULL},
};

static const action_row *find_row(AlterTableType written) {
    static const action_row OTHER = {AT_GenericOptions, LS_ALTER_OTHER, NULL};
    for (size_t i = 0; i < sizeof ACTIONS / sizeof *ACTIONS; i++)
        if (ACTIONS[i].written == written)
            return &ACTIONS[i];
    return &OTHER;
}

/* --- Definitions of actions --------------------------------------------------------------- */

/* CASCADE may follow an attribute of a composite type, which has no constraints to hold it. */
static void add_column(lowering *work, ls_action *action, const AlterTableCmd *command) {
    const ColumnDef *definition = (const ColumnDef *)command->def;
    action->column = LS_NEW(work->arena, ls_column);
    *action->column = ls_lower_column(work, definition);
    if (definition->constraints == NIL)
        action->column->at = ls_place_clause(work, action->column->at.begin, "cascade restrict");
    action->name = action->column->name;
    action->name_at = action->column->name_at;
    action->if_not_exists = command->missing_ok;
}

/* The expression from the word that introduces it to the end of the action. */
static void set_expression(lowering *work, ls_action *action, const Node *written,
                           const char *word) {
    action->expression = ls_lower_expression(work, written);
    if (action->expression == NULL)
        return;
    const ls_span before = ls_place_find(work, action->at.begin, word);
    const uint32_t begin = ls_place_token(work, before.end).begin;
    if (begin < action->at.end)
        action->expression->at = ls_span_of(begin, action->at.end);
}

static void change_type(lowering *work, ls_action *action, const AlterTableCmd *command) {
    const ColumnDef *definition = (const ColumnDef *)command->def;
    action->column = LS_NEW(work->arena, ls_column);
    action->column->name = action->name;
    action->column->name_at = action->name_at;
    action->column->at = action->at;
    action->column->type = ls_lower_type(work, definition->typeName);
    if (definition->collClause != NULL)
        action->column->collation = ls_lower_last_string(work, definition->collClause->collname);
    set_expression(work, action, definition->raw_default, "using");
}

static void set_default(lowering *work, ls_action *action, const AlterTableCmd *command) {
    if (command->def == NULL)
        action->kind = LS_ALTER_DROP_DEFAULT;
    else
        set_expression(work, action, command->def, "default");
}

static void set_generated(lowering *work, ls_action *action, const AlterTableCmd *command) {
    set_expression(work, action, command->def, "as");
}

static void add_constraint(lowering *work, ls_action *action, const AlterTableCmd *command) {
    action->constraint = LS_NEW(work->arena, ls_constraint);
    *action->constraint =
        ls_lower_constraint(work, (const Constraint *)command->def, action->at.end);
    action->name = action->constraint->name;
}

static void add_identity(lowering *work, ls_action *action, const AlterTableCmd *command) {
    action->constraint = LS_NEW(work->arena, ls_constraint);
    *action->constraint =
        ls_lower_constraint(work, (const Constraint *)command->def, action->at.end);
}

/* SET GENERATED, RESTART and the like; "generated" holds the letter of ALWAYS or BY DEFAULT. */
static void set_identity(lowering *work, ls_action *action, const AlterTableCmd *command) {
    const List *options = (const List *)command->def;
    ls_options *sequence = LS_NEW(work->arena, ls_options);
    *sequence = ls_lower_options(work, options);
    action->constraint = LS_NEW(work->arena, ls_constraint);
    action->constraint->kind = LS_CONSTRAINT_IDENTITY;
    action->constraint->at = action->at;
    action->constraint->sequence = sequence;
    const DefElem *generated = ls_lower_find_option(options, "generated");
    if (generated == NULL || generated->arg == NULL || nodeTag(generated->arg) != T_Integer)
        return;
    const bool always = ((const Integer *)generated->arg)->ival == 'a';
    action->constraint->generated_always = always;
    for (LS_EACH(ls_option, option, *sequence))
        if (strcmp(option->name, generated->defname) == 0)
            option->value = always ? "always" : "by default";
}

static void alter_constraint(lowering *work, ls_action *action, const AlterTableCmd *command) {
    static const ls_key_reference NOTHING = {0};
    const ls_altered_constraint *written = (const ls_altered_constraint *)command->def;
    ls_constraint *constraint = LS_NEW(work->arena, ls_constraint);
    constraint->kind = LS_CONSTRAINT_FOREIGN_KEY;
    constraint->reference = &NOTHING;
    constraint->name = ls_lower_text(work, written->conname);
    constraint->at = action->at;
    constraint->deferrable = written->deferrable;
    constraint->initially_deferred = written->initdeferred;
    constraint->not_enforced = LS_ALTER_NOT_ENFORCED(written);
    constraint->no_inherit = LS_ALTER_NO_INHERIT(written);
    action->constraint = constraint;
    action->name = constraint->name;
}

static void set_options(lowering *work, ls_action *action, const AlterTableCmd *command) {
    action->options = ls_lower_options(work, (const List *)command->def);
}

static void set_statistics(lowering *work, ls_action *action, const AlterTableCmd *command) {
    const ls_option option = {.name = "statistics",
                              .value = ls_lower_value_text(work, command->def)};
    LS_PUSH(work->arena, &action->options, option);
}

static void set_storage(lowering *work, ls_action *action, const AlterTableCmd *command) {
    action->column = LS_NEW(work->arena, ls_column);
    action->column->name = action->name;
    action->column->name_at = action->name_at;
    const char *value = ls_lower_value_text(work, command->def);
    if (action->kind == LS_ALTER_SET_STORAGE)
        action->column->storage = value;
    else
        action->column->compression = value;
}

static void set_relation(lowering *work, ls_action *action, const AlterTableCmd *command) {
    action->relation = ls_lower_relation(work, (const RangeVar *)command->def);
}

static void set_type(lowering *work, ls_action *action, const AlterTableCmd *command) {
    const TypeName *type = (const TypeName *)command->def;
    action->relation = ls_lower_name_list(work, type->names, ls_place_of(work, type->location));
}

static void set_partition(lowering *work, ls_action *action, const AlterTableCmd *command) {
    const PartitionCmd *partition = (const PartitionCmd *)command->def;
    action->relation = ls_lower_relation(work, partition->name);
    action->bound = ls_lower_bound(work, partition->bound);
    action->concurrently = partition->concurrent;
}

static void set_owner(lowering *work, ls_action *action, const AlterTableCmd *command) {
    action->name = ls_lower_role(work, command->newowner);
}

static void set_replica_identity(lowering *work, ls_action *action, const AlterTableCmd *command) {
    const ReplicaIdentityStmt *identity = (const ReplicaIdentityStmt *)command->def;
    action->replica_identity = identity->identity_type;
    action->name = ls_lower_text(work, identity->name);
}

static void set_all(lowering *work, ls_action *action, const AlterTableCmd *command) {
    (void)work;
    (void)command;
    action->all = true;
}

/* What reads the definition; actions that are not here have none. */
static const struct {
    AlterTableType written;
    void (*fill)(lowering *work, ls_action *action, const AlterTableCmd *command);
} DEFINITIONS[] = {
    {AT_AddColumn, add_column},
    {AT_AlterColumnType, change_type},
    {AT_ColumnDefault, set_default},
    {AT_AddConstraint, add_constraint},
    {AT_AddIdentity, add_identity},
    {AT_SetIdentity, set_identity},
    {AT_AlterConstraint, alter_constraint},
    {AT_SetOptions, set_options},
    {AT_ResetOptions, set_options},
    {AT_SetRelOptions, set_options},
    {AT_ResetRelOptions, set_options},
    {AT_GenericOptions, set_options},
    {AT_AlterColumnGenericOptions, set_options},
    {AT_SetStatistics, set_statistics},
    {AT_SetStorage, set_storage},
    {AT_SetCompression, set_storage},
    {AT_AddInherit, set_relation},
    {AT_DropInherit, set_relation},
    {AT_AddOf, set_type},
    {AT_AttachPartition, set_partition},
    {AT_DetachPartition, set_partition},
    {AT_DetachPartitionFinalize, set_partition},
    {AT_ChangeOwner, set_owner},
    {AT_ReplicaIdentity, set_replica_identity},
    {AT_EnableTrigAll, set_all},
    {AT_EnableTrigUser, set_all},
    {AT_DisableTrigAll, set_all},
    {AT_DisableTrigUser, set_all},
};

static void fill_definition(lowering *work, ls_action *action, const AlterTableCmd *command) {
    if (action->kind == LS_ALTER_SET_EXPRESSION) {
        set_generated(work, action, command);
        return;
    }
    for (size_t i = 0; i < sizeof DEFINITIONS / sizeof *DEFINITIONS; i++)
        if (DEFINITIONS[i].written == command->subtype)
            DEFINITIONS[i].fill(work, action, command);
}

/* --- Statements --------------------------------------------------------------------------- */

/* The last action ends with the statement: no bracket can close before that, as the parser has
 * accepted it. */
static ls_action lower_action(lowering *work, const AlterTableCmd *command, uint32_t from,
                              bool is_last) {
    const action_row *row = find_row(command->subtype);
    ls_action action = {.kind = row->kind, .name = ls_lower_text(work, command->name)};
    action.at = is_last ? ls_span_of(ls_place_token(work, from).begin, work->at.end)
                        : ls_place_clause(work, from, NULL);
    if (row->before_name != NULL)
        action.name_at = ls_place_after(work, action.at.begin, row->before_name);
    action.if_exists = command->missing_ok;
    action.cascade = command->behavior == DROP_CASCADE;
    fill_definition(work, &action, command);
    if (action.name == NULL)
        action.name_at = (ls_span){0, 0};
    if (action.if_not_exists)
        action.if_exists = false;
    return action;
}

/* The first action stands after the relation, its asterisk, and the bracket of ONLY (t). */
static uint32_t first_action(const lowering *work, ls_span relation) {
    ls_span token = ls_place_token(work, relation.end);
    while (!ls_span_empty(token) &&
           (work->text[token.begin] == '*' || work->text[token.begin] == ')'))
        token = ls_place_token(work, token.end);
    return token.begin;
}

void ls_lower_alter_table(lowering *work, const Node *node, ls_statement *statement) {
    const AlterTableStmt *written = (const AlterTableStmt *)node;
    ls_alter_table *alter = &statement->alter_table;
    statement->tag = ls_tag_of_object(work, "ALTER", written->objtype);
    alter->kind = ls_lower_object_kind(written->objtype);
    alter->name = ls_lower_relation(work, written->relation);
    /* A composite type's name has no such flag. */
    alter->only = written->objtype != OBJECT_TYPE && !written->relation->inh;
    alter->if_exists = written->missing_ok;
    uint32_t from = first_action(work, alter->name.at);
    LS_RESERVE(work->arena, &alter->actions, list_length(written->cmds));
    for (LS_NODES(cell, written->cmds)) {
        const bool is_last = lfirst(cell) == llast(written->cmds);
        const ls_action action = lower_action(work, lfirst(cell), from, is_last);
        LS_PUSH(work->arena, &alter->actions, action);
        from = ls_place_token(work, action.at.end).end;
    }
}

void ls_lower_move_all(lowering *work, const Node *node, ls_statement *statement) {
    const AlterTableMoveAllStmt *written = (const AlterTableMoveAllStmt *)node;
    statement->tag = ls_tag_of_object(work, "ALTER", written->objtype);
    statement->move_all.kind = ls_lower_object_kind(written->objtype);
    statement->move_all.from = ls_lower_text(work, written->orig_tablespacename);
    statement->move_all.to = ls_lower_text(work, written->new_tablespacename);
}
