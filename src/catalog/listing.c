/*
 * listing.c - everything that exists, in the whole catalog or in one schema.
 */
#include "catalog/internal.h"
#include "support/sort.h"

static int compare_ids(const void *left, const void *right) {
    const ls_relation_id *one = left, *other = right;
    return (*one > *other) - (*one < *other);
}

void ls_sort_by_creation(ls_relation_ids *relations) {
    ls_sort(relations->items, relations->count, sizeof *relations->items, compare_ids);
}

ls_relation_ids ls_schema_relations(ls_arena *arena, ls_catalog *catalog, const char *schema) {
    if (schema == NULL)
        return ls_catalog_relations(arena, catalog);
    ls_relation_ids relations = {0};
    const ls_namespace *space = ls_find_namespace(catalog, schema);
    if (space == NULL)
        return relations;
    ls_cells cells = ls_living_cells(arena, catalog, &space->relations.members);
    for (LS_EACH(ls_cell *, cell, cells)) {
        const ls_relation_slot *slot = (*cell)->value;
        const ls_relation_version *version = slot->state.value;
        if (version != NULL)
            LS_PUSH(arena, &relations, version->relation.id);
    }
    ls_sort_by_creation(&relations);
    return relations;
}

ls_words ls_catalog_schemas(ls_arena *arena, ls_catalog *catalog) {
    ls_words schemas = {0};
    ls_cells cells = ls_living_cells(arena, catalog, &catalog->schemas.members);
    for (LS_EACH(ls_cell *, cell, cells)) {
        const ls_namespace *space = (*cell)->value;
        if (space->birth.value != NULL)
            LS_PUSH(arena, &schemas, space->name.value);
    }
    return schemas;
}

ls_words ls_catalog_extensions(ls_arena *arena, ls_catalog *catalog) {
    ls_words extensions = {0};
    ls_cells cells = ls_living_cells(arena, catalog, &catalog->extensions.members);
    for (LS_EACH(ls_cell *, cell, cells))
        LS_PUSH(arena, &extensions, (*cell)->value);
    return extensions;
}

static void add_types(ls_arena *arena, ls_catalog *catalog, const ls_namespace *space,
                      ls_types *types) {
    ls_cells cells = ls_living_cells(arena, catalog, &space->types.members);
    for (LS_EACH(ls_cell *, cell, cells)) {
        const ls_type_version *version = (*cell)->value;
        LS_PUSH(arena, types, &version->type);
    }
}

ls_types ls_schema_types(ls_arena *arena, ls_catalog *catalog, const char *schema) {
    ls_types types = {0};
    const ls_namespace *space = ls_find_namespace(catalog, schema);
    if (space != NULL)
        add_types(arena, catalog, space, &types);
    return types;
}

ls_types ls_catalog_types(ls_arena *arena, ls_catalog *catalog) {
    ls_types types = {0};
    ls_cells spaces = ls_living_cells(arena, catalog, &catalog->schemas.members);
    for (LS_EACH(ls_cell *, space, spaces))
        add_types(arena, catalog, (*space)->value, &types);
    return types;
}

static void add_functions(ls_arena *arena, ls_catalog *catalog, const ls_namespace *space,
                          ls_functions *functions) {
    ls_cells cells = ls_living_cells(arena, catalog, &space->functions.members);
    for (LS_EACH(ls_cell *, cell, cells)) {
        const ls_functions *overloads = (*cell)->value;
        for (LS_EACH(const ls_catalog_function *, function, *overloads))
            LS_PUSH(arena, functions, *function);
    }
}

ls_functions ls_schema_functions(ls_arena *arena, ls_catalog *catalog, const char *schema) {
    ls_functions functions = {0};
    const ls_namespace *space = ls_find_namespace(catalog, schema);
    if (space != NULL)
        add_functions(arena, catalog, space, &functions);
    return functions;
}

ls_functions ls_catalog_functions(ls_arena *arena, ls_catalog *catalog) {
    ls_functions functions = {0};
    ls_cells spaces = ls_living_cells(arena, catalog, &catalog->schemas.members);
    for (LS_EACH(ls_cell *, space, spaces))
        add_functions(arena, catalog, (*space)->value, &functions);
    return functions;
}

ls_statistics_list ls_catalog_statistics_objects(ls_arena *arena, ls_catalog *catalog) {
    ls_statistics_list objects = {0};
    ls_cells spaces = ls_living_cells(arena, catalog, &catalog->schemas.members);
    for (LS_EACH(ls_cell *, space, spaces)) {
        const ls_namespace *schema = (*space)->value;
        ls_cells cells = ls_living_cells(arena, catalog, &schema->statistics.members);
        for (LS_EACH(ls_cell *, cell, cells))
            LS_PUSH(arena, &objects, (*cell)->value);
    }
    return objects;
}
