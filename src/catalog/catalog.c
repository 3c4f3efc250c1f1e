/*
 * catalog.c - the catalog as a whole: namespaces, the search_path, and looking things up.
 *
 * A namespace comes into being when something is put under a name, whether or not the history
 * created the schema: what a statement names is taken to exist. Only those with a birth count as
 * schemas that the catalog knows.
 */
#include "catalog/internal.h"

#include <stddef.h>

static const char PUBLIC[] = "public";
static const char PG_CATALOG[] = "pg_catalog";
static const char PG_TEMP[] = "pg_temp";

/* --- The catalog ---------------------------------------------------------------------------- */

/* What is in a fresh database (initdb's template1). */
static void create_first_objects(ls_catalog *catalog) {
    static const char *const schemas[] = {PG_CATALOG, "information_schema", PUBLIC};
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++)
        ls_catalog_create_schema(catalog, schemas[i], (ls_birth){0});
    ls_catalog_create_extension(catalog, "plpgsql");
}

ls_catalog *ls_catalog_new(void) {
    ls_arena *arena = ls_arena_new();
    ls_catalog *catalog = LS_NEW(arena, ls_catalog);
    catalog->arena = arena;
    catalog->undo_arena = ls_arena_new();
    catalog->names.arena = arena;
    create_first_objects(catalog);
    ls_words path = {0};
    LS_PUSH(arena, &path, "$user");
    LS_PUSH(arena, &path, PUBLIC);
    ls_catalog_set_search_path(catalog, &path);
    return catalog;
}

void ls_catalog_free(ls_catalog *catalog) {
    if (catalog == NULL)
        return;
    ls_arena_free(catalog->undo_arena);
    ls_arena_free(catalog->arena);
}

ls_arena *ls_catalog_arena(ls_catalog *catalog) {
    return catalog->arena;
}

const char *ls_catalog_intern(ls_catalog *catalog, const char *name) {
    return ls_intern(&catalog->names, name);
}

/* --- Small helpers -------------------------------------------------------------------------- */

void ls_remove_relation(ls_catalog *catalog, ls_relation_ids *relations, ls_relation_id id) {
    for (size_t i = 0; i < relations->count; i++)
        if (relations->items[i] == id) {
            LS_UNSHARE(catalog->arena, relations);
            LS_REMOVE(relations, i);
            return;
        }
}

/* --- Namespaces and the search_path --------------------------------------------------------- */

ls_namespace *ls_find_namespace(const ls_catalog *catalog, const char *schema) {
    return ls_directory_get(&catalog->schemas, schema);
}

ls_namespace *ls_namespace_of(ls_catalog *catalog, const char *schema) {
    ls_namespace *known = ls_find_namespace(catalog, schema);
    if (known != NULL)
        return known;
    ls_namespace *fresh = LS_NEW(catalog->arena, ls_namespace);
    ls_directory_set(catalog, &catalog->schemas, schema, fresh);
    fresh->name.value = (void *)ls_catalog_intern(catalog, schema);
    return fresh;
}

/* Words of a search_path that stand for no schema: the user's own, which a history does not know,
 * and the empty one, by which pg_dump says that there is none. */
static bool is_no_schema(const char *word) {
    return word == NULL || *word == 0 || ls_same_text(word, "$user");
}

/* pg_temp and pg_catalog are searched first where the path does not name them (documentation:
 * search_path). */
static ls_words search_order(ls_catalog *catalog, const ls_words *written) {
    ls_words order = {0};
    if (!ls_has_word(written, PG_TEMP))
        LS_PUSH(catalog->arena, &order, PG_TEMP);
    if (!ls_has_word(written, PG_CATALOG))
        LS_PUSH(catalog->arena, &order, PG_CATALOG);
    for (LS_EACH(const char *, word, *written))
        if (!is_no_schema(*word))
            LS_PUSH(catalog->arena, &order, *word);
    return order;
}

static ls_searched_schema searched_schema(ls_catalog *catalog, const char *schema) {
    return (ls_searched_schema){ls_catalog_intern(catalog, schema), ls_map_hash(schema)};
}

static bool is_same_path(const ls_search_path *old, const ls_words *path) {
    if (old == NULL || old->written.count != path->count)
        return false;
    for (size_t i = 0; i < path->count; i++)
        if (!ls_same_name(old->written.items[i], path->items[i]))
            return false;
    return true;
}

/* Every file starts with the usual path, and every SET may be one of the path. */
void ls_catalog_set_search_path(ls_catalog *catalog, const ls_words *path) {
    if (is_same_path(catalog->search_path.value, path))
        return;
    ls_search_path *fresh = LS_NEW(catalog->arena, ls_search_path);
    for (LS_EACH(const char *, word, *path))
        LS_PUSH(catalog->arena, &fresh->written, ls_catalog_intern(catalog, *word));
    fresh->order = search_order(catalog, &fresh->written);
    fresh->searched = LS_NEW_ARRAY(catalog->arena, ls_searched_schema, fresh->order.count);
    for (size_t i = 0; i < fresh->order.count; i++)
        fresh->searched[i] = searched_schema(catalog, fresh->order.items[i]);
    ls_cell_set(catalog, &catalog->search_path, fresh);
}

