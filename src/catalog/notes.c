/*
 * notes.c - what was said of objects, and what has changed since a moment.
 *
 * Notes of a relation are only appended, so that one more costs the same however many there are. A
 * part that is dropped leaves its notes behind; whoever asks tells since when the part has been
 * there, and older notes are not its own.
 */
#include "catalog/internal.h"

/* --- Notes ---------------------------------------------------------------------------------- */

/* What is said once more of a whole relation tells nothing new: GRANT ON ALL TABLES does so for
 * every table that had it. */
static bool is_said(const ls_relation *relation, const ls_catalog_note *note) {
    if (relation == NULL || note->about != NULL || note->text == NULL)
        return false;
    const ls_catalog_note *last =
        ls_relation_note(relation, note->kind, NULL, note->property, &relation->birth);
    return last != NULL && ls_same_name(last->text, note->text) &&
           last->usual_unknown == note->usual_unknown;
}

void ls_catalog_add_note(ls_catalog *catalog, ls_relation_id relation,
                         const ls_catalog_note *note) {
    if (is_said(ls_catalog_relation(catalog, relation), note))
        return;
    ls_relation *edited = ls_amend_unindexed(catalog, relation);
    if (edited != NULL)
        LS_PUSH(catalog->arena, &edited->notes, *note);
}

static bool has_property(const ls_notes *notes, const char *property) {
    for (LS_EACH(const ls_catalog_note *, note, *notes))
        if (ls_same_name((*note)->property, property))
            return true;
    return false;
}

/* A first note of its property is appended to the items of the list before, which knows how many
 * of them are its own. */
void ls_catalog_add_object_note(ls_catalog *catalog, const ls_catalog_note *note) {
    const ls_notes old = ls_catalog_object_notes(catalog, note->about);
    ls_notes *fresh = LS_NEW(catalog->arena, ls_notes);
    if (has_property(&old, note->property)) {
        for (LS_EACH(const ls_catalog_note *, other, old))
            if (!ls_same_name((*other)->property, note->property))
                LS_PUSH(catalog->arena, fresh, *other);
    } else {
        *fresh = old;
    }
    ls_catalog_note *kept = LS_NEW(catalog->arena, ls_catalog_note);
    *kept = *note;
    LS_PUSH(catalog->arena, fresh, kept);
    ls_directory_set(catalog, &catalog->notes, note->about, fresh);
}

ls_notes ls_catalog_object_notes(const ls_catalog *catalog, const char *about) {
    const ls_notes *notes = ls_directory_get(&catalog->notes, about);
    return notes == NULL ? (ls_notes){0} : *notes;
}

/* Both are of one server, whose transactions follow each other. */
bool ls_is_older_note(const ls_catalog_note *note, const ls_birth *since) {
    if (note->birth.transaction != since->transaction)
        return note->birth.transaction < since->transaction;
    return note->birth.source == since->source && note->birth.at.begin < since->at.begin;
}

const ls_catalog_note *ls_relation_note(const ls_relation *relation, ls_object_kind kind,
                                        const char *about, const char *property,
                                        const ls_birth *since) {
    for (size_t i = relation->notes.count; i-- > 0;) {
        const ls_catalog_note *note = &relation->notes.items[i];
        if (note->kind == kind && ls_same_name(note->about, about) &&
            ls_same_name(note->property, property))
            return ls_is_older_note(note, since) ? NULL : note;
    }
    return NULL;
}

void ls_catalog_rename_notes(ls_catalog *catalog, ls_relation_id relation, const char *column,
                             const char *new_name) {
    const ls_relation *state = ls_catalog_relation(catalog, relation);
    size_t count = state == NULL ? 0 : state->notes.count;
    for (size_t i = 0; i < count; i++) {
        ls_catalog_note note = ls_catalog_relation(catalog, relation)->notes.items[i];
        if (note.kind != LS_OBJECT_COLUMN || !ls_same_name(note.about, column))
            continue;
        note.about = new_name;
        ls_catalog_add_note(catalog, relation, &note);
    }
}

