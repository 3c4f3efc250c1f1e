/*
 * unparsed.c - a statement that could not be read.
 *
 * It may do anything to the relations that it names, and what its head says that it creates is
 * there from now on, with columns that nobody knows.
 */
#include "effects/families.h"

#include <ctype.h>
#include <string.h>

static bool is_name_byte(char byte) {
    return isalnum((unsigned char)byte) || byte == '_' || (byte & 0x80) != 0;
}

static void doubt(ls_builder *builder, const char *name) {
    const ls_relation *relation = ls_catalog_find(builder->catalog, NULL, name);
    if (relation != NULL && relation->columns_complete)
        ls_catalog_amend(builder->catalog, relation->id)->columns_complete = false;
}

/* What could not be read may have changed any relation that it names: what is known of them is no
 * longer complete, so that nothing is called certain that rests on their lacking something. */
static void doubt_named_relations(ls_builder *builder) {
    const char *text = builder->source->text;
    const ls_span at = builder->statement->at;
    for (uint32_t i = at.begin; i < at.end;) {
        uint32_t end = i;
        while (end < at.end && is_name_byte(text[end]))
            end++;
        if (end == i) {
            i++;
            continue;
        }
        char *name = ls_arena_copy(builder->arena, text + i, end - i);
        for (char *byte = name; *byte != 0; byte++)
            *byte = (char)tolower((unsigned char)*byte);
        doubt(builder, name);
        i = end;
    }
}

static ls_relation_kind kind_of(const ls_creation *creation) {
    if (!creation->view)
        return LS_RELATION_TABLE;
    return creation->materialized ? LS_RELATION_MATERIALIZED_VIEW : LS_RELATION_VIEW;
}

static void create(ls_builder *builder, const ls_creation *creation) {
    if (creation->name.name == NULL || ls_known(builder, &creation->name) != 0)
        return;
    ls_relation *relation =
        ls_catalog_create(builder->catalog, kind_of(creation),
                          creation->temporary ? LS_TEMPORARY : LS_PERMANENT, creation->name.schema,
                          creation->name.name, ls_birth_under(builder, creation->if_not_exists));
    relation->columns_complete = false;
    relation->rows_possible = true;
    relation->populated = true;
    relation->replica_identity = 'd';
}

void ls_effects_of_unparsed(ls_builder *builder, const ls_statement *statement) {
    doubt_named_relations(builder);
    create(builder, &statement->problem.creates);
    builder->outcome->analysed = false;
    ls_effect *effect = ls_add_effect(
        builder, LS_EFFECT_UNPARSED,
        ls_span_empty(statement->problem.at) ? statement->at : statement->problem.at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_WHY, statement->problem.message);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PLACEHOLDER, statement->problem.placeholder);
    if (statement->needs_postgres > 0)
        ls_set_number(builder, effect, LS_ATTRIBUTE_NEEDS_POSTGRES, statement->needs_postgres);
}
