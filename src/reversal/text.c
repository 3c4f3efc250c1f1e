/*
 * text.c - expressions and clauses in one spelling, so that two of them can be compared as text.
 *
 * What a server would print the same is to read the same here as far as can be told without one:
 * names in public with or without their schema, a string constant with or without a cast.
 */
#include "reversal/describing.h"

#include "sql/normal.h"

#include <string.h>

static const char PUBLIC[] = "public.";

const char *ls_without_public(const char *name) {
    return name != NULL && strncmp(name, PUBLIC, sizeof PUBLIC - 1) == 0 ? name + sizeof PUBLIC - 1
                                                                         : name;
}

const char *ls_plain_name(ls_arena *arena, const char *schema, const char *name) {
    bool is_plain =
        schema == NULL || strcmp(schema, "public") == 0 || strcmp(schema, "pg_catalog") == 0;
    return is_plain ? name : ls_arena_join(arena, schema, ".", name, NULL);
}

const char *ls_list_text(ls_arena *arena, const ls_words *words) {
    const char *text = "";
    for (LS_EACH(const char *, word, *words))
        text = ls_arena_join(arena, text, *text == '\0' ? "" : ", ", *word, NULL);
    return text;
}

/* --- Expressions ----------------------------------------------------------------------------- */

static const char *arguments_text(ls_arena *arena, const ls_expression *expression,
                                  const char *separator) {
    const char *text = "";
    for (LS_EACH(ls_expression *, argument, expression->arguments))
        text = ls_arena_join(arena, text, argument == expression->arguments.items ? "" : separator,
                             ls_expression_text(arena, *argument), NULL);
    return text;
}

static const char *column_text(ls_arena *arena, const ls_expression *expression) {
    if (expression->names.count == 0)
        return "*";
    /* the last name is the column's: the table's may be left out */
    const char *name = expression->names.items[expression->names.count - 1];
    return expression->star ? ls_arena_join(arena, name, ".*", NULL) : name;
}

static const char *type_name_text(ls_arena *arena, const ls_type_name *type) {
    const char *text = ls_plain_name(arena, type->schema, type->name);
    for (int i = 0; i < type->modifier_count; i++)
        text = ls_arena_format(arena, "%s%s%d", text, i == 0 ? "(" : ",", type->modifiers[i]);
    if (type->modifier_count > 0)
        text = ls_arena_join(arena, text, ")", NULL);
    for (int i = 0; i < type->dimensions; i++)
        text = ls_arena_join(arena, text, "[]", NULL);
    return text;
}

static const char *string_text(ls_arena *arena, const char *text) {
    return ls_arena_join(arena, "'", ls_without_public(text), "'", NULL);
}

/* A constant says its type nowhere or in a cast; the column's type decides either way. */
static const char *cast_text(ls_arena *arena, const ls_expression *expression) {
    const ls_expression *inner =
        expression->arguments.count == 0 ? NULL : expression->arguments.items[0];
    const char *text = ls_expression_text(arena, inner);
    if (inner != NULL && (inner->kind == LS_EXPR_STRING || inner->kind == LS_EXPR_NULL))
        return text;
    return ls_arena_join(arena, text, "::", type_name_text(arena, expression->type), NULL);
}

static const char *function_text(ls_arena *arena, const ls_expression *expression) {
    const char *name = ls_plain_name(arena, expression->name.schema, expression->name.name);
    return ls_arena_join(arena, name, "(", expression->star ? "*" : "",
                         arguments_text(arena, expression, ", "), ")", NULL);
}

/* Everything else by its kind, what it says and what it holds: enough to tell two of them apart. */
static const char *other_text(ls_arena *arena, const ls_expression *expression) {
    static const char *const words[] = {
        [LS_EXPR_IN] = "IN",
        [LS_EXPR_BETWEEN] = "BETWEEN",
        [LS_EXPR_ANY] = "ANY",
        [LS_EXPR_ALL] = "ALL",
        [LS_EXPR_DISTINCT] = "DISTINCT FROM",
        [LS_EXPR_NOT] = "NOT",
        [LS_EXPR_IS_NULL] = "IS NULL",
        [LS_EXPR_IS_BOOLEAN] = "IS",
        [LS_EXPR_COLLATE] = "COLLATE",
        [LS_EXPR_CASE] = "CASE",
        [LS_EXPR_ARRAY] = "ARRAY",
        [LS_EXPR_ROW] = "ROW",
        [LS_EXPR_SUBSCRIPT] = "SUBSCRIPT",
        [LS_EXPR_FIELD] = "FIELD",
        [LS_EXPR_OTHER] = "",
    };
    const char *word = words[expression->kind] == NULL ? "" : words[expression->kind];
    return ls_arena_join(arena, expression->negated ? "NOT " : "", word, " ",
                         expression->text == NULL ? "" : expression->text, "(",
                         arguments_text(arena, expression, ", "), ")", NULL);
}

