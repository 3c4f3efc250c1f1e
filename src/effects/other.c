/*
 * other.c - statements that touch no relation, and those that run what is not known here.
 *
 * What PostgreSQL refuses inside a transaction block stands in a table (measured on 12 to 18).
 */
#include "effects/families.h"
#include "effects/sources.h"

#include <string.h>

/* --- Refused in a transaction --------------------------------------------------------------- */

/* CREATE SUBSCRIPTION makes a replication slot unless it is told not to. */
static bool creates_slot(const ls_options *options) {
    for (LS_EACH(const ls_option, option, *options))
        if ((strcmp(option->name, "create_slot") == 0 || strcmp(option->name, "connect") == 0) &&
            option->value &&
            (strcmp(option->value, "false") == 0 || strcmp(option->value, "off") == 0 ||
             strcmp(option->value, "0") == 0))
            return false;
    return true;
}

static const char *forbidden(const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_CREATE_DATABASE:
        return "CREATE DATABASE";
    case LS_STATEMENT_ALTER_DATABASE:
        return statement->flag ? "ALTER DATABASE SET TABLESPACE" : NULL;
    case LS_STATEMENT_CREATE_TABLESPACE:
        return "CREATE TABLESPACE";
    case LS_STATEMENT_ALTER_SYSTEM:
        return "ALTER SYSTEM";
    case LS_STATEMENT_CREATE_SUBSCRIPTION:
        return creates_slot(&statement->options)
                   ? "CREATE SUBSCRIPTION ... WITH (create_slot = true)"
                   : NULL;
    default:
        return NULL;
    }
}

static void describe_other(ls_builder *builder, const ls_statement *statement) {
    const char *what = forbidden(statement);
    if (what)
        ls_forbid_in_transaction(builder, what);
    const bool subscription = statement->kind == LS_STATEMENT_CREATE_SUBSCRIPTION;
    ls_effect *effect = ls_add_effect(
        builder, subscription ? LS_EFFECT_CREATE_SUBSCRIPTION : LS_EFFECT_OTHER_STATEMENT,
        statement->at, 0);
    if (!subscription)
        ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, statement->tag);
}

/* --- Statements that hold or run others ----------------------------------------------------- */

static void describe_call(ls_builder *builder, const ls_statement *statement) {
    const ls_query *query = statement->query;
    const ls_expression *call =
        query && query->targets.count > 0 ? query->targets.items[0].value : NULL;
    const bool named = call && call->kind == LS_EXPR_FUNCTION && call->name.name;
    const char *name = named ? ls_shown_name(builder, &call->name) : "a procedure";
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_CALL, statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_FUNCTION, name);
    const bool analysed = ls_run_routine(builder, call);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_ANALYSED, analysed);
    if (!analysed)
        ls_not_analysed(builder, statement->at, ls_arena_format(builder->arena, "CALL %s", name),
                        "the history does not show what the procedure does");
}

static void explain(ls_builder *builder, const ls_statement *statement) {
    const ls_statement *inner = statement->wrapped.inner;
    if (statement->wrapped.analyze && inner) {
        ls_builder nested = *builder;
        nested.statement = inner;
        ls_effects_of(&nested, inner);
        return;
    }
    if (inner && inner->kind == LS_STATEMENT_QUERY)
        ls_lock_sources(builder, inner->query, LS_QUERY_PLANNED, inner->at);
    describe_other(builder, statement);
}

static void prepare(ls_builder *builder, const ls_statement *statement) {
    const ls_statement *inner = statement->wrapped.inner;
    if (inner && inner->kind == LS_STATEMENT_QUERY)
        ls_lock_sources(builder, inner->query, LS_QUERY_ANALYSED, inner->at);
    describe_other(builder, statement);
}

static void execute(ls_builder *builder, const ls_statement *statement) {
    const char *name = statement->wrapped.name ? statement->wrapped.name : "a statement";
    ls_not_analysed(builder, statement->at, ls_arena_format(builder->arena, "EXECUTE %s", name),
                    "what the prepared statement does is not followed");
}

static void describe_role(ls_builder *builder, const ls_statement *statement) {
    describe_other(builder, statement);
    if (statement->options.count == 0)
        return;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_ROLE_EXEMPTION, statement->at, 0);
    for (LS_EACH(const ls_option, option, statement->options))
        ls_add_word(builder, effect, LS_ATTRIBUTE_PRIVILEGES, option->name);
}

void ls_effects_of_other(ls_builder *builder, const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_CALL:
        describe_call(builder, statement);
        break;
    case LS_STATEMENT_EXECUTE:
        execute(builder, statement);
        break;
    case LS_STATEMENT_EXPLAIN:
        explain(builder, statement);
        break;
    case LS_STATEMENT_PREPARE:
        prepare(builder, statement);
        break;
    case LS_STATEMENT_ROLE:
        describe_role(builder, statement);
        break;
    case LS_STATEMENT_DROP_OWNED:
        ls_add_effect(builder, LS_EFFECT_DROP_OWNED, statement->at, 0);
        ls_not_analysed(builder, statement->at, "DROP OWNED",
                        "which objects the roles own is not known");
        break;
    default:
        describe_other(builder, statement);
        break;
    }
}
