/*
 * listing.c - everything that exists, for those who compare whole catalogs.
 */
#include "catalog/internal.h"

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

ls_types ls_catalog_types(ls_arena *arena, ls_catalog *catalog) {
    ls_types types = {0};
    ls_cells spaces = ls_living_cells(arena, catalog, &catalog->schemas.members);
    for (LS_EACH(ls_cell *, space, spaces)) {
        const ls_namespace *schema = (*space)->value;
        ls_cells cells = ls_living_cells(arena, catalog, &schema->types.members);
        for (LS_EACH(ls_cell *, cell, cells)) {
            const ls_type_version *version = (*cell)->value;
            LS_PUSH(arena, &types, &version->type);
        }
    }
    return types;
}

ls_functions ls_catalog_functions(ls_arena *arena, ls_catalog *catalog) {
    ls_functions functions = {0};
    ls_cells spaces = ls_living_cells(arena, catalog, &catalog->schemas.members);
    for (LS_EACH(ls_cell *, space, spaces)) {
        const ls_namespace *schema = (*space)->value;
        ls_cells cells = ls_living_cells(arena, catalog, &schema->functions.members);
        for (LS_EACH(ls_cell *, cell, cells)) {
            const ls_functions *overloads = (*cell)->value;
            for (LS_EACH(const ls_catalog_function *, function, *overloads))
                LS_PUSH(arena, &functions, *function);
        }
    }
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