/* --- What has changed ----------------------------------------------------------------------- */

ls_catalog_moment ls_catalog_now(const ls_catalog *catalog) {
    return catalog->serial;
}

bool ls_catalog_is_changed(const ls_catalog *catalog, ls_relation_id relation,
                           ls_catalog_moment moment) {
    return ls_relation_slot_of(catalog, relation)->state.changed > moment;
}

/* The values of the cells in the list that were changed since. */
typedef LS_VECTOR(void *) ls_values;

static ls_values changed_in(ls_arena *arena, ls_catalog *catalog, const ls_cell *list,
                            ls_catalog_moment moment) {
    ls_values values = {0};
    ls_cells cells = ls_living_cells(arena, catalog, list);
    for (LS_EACH(ls_cell *, cell, cells))
        if ((*cell)->changed > moment)
            LS_PUSH(arena, &values, (*cell)->value);
    return values;
}

static void add_relations(ls_arena *arena, const ls_catalog *catalog, ls_catalog_objects *objects,
                          ls_catalog_moment moment) {
    for (LS_EACH(ls_relation_slot *, slot, catalog->slots)) {
        const ls_relation_version *version = (*slot)->state.value;
        if (version != NULL && (*slot)->state.changed > moment)
            LS_PUSH(arena, &objects->relations, version->relation.id);
    }
}

static void add_members(ls_arena *arena, ls_catalog *catalog, ls_catalog_objects *objects,
                        const ls_namespace *space, ls_catalog_moment moment) {
    ls_values types = changed_in(arena, catalog, &space->types.members, moment);
    for (LS_EACH(void *, value, types))
        LS_PUSH(arena, &objects->types, &((const ls_type_version *)*value)->type);
    ls_values names = changed_in(arena, catalog, &space->functions.members, moment);
    for (LS_EACH(void *, value, names))
        for (LS_EACH(const ls_catalog_function *, function, *(const ls_functions *)*value))
            LS_PUSH(arena, &objects->functions, *function);
    ls_values statistics = changed_in(arena, catalog, &space->statistics.members, moment);
    for (LS_EACH(void *, value, statistics))
        LS_PUSH(arena, &objects->statistics, (const ls_catalog_statistics *)*value);
}

static void add_schemas(ls_arena *arena, ls_catalog *catalog, ls_catalog_objects *objects,
                        ls_catalog_moment moment) {
    ls_cells spaces = ls_living_cells(arena, catalog, &catalog->schemas.members);
    for (LS_EACH(ls_cell *, cell, spaces)) {
        const ls_namespace *space = (*cell)->value;
        bool is_changed = (*cell)->changed > moment || space->birth.changed > moment;
        if (is_changed && space->birth.value != NULL)
            LS_PUSH(arena, &objects->schemas, space->name.value);
        add_members(arena, catalog, objects, space, moment);
    }
}

ls_catalog_objects ls_catalog_changed_since(ls_arena *arena, ls_catalog *catalog,
                                            ls_catalog_moment moment) {
    ls_catalog_objects objects = {0};
    add_relations(arena, catalog, &objects, moment);
    add_schemas(arena, catalog, &objects, moment);
    ls_values extensions = changed_in(arena, catalog, &catalog->extensions.members, moment);
    for (LS_EACH(void *, value, extensions))
        LS_PUSH(arena, &objects.extensions, *value);
    ls_values publications = changed_in(arena, catalog, &catalog->publications.members, moment);
    for (LS_EACH(void *, value, publications))
        LS_PUSH(arena, &objects.publications,
                &((const ls_publication_version *)*value)->publication);
    ls_values notes = changed_in(arena, catalog, &catalog->notes.members, moment);
    for (LS_EACH(void *, value, notes))
        for (LS_EACH(const ls_catalog_note *, note, *(const ls_notes *)*value))
            LS_PUSH(arena, &objects.notes, *note);
    return objects;
}
