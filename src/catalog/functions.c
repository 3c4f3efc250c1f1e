/*
 * functions.c - functions and procedures.
 *
 * A name holds all its overloads as one list, which is replaced as a whole; a function itself is
 * never changed once it is in the catalog. One more is appended to the items of the list before it,
 * which knows how many of them are its own: what undo leaves behind its end is overwritten.
 */
#include "catalog/internal.h"

static bool same_type(const ls_data_type *left, const ls_data_type *right) {
    return ls_same_name(left->schema, right->schema) && ls_same_name(left->name, right->name) &&
           left->dimensions == right->dimensions;
}

static bool same_arguments(const ls_catalog_function *left, const ls_catalog_function *right) {
    if (left->arguments.count != right->arguments.count)
        return false;
    for (size_t i = 0; i < left->arguments.count; i++)
        if (!same_type(&left->arguments.items[i], &right->arguments.items[i]))
            return false;
    return true;
}

ls_functions ls_catalog_find_functions(ls_catalog *catalog, const char *schema, const char *name) {
    ls_functions result = {0};
    ls_words schemas = ls_searched_schemas(catalog, &schema);
    for (LS_EACH(const char *, at, schemas)) {
        const ls_namespace *space = ls_find_namespace(catalog, *at);
        const ls_functions *overloads =
            space == NULL ? NULL : ls_directory_get(&space->functions, name);
        if (overloads == NULL)
            continue;
        if (result.count == 0) {
            result = *overloads;
            result.capacity = result.count; /* what is added goes into a copy */
            continue;
        }
        for (LS_EACH(const ls_catalog_function *, function, *overloads))
            LS_PUSH(catalog->arena, &result, *function);
    }
    return result;
}

static bool has_overload(const ls_functions *overloads, const ls_catalog_function *like) {
    for (LS_EACH(const ls_catalog_function *, function, *overloads))
        if (same_arguments(*function, like))
            return true;
    return false;
}

/* --- Types that they take and return --------------------------------------------------------- */

static bool takes_or_returns(const ls_catalog_function *function, const ls_data_type *type) {
    if (ls_is_type(&function->returns, type))
        return true;
    for (LS_EACH(const ls_data_type, argument, function->arguments))
        if (ls_is_type(argument, type))
            return true;
    return false;
}

static void note_type(ls_catalog *catalog, const ls_data_type *type, ls_cell *name) {
    bool built_in = ls_same_name(type->schema, "pg_catalog");
    if (type->name != NULL && !built_in)
        ls_cells_add(catalog, ls_directory_cell(catalog, &catalog->type_functions, type->name),
                     name);
}

static void note_types(ls_catalog *catalog, const ls_catalog_function *function, ls_cell *name) {
    note_type(catalog, &function->returns, name);
    for (LS_EACH(const ls_data_type, argument, function->arguments))
        note_type(catalog, argument, name);
}

ls_functions ls_functions_of_type(ls_arena *arena, ls_catalog *catalog, const ls_data_type *type) {
    ls_functions functions = {0};
    const ls_cell *list = ls_map_get(&catalog->type_functions.cells, type->name);
    if (list == NULL)
        return functions;
    const ls_cells names = ls_living_cells(arena, catalog, list);
    for (LS_EACH(ls_cell *, name, names)) {
        const ls_functions *overloads = (*name)->value;
        for (LS_EACH(const ls_catalog_function *, function, *overloads))
            if (takes_or_returns(*function, type))
                LS_PUSH(arena, &functions, *function);
    }
    return functions;
}

/* --- Overloads -------------------------------------------------------------------------------- */

/* The overloads of the name with `added` in the place of one with the arguments of `replaced`, or
 * without that one if `added` is NULL. */
static void set_overload(ls_catalog *catalog, const ls_catalog_function *replaced,
                         const ls_catalog_function *added) {
    ls_namespace *space = ls_namespace_of(catalog, replaced->schema);
    const ls_functions *old = ls_directory_get(&space->functions, replaced->name);
    ls_functions *fresh = LS_NEW(catalog->arena, ls_functions);
    if (old != NULL && !has_overload(old, replaced))
        *fresh = *old;
    else
        for (size_t i = 0; old != NULL && i < old->count; i++)
            if (!same_arguments(old->items[i], replaced))
                LS_PUSH(catalog->arena, fresh, old->items[i]);
    if (added != NULL)
        LS_PUSH(catalog->arena, fresh, added);
    ls_directory_set(catalog, &space->functions, replaced->name, fresh->count == 0 ? NULL : fresh);
    if (added != NULL)
        note_types(catalog, added, ls_directory_cell(catalog, &space->functions, replaced->name));
}

