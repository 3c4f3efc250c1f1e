/*
 * names.c - the names that PostgreSQL chooses itself.
 *
 * Sources: makeObjectName, ChooseRelationName and ChooseIndexColumnNames in indexcmds.c,
 * ChooseConstraintName in pg_constraint.c, FigureColname in parse_target.c; all measured on 15.
 */
#include "catalog/names.h"

#include "catalog/internal.h"
#include "support/buffer.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST_NAME = 63, LONGEST_LABEL = 32 };

/* --- Putting a name together ---------------------------------------------------------------- */

/* The most bytes of the text, up to `limit`, that end with a whole character (UTF-8). */
static size_t clip(const char *text, size_t limit) {
    size_t length = strlen(text);
    if (length <= limit)
        return length;
    while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80)
        limit--;
    return limit;
}

static char *append(char *end, const char *text, size_t length) {
    memcpy(end, text, length);
    return end + length;
}

/* table_columns_label in 63 bytes: the longer of the first two gives way. */
static void write_object_name(char *name, const char *table, const char *columns,
                              const char *label) {
    size_t table_length = strlen(table);
    size_t columns_length = columns == NULL ? 0 : strlen(columns);
    size_t room = LONGEST_NAME - strlen(label) - 1 - (columns != NULL);
    while (table_length + columns_length > room)
        if (table_length > columns_length)
            table_length--;
        else
            columns_length--;
    char *end = append(name, table, clip(table, table_length));
    if (columns != NULL) {
        *end++ = '_';
        end = append(end, columns, clip(columns, columns_length));
    }
    *end++ = '_';
    append(end, label, strlen(label) + 1);
}

/* A column's name that no earlier one has: with a number behind it, in 63 bytes. */
static const char *distinct_column(ls_arena *arena, const ls_words *earlier, const char *column) {
    const char *name = column;
    for (unsigned number = 1; ls_has_word(earlier, name); number++) {
        char digits[16];
        snprintf(digits, sizeof digits, "%u", number);
        size_t kept = clip(column, LONGEST_NAME - strlen(digits));
        name = ls_arena_format(arena, "%.*s%s", (int)kept, column, digits);
    }
    return name;
}

/* The columns joined; what is beyond 63 bytes counts for nothing. NULL if there are none. */
static const char *joined_columns(ls_arena *arena, const ls_words *columns) {
    if (columns->count == 0)
        return NULL;
    ls_words distinct = {0};
    ls_buffer joined = {0};
    for (LS_EACH(const char *, column, *columns)) {
        if (joined.length > LONGEST_NAME)
            break;
        const char *name = distinct_column(arena, &distinct, *column == NULL ? "expr" : *column);
        LS_PUSH(arena, &distinct, name);
        if (joined.length > 0)
            ls_buffer_string(&joined, "_");
        ls_buffer_string(&joined, name);
    }
    const char *result = ls_arena_copy(arena, joined.text, joined.length);
    ls_buffer_free(&joined);
    return result;
}

/* --- Choosing a free one -------------------------------------------------------------------- */

typedef bool is_taken(ls_catalog *catalog, const char *schema, const char *name);

/* Every number of the name below `number` was taken when the catalog had removed so much. */
typedef struct {
    uint64_t removed;
    unsigned number;
} ls_tried_name;

/* What makes a name and all its numbers; the lengths keep any two apart. */
static const char *name_key(ls_catalog *catalog, const char *schema, const char *table,
                            const char *columns, const char *label) {
    const char *joined = columns == NULL ? "" : columns;
    return ls_arena_format(catalog->arena, "%s.%zu.%s.%zu.%s.%d%s", label, strlen(schema), schema,
                           strlen(table), table, columns != NULL, joined);
}

/* Names that are taken stay so until something is removed, so that what comes next need not be
 * looked for from the start. */
static ls_tried_name *tried_name(ls_catalog *catalog, const char *key) {
    ls_tried_name *tried = ls_map_get(&catalog->tried, key);
    if (tried == NULL) {
        tried = LS_NEW(catalog->arena, ls_tried_name);
        ls_map_set(catalog->arena, &catalog->tried, key, tried);
    }
    if (tried->removed != catalog->removed || tried->number == 0)
        *tried = (ls_tried_name){.removed = catalog->removed, .number = 1};
    return tried;
}

static const char *choose(ls_catalog *catalog, const char *schema, const char *table,
                          const char *columns, const char *label, is_taken *taken) {
    char name[LONGEST_NAME + 1], numbered[LONGEST_LABEL];
    write_object_name(name, table, columns, label);
    if (!taken(catalog, schema, name))
        return ls_catalog_intern(catalog, name);
    ls_tried_name *tried = tried_name(catalog, name_key(catalog, schema, table, columns, label));
    for (;; tried->number++) {
        snprintf(numbered, sizeof numbered, "%.16s%u", label, tried->number);
        write_object_name(name, table, columns, numbered);
        if (!taken(catalog, schema, name))
            return ls_catalog_intern(catalog, name);
    }
}

static bool is_relation_name(ls_catalog *catalog, const char *schema, const char *name) {
    return ls_catalog_find(catalog, schema, name) != NULL;
}

/* The index of a constraint has the constraint's name, so that must be free as well. */
static bool is_index_or_constraint_name(ls_catalog *catalog, const char *schema, const char *name) {
    return is_relation_name(catalog, schema, name) || ls_is_constraint_name(catalog, schema, name);
}

