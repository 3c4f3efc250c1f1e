/*
 * relations.c - relations come, go, and change their names.
 *
 * A relation is put under its name in the directory of its namespace; its slot is what the name
 * leads to, so renaming touches two names and one version. Dropping works through a list instead
 * of calling itself: a history may nest partitions as deep as it likes.
 */
#include "catalog/internal.h"
#include "catalog/names.h"

#include <string.h>

/* --- Creation ------------------------------------------------------------------------------- */

static ls_relation_slot *new_slot(ls_catalog *catalog) {
    ls_relation_slot *slot = LS_NEW(catalog->arena, ls_relation_slot);
    ls_relation_version *version = &slot->version;
    LS_PUSH(catalog->arena, &catalog->slots, slot);
    version->relation.id = (ls_relation_id)catalog->slots.count;
    version->stamp = ls_newest_serial(catalog);
    version->unshared = true;
    ls_cell_set(catalog, &slot->state, version);
    ls_cells_add(catalog, &catalog->relations, &slot->state);
    return slot;
}

static void set_name(ls_catalog *catalog, ls_relation *relation, const char *schema,
                     const char *name) {
    relation->full_name = ls_arena_join(catalog->arena, schema, ".", name, NULL);
    relation->schema = ls_catalog_intern(catalog, schema);
    relation->name = ls_catalog_intern(catalog, name);
}

static void forget_namesake(ls_catalog *catalog, const char *schema, const char *name) {
    const ls_relation *there = ls_catalog_find(catalog, schema, name);
    if (there != NULL)
        ls_catalog_drop(catalog, there->id);
}

/* What a CREATE without options makes. */
static void set_defaults(ls_relation *relation) {
    relation->columns_complete = true;
    relation->replica_identity = 'd';
    relation->valid = true;
    relation->populated = true;
    if (relation->kind == LS_RELATION_INDEX)
        relation->method = "btree";
    if (relation->kind == LS_RELATION_SEQUENCE)
        relation->sequence_type = "int8";
}

ls_relation *ls_catalog_create(ls_catalog *catalog, ls_relation_kind kind,
                               ls_persistence persistence, const char *schema, const char *name,
                               ls_birth birth) {
    if (persistence == LS_TEMPORARY)
        schema = "pg_temp";
    else if (schema == NULL)
        schema = ls_catalog_creation_schema(catalog);
    forget_namesake(catalog, schema, name);
    ls_relation_slot *slot = new_slot(catalog);
    ls_relation_version *version = slot->state.value;
    ls_relation *relation = &version->relation;
    relation->kind = kind;
    set_name(catalog, relation, schema, name);
    relation->persistence = ls_same_text(schema, "pg_temp") ? LS_TEMPORARY : persistence;
    relation->birth = birth;
    set_defaults(relation);
    ls_directory_set(catalog, &ls_namespace_of(catalog, schema)->relations, name, slot);
    ls_remember_to_index(catalog, relation->id, 0, 0);
    return relation;
}

/* PostgreSQL reserves the prefix for its own schemas; its relations are found without one. */
static const char *declaration_schema(const ls_catalog *catalog, const ls_name *name) {
    if (name->schema != NULL)
        return name->schema;
    return strncmp(name->name, "pg_", 3) == 0 ? "pg_catalog" : ls_catalog_creation_schema(catalog);
}

ls_relation_id ls_catalog_declare(ls_catalog *catalog, const ls_name *name, ls_relation_kind kind) {
    const char *schema = declaration_schema(catalog, name);
    const ls_relation *known = ls_catalog_find(catalog, name->schema, name->name);
    if (known == NULL) /* the search_path may be empty */
        known = ls_catalog_find(catalog, schema, name->name);
    if (known == NULL) {
        ls_relation *declared =
            ls_catalog_create(catalog, kind, LS_PERMANENT, schema, name->name, (ls_birth){0});
        declared->columns_complete = false;
        return declared->id;
    }
    if (known->kind == LS_RELATION_UNKNOWN && kind != LS_RELATION_UNKNOWN)
        ls_catalog_edit(catalog, known->id)->kind = kind;
    return known->id;
}

