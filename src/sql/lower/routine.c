/*
 * routine.c - functions, DO blocks, triggers, rules and policies.
 */
#include "sql/lower/lower_internal.h"

#include <string.h>

/* --- Functions ---------------------------------------------------------------------------- */

static ls_parameter lower_parameter(lowering *work, const FunctionParameter *written) {
    ls_parameter parameter = {.name = ls_lower_text(work, written->name),
                              .type = ls_lower_type(work, written->argType)};
    /* 'd' is how the grammar marks that no mode is written. */
    parameter.mode = written->mode == FUNC_PARAM_DEFAULT ? 'i' : (char)written->mode;
    parameter.default_value = ls_lower_expression(work, written->defexpr);
    return parameter;
}

/* Options of CREATE FUNCTION that are words of a closed set: volatility's first letter. */
static char volatility_letter(const Node *value) {
    return value != NULL && nodeTag(value) == T_String ? ((const String *)value)->sval[0] : 0;
}

static void set_body(const lowering *work, ls_create_function *function, const DefElem *as) {
    const List *strings = (const List *)as->arg;
    function->body = ls_lower_string_node(work, linitial(strings));
    const uint32_t word = ls_place_of(work, as->location);
    if (word == LS_NOWHERE)
        return;
    const ls_span quoted = ls_place_token(work, ls_place_token(work, word).end);
    function->body_at = ls_place_inside(work, quoted);
}

static void set_option(const lowering *work, ls_create_function *function, const DefElem *option) {
    const char *name = option->defname;
    if (strcmp(name, "as") == 0)
        set_body(work, function, option);
    else if (strcmp(name, "language") == 0)
        function->language = ls_lower_value_text(work, option->arg);
    else if (strcmp(name, "volatility") == 0)
        function->volatility = volatility_letter(option->arg);
    else if (strcmp(name, "strict") == 0)
        function->strict = ls_lower_option_is_true(option);
    else if (strcmp(name, "security") == 0)
        function->security_definer = ls_lower_option_is_true(option);
    else if (strcmp(name, "set") == 0)
        LS_PUSH(work->arena, &function->settings,
                ls_lower_text(work, ((const VariableSetStmt *)option->arg)->name));
}

static void add_atomic(lowering *work, ls_create_function *function, const Node *body) {
    if (body == NULL)
        return;
    if (nodeTag(body) != T_List) {
        LS_PUSH(work->arena, &function->atomic_body, ls_lower_query(work, body));
        return;
    }
    for (LS_NODES(cell, (const List *)body)) {
        const Node *statement = lfirst(cell);
        if (statement != NULL && nodeTag(statement) == T_List)
            add_atomic(work, function, statement);
        else if (statement != NULL)
            LS_PUSH(work->arena, &function->atomic_body, ls_lower_query(work, statement));
    }
}

/* BEGIN ATOMIC ... END or RETURN ends the statement; its semicolons end the search for words, so
 * each token is looked at. */
static ls_span atomic_place(const lowering *work) {
    int depth = 0;
    for (ls_span token = ls_place_token(work, work->at.begin); !ls_span_empty(token);
         token = ls_place_token(work, token.end)) {
        const char byte = work->text[token.begin];
        depth += (byte == '(') - (byte == ')');
        const bool begins = ls_place_is(work, token, "return") ||
                            (ls_place_is(work, token, "begin") &&
                             ls_place_is(work, ls_place_token(work, token.end), "atomic"));
        if (depth == 0 && begins)
            return ls_span_of(token.begin, work->at.end);
    }
    return (ls_span){0, 0};
}

void ls_lower_create_function(lowering *work, const Node *node, ls_statement *statement) {
    const CreateFunctionStmt *written = (const CreateFunctionStmt *)node;
    ls_create_function *function = statement->create_function =
        LS_NEW(work->arena, ls_create_function);
    statement->tag = written->is_procedure ? "CREATE PROCEDURE" : "CREATE FUNCTION";
    const ls_span name =
        ls_place_after(work, work->at.begin, "create|?or replace|?function|?procedure");
    function->name = ls_lower_name_list(work, written->funcname, name.begin);
    function->or_replace = written->replace;
    function->procedure = written->is_procedure;
    for (LS_NODES(cell, written->parameters))
        LS_PUSH(work->arena, &function->parameters, lower_parameter(work, lfirst(cell)));
    function->returns = ls_lower_type(work, written->returnType);
    for (LS_NODES(cell, written->options))
        set_option(work, function, lfirst(cell));
    if (written->sql_body == NULL)
        return;
    add_atomic(work, function, written->sql_body);
    function->body_at = atomic_place(work);
    if (function->language == NULL)
        function->language = "sql";
}