static bool backs_constraint(const char *label) {
    return ls_same_text(label, "key") || ls_same_text(label, "pkey") || ls_same_text(label, "excl");
}

const char *ls_choose_relation_name(ls_catalog *catalog, const char *schema, const char *table,
                                    const ls_words *columns, const char *label) {
    if (schema == NULL)
        schema = ls_catalog_creation_schema(catalog);
    return choose(catalog, schema, table, joined_columns(ls_catalog_arena(catalog), columns), label,
                  backs_constraint(label) ? is_index_or_constraint_name : is_relation_name);
}

ls_words ls_index_column_names(ls_arena *arena, const ls_index_elements *elements,
                               const ls_words *include) {
    ls_words names = {0};
    for (LS_EACH(const ls_index_element, element, *elements)) {
        const char *name =
            element->column != NULL ? element->column : ls_expression_name(element->expression);
        LS_PUSH(arena, &names, distinct_column(arena, &names, name == NULL ? "expr" : name));
    }
    for (LS_EACH(const char *, column, *include))
        LS_PUSH(arena, &names, distinct_column(arena, &names, *column));
    return names;
}

const char *ls_choose_index_name(ls_catalog *catalog, const ls_relation *table,
                                 const ls_index_elements *elements, const ls_words *include,
                                 const char *label) {
    const ls_words columns = ls_index_column_names(ls_catalog_arena(catalog), elements, include);
    return ls_choose_relation_name(catalog, table->schema, table->name, &columns, label);
}

const char *ls_choose_constraint_name(ls_catalog *catalog, const ls_relation *table,
                                      const ls_words *columns, const char *label) {
    bool unnamed = columns->count > 1 && ls_same_text(label, "check");
    const char *joined = unnamed ? NULL : joined_columns(ls_catalog_arena(catalog), columns);
    return choose(catalog, table->schema, table->name, joined, label, ls_is_constraint_name);
}

static bool is_statistics_name(ls_catalog *catalog, const char *schema, const char *name) {
    return ls_catalog_find_statistics(catalog, schema, name) != NULL;
}

const char *ls_choose_statistics_name(ls_catalog *catalog, const ls_relation *table,
                                      const ls_words *columns) {
    return choose(catalog, table->schema, table->name,
                  joined_columns(ls_catalog_arena(catalog), columns), "stat", is_statistics_name);
}

/* --- Names of expressions ------------------------------------------------------------------- */

/* How sure a name is: a cast's own type gives way to none but a real name. */
typedef struct {
    const char *name;
    bool strong;
} found_name;

static found_name name_of(const ls_expression *expression);

static found_name name_of_argument(const ls_expression *expression, size_t index) {
    return index < expression->arguments.count ? name_of(expression->arguments.items[index])
                                               : (found_name){0};
}

static found_name name_of_cast(const ls_expression *cast) {
    found_name inner = name_of_argument(cast, 0);
    if (inner.strong || cast->type == NULL)
        return inner;
    return (found_name){.name = cast->type->name};
}

/* A CASE is named after its ELSE if that has a name of its own; ELSE is its last argument. */
static found_name name_of_case(const ls_expression *expression) {
    size_t count = expression->arguments.count;
    found_name inner = count % 2 == 1 ? name_of_argument(expression, count - 1) : (found_name){0};
    return inner.strong ? inner : (found_name){.name = "case"};
}

static found_name name_of_subquery(const ls_expression *expression) {
    const char *form = expression->text == NULL ? "" : expression->text;
    if (ls_same_text(form, "EXISTS"))
        return (found_name){.name = "exists", .strong = true};
    if (ls_same_text(form, "ARRAY"))
        return (found_name){.name = "array", .strong = true};
    const ls_query *query = expression->query;
    if (*form != 0 || query == NULL || query->targets.count == 0)
        return (found_name){0};
    const ls_target *target = &query->targets.items[0];
    if (target->name != NULL)
        return (found_name){.name = target->name, .strong = true};
    return target->value == NULL ? (found_name){0} : name_of(target->value);
}

static found_name name_of_column(const ls_expression *expression) {
    size_t count = expression->names.count;
    if (expression->star || count == 0)
        return (found_name){0};
    return (found_name){.name = expression->names.items[count - 1], .strong = true};
}

static found_name name_of(const ls_expression *expression) {
    switch (expression->kind) {
    case LS_EXPR_COLUMN:
        return name_of_column(expression);
    case LS_EXPR_FUNCTION:
        return (found_name){.name = expression->name.name, .strong = true};
    case LS_EXPR_SQL_VALUE:
    case LS_EXPR_FIELD:
        return (found_name){.name = expression->text, .strong = true};
    case LS_EXPR_CAST:
        return name_of_cast(expression);
    case LS_EXPR_COLLATE:
    case LS_EXPR_SUBSCRIPT:
        return name_of_argument(expression, 0);
    case LS_EXPR_CASE:
        return name_of_case(expression);
    case LS_EXPR_ARRAY:
        return (found_name){.name = "array", .strong = true};
    case LS_EXPR_ROW:
        return (found_name){.name = "row", .strong = true};
    case LS_EXPR_SUBQUERY:
        return name_of_subquery(expression);
    default:
        return (found_name){0};
    }
}

const char *ls_expression_name(const ls_expression *expression) {
    return expression == NULL ? NULL : name_of(expression).name;
}