static const char *operator_text(ls_arena *arena, const ls_expression *expression) {
    if (expression->arguments.count == 1)
        return ls_arena_join(arena, expression->text, arguments_text(arena, expression, ""), NULL);
    const char *separator = ls_arena_join(arena, " ", expression->text, " ", NULL);
    return ls_arena_join(arena, "(", arguments_text(arena, expression, separator), ")", NULL);
}

const char *ls_expression_text(ls_arena *arena, const ls_expression *expression) {
    if (expression == NULL)
        return NULL;
    switch (expression->kind) {
    case LS_EXPR_NULL:
        return "NULL";
    case LS_EXPR_BOOLEAN:
        return expression->integer != 0 ? "true" : "false";
    case LS_EXPR_INTEGER:
        return ls_arena_format(arena, "%lld", (long long)expression->integer);
    case LS_EXPR_FLOAT:
    case LS_EXPR_SQL_VALUE:
        return expression->text == NULL ? "" : expression->text;
    case LS_EXPR_STRING:
    case LS_EXPR_BIT_STRING:
        return string_text(arena, expression->text == NULL ? "" : expression->text);
    case LS_EXPR_COLUMN:
        return column_text(arena, expression);
    case LS_EXPR_FUNCTION:
        return function_text(arena, expression);
    case LS_EXPR_CAST:
        return cast_text(arena, expression);
    case LS_EXPR_OPERATOR:
        return operator_text(arena, expression);
    case LS_EXPR_AND:
        return ls_arena_join(arena, "(", arguments_text(arena, expression, " AND "), ")", NULL);
    case LS_EXPR_OR:
        return ls_arena_join(arena, "(", arguments_text(arena, expression, " OR "), ")", NULL);
    default:
        return other_text(arena, expression);
    }
}

/* --- Indexes --------------------------------------------------------------------------------- */

/* Nulls come last in ascending and first in descending order unless it says otherwise. */
static const char *nulls_text(const ls_index_element *element) {
    if (element->descending)
        return element->nulls_last ? " NULLS LAST" : "";
    return element->nulls_first ? " NULLS FIRST" : "";
}

static const char *element_text(ls_arena *arena, const ls_index_element *element) {
    const char *text =
        element->column != NULL ? element->column : ls_expression_text(arena, element->expression);
    return ls_arena_join(arena, text == NULL ? "" : text,
                         element->collation == NULL ? "" : " COLLATE ",
                         element->collation == NULL ? "" : element->collation,
                         element->operator_class == NULL ? "" : " ",
                         element->operator_class == NULL ? "" : element->operator_class,
                         element->descending ? " DESC" : "", nulls_text(element),
                         element->exclude_operator == NULL ? "" : " WITH ",
                         element->exclude_operator == NULL ? "" : element->exclude_operator, NULL);
}

const char *ls_elements_text(ls_arena *arena, const ls_index_elements *elements) {
    const char *text = "";
    for (LS_EACH(const ls_index_element, element, *elements))
        text = ls_arena_join(arena, text, *text == '\0' ? "" : ", ", element_text(arena, element),
                             NULL);
    return text;
}

/* --- Clauses --------------------------------------------------------------------------------- */

static void drop_word(char *text, const char *word) {
    size_t length = strlen(word);
    for (char *at = text; (at = strstr(at, word)) != NULL;) {
        bool is_start = at == text || strchr(" (,.", at[-1]) != NULL;
        if (is_start)
            memmove(at, at + length, strlen(at + length) + 1);
        else
            at += length;
    }
}

const char *ls_normal_text(ls_arena *arena, const ls_source *source, ls_span at) {
    if (source == NULL)
        return NULL;
    ls_buffer buffer = {0};
    ls_normal_add(&buffer, source, at);
    char *text = ls_arena_copy(arena, buffer.text, buffer.length);
    ls_buffer_free(&buffer);
    drop_word(text, PUBLIC);
    while (*text == ' ')
        text++;
    return text;
}
