/*
 * schemas.c - schemas, extensions, publications and statistics objects.
 */
#include "catalog/internal.h"

/* --- Schemas -------------------------------------------------------------------------------- */

void ls_catalog_create_schema(ls_catalog *catalog, const char *schema, ls_birth birth) {
    ls_birth *kept = LS_NEW(catalog->arena, ls_birth);
    *kept = birth;
    ls_cell_set(catalog, &ls_namespace_of(catalog, schema)->birth, kept);
}

const ls_birth *ls_catalog_schema_birth(const ls_catalog *catalog, const char *schema) {
    const ls_namespace *space = ls_find_namespace(catalog, schema);
    return space == NULL ? NULL : space->birth.value;
}

bool ls_catalog_has_schema(const ls_catalog *catalog, const char *schema) {
    return ls_catalog_schema_birth(catalog, schema) != NULL;
}

/* The next object of that name starts in a namespace of its own, so that what was once in this one
 * costs nothing any more. */
void ls_catalog_drop_schema(ls_catalog *catalog, const char *schema) {
    ls_namespace *space = ls_find_namespace(catalog, schema);
    if (space == NULL)
        return;
    ls_relation_ids relations = ls_schema_relations(catalog->arena, catalog, schema);
    for (LS_EACH(const ls_relation_id, id, relations))
        ls_catalog_drop(catalog, *id);
    ls_cells statistics = ls_cells_of(&space->statistics.members);
    for (LS_EACH(ls_cell *, cell, statistics))
        ls_cell_set(catalog, *cell, NULL);
    ls_cells types = ls_cells_of(&space->types.members);
    for (LS_EACH(ls_cell *, cell, types))
        ls_cell_set(catalog, *cell, NULL);
    ls_cells functions = ls_cells_of(&space->functions.members);
    for (LS_EACH(ls_cell *, cell, functions))
        ls_cell_set(catalog, *cell, NULL);
    ls_directory_set(catalog, &catalog->schemas, schema, NULL);
}

static void move_relations(ls_catalog *catalog, const char *from, const char *schema) {
    ls_relation_ids relations = ls_schema_relations(catalog->arena, catalog, from);
    for (LS_EACH(const ls_relation_id, id, relations))
        ls_catalog_move(catalog, *id, schema);
}

static void move_types(ls_catalog *catalog, const ls_namespace *from, const char *schema) {
    ls_cells types = ls_cells_of(&from->types.members);
    for (LS_EACH(ls_cell *, cell, types)) {
        const ls_type_version *version = (*cell)->value;
        if (version != NULL)
            ls_catalog_rename_type(catalog, &version->type, schema, version->type.name);
    }
}

static void move_functions(ls_catalog *catalog, const ls_namespace *from, const char *schema) {
    ls_cells functions = ls_cells_of(&from->functions.members);
    for (LS_EACH(ls_cell *, cell, functions)) {
        ls_functions *overloads = (*cell)->value;
        for (size_t i = 0; overloads != NULL && i < overloads->count; i++)
            ls_catalog_rename_function(catalog, overloads->items[i], schema,
                                       overloads->items[i]->name);
    }
}

static void move_statistics(ls_catalog *catalog, const ls_namespace *from, const char *schema) {
    ls_cells statistics = ls_cells_of(&from->statistics.members);
    for (LS_EACH(ls_cell *, cell, statistics)) {
        const ls_catalog_statistics *old = (*cell)->value;
        if (old == NULL)
            continue;
        ls_catalog_rename_statistics(catalog, old, schema, old->name);
    }
}

static void rename_in_publications(ls_catalog *catalog, const char *schema, const char *new_name) {
    ls_cells publications = ls_cells_of(&catalog->publications.members);
    for (LS_EACH(ls_cell *, cell, publications)) {
        const ls_catalog_publication *publication = (*cell)->value;
        if (publication == NULL || !ls_has_word(&publication->schemas, schema))
            continue;
        ls_catalog_publication *edited =
            ls_catalog_edit_publication(catalog, publication->name, false);
        for (LS_EACH(const char *, word, edited->schemas))
            if (ls_same_name(*word, schema))
                *word = new_name;
    }
}

void ls_catalog_rename_schema(ls_catalog *catalog, const char *schema, const char *new_name) {
    ls_namespace *from = ls_find_namespace(catalog, schema);
    if (from == NULL || ls_same_name(schema, new_name))
        return;
    new_name = ls_catalog_intern(catalog, new_name);
    ls_catalog_drop_schema(catalog, new_name);
    ls_namespace *to = ls_namespace_of(catalog, new_name);
    ls_cell_set(catalog, &to->birth, from->birth.value);
    move_types(catalog, from, new_name);
    move_relations(catalog, schema, new_name);
    move_functions(catalog, from, new_name);
    move_statistics(catalog, from, new_name);
    rename_in_publications(catalog, schema, new_name);
    ls_directory_set(catalog, &catalog->schemas, schema, NULL);
}

