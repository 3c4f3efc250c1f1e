/*
 * volatility.c - the volatility of an expression.
 *
 * That of its worst part: every function call, operator and cast is asked, arguments included.
 * Calls resolve as PostgreSQL resolves them: pg_catalog comes first unless search_path names it
 * later, so that a user function can hide a built-in one only then, or by fitting the arguments
 * better, which is not known here: then the worse of the two counts, as assumed. A SQL function
 * that is volatile by declaration counts as its body where that is one plain expression (12 and
 * newer inline it; measured).
 */
#include "effects/volatility.h"

#include "effects/volatility_facts.h"

#include <string.h>

enum {
    BODIES_MAX = 64,     /* functions that call functions that call functions */
    INLINING_SINCE = 12, /* measured: 11 does not look into SQL functions */
};

typedef struct {
    ls_catalog *catalog;
    int postgres;
    int *bodies; /* entered so far, over the whole expression */
} setting;

static ls_volatility_verdict judge(const setting *context, const ls_expression *expression);

static ls_volatility_verdict verdict_of(ls_volatility volatility, bool assumed,
                                        const ls_expression *culprit) {
    if (volatility == LS_IMMUTABLE)
        culprit = NULL;
    return (ls_volatility_verdict){volatility, assumed, culprit};
}

/* What is certain weighs more than what is assumed. */
static ls_volatility_verdict worse_of(ls_volatility_verdict one, ls_volatility_verdict other) {
    if (one.volatility != other.volatility)
        return one.volatility > other.volatility ? one : other;
    return one.assumed ? other : one;
}

static bool is_catalog_schema(const char *schema) {
    return schema && strcmp(schema, "pg_catalog") == 0;
}

/* search_path names pg_catalog, but not first. */
static bool user_functions_come_first(const ls_catalog *catalog) {
    const ls_words *path = ls_catalog_search_path(catalog);
    for (size_t i = 1; path && i < path->count; i++)
        if (is_catalog_schema(path->items[i]))
            return true;
    return false;
}

static ls_volatility_verdict judge_body(const setting *context, const ls_catalog_function *function,
                                        const ls_expression *call) {
    ls_volatility declared = function->volatility == 'i'   ? LS_IMMUTABLE
                             : function->volatility == 's' ? LS_STABLE
                                                           : LS_VOLATILE;
    bool inlined = declared == LS_VOLATILE && function->inlined && !function->returns_set &&
                   context->postgres >= INLINING_SINCE && *context->bodies < BODIES_MAX;
    if (!inlined)
        return verdict_of(declared, false, call);
    (*context->bodies)++;
    ls_volatility_verdict body = judge(context, function->inlined);
    return verdict_of(body.volatility, body.assumed, call);
}

/* The worst of the overloads that the number of arguments allows; defaults may fill some in. */
static bool judge_user_function(const setting *context, const ls_expression *call,
                                ls_volatility_verdict *verdict) {
    ls_functions found =
        ls_catalog_find_functions(context->catalog, call->name.schema, call->name.name);
    bool any = false, differ = false;
    for (size_t i = 0; i < found.count; i++) {
        if (found.items[i]->arguments.count < call->arguments.count)
            continue;
        ls_volatility_verdict one = judge_body(context, found.items[i], call);
        differ |= any && one.volatility != verdict->volatility;
        *verdict = any ? worse_of(*verdict, one) : one;
        any = true;
    }
    verdict->assumed |= differ;
    return any;
}

static ls_volatility_verdict judge_name(const setting *context, const ls_expression *call) {
    ls_volatility_verdict user = {0}, unknown = verdict_of(LS_VOLATILE, true, call);
    ls_volatility volatility;
    bool is_user =
        !is_catalog_schema(call->name.schema) && judge_user_function(context, call, &user);
    bool by_type = false;
    bool is_builtin =
        ls_builtin_volatility(call->name.name, call->arguments.count, &volatility, &by_type);
    if (!is_builtin)
        return is_user ? user : unknown;
    ls_volatility_verdict builtin = verdict_of(volatility, by_type, call);
    if (!is_user)
        return builtin;
    if (call->name.schema || user_functions_come_first(context->catalog))
        return user;
    if (call->arguments.count == 0 || user.volatility == builtin.volatility)
        return builtin;
    ls_volatility_verdict worse = worse_of(user, builtin);
    worse.assumed = true;
    return worse;
}

static bool is_constant(const ls_expression *expression) {
    switch (expression->kind) {
    case LS_EXPR_NULL:
    case LS_EXPR_BOOLEAN:
    case LS_EXPR_INTEGER:
    case LS_EXPR_FLOAT:
    case LS_EXPR_STRING:
    case LS_EXPR_BIT_STRING:
        return true;
    default:
        return false;
    }
}

/* Casts to types whose text form depends on the session (DateStyle, TimeZone): pg_proc, stable
 * input functions. A literal is read once, when the statement is parsed. */
static bool cast_is_stable(const ls_expression *cast) {
    static const char *const session_types[] = {"date", "time", "timetz", "timestamp",
                                                "timestamptz"};
    if (cast->arguments.count == 0 || is_constant(cast->arguments.items[0]) || !cast->type)
        return false;
    for (size_t i = 0; i < sizeof session_types / sizeof *session_types; i++)
        if (strcmp(cast->type->name, session_types[i]) == 0)
            return true;
    return false;
}

/* Of the node itself, its arguments left aside. */
static ls_volatility_verdict judge_node(const setting *context, const ls_expression *node) {
    if (node->cut)
        return verdict_of(LS_VOLATILE, true, node);
    switch (node->kind) {
    case LS_EXPR_FUNCTION:
        return judge_name(context, node);
    case LS_EXPR_SQL_VALUE:
        return verdict_of(LS_STABLE, false, node);
    case LS_EXPR_CAST:
        return verdict_of(cast_is_stable(node) ? LS_STABLE : LS_IMMUTABLE, false, node);
    case LS_EXPR_SUBQUERY:
        return verdict_of(LS_VOLATILE, true, node);
    default:
        return verdict_of(LS_IMMUTABLE, false, NULL);
    }
}

static ls_volatility_verdict judge(const setting *context, const ls_expression *expression) {
    ls_volatility_verdict verdict = judge_node(context, expression);
    for (size_t i = 0; i < expression->arguments.count; i++)
        if (expression->arguments.items[i])
            verdict = worse_of(verdict, judge(context, expression->arguments.items[i]));
    return verdict;
}

ls_volatility_verdict ls_expression_volatility(ls_catalog *catalog, const ls_expression *expression,
                                               int postgres) {
    if (!expression)
        return verdict_of(LS_IMMUTABLE, false, NULL);
    int bodies = 0;
    const setting context = {catalog, postgres, &bodies};
    return judge(&context, expression);
}

bool ls_expression_is_null(const ls_expression *expression) {
    while (expression && expression->kind == LS_EXPR_CAST && expression->arguments.count == 1)
        expression = expression->arguments.items[0];
    return expression && expression->kind == LS_EXPR_NULL;
}