ls_relation *ls_catalog_create_index(ls_catalog *catalog, ls_relation_id table, const char *name,
                                     ls_birth birth) {
    const ls_relation *owner = ls_catalog_relation(catalog, table);
    if (owner == NULL)
        return NULL;
    if (name == NULL)
        name = ls_choose_relation_name(catalog, owner->schema, owner->name, &(ls_words){0}, "idx");
    ls_relation *index = ls_catalog_create(catalog, LS_RELATION_INDEX, owner->persistence,
                                           owner->schema, name, birth);
    index->table = table;
    LS_PUSH(catalog->arena, &ls_amend_unindexed(catalog, table)->indexes, index->id);
    return index;
}

/* --- Hints ---------------------------------------------------------------------------------- */

/* Adding to the shared list is safe without a new version: an older version knows a smaller count,
 * and what undo leaves behind is only a hint. Sweeping is not: it would take away what undo may
 * bring back, so it goes to a version of its own. */
void ls_catalog_note_dependent(ls_catalog *catalog, ls_relation_id relation,
                               ls_relation_id dependent) {
    ls_relation_slot *slot = ls_relation_slot_of(catalog, relation);
    if (slot == NULL || slot->state.value == NULL || relation == dependent)
        return;
    ls_relation_version *version = slot->state.value;
    ls_relation_ids *dependents = &version->relation.dependents;
    if (dependents->count > 0 && dependents->items[dependents->count - 1] == dependent)
        return;
    if (dependents->count == dependents->capacity) {
        dependents = &ls_amend_unindexed(catalog, relation)->dependents;
        *dependents = ls_swept_relations(catalog, dependents);
    }
    dependents->items[dependents->count++] = dependent;
}

/* --- Dropping ------------------------------------------------------------------------------- */

/* By the columns that they were made for, and by ALTER SEQUENCE ... OWNED BY. */
static ls_relation_ids owned_sequences(ls_catalog *catalog, const ls_relation *table) {
    ls_relation_ids sequences = {0};
    for (LS_EACH(const ls_catalog_column, column, table->columns))
        if (column->sequence != 0)
            LS_PUSH(catalog->arena, &sequences, column->sequence);
    for (LS_EACH(const ls_relation_id, id, table->dependents)) {
        const ls_relation *dependent = ls_catalog_relation(catalog, *id);
        if (dependent != NULL && dependent->owner_table == table->id)
            LS_PUSH(catalog->arena, &sequences, *id);
    }
    return sequences;
}

static void leave_table(ls_catalog *catalog, const ls_relation *index) {
    ls_relation *table = ls_amend_unindexed(catalog, index->table);
    if (table != NULL)
        ls_remove_relation(catalog, &table->indexes, index->id);
    ls_relation *parent = ls_amend_unindexed(catalog, index->parent_index);
    if (parent != NULL)
        ls_remove_relation(catalog, &parent->child_indexes, index->id);
}

static void leave_parents(ls_catalog *catalog, const ls_relation *relation) {
    for (LS_EACH(const ls_relation_id, id, relation->parents)) {
        ls_relation *parent = ls_amend_unindexed(catalog, *id);
        if (parent != NULL)
            ls_remove_relation(catalog, &parent->children, relation->id);
    }
}

static void leave_publications(ls_catalog *catalog, ls_relation_id id) {
    ls_cells publications = ls_cells_of(&catalog->publications.members);
    for (LS_EACH(ls_cell *, cell, publications)) {
        const ls_catalog_publication *publication = (*cell)->value;
        if (publication == NULL)
            continue;
        for (LS_EACH(const ls_relation_id, table, publication->tables))
            if (*table == id) {
                ls_remove_relation(
                    catalog,
                    &ls_catalog_edit_publication(catalog, publication->name, false)->tables, id);
                break;
            }
    }
}

static void drop_statistics_of(ls_catalog *catalog, const ls_relation_slot *slot,
                               ls_relation_id id) {
    ls_cells statistics = ls_cells_of(&slot->statistics);
    for (LS_EACH(ls_cell *, cell, statistics)) {
        const ls_catalog_statistics *object = (*cell)->value;
        if (object != NULL && object->relation == id)
            ls_catalog_drop_statistics(catalog, object);
    }
}