void ls_lower_do(lowering *work, const Node *node, ls_statement *statement) {
    const DoStmt *written = (const DoStmt *)node;
    ls_do *block = &statement->do_block;
    statement->tag = "DO";
    block->language = "plpgsql";
    for (LS_NODES(cell, written->args)) {
        const DefElem *option = lfirst(cell);
        const char *value = ls_lower_value_text(work, option->arg);
        if (strcmp(option->defname, "language") == 0) {
            block->language = value;
            continue;
        }
        block->body = value;
        const uint32_t at = ls_place_of(work, option->location);
        if (at != LS_NOWHERE)
            block->body_at = ls_place_inside(work, ls_place_token(work, at));
    }
}

void ls_lower_call(lowering *work, const Node *node, ls_statement *statement) {
    const CallStmt *written = (const CallStmt *)node;
    statement->tag = "CALL";
    statement->query = ls_query_new(work, LS_QUERY_SELECT);
    statement->query->at = work->at;
    ls_target target = {.value = ls_lower_expression(work, (const Node *)written->funccall)};
    if (target.value != NULL)
        target.at = target.value->at;
    LS_PUSH(work->arena, &statement->query->targets, target);
}

/* --- Triggers and rules ------------------------------------------------------------------- */

static char timing_letter(int timing) {
    if ((timing & TRIGGER_TYPE_BEFORE) != 0)
        return 'b';
    return (timing & TRIGGER_TYPE_INSTEAD) != 0 ? 'i' : 'a';
}

void ls_lower_create_trigger(lowering *work, const Node *node, ls_statement *statement) {
    const CreateTrigStmt *written = (const CreateTrigStmt *)node;
    ls_create_trigger *trigger = statement->create_trigger = LS_NEW(work->arena, ls_create_trigger);
    statement->tag = "CREATE TRIGGER";
    trigger->name = ls_lower_text(work, written->trigname);
    trigger->relation = ls_lower_relation(work, written->relation);
    trigger->function = ls_lower_name_list(work, written->funcname, LS_NOWHERE);
    trigger->arguments = ls_lower_words(work, written->args);
    trigger->or_replace = written->replace;
    trigger->constraint = written->isconstraint;
    trigger->row = written->row;
    trigger->timing = timing_letter(written->timing);
    trigger->on_insert = (written->events & TRIGGER_TYPE_INSERT) != 0;
    trigger->on_update = (written->events & TRIGGER_TYPE_UPDATE) != 0;
    trigger->on_delete = (written->events & TRIGGER_TYPE_DELETE) != 0;
    trigger->on_truncate = (written->events & TRIGGER_TYPE_TRUNCATE) != 0;
    trigger->columns = ls_lower_words(work, written->columns);
    trigger->when = ls_lower_expression(work, written->whenClause);
    trigger->deferrable = written->deferrable;
    trigger->initially_deferred = written->initdeferred;
    trigger->from_relation = ls_lower_relation(work, written->constrrel);
}

void ls_lower_create_rule(lowering *work, const Node *node, ls_statement *statement) {
    const RuleStmt *written = (const RuleStmt *)node;
    statement->tag = "CREATE RULE";
    statement->create_rule =
        (ls_create_rule){.name = ls_lower_text(work, written->rulename),
                         .relation = ls_lower_relation(work, written->relation),
                         .or_replace = written->replace,
                         .instead = written->instead};
}

/* --- Policies ----------------------------------------------------------------------------- */

void ls_lower_create_policy(lowering *work, const Node *node, ls_statement *statement) {
    const CreatePolicyStmt *written = (const CreatePolicyStmt *)node;
    statement->tag = "CREATE POLICY";
    statement->policy = LS_NEW(work->arena, ls_policy);
    *statement->policy = (ls_policy){.name = ls_lower_text(work, written->policy_name),
                                     .relation = ls_lower_relation(work, written->table),
                                     .command = ls_lower_text(work, written->cmd_name),
                                     .roles = ls_lower_roles(work, written->roles),
                                     .using = ls_lower_expression(work, written->qual),
                                     .with_check = ls_lower_expression(work, written->with_check)};
}

void ls_lower_alter_policy(lowering *work, const Node *node, ls_statement *statement) {
    const AlterPolicyStmt *written = (const AlterPolicyStmt *)node;
    statement->tag = "ALTER POLICY";
    statement->policy = LS_NEW(work->arena, ls_policy);
    *statement->policy = (ls_policy){.name = ls_lower_text(work, written->policy_name),
                                     .relation = ls_lower_relation(work, written->table),
                                     .alter = true,
                                     .roles = ls_lower_roles(work, written->roles),
                                     .using = ls_lower_expression(work, written->qual),
                                     .with_check = ls_lower_expression(work, written->with_check)};
}
