/*
 * function.c - CREATE FUNCTION and CREATE PROCEDURE.
 *
 * A function that is only created does nothing. But the server reads the body of a SQL function at
 * once, and so locks what it names with ACCESS SHARE (measured on 15); PL/pgSQL bodies are not
 * looked into. What later statements ask about is kept: volatility, the body, the columns that a
 * SQL-standard body uses, and the expression that a call may be replaced by.
 */
#include "effects/families.h"
#include "effects/sources.h"

#include "catalog/dependencies.h"
#include "sql/script.h"

#include <string.h>

/* --- The body ------------------------------------------------------------------------------- */

static const ls_script *read_body(ls_builder *builder, const ls_create_function *create) {
    if (!create->body || !create->language || strcmp(create->language, "sql") != 0)
        return NULL;
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    ls_text_problem problem = {0};
    const ls_source *source =
        ls_source_new(arena, builder->source->name, create->body, strlen(create->body), &problem);
    return source ? ls_script_read(arena, source) : NULL;
}

static void lock_body(ls_builder *builder, const ls_create_function *create,
                      const ls_script *body) {
    const ls_span at = create->body_at;
    for (LS_EACH(ls_query *, query, create->atomic_body))
        ls_lock_sources(builder, *query, LS_QUERY_REWRITTEN, at);
    if (!body)
        return;
    for (LS_EACH(ls_statement *, statement, body->statements))
        if ((*statement)->kind == LS_STATEMENT_QUERY)
            ls_lock_sources(builder, (*statement)->query, LS_QUERY_REWRITTEN, at);
}

static const ls_expression *only_expression(const ls_query *query) {
    const ls_query_clauses *clauses = query->clauses;
    const bool plain = query->kind == LS_QUERY_SELECT && query->targets.count == 1 &&
                       query->from.count == 0 && clauses->with.count == 0 && !query->where &&
                       clauses->group_by.count == 0 && !clauses->having && !clauses->limit &&
                       !clauses->offset && clauses->order_by.count == 0 && !clauses->distinct &&
                       !query->select_into;
    return plain ? query->targets.items[0].value : NULL;
}

/* The expression that a call of the function may be replaced by (inline_function in the server's
 * clauses.c): one SELECT of one expression, and nothing that changes how it runs. */
static const ls_expression *inlined(const ls_create_function *create, const ls_script *body) {
    if (create->procedure || create->security_definer || create->settings.count > 0)
        return NULL;
    if (create->atomic_body.count == 1)
        return only_expression(create->atomic_body.items[0]);
    if (!body || body->statements.count != 1 ||
        body->statements.items[0]->kind != LS_STATEMENT_QUERY)
        return NULL;
    return only_expression(body->statements.items[0]->query);
}

/* --- The function --------------------------------------------------------------------------- */

static bool is_argument(const ls_parameter *parameter) {
    return parameter->mode != 'o' && parameter->mode != 't';
}

static bool has_output(const ls_create_function *create) {
    for (LS_EACH(const ls_parameter, parameter, create->parameters))
        if (parameter->mode == 'o' || parameter->mode == 't' || parameter->mode == 'b')
            return true;
    return false;
}

static ls_catalog_function describe_function(ls_builder *builder, const ls_create_function *create,
                                             const ls_script *body) {
    ls_catalog_function function = {
        .procedure = create->procedure,
        .returns_nothing = !create->returns,
        .returns_set = create->returns && create->returns->setof,
        .language = create->language,
        .volatility = 'v', /* PostgreSQL's default */
        .body = create->body,
        .sql_standard_body = create->atomic_body.count > 0,
        .inlined = inlined(create, body),
        .definition_source = builder->source,
        .definition_at = ls_span_of(create->name.at.end, builder->statement->at.end),
        .body_at = create->body_at,
        .birth = builder->birth,
    };
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    if (create->volatility)
        function.volatility = create->volatility;
    if (create->returns)
        function.returns = ls_catalog_resolve_type(builder->catalog, create->returns);
    for (LS_EACH(const ls_parameter, parameter, create->parameters)) {
        const ls_data_type type = ls_catalog_resolve_type(builder->catalog, parameter->type);
        if (is_argument(parameter))
            LS_PUSH(arena, &function.arguments, type);
    }
    for (LS_EACH(ls_query *, query, create->atomic_body)) {
        bool complete = true;
        const ls_column_uses uses = ls_query_uses(arena, builder->catalog, *query, &complete);
        for (LS_EACH(const ls_column_use, use, uses))
            LS_PUSH(arena, &function.uses, *use);
    }
    return function;
}

