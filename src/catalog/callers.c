/*
 * callers.c - which expressions of tables call a function.
 *
 * An expression names a function, but not which of several with that name; where there are several,
 * or where the name may be that of one in another schema, nothing is said to call it.
 */
#include "catalog/internal.h"

typedef struct {
    ls_arena *arena;
    ls_catalog *catalog;
    const ls_catalog_function *function;
    bool unqualified; /* its name without a schema means it */
    ls_dependencies *found;
} caller_search;

static bool calls(const caller_search *search, const ls_expression *expression) {
    if (expression == NULL)
        return false;
    if (expression->kind == LS_EXPR_FUNCTION &&
        ls_same_name(expression->name.name, search->function->name) &&
        (expression->name.schema == NULL
             ? search->unqualified
             : ls_same_name(expression->name.schema, search->function->schema)))
        return true;
    for (LS_EACH(ls_expression *, argument, expression->arguments))
        if (calls(search, *argument))
            return true;
    return false;
}

static void add(const caller_search *search, ls_dependency_kind kind, ls_relation_id relation,
                const char *name) {
    LS_PUSH(search->arena, search->found,
            ((ls_dependency){.kind = kind, .relation = relation, .name = name}));
}

static bool index_calls(const caller_search *search, const ls_relation *index) {
    for (LS_EACH(const ls_index_element, element, index->elements))
        if (calls(search, element->expression))
            return true;
    return calls(search, index->predicate);
}

static void search_relation(const caller_search *search, const ls_relation *relation) {
    for (LS_EACH(const ls_catalog_column, column, relation->columns)) {
        if (calls(search, column->default_value))
            add(search, LS_DEPENDS_DEFAULT, relation->id, column->name);
        if (calls(search, column->generation))
            add(search, LS_DEPENDS_GENERATED, relation->id, column->name);
    }
    for (LS_EACH(const ls_catalog_constraint, constraint, relation->constraints))
        if (!constraint->inherited && calls(search, constraint->expression))
            add(search, LS_DEPENDS_CONSTRAINT, relation->id, constraint->name);
    if (relation->kind == LS_RELATION_INDEX && relation->constraint == NULL &&
        index_calls(search, relation))
        add(search, LS_DEPENDS_INDEX, relation->id, relation->name);
}

static bool is_only(const ls_functions *functions, const ls_catalog_function *function) {
    return functions->count == 1 && ls_same_name(functions->items[0]->schema, function->schema);
}

void ls_find_callers(ls_arena *arena, ls_catalog *catalog, const ls_catalog_function *function,
                     ls_dependencies *found) {
    const ls_functions overloads =
        ls_catalog_find_functions(catalog, function->schema, function->name);
    const ls_functions in_path = ls_catalog_find_functions(catalog, NULL, function->name);
    if (!is_only(&overloads, function))
        return;
    const caller_search search = {arena, catalog, function, is_only(&in_path, function), found};
    const ls_relation_ids relations = ls_calling_relations(catalog, function->name);
    for (LS_EACH(const ls_relation_id, id, relations))
        search_relation(&search, ls_catalog_relation(catalog, *id));
}
