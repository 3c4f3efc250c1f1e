/*
 * versions.c - editing a relation or a type.
 *
 * The first edit after a mark makes a new version and leaves the old one to the log; the next ones
 * change that version in place. A new version has vectors of its own, the words inside of their
 * items included, because callers change those in place. `dependents` and `users` are shared: they
 * only grow (see ls_catalog_note_dependent), and each version knows how much of them is its own.
 * Expressions are shared as well: they are never changed, only replaced.
 */
#include "catalog/internal.h"

static void unshare_columns_of_parts(ls_arena *arena, ls_relation *relation) {
    for (LS_EACH(ls_catalog_constraint, constraint, relation->constraints)) {
        LS_UNSHARE(arena, &constraint->columns);
        LS_UNSHARE(arena, &constraint->referenced_columns);
    }
    for (LS_EACH(ls_catalog_trigger, trigger, relation->triggers)) {
        LS_UNSHARE(arena, &trigger->columns);
        LS_UNSHARE(arena, &trigger->when_columns);
    }
    for (LS_EACH(ls_catalog_policy, policy, relation->policies))
        LS_UNSHARE(arena, &policy->columns);
}

static ls_relation_version *new_relation_version(ls_catalog *catalog,
                                                 const ls_relation_version *old) {
    ls_arena *arena = catalog->arena;
    ls_relation_version *fresh = LS_NEW(arena, ls_relation_version);
    *fresh = *old;
    fresh->stamp = ls_newest_serial(catalog);
    ls_relation *relation = &fresh->relation;
    LS_UNSHARE(arena, &relation->columns);
    LS_UNSHARE(arena, &relation->constraints);
    LS_UNSHARE(arena, &relation->indexes);
    LS_UNSHARE(arena, &relation->triggers);
    LS_UNSHARE(arena, &relation->policies);
    LS_UNSHARE(arena, &relation->rules);
    LS_UNSHARE(arena, &relation->partitioning.keys);
    LS_UNSHARE(arena, &relation->parents);
    LS_UNSHARE(arena, &relation->children);
    LS_UNSHARE(arena, &relation->elements);
    LS_UNSHARE(arena, &relation->include);
    LS_UNSHARE(arena, &relation->child_indexes);
    LS_UNSHARE(arena, &relation->uses);
    unshare_columns_of_parts(arena, relation);
    return fresh;
}

ls_relation *ls_edit_unindexed(ls_catalog *catalog, ls_relation_id id) {
    ls_relation_slot *slot = ls_relation_slot_of(catalog, id);
    if (slot == NULL || slot->state.value == NULL)
        return NULL;
    ls_relation_version *version = slot->state.value;
    if (version->stamp < ls_newest_serial(catalog)) {
        version = new_relation_version(catalog, version);
        ls_cell_set(catalog, &slot->state, version);
    }
    return &version->relation;
}

static ls_type_version *new_type_version(ls_catalog *catalog, const ls_type_version *old) {
    ls_type_version *fresh = LS_NEW(catalog->arena, ls_type_version);
    *fresh = *old;
    fresh->stamp = ls_newest_serial(catalog);
    LS_UNSHARE(catalog->arena, &fresh->type.labels);
    LS_UNSHARE(catalog->arena, &fresh->type.constraints);
    return fresh;
}

ls_catalog_type *ls_catalog_edit_type(ls_catalog *catalog, const ls_catalog_type *type) {
    ls_namespace *space = ls_namespace_of(catalog, type->schema);
    ls_type_version *version = ls_directory_get(&space->types, type->name);
    if (version == NULL)
        return NULL;
    if (version->stamp < ls_newest_serial(catalog)) {
        version = new_type_version(catalog, version);
        ls_directory_set(catalog, &space->types, type->name, version);
    }
    return &version->type;
}