/* Partitions go with their parent; other children stay and lose it. */
static void drop_children(ls_catalog *catalog, const ls_relation *parent,
                          ls_relation_ids *dropped) {
    for (LS_EACH(const ls_relation_id, id, parent->children)) {
        const ls_relation *child = ls_catalog_relation(catalog, *id);
        if (child == NULL)
            continue;
        if (child->is_partition)
            LS_PUSH(catalog->arena, dropped, *id);
        else
            ls_remove_relation(catalog, &ls_amend_unindexed(catalog, *id)->parents, parent->id);
    }
}

static void push_all(ls_catalog *catalog, ls_relation_ids *list, const ls_relation_ids *more) {
    for (LS_EACH(const ls_relation_id, id, *more))
        LS_PUSH(catalog->arena, list, *id);
}

/* Drops one relation and adds to the list what goes with it. It is gone before others are told, so
 * that nothing changes its lists while they are read. */
static void drop_one(ls_catalog *catalog, ls_relation_id id, ls_relation_ids *dropped) {
    const ls_relation *relation = ls_catalog_relation(catalog, id);
    if (relation == NULL)
        return;
    ls_relation_slot *slot = ls_relation_slot_of(catalog, id);
    ls_namespace *space = ls_namespace_of(catalog, relation->schema);
    if (ls_directory_get(&space->relations, relation->name) == slot)
        ls_directory_set(catalog, &space->relations, relation->name, NULL);
    ls_relation_ids sequences = owned_sequences(catalog, relation);
    ls_cell_set(catalog, &slot->state, NULL);
    leave_table(catalog, relation);
    leave_parents(catalog, relation);
    leave_publications(catalog, id);
    drop_statistics_of(catalog, slot, id);
    drop_children(catalog, relation, dropped);
    push_all(catalog, dropped, &relation->indexes);
    push_all(catalog, dropped, &relation->child_indexes);
    push_all(catalog, dropped, &sequences);
}

void ls_catalog_drop(ls_catalog *catalog, ls_relation_id id) {
    ls_relation_ids dropped = {0};
    LS_PUSH(catalog->arena, &dropped, id);
    for (size_t i = 0; i < dropped.count; i++)
        drop_one(catalog, dropped.items[i], &dropped);
}

bool ls_has_row_type(const ls_relation *relation) {
    return relation->kind != LS_RELATION_INDEX && relation->kind != LS_RELATION_SEQUENCE;
}

/* --- Names ---------------------------------------------------------------------------------- */

/* Puts a relation under another name; columns of its row type follow. */
static void place(ls_catalog *catalog, ls_relation_id id, const char *schema, const char *name) {
    const ls_relation *old = ls_catalog_relation(catalog, id);
    if (old == NULL || (ls_same_name(old->schema, schema) && ls_same_name(old->name, name)))
        return;
    ls_index_references(catalog);
    forget_namesake(catalog, schema, name);
    ls_data_type row_type = {.schema = old->schema, .name = old->name};
    ls_namespace *from = ls_namespace_of(catalog, old->schema);
    ls_namespace *to = ls_namespace_of(catalog, schema);
    ls_directory_set(catalog, &from->relations, old->name, NULL);
    ls_directory_set(catalog, &to->relations, name, ls_relation_slot_of(catalog, id));
    ls_relation *relation = ls_catalog_edit(catalog, id);
    set_name(catalog, relation, schema, name);
    ls_retype_users(catalog, &relation->dependents, &row_type, relation->schema, relation->name);
    if (ls_has_row_type(relation))
        ls_retype_functions(catalog, &row_type, relation->schema, relation->name);
}

void ls_catalog_rename(ls_catalog *catalog, ls_relation_id id, const char *new_name) {
    const ls_relation *relation = ls_catalog_relation(catalog, id);
    if (relation != NULL)
        place(catalog, id, relation->schema, new_name);
}

void ls_catalog_move(ls_catalog *catalog, ls_relation_id id, const char *new_schema) {
    const ls_relation *relation = ls_catalog_relation(catalog, id);
    if (relation == NULL)
        return;
    ls_relation_ids moved = owned_sequences(catalog, relation);
    push_all(catalog, &moved, &relation->indexes);
    LS_PUSH(catalog->arena, &moved, id);
    for (LS_EACH(const ls_relation_id, part, moved)) {
        const ls_relation *at = ls_catalog_relation(catalog, *part);
        if (at != NULL)
            place(catalog, *part, new_schema, at->name);
    }
}
