/*
 * types.c - user types: enums, domains, composites, ranges.
 *
 * Columns name their type, they do not point at it; so renaming a type goes to all that uses it,
 * which the type's list of users finds. Domains over a type are found through the list of domains.
 */
#include "catalog/internal.h"

#include <stddef.h>

const ls_catalog_type *ls_catalog_find_type(const ls_catalog *catalog, const char *schema,
                                            const char *name) {
    const ls_type_version *found =
        ls_find_by_path(catalog, schema, name, offsetof(ls_namespace, types));
    return found == NULL ? NULL : &found->type;
}

static void place(ls_catalog *catalog, ls_type_version *version) {
    ls_namespace *space = ls_namespace_of(catalog, version->type.schema);
    ls_directory_set(catalog, &space->types, version->type.name, version);
    if (version->type.kind == 'd')
        ls_cells_add(catalog, &catalog->domains,
                     ls_directory_cell(catalog, &space->types, version->type.name));
}

ls_catalog_type *ls_catalog_create_type(ls_catalog *catalog, char kind, const char *schema,
                                        const char *name, ls_birth birth) {
    ls_type_version *version = LS_NEW(catalog->arena, ls_type_version);
    version->stamp = ls_newest_serial(catalog);
    ls_catalog_type *type = &version->type;
    type->kind = kind;
    type->schema =
        schema == NULL ? ls_catalog_creation_schema(catalog) : ls_catalog_intern(catalog, schema);
    type->name = ls_catalog_intern(catalog, name);
    type->birth = birth;
    place(catalog, version);
    return type;
}

void ls_catalog_drop_type(ls_catalog *catalog, const ls_catalog_type *type) {
    ls_catalog_drop(catalog, type->relation);
    ls_namespace *space = ls_namespace_of(catalog, type->schema);
    ls_directory_set(catalog, &space->types, type->name, NULL);
}

/* --- Users ---------------------------------------------------------------------------------- */

/* Grows the shared list as ls_catalog_note_dependent does, for the same reasons. */
static void note_user(ls_catalog *catalog, const ls_catalog_type *type, ls_relation_id user) {
    ls_namespace *space = ls_namespace_of(catalog, type->schema);
    ls_type_version *version = ls_directory_get(&space->types, type->name);
    ls_relation_ids *users = &version->type.users;
    if (users->count > 0 && users->items[users->count - 1] == user)
        return;
    if (users->count == users->capacity) {
        users = &ls_catalog_edit_type(catalog, type)->users;
        *users = ls_swept_relations(catalog, users);
    }
    users->items[users->count++] = user;
}

void ls_catalog_note_type_user(ls_catalog *catalog, const ls_data_type *type, ls_relation_id user) {
    if (type->name == NULL || type->schema == NULL || ls_same_name(type->schema, "pg_catalog"))
        return;
    const ls_catalog_type *found = ls_catalog_find_type(catalog, type->schema, type->name);
    if (found != NULL) {
        note_user(catalog, found, user);
        return;
    }
    const ls_relation *row_type = ls_catalog_find(catalog, type->schema, type->name);
    if (row_type != NULL)
        ls_catalog_note_dependent(catalog, row_type->id, user);
}

bool ls_is_type(const ls_data_type *type, const ls_data_type *wanted) {
    return ls_same_name(type->name, wanted->name) && ls_same_name(type->schema, wanted->schema);
}

static bool uses_type(const ls_relation *relation, const ls_data_type *type) {
    if (relation->of_type != NULL && ls_same_name(relation->of_type, type->name) &&
        ls_same_name(relation->of_type_schema, type->schema))
        return true;
    for (LS_EACH(const ls_catalog_column, column, relation->columns))
        if (ls_is_type(&column->type, type))
            return true;
    return false;
}

static void retype(ls_relation *relation, const ls_data_type *old, const char *schema,
                   const char *name) {
    if (ls_same_name(relation->of_type, old->name) &&
        ls_same_name(relation->of_type_schema, old->schema)) {
        relation->of_type_schema = schema;
        relation->of_type = name;
    }
    for (LS_EACH(ls_catalog_column, column, relation->columns))
        if (ls_is_type(&column->type, old)) {
            column->type.schema = schema;
            column->type.name = name;
        }
}

void ls_retype_users(ls_catalog *catalog, const ls_relation_ids *users, const ls_data_type *old,
                     const char *new_schema, const char *new_name) {
    ls_relation_ids distinct = ls_swept_relations(catalog, users);
    for (LS_EACH(const ls_relation_id, id, distinct)) {
        const ls_relation *user = ls_catalog_relation(catalog, *id);
        if (uses_type(user, old))
            retype(ls_edit_unindexed(catalog, *id), old, new_schema, new_name);
    }
}

static void retype_domains(ls_catalog *catalog, const ls_data_type *old, const char *new_schema,
                           const char *new_name) {
    ls_cells domains = ls_cells_of(&catalog->domains);
    for (LS_EACH(ls_cell *, cell, domains)) {
        const ls_type_version *version = (*cell)->value;
        if (version == NULL || !ls_is_type(&version->type.base, old))
            continue;
        ls_catalog_type *domain = ls_catalog_edit_type(catalog, &version->type);
        domain->base.schema = new_schema;
        domain->base.name = new_name;
    }
}

void ls_catalog_rename_type(ls_catalog *catalog, const ls_catalog_type *type,
                            const char *new_schema, const char *new_name) {
    ls_index_references(catalog);
    ls_data_type old = {.schema = type->schema, .name = type->name};
    ls_catalog_type *edited = ls_catalog_edit_type(catalog, type);
    if (edited == NULL)
        return;
    ls_type_version *version =
        ls_directory_get(&ls_namespace_of(catalog, old.schema)->types, old.name);
    ls_directory_set(catalog, &ls_namespace_of(catalog, old.schema)->types, old.name, NULL);
    if (new_schema != NULL)
        edited->schema = ls_catalog_intern(catalog, new_schema);
    if (new_name != NULL)
        edited->name = ls_catalog_intern(catalog, new_name);
    place(catalog, version);
    ls_retype_users(catalog, &edited->users, &old, edited->schema, edited->name);
    ls_retype_functions(catalog, &old, edited->schema, edited->name);
    retype_domains(catalog, &old, edited->schema, edited->name);
    if (edited->relation != 0) {
        ls_catalog_rename(catalog, edited->relation, edited->name);
        ls_catalog_move(catalog, edited->relation, edited->schema);
    }
}