/* --- Extensions ----------------------------------------------------------------------------- */

void ls_catalog_create_extension(ls_catalog *catalog, const char *extension) {
    const char *name = ls_catalog_intern(catalog, extension);
    ls_directory_set(catalog, &catalog->extensions, name, (void *)name);
}

void ls_catalog_drop_extension(ls_catalog *catalog, const char *extension) {
    ls_directory_set(catalog, &catalog->extensions, extension, NULL);
}

bool ls_catalog_has_extension(const ls_catalog *catalog, const char *extension) {
    return ls_directory_get(&catalog->extensions, extension) != NULL;
}

/* --- Publications --------------------------------------------------------------------------- */

ls_catalog_publication *ls_catalog_edit_publication(ls_catalog *catalog, const char *name,
                                                    bool create) {
    ls_publication_version *old = ls_directory_get(&catalog->publications, name);
    if (old == NULL && !create)
        return NULL;
    if (old != NULL && old->stamp >= ls_newest_serial(catalog))
        return &old->publication;
    ls_publication_version *fresh = LS_NEW(catalog->arena, ls_publication_version);
    if (old != NULL)
        *fresh = *old;
    fresh->stamp = ls_newest_serial(catalog);
    fresh->publication.name = ls_catalog_intern(catalog, name);
    LS_UNSHARE(catalog->arena, &fresh->publication.tables);
    LS_UNSHARE(catalog->arena, &fresh->publication.schemas);
    ls_directory_set(catalog, &catalog->publications, name, fresh);
    return &fresh->publication;
}

void ls_catalog_drop_publication(ls_catalog *catalog, const char *name) {
    ls_directory_set(catalog, &catalog->publications, name, NULL);
}

static bool publishes(const ls_catalog_publication *publication, const ls_relation *relation) {
    if (publication->all_tables || ls_has_word(&publication->schemas, relation->schema))
        return true;
    for (LS_EACH(const ls_relation_id, id, publication->tables))
        if (*id == relation->id)
            return true;
    return false;
}

bool ls_catalog_is_published(const ls_catalog *catalog, const ls_relation *relation) {
    ls_cells publications = ls_cells_of(&catalog->publications.members);
    for (LS_EACH(ls_cell *, cell, publications))
        if ((*cell)->value != NULL && publishes((*cell)->value, relation))
            return true;
    return false;
}

bool ls_catalog_publishes_changes(const ls_catalog *catalog, const ls_relation *relation) {
    ls_cells publications = ls_cells_of(&catalog->publications.members);
    for (LS_EACH(ls_cell *, cell, publications)) {
        const ls_catalog_publication *publication = (*cell)->value;
        if (publication != NULL && !publication->only_inserts && publishes(publication, relation))
            return true;
    }
    return false;
}

/* --- Statistics objects --------------------------------------------------------------------- */

void ls_catalog_add_statistics(ls_catalog *catalog, const ls_catalog_statistics *statistics) {
    ls_catalog_statistics *kept = LS_NEW(catalog->arena, ls_catalog_statistics);
    *kept = *statistics;
    kept->schema = statistics->schema == NULL ? ls_catalog_creation_schema(catalog)
                                              : ls_catalog_intern(catalog, statistics->schema);
    kept->name = ls_catalog_intern(catalog, statistics->name);
    LS_UNSHARE(catalog->arena, &kept->columns);
    ls_namespace *space = ls_namespace_of(catalog, kept->schema);
    ls_directory_set(catalog, &space->statistics, kept->name, kept);
    ls_relation_slot *slot = ls_relation_slot_of(catalog, kept->relation);
    if (slot != NULL)
        ls_cells_add(catalog, &slot->statistics,
                     ls_directory_cell(catalog, &space->statistics, kept->name));
}

const ls_catalog_statistics *ls_catalog_find_statistics(const ls_catalog *catalog,
                                                        const char *schema, const char *name) {
    return ls_find_by_path(catalog, schema, name, offsetof(ls_namespace, statistics));
}

void ls_catalog_drop_statistics(ls_catalog *catalog, const ls_catalog_statistics *statistics) {
    ls_namespace *space = ls_namespace_of(catalog, statistics->schema);
    ls_directory_set(catalog, &space->statistics, statistics->name, NULL);
}

void ls_catalog_rename_statistics(ls_catalog *catalog, const ls_catalog_statistics *statistics,
                                  const char *new_schema, const char *new_name) {
    ls_catalog_statistics renamed = *statistics;
    renamed.schema = new_schema;
    renamed.name = new_name;
    ls_catalog_drop_statistics(catalog, statistics);
    ls_catalog_add_statistics(catalog, &renamed);
}
