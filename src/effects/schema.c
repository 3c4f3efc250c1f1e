/*
 * schema.c - CREATE SCHEMA, with the statements that it may hold.
 *
 * The elements run in order, in the new schema: it stands first in the search_path as long as they
 * do (documentation: CREATE SCHEMA).
 */
#include "effects/families.h"

static void run_elements(ls_builder *builder, const ls_create_schema *create) {
    const ls_words before = *ls_catalog_search_path(builder->catalog);
    ls_words path = {0};
    LS_PUSH(ls_catalog_arena(builder->catalog), &path, create->name);
    for (LS_EACH(const char *, schema, before))
        LS_PUSH(ls_catalog_arena(builder->catalog), &path, *schema);
    ls_catalog_set_search_path(builder->catalog, &path);
    for (LS_EACH(struct ls_statement *, element, create->elements)) {
        ls_builder nested = *builder;
        nested.statement = *element;
        ls_effects_of(&nested, *element);
    }
    ls_catalog_set_search_path(builder->catalog, &before);
}

void ls_effects_of_create_schema(ls_builder *builder, const ls_create_schema *create) {
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_CREATE_SCHEMA, builder->statement->at, 0);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IF_NOT_EXISTS, create->if_not_exists);
    if (!create->name)
        return;
    ls_set_text(builder, effect, LS_ATTRIBUTE_SCHEMA, ls_quoted(builder, create->name));
    const ls_birth *there = ls_catalog_schema_birth(builder->catalog, create->name);
    if (there && create->if_not_exists)
        return;
    if (there && there->known) {
        ls_refuse(builder, builder->statement->at, "schema \"%s\" already exists", create->name);
        return;
    }
    ls_catalog_create_schema(builder->catalog, create->name,
                             ls_birth_under(builder, create->if_not_exists));
    if (create->elements.count > 0)
        run_elements(builder, create);
}
