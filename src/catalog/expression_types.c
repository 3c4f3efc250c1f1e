/*
 * expression_types.c - the type of an expression, as far as it can be told without the server's
 * operators and functions.
 */
#include "catalog/internal.h"
#include "catalog/scope.h"

#include <stdint.h>
#include <string.h>

static ls_data_type built_in(const char *name) {
    return (ls_data_type){.schema = "pg_catalog", .name = name, .known = true};
}

/* Types of the words that stand for values (documentation: Date/Time Functions, Session
 * Information Functions). */
static const struct {
    const char *word, *type;
} value_types[] = {
    {"current_date", "date"},
    {"current_time", "timetz"},
    {"current_timestamp", "timestamptz"},
    {"localtime", "time"},
    {"localtimestamp", "timestamp"},
    {"current_role", "name"},
    {"current_user", "name"},
    {"user", "name"},
    {"session_user", "name"},
    {"current_catalog", "name"},
    {"current_schema", "name"},
};

/* Functions whose type does not depend on their arguments (pg_proc of PostgreSQL 15). */
static const struct {
    const char *function, *type;
} function_types[] = {
    {"count", "int8"},
    {"row_number", "int8"},
    {"rank", "int8"},
    {"dense_rank", "int8"},
    {"now", "timestamptz"},
    {"concat", "text"},
    {"concat_ws", "text"},
    {"format", "text"},
    {"to_char", "text"},
    {"md5", "text"},
    {"random", "float8"},
    {"gen_random_uuid", "uuid"},
    {"jsonb_agg", "jsonb"},
    {"jsonb_build_object", "jsonb"},
    {"json_agg", "json"},
    {"json_build_object", "json"},
    {"to_jsonb", "jsonb"},
    {"to_json", "json"},
    {"to_tsvector", "tsvector"},
    {"to_tsquery", "tsquery"},
    {"bool_and", "bool"},
    {"bool_or", "bool"},
    {"length", "int4"},
    {"nextval", "int8"},
};

static ls_data_type type_of_value_word(const char *word) {
    for (size_t i = 0; word != NULL && i < sizeof value_types / sizeof *value_types; i++)
        if (ls_same_text(value_types[i].word, word))
            return built_in(value_types[i].type);
    return (ls_data_type){0};
}

static ls_data_type type_of_integer(int64_t value) {
    return built_in(value >= INT32_MIN && value <= INT32_MAX ? "int4" : "int8");
}

/* The scanner hands on what is too large for int4 as a number of any size. */
static ls_data_type type_of_number(const char *text) {
    enum { SAFE_DIGITS = 18 };
    bool whole = text != NULL && text[strspn(text, "0123456789")] == 0;
    return built_in(whole && strlen(text) <= SAFE_DIGITS ? "int8" : "numeric");
}

static ls_data_type array_of(ls_data_type element) {
    if (element.known)
        element.dimensions++;
    return element;
}

/* Those whose type goes by that of their first argument. */
static const struct {
    const char *function, *argument, *type;
} overloads[] = {
    {"string_agg", "text", "text"},        {"string_agg", "varchar", "text"},
    {"string_agg", "bytea", "bytea"},      {"lower", "text", "text"},
    {"lower", "varchar", "text"},          {"lower", "int4range", "int4"},
    {"lower", "int8range", "int8"},        {"lower", "numrange", "numeric"},
    {"lower", "daterange", "date"},        {"lower", "tsrange", "timestamp"},
    {"lower", "tstzrange", "timestamptz"}, {"upper", "text", "text"},
    {"upper", "varchar", "text"},          {"upper", "int4range", "int4"},
    {"upper", "int8range", "int8"},        {"upper", "numrange", "numeric"},
    {"upper", "daterange", "date"},        {"upper", "tsrange", "timestamp"},
    {"upper", "tstzrange", "timestamptz"},
};

static ls_data_type type_by_argument(const char *function, const ls_data_type *first) {
    if (!first->known || first->dimensions > 0)
        return (ls_data_type){0};
    for (size_t i = 0; i < sizeof overloads / sizeof *overloads; i++)
        if (ls_same_name(overloads[i].function, function) &&
            ls_same_name(overloads[i].argument, first->name))
            return built_in(overloads[i].type);
    return (ls_data_type){0};
}

/* A function of the history with one overload decides; else one that is built in. */
static ls_data_type type_of_call(ls_analysis *analysis, const ls_expression *call,
                                 const ls_data_type *first) {
    ls_functions functions =
        ls_catalog_find_functions(analysis->catalog, call->name.schema, call->name.name);
    if (functions.count == 1)
        return functions.items[0]->returns;
    for (size_t i = 0; functions.count == 0 && i < sizeof function_types / sizeof *function_types;
         i++)
        if (ls_same_name(function_types[i].function, call->name.name))
            return built_in(function_types[i].type);
    return functions.count == 0 ? type_by_argument(call->name.name, first) : (ls_data_type){0};
}