/* --- What was there ------------------------------------------------------------------------- */

static bool same_type(const ls_data_type *one, const ls_data_type *other) {
    return one->name && other->name && strcmp(one->name, other->name) == 0 &&
           one->dimensions == other->dimensions &&
           strcmp(one->schema ? one->schema : "", other->schema ? other->schema : "") == 0;
}

/* Modifiers apart: arguments that make two functions one. */
static bool same_types(const ls_data_type *one, const ls_data_type *other, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!same_type(&one[i], &other[i]))
            return false;
    return true;
}

static const ls_data_type *types_of(ls_builder *builder, const ls_signature *signature) {
    const size_t count = signature->arguments.count;
    ls_data_type *types = LS_NEW_ARRAY(builder->arena, ls_data_type, count);
    for (size_t i = 0; i < count; i++)
        types[i] = ls_catalog_resolve_type(builder->catalog, signature->arguments.items[i]);
    return types;
}

const ls_catalog_function *ls_function_meant(ls_builder *builder, const ls_name *name,
                                             const ls_signature *signature) {
    const ls_functions functions =
        ls_catalog_find_functions(builder->catalog, name->schema, name->name);
    if (!signature->given)
        return functions.count == 1 ? functions.items[0] : NULL;
    const size_t count = signature->arguments.count;
    const ls_data_type *wanted = types_of(builder, signature);
    for (LS_EACH(const ls_catalog_function *, function, functions))
        if ((*function)->arguments.count == count &&
            same_types((*function)->arguments.items, wanted, count))
            return *function;
    return NULL;
}

static const ls_catalog_function *find_replaced(ls_builder *builder,
                                                const ls_create_function *create,
                                                const ls_catalog_function *new) {
    const ls_functions functions = ls_catalog_find_functions(
        builder->catalog, ls_schema_of(builder, &create->name), create->name.name);
    for (LS_EACH(const ls_catalog_function *, old, functions))
        if ((*old)->arguments.count == new->arguments.count &&
            same_types((*old)->arguments.items, new->arguments.items, new->arguments.count))
            return *old;
    return NULL;
}

static void check_replacement(ls_builder *builder, const ls_create_function *create,
                              const ls_catalog_function *old, const ls_catalog_function *new) {
    if (!create->or_replace)
        ls_refuse(builder, create->name.at,
                  "function \"%s\" already exists with same argument types", create->name.name);
    else if (old->procedure != new->procedure)
        ls_refuse(builder, create->name.at, "cannot change routine kind");
    else if (!has_output(create) && !old->returns_nothing && !new->returns_nothing &&
             old->returns.known &&new->returns.known &&
             (!same_type(&old->returns, &new->returns) || old->returns_set != new->returns_set))
        ls_refuse(builder, create->name.at, "cannot change return type of existing function");
}

/* Of an earlier migration, with other arguments: OR REPLACE leaves it as it is. */
static bool has_older_namesake(ls_builder *builder, const ls_create_function *create) {
    const ls_functions functions = ls_catalog_find_functions(
        builder->catalog, ls_schema_of(builder, &create->name), create->name.name);
    for (LS_EACH(const ls_catalog_function *, function, functions))
        if ((*function)->birth.known && !ls_is_new(builder, &(*function)->birth))
            return true;
    return false;
}

void ls_effects_of_create_function(ls_builder *builder, const ls_create_function *create) {
    const ls_script *body = read_body(builder, create);
    lock_body(builder, create, body);
    ls_catalog_function function = describe_function(builder, create, body);
    const ls_catalog_function *old = find_replaced(builder, create, &function);
    if (old && old->birth.known)
        check_replacement(builder, create, old, &function);
    if (old)
        function.birth = old->birth; /* it stays the same object: comments and privileges last */
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_CREATE_FUNCTION, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_FUNCTION, ls_shown_name(builder, &create->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_LANGUAGE, create->language);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REPLACES, old != NULL);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_SECURITY_DEFINER, create->security_definer);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_SEARCH_PATH,
                create->atomic_body.count > 0 || ls_has_word(&create->settings, "search_path"));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_OVERLOADS,
                old == NULL && create->or_replace && has_older_namesake(builder, create));
    if (!ls_is_refused(builder))
        ls_catalog_create_function(builder->catalog, create->name.schema, create->name.name,
                                   &function);
}
