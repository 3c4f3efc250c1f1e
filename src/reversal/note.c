/*
 * note.c - comments, privileges, owners and the like: of relations and their parts as facts of
 * these, of other objects each as a part that goes with the object.
 *
 * A note outlives what it is about. It is asked for with the object, so that what was said of
 * another object of the name is told from what was said of this one.
 */
#include "reversal/describing.h"

#include "effects/noted_object.h"
#include "effects/types.h"

#include <string.h>

static const char *text_of(ls_arena *arena, const ls_catalog_note *note) {
    return note->text != NULL ? note->text : ls_normal_text(arena, note->source, note->at);
}

/* --- Relations ------------------------------------------------------------------------------- */

static void add_note_fact(ls_description *to, ls_part *part, const ls_catalog_note *note) {
    const char *value = text_of(to->arena, note);
    const ls_fact fact = {
        .property = note->property, .value = value, .usual_unknown = note->usual_unknown};
    if (value != NULL)
        LS_PUSH(to->arena, &part->facts, fact);
}

void ls_add_notes(ls_description *to, ls_part *part, const ls_relation *relation,
                  ls_object_kind kind, const char *about, const ls_birth *since) {
    for (LS_EACH(const ls_catalog_note, note, relation->notes))
        if (note->kind == kind &&
            ls_relation_note(relation, kind, about, note->property, since) == note)
            add_note_fact(to, part, note);
}

/* --- Other objects --------------------------------------------------------------------------- */

/* What a note is about, as the catalog has it. */
typedef struct {
    bool is_kept;          /* the catalog keeps objects of the kind */
    const char *key;       /* of the object's part; NULL: it is not there */
    const ls_birth *birth; /* NULL: not known */
} noted;

static noted noted_function(const ls_description *to, const ls_noted_object *object) {
    const ls_functions functions =
        ls_catalog_find_functions(to->catalog, object->schema, object->name);
    noted found = {.is_kept = true};
    for (LS_EACH(const ls_catalog_function *, function, functions)) {
        const char *arguments = ls_types_text(to->arena, (*function)->arguments.items,
                                              (*function)->arguments.count, ", ");
        if (object->arguments != NULL && strcmp(arguments, object->arguments) != 0)
            continue;
        found.birth = &(*function)->birth;
        found.key = ls_object_key(to->arena, ls_function_word(*function), (*function)->schema,
                                  ls_signature_text(to->arena, *function));
    }
    return found;
}

static noted noted_type(const ls_description *to, const ls_noted_object *object) {
    const ls_catalog_type *type = ls_catalog_find_type(to->catalog, object->schema, object->name);
    if (type == NULL)
        return (noted){.is_kept = true};
    return (noted){.is_kept = true,
                   .key = ls_object_key(to->arena, ls_type_word(type), type->schema, type->name),
                   .birth = &type->birth};
}

static noted noted_schema(const ls_description *to, const ls_noted_object *object) {
    if (!ls_catalog_has_schema(to->catalog, object->name))
        return (noted){.is_kept = true};
    return (noted){.is_kept = true,
                   .key = ls_object_key(to->arena, "schema", NULL, object->name),
                   .birth = ls_catalog_schema_birth(to->catalog, object->name)};
}

static noted what_is_noted(const ls_description *to, const ls_noted_object *object) {
    if (object->name == NULL)
        return (noted){0};
    switch (object->kind) {
    case LS_OBJECT_FUNCTION:
        return noted_function(to, object);
    case LS_OBJECT_TYPE:
    case LS_OBJECT_DOMAIN:
        return noted_type(to, object);
    case LS_OBJECT_SCHEMA:
        return noted_schema(to, object);
    default:
        return (noted){0};
    }
}

/* Said of what is gone, or of another object that had the name. */
static bool is_of_nothing(const ls_catalog_note *note, const noted *object) {
    if (!object->is_kept)
        return false;
    if (object->key == NULL)
        return note->object.known;
    return object->birth != NULL && object->birth->known && ls_is_older_note(note, object->birth);
}

/* An extension brings a comment along, and what the history has not made whatever it was given. */
static bool may_have_been(const ls_catalog_note *note, const noted *object) {
    bool is_foreign = object->is_kept && (object->birth == NULL || !object->birth->known);
    return is_foreign || note->kind == LS_OBJECT_EXTENSION || note->usual_unknown;
}

static void describe_note(ls_description *to, const ls_catalog_note *note) {
    const char *text = text_of(to->arena, note);
    const char *key = ls_arena_join(to->arena, "note ", note->about, " ", note->property, NULL);
    const noted object = what_is_noted(to, &note->object);
    if (text == NULL || ls_described(to, key) != NULL || is_of_nothing(note, &object))
        return;
    ls_part part = {
        .key = key,
        .object = note->property,
        .shown = note->about,
        .container = object.key,
        .birth = note->birth,
        .whole = true,
        .may_have_been = may_have_been(note, &object),
    };
    ls_add_fact(to, &part, "text", text);
    ls_add_part(to, &part);
}

static void describe_all(ls_description *to, const ls_notes *notes) {
    for (LS_EACH(const ls_catalog_note *, note, *notes))
        describe_note(to, *note);
}

static void describe_notes_of(ls_description *to, const ls_noted_object *object) {
    const ls_notes notes =
        ls_catalog_object_notes(to->catalog, ls_noted_object_text(to->arena, object));
    describe_all(to, &notes);
}

void ls_describe_notes(ls_description *to, const ls_catalog_objects *objects) {
    for (LS_EACH(const ls_catalog_function *, function, objects->functions))
        describe_notes_of(to, &(ls_noted_object){.kind = LS_OBJECT_FUNCTION,
                                                 .schema = (*function)->schema,
                                                 .name = (*function)->name,
                                                 .arguments = ls_types_text(
                                                     to->arena, (*function)->arguments.items,
                                                     (*function)->arguments.count, ", ")});
    for (LS_EACH(const ls_catalog_type *, type, objects->types))
        describe_notes_of(
            to, &(ls_noted_object){.kind = (*type)->kind == 'd' ? LS_OBJECT_DOMAIN : LS_OBJECT_TYPE,
                                   .schema = (*type)->schema,
                                   .name = (*type)->name});
    for (LS_EACH(const char *, schema, objects->schemas))
        describe_notes_of(to, &(ls_noted_object){.kind = LS_OBJECT_SCHEMA, .name = *schema});
    describe_all(to, &objects->notes);
}