static bool is_comparison(const char *operator) {
    static const char *const operators[] = {"=",  "<>", "!=",  "<",  "<=", ">",  ">=", "~",
                                            "~*", "!~", "!~*", "@>", "<@", "&&", "@@", "?"};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (ls_same_name(operators[i], operator))
            return true;
    return false;
}

/* What json and jsonb give when something is taken out of them (documentation: JSON Functions and
 * Operators). */
static ls_data_type type_of_json_part(const char *operator, const ls_data_type * whole) {
    const bool is_json = whole->known && whole->dimensions == 0 &&
                         (ls_same_name(whole->name, "json") || ls_same_name(whole->name, "jsonb"));
    if (!is_json)
        return (ls_data_type){0};
    if (ls_same_name(operator, "->") || ls_same_name(operator, "#>"))
        return *whole;
    if (ls_same_name(operator, "->>") || ls_same_name(operator, "#>>"))
        return built_in("text");
    return (ls_data_type){0};
}

static ls_data_type type_of_subquery(const ls_expression *expression, const ls_row *row) {
    const char *form = expression->text == NULL ? "" : expression->text;
    ls_data_type first = row->columns.count == 0 ? (ls_data_type){0} : row->columns.items[0].type;
    if (*form == 0)
        return first;
    return ls_same_text(form, "ARRAY") ? array_of(first) : built_in("bool");
}

/* The type of the expression itself, its first argument having the type `first`. */
static ls_data_type type_of(ls_analysis *analysis, const ls_expression *expression,
                            ls_data_type first) {
    switch (expression->kind) {
    case LS_EXPR_INTEGER:
        return type_of_integer(expression->integer);
    case LS_EXPR_FLOAT:
        return type_of_number(expression->text);
    case LS_EXPR_STRING:
    case LS_EXPR_NULL:
        return built_in("text");
    case LS_EXPR_BIT_STRING:
        return built_in("bit");
    case LS_EXPR_CAST:
        return expression->type == NULL
                   ? first
                   : ls_catalog_resolve_type(analysis->catalog, expression->type);
    case LS_EXPR_COLLATE:
        return first;
    case LS_EXPR_ARRAY:
        return array_of(first);
    case LS_EXPR_SQL_VALUE:
        return type_of_value_word(expression->text);
    case LS_EXPR_FUNCTION:
        return type_of_call(analysis, expression, &first);
    case LS_EXPR_OPERATOR:
        return is_comparison(expression->text) ? built_in("bool")
                                               : type_of_json_part(expression->text, &first);
    case LS_EXPR_BOOLEAN:
    case LS_EXPR_IN:
    case LS_EXPR_BETWEEN:
    case LS_EXPR_LIKE:
    case LS_EXPR_ANY:
    case LS_EXPR_ALL:
    case LS_EXPR_DISTINCT:
    case LS_EXPR_AND:
    case LS_EXPR_OR:
    case LS_EXPR_NOT:
    case LS_EXPR_IS_NULL:
    case LS_EXPR_IS_BOOLEAN:
        return built_in("bool");
    default:
        return (ls_data_type){0};
    }
}

/* A whole row, `t.*`, may stand inside of an expression: count(t.*). */
static ls_data_type analyse_column(ls_analysis *analysis, const ls_scope *scope,
                                   const ls_expression *column) {
    if (!column->star)
        return ls_resolve_column(analysis, scope, column);
    size_t count = column->names.count;
    const ls_scope_item *item =
        count == 0 ? NULL : ls_find_item(scope, NULL, column->names.items[count - 1]);
    if (item != NULL) {
        ls_use_row(analysis, &item->row);
        ls_note_row(analysis, column, &item->row);
    }
    return (ls_data_type){0};
}

static bool is_exists(const ls_expression *expression) {
    return expression->kind == LS_EXPR_SUBQUERY && expression->text != NULL &&
           ls_same_text(expression->text, "EXISTS");
}

ls_data_type ls_analyse_expression(ls_analysis *analysis, const ls_scope *scope,
                                   const ls_expression *expression) {
    if (expression == NULL)
        return (ls_data_type){0};
    if (expression->cut)
        analysis->complete = false;
    if (expression->kind == LS_EXPR_COLUMN)
        return analyse_column(analysis, scope, expression);
    ls_data_type first = {0};
    for (size_t i = 0; i < expression->arguments.count; i++) {
        ls_data_type type = ls_analyse_expression(analysis, scope, expression->arguments.items[i]);
        if (i == 0)
            first = type;
    }
    const bool exists = is_exists(expression);
    analysis->unread += exists;
    ls_row row = ls_analyse_query(analysis, scope, ls_expression_query(expression));
    analysis->unread -= exists;
    if (expression->kind == LS_EXPR_SUBQUERY)
        return type_of_subquery(expression, &row);
    return type_of(analysis, expression, first);
}