/* Tells the relations that a SQL-standard body reads. */
static void note_body(ls_catalog *catalog, const ls_catalog_function *function) {
    ls_namespace *space = ls_namespace_of(catalog, function->schema);
    ls_cell *cell = ls_directory_cell(catalog, &space->functions, function->name);
    for (LS_EACH(const ls_column_use, use, function->uses)) {
        ls_relation_slot *slot = ls_relation_slot_of(catalog, use->relation);
        if (slot != NULL)
            ls_cells_add(catalog, &slot->functions, cell);
    }
}

ls_catalog_function *ls_catalog_create_function(ls_catalog *catalog, const char *schema,
                                                const char *name, const ls_catalog_function *like) {
    ls_catalog_function *fresh = LS_NEW(catalog->arena, ls_catalog_function);
    *fresh = *like;
    fresh->schema =
        schema == NULL ? ls_catalog_creation_schema(catalog) : ls_catalog_intern(catalog, schema);
    fresh->name = ls_catalog_intern(catalog, name);
    LS_UNSHARE(catalog->arena, &fresh->arguments);
    LS_UNSHARE(catalog->arena, &fresh->uses);
    set_overload(catalog, fresh, fresh);
    note_body(catalog, fresh);
    return fresh;
}

void ls_catalog_drop_function(ls_catalog *catalog, const ls_catalog_function *function) {
    set_overload(catalog, function, NULL);
}

static void retype(ls_data_type *type, const ls_data_type *old, const char *schema,
                   const char *name) {
    if (!ls_is_type(type, old))
        return;
    type->schema = schema;
    type->name = name;
}

void ls_retype_functions(ls_catalog *catalog, const ls_data_type *old, const char *schema,
                         const char *name) {
    const ls_functions functions = ls_functions_of_type(catalog->arena, catalog, old);
    for (LS_EACH(const ls_catalog_function *, function, functions)) {
        ls_catalog_function *fresh = LS_NEW(catalog->arena, ls_catalog_function);
        *fresh = **function;
        LS_UNSHARE(catalog->arena, &fresh->arguments);
        retype(&fresh->returns, old, schema, name);
        for (LS_EACH(ls_data_type, argument, fresh->arguments))
            retype(argument, old, schema, name);
        set_overload(catalog, *function, fresh);
    }
}

/* --- Renaming ------------------------------------------------------------------------------- */

/* A trigger that names no schema is taken to mean this function: its table is one of the few that
 * may. */
static bool calls(const ls_catalog_trigger *trigger, const ls_catalog_function *function) {
    return ls_same_name(trigger->function, function->name) &&
           (trigger->function_schema == NULL ||
            ls_same_name(trigger->function_schema, function->schema));
}

static void rename_in_triggers(ls_catalog *catalog, ls_relation_id id,
                               const ls_catalog_function *old, const ls_catalog_function *renamed) {
    const ls_relation *table = ls_catalog_relation(catalog, id);
    for (size_t i = 0; i < table->triggers.count; i++) {
        if (!calls(&table->triggers.items[i], old))
            continue;
        ls_relation *edited = ls_catalog_edit(catalog, id);
        edited->triggers.items[i].function_schema = renamed->schema;
        edited->triggers.items[i].function = renamed->name;
    }
}

void ls_catalog_rename_function(ls_catalog *catalog, const ls_catalog_function *function,
                                const char *new_schema, const char *new_name) {
    ls_relation_ids tables = ls_trigger_tables(catalog, function->name);
    ls_catalog_drop_function(catalog, function);
    const ls_catalog_function *renamed =
        ls_catalog_create_function(catalog, new_schema == NULL ? function->schema : new_schema,
                                   new_name == NULL ? function->name : new_name, function);
    for (LS_EACH(const ls_relation_id, table, tables))
        rename_in_triggers(catalog, *table, function, renamed);
}
