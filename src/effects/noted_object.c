/*
 * noted_object.c - what comments, privileges and owners are said of where it is no relation.
 *
 * One object has one name here, however a statement writes it: with or without its schema, the
 * types of a function's arguments in whatever spelling, or none where there is one of the name.
 */
#include "effects/noted_object.h"

#include "effects/families.h"
#include "effects/types.h"

#include <string.h>

static void find_function(ls_builder *builder, ls_noted_object *object, const ls_name *name,
                          const ls_signature *signature) {
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    const ls_catalog_function *function = ls_function_meant(builder, name, signature);
    object->known = function != NULL;
    if (function) {
        object->schema = function->schema;
        object->arguments =
            ls_types_text(arena, function->arguments.items, function->arguments.count, ", ");
        return;
    }
    LS_VECTOR(ls_data_type) types = {0};
    for (LS_EACH(ls_type_name *, type, signature->arguments))
        LS_PUSH(builder->arena, &types, ls_catalog_resolve_type(builder->catalog, *type));
    if (signature->given)
        object->arguments = ls_types_text(arena, types.items, types.count, ", ");
}

static void find_type(ls_builder *builder, ls_noted_object *object, const ls_name *name) {
    const ls_catalog_type *type = ls_catalog_find_type(builder->catalog, name->schema, name->name);
    object->known = type != NULL;
    if (!type)
        return;
    object->schema = type->schema;
    object->kind = type->kind == 'd' ? LS_OBJECT_DOMAIN : LS_OBJECT_TYPE;
}

ls_noted_object ls_noted_object_of(ls_builder *builder, ls_object_kind kind, const ls_name *name,
                                   const ls_signature *signature) {
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    ls_noted_object object = {.kind = kind,
                              .schema = ls_arena_string(arena, name->schema),
                              .name = ls_arena_string(arena, name->name)};
    if (kind == LS_OBJECT_FUNCTION)
        find_function(builder, &object, name, signature);
    else if (kind == LS_OBJECT_TYPE || kind == LS_OBJECT_DOMAIN)
        find_type(builder, &object, name);
    else if (kind == LS_OBJECT_SCHEMA)
        object.known = ls_catalog_has_schema(builder->catalog, name->name);
    return object;
}

const char *ls_noted_object_text(ls_arena *arena, const ls_noted_object *object) {
    const bool plain = !object->schema || strcmp(object->schema, "public") == 0;
    const bool called = object->arguments != NULL;
    return ls_arena_join(arena, ls_object_words(object->kind), " ", plain ? "" : object->schema,
                         plain ? "" : ".", object->name, called ? "(" : "",
                         called ? object->arguments : "", called ? ")" : "", NULL);
}