const ls_words *ls_catalog_search_path(const ls_catalog *catalog) {
    const ls_search_path *path = catalog->search_path.value;
    return &path->written;
}

/* True if the history had the schema and dropped it. */
static bool is_gone(const ls_catalog *catalog, const char *schema) {
    const ls_cell *cell = ls_map_get(&catalog->schemas.cells, schema);
    return cell != NULL && cell->value == NULL;
}

const char *ls_catalog_creation_schema(const ls_catalog *catalog) {
    for (LS_EACH(const char *, word, *ls_catalog_search_path(catalog)))
        if (!is_no_schema(*word) && !is_gone(catalog, *word))
            return *word;
    return PUBLIC;
}

ls_words ls_searched_schemas(const ls_catalog *catalog, const char *const *schema) {
    if (*schema != NULL)
        return (ls_words){.items = (const char **)schema, .count = 1};
    const ls_search_path *path = catalog->search_path.value;
    return path->order;
}

/* --- Looking up ----------------------------------------------------------------------------- */

static void *get_hashed(const ls_directory *directory, const char *name, size_t hash) {
    const ls_cell *cell = ls_map_get_hashed(&directory->cells, name, hash);
    return cell == NULL ? NULL : cell->value;
}

static const ls_directory *directory_at(const ls_namespace *space, size_t directory) {
    return (const ls_directory *)((const char *)space + directory);
}

void *ls_find_by_path(const ls_catalog *catalog, const char *schema, const char *name,
                      size_t directory) {
    if (schema != NULL) {
        const ls_namespace *space = ls_find_namespace(catalog, schema);
        return space == NULL ? NULL : ls_directory_get(directory_at(space, directory), name);
    }
    if (name == NULL)
        return NULL;
    const ls_search_path *path = catalog->search_path.value;
    const size_t hash = ls_map_hash(name);
    for (size_t i = 0; i < path->order.count; i++) {
        const ls_searched_schema *searched = &path->searched[i];
        const ls_namespace *space = get_hashed(&catalog->schemas, searched->name, searched->hash);
        void *found = space == NULL ? NULL : get_hashed(directory_at(space, directory), name, hash);
        if (found != NULL)
            return found;
    }
    return NULL;
}

ls_relation_slot *ls_relation_slot_of(const ls_catalog *catalog, ls_relation_id id) {
    return id == 0 || id > catalog->slots.count ? NULL : catalog->slots.items[id - 1];
}

const ls_relation *ls_catalog_relation(const ls_catalog *catalog, ls_relation_id id) {
    const ls_relation_slot *slot = ls_relation_slot_of(catalog, id);
    if (slot == NULL || slot->state.value == NULL)
        return NULL;
    const ls_relation_version *version = slot->state.value;
    return &version->relation;
}

const ls_relation *ls_catalog_find(const ls_catalog *catalog, const char *schema,
                                   const char *name) {
    const ls_relation_slot *slot =
        ls_find_by_path(catalog, schema, name, offsetof(ls_namespace, relations));
    if (slot == NULL)
        return NULL;
    const ls_relation_version *version = slot->state.value;
    return &version->relation;
}

ls_relation_ids ls_catalog_relations(ls_arena *arena, ls_catalog *catalog) {
    ls_relation_ids result = {0};
    ls_cells cells = ls_living_cells(arena, catalog, &catalog->relations);
    for (LS_EACH(ls_cell *, cell, cells)) {
        const ls_relation_version *version = (*cell)->value;
        LS_PUSH(arena, &result, version->relation.id);
    }
    return result;
}

const ls_catalog_column *ls_relation_column(const ls_relation *relation, const char *name) {
    for (LS_EACH(const ls_catalog_column, column, relation->columns))
        if (ls_same_name(column->name, name))
            return column;
    return NULL;
}

const ls_catalog_constraint *ls_relation_constraint(const ls_relation *relation, const char *name) {
    for (LS_EACH(const ls_catalog_constraint, constraint, relation->constraints))
        if (ls_same_name(constraint->name, name))
            return constraint;
    return NULL;
}

const ls_catalog_constraint *ls_relation_primary_key(const ls_relation *relation) {
    for (LS_EACH(const ls_catalog_constraint, constraint, relation->constraints))
        if (constraint->kind == LS_CONSTRAINT_PRIMARY_KEY)
            return constraint;
    return NULL;
}

const ls_catalog_policy *ls_relation_policy(const ls_relation *relation, const char *name) {
    for (LS_EACH(const ls_catalog_policy, policy, relation->policies))
        if (ls_same_name(policy->name, name))
            return policy;
    return NULL;
}

const ls_catalog_trigger *ls_relation_trigger(const ls_relation *relation, const char *name) {
    for (LS_EACH(const ls_catalog_trigger, trigger, relation->triggers))
        if (ls_same_name(trigger->name, name))
            return trigger;
    return NULL;
}
