/*
 * versions.c - editing a relation or a type.
 *
 * Before the first edit after a mark the log gets a copy of the relation; then it is changed in
 * place. One that is only amended shares its vectors with the copy: they grow, and either knows how
 * much of them is its own. What undo leaves behind the end of the older one is overwritten by what
 * is appended next. An item that is changed or taken out alone is logged by itself: undo meets
 * what was done to a shared vector in reverse order, so it puts each back where it was. The first
 * edit that may change anything in the vectors gets its own, the words inside of their items
 * included, because callers change those in place. `dependents` and `users`
 * are always shared: they only grow (see ls_catalog_note_dependent). Expressions are shared as
 * well: they are never changed, only replaced. A type is copied as a whole, and its cell set.
 */
#include "catalog/internal.h"

#include <string.h>

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

static void unshare(ls_arena *arena, ls_relation *relation) {
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
    LS_UNSHARE(arena, &relation->notes);
    unshare_columns_of_parts(arena, relation);
}

/* The relation's state, logged since the newest mark; NULL if there is no such relation. */
static ls_relation_version *logged_version(ls_catalog *catalog, ls_relation_id id) {
    ls_relation_slot *slot = ls_relation_slot_of(catalog, id);
    if (slot == NULL || slot->state.value == NULL)
        return NULL;
    ls_relation_version *version = slot->state.value;
    slot->state.changed = catalog->serial;
    if (version->stamp >= ls_newest_serial(catalog))
        return version;
    ls_item_save(catalog, version, sizeof *version);
    version->stamp = ls_newest_serial(catalog);
    version->unshared = false;
    return version;
}

ls_relation *ls_amend_unindexed(ls_catalog *catalog, ls_relation_id id) {
    ls_relation_version *version = logged_version(catalog, id);
    return version == NULL ? NULL : &version->relation;
}

/* Without a mark nobody can go back to an older version. */
ls_relation *ls_edit_unindexed(ls_catalog *catalog, ls_relation_id id) {
    ls_relation_version *version = logged_version(catalog, id);
    if (version == NULL)
        return NULL;
    catalog->removed += version->relation.constraints.count > 0;
    if (!version->unshared && catalog->marks.count > 0) {
        unshare(catalog->arena, &version->relation);
        version->unshared = true;
    }
    return &version->relation;
}

ls_relation *ls_catalog_edit(ls_catalog *catalog, ls_relation_id id) {
    ls_relation *relation = ls_edit_unindexed(catalog, id);
    if (relation != NULL)
        ls_remember_to_index(catalog, id, 0, 0);
    return relation;
}

ls_relation *ls_catalog_amend(ls_catalog *catalog, ls_relation_id id) {
    ls_relation *relation = ls_amend_unindexed(catalog, id);
    if (relation != NULL)
        ls_remember_to_index(catalog, id, relation->columns.count, relation->constraints.count);
    return relation;
}

/* Vectors that are no older version's need no copy of what changes in them: undo goes back to
 * others, or to no relation at all. */
static bool has_own_vectors(const ls_catalog *catalog, ls_relation_id id) {
    const ls_relation_version *version = ls_relation_slot_of(catalog, id)->state.value;
    return version->unshared && version->stamp >= ls_newest_serial(catalog);
}

static void save_item(ls_catalog *catalog, ls_relation_id id, void *item, size_t item_size) {
    if (!has_own_vectors(catalog, id))
        ls_item_save(catalog, item, item_size);
}

ls_catalog_column *ls_catalog_edit_column(ls_catalog *catalog, ls_relation_id id,
                                          const ls_catalog_column *column) {
    const ls_relation *relation = ls_catalog_relation(catalog, id);
    uint32_t number = (uint32_t)(column - relation->columns.items);
    ls_catalog_column *writable = &relation->columns.items[number];
    ls_relation_slot_of(catalog, id)->state.changed = catalog->serial;
    save_item(catalog, id, writable, sizeof *writable);
    ls_remember_to_index(catalog, id, number, relation->constraints.count);
    return writable;
}

ls_catalog_constraint *ls_catalog_edit_constraint(ls_catalog *catalog, ls_relation_id id,
                                                  const ls_catalog_constraint *constraint) {
    const ls_relation *relation = ls_catalog_relation(catalog, id);
    uint32_t number = (uint32_t)(constraint - relation->constraints.items);
    ls_catalog_constraint *writable = &relation->constraints.items[number];
    ls_relation_slot_of(catalog, id)->state.changed = catalog->serial;
    save_item(catalog, id, writable, sizeof *writable);
    return writable;
}

/* --- Removal -------------------------------------------------------------------------------- */

/* Takes out an item that has so many behind it. */
static void remove_item(ls_catalog *catalog, ls_relation_id id, void *item, size_t item_size,
                        size_t behind) {
    if (!has_own_vectors(catalog, id))
        ls_item_save_removed(catalog, item, item_size, behind * item_size);
    memmove(item, (char *)item + item_size, behind * item_size);
}

#define REMOVE_ITEM(catalog, id, vector, number)                                                   \
    (remove_item((catalog), (id), &(vector)->items[number], sizeof *(vector)->items,               \
                 (vector)->count - (number)-1),                                                    \
     (vector)->count--)

/* The hints stay as they are: they may name what has gone. */
void ls_catalog_remove_column(ls_catalog *catalog, ls_relation_id id,
                              const ls_catalog_column *column) {
    ls_relation_version *version = logged_version(catalog, id);
    uint32_t number = (uint32_t)(column - version->relation.columns.items);
    version->indexed_columns -= number < version->indexed_columns;
    REMOVE_ITEM(catalog, id, &version->relation.columns, number);
}

void ls_catalog_remove_constraint(ls_catalog *catalog, ls_relation_id id,
                                  const ls_catalog_constraint *constraint) {
    ls_relation_version *version = logged_version(catalog, id);
    uint32_t number = (uint32_t)(constraint - version->relation.constraints.items);
    version->indexed_constraints -= number < version->indexed_constraints;
    REMOVE_ITEM(catalog, id, &version->relation.constraints, number);
    catalog->removed++;
}

void ls_catalog_remove_trigger(ls_catalog *catalog, ls_relation_id id,
                               const ls_catalog_trigger *trigger) {
    ls_relation *relation = ls_amend_unindexed(catalog, id);
    uint32_t number = (uint32_t)(trigger - relation->triggers.items);
    REMOVE_ITEM(catalog, id, &relation->triggers, number);
}

void ls_catalog_remove_policy(ls_catalog *catalog, ls_relation_id id,
                              const ls_catalog_policy *policy) {
    ls_relation *relation = ls_amend_unindexed(catalog, id);
    uint32_t number = (uint32_t)(policy - relation->policies.items);
    REMOVE_ITEM(catalog, id, &relation->policies, number);
}

/* --- Types ---------------------------------------------------------------------------------- */

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
    catalog->removed++;
    if (version->stamp < ls_newest_serial(catalog)) {
        version = new_type_version(catalog, version);
        ls_directory_set(catalog, &space->types, type->name, version);
    }
    return &version->type;
}
