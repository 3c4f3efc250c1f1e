/*
 * description.c - the parts that are no relations, and the description as a whole.
 */
#include "reversal/describing.h"

#include "effects/types.h"
#include "support/same.h"

#include <stdlib.h>
#include <string.h>

/* --- Parts and facts ------------------------------------------------------------------------- */

void ls_add_fact(ls_description *to, ls_part *part, const char *property, const char *value) {
    if (value != NULL)
        LS_PUSH(to->arena, &part->facts, ((ls_fact){.property = property, .value = value}));
}

void ls_add_wording(ls_description *to, ls_part *part, const char *property, const char *value) {
    const ls_fact fact = {.property = property, .value = value, .is_wording = true};
    if (value != NULL)
        LS_PUSH(to->arena, &part->facts, fact);
}

void ls_add_part(ls_description *to, const ls_part *part) {
    LS_PUSH(to->arena, &to->parts, *part);
    void *number = (void *)(uintptr_t)to->parts.count;
    ls_map_set(to->arena, &to->by_key, part->key, number);
    if (part->same_as != NULL)
        ls_map_set(to->arena, &to->by_identity, part->same_as, number);
}

static const ls_part *part_under(const ls_description *description, const ls_map *map,
                                 const char *key) {
    uintptr_t number = (uintptr_t)ls_map_get(map, key);
    return number == 0 ? NULL : &description->parts.items[number - 1];
}

const ls_part *ls_described(const ls_description *description, const char *key) {
    return part_under(description, &description->by_key, key);
}

const ls_part *ls_same_part(const ls_description *description, const ls_part *part) {
    return part->same_as == NULL
               ? NULL
               : part_under(description, &description->by_identity, part->same_as);
}

const ls_fact *ls_part_fact(const ls_part *part, const char *property) {
    for (LS_EACH(const ls_fact, fact, part->facts))
        if (strcmp(fact->property, property) == 0)
            return fact;
    return NULL;
}

static bool is_asked(const ls_description *to, const ls_part *part) {
    return to->asked == NULL || ls_map_get(&to->asked->keys, part->key) != NULL;
}

/* --- Objects --------------------------------------------------------------------------------- */

const char *ls_object_key(ls_arena *arena, const char *object, const char *schema,
                          const char *name) {
    return ls_arena_join(arena, object, " ", ls_plain_name(arena, schema, name), NULL);
}

static ls_part part_of(ls_description *to, const char *object, const char *schema, const char *name,
                       const ls_birth *birth) {
    const char *shown = ls_plain_name(to->arena, schema, name);
    ls_part part = {
        .key = ls_object_key(to->arena, object, schema, name),
        .object = object,
        .shown = shown,
        .whole = true,
    };
    if (schema != NULL)
        part.container = ls_object_key(to->arena, "schema", NULL, schema);
    if (birth != NULL) {
        part.birth = *birth;
        part.may_have_been = !birth->known && birth->if_not_exists;
    }
    return part;
}

static void describe_named(ls_description *to, const char *object, const char *name,
                           const ls_birth *birth) {
    const ls_part part = part_of(to, object, NULL, name, birth);
    ls_add_part(to, &part);
}

static const char *labels_text(ls_arena *arena, const ls_catalog_type *type) {
    const char *text = NULL;
    for (LS_EACH(const ls_enum_label, label, type->labels))
        text = text == NULL ? label->label : ls_arena_join(arena, text, ", ", label->label, NULL);
    return text;
}

const char *ls_type_word(const ls_catalog_type *type) {
    switch (type->kind) {
    case 'e':
        return "enum type";
    case 'd':
        return "domain";
    case 'c':
        return "composite type";
    case 'r':
        return "range type";
    default:
        return "type";
    }
}

static void describe_domain(ls_description *to, ls_part *part, const ls_catalog_type *domain) {
    ls_arena *arena = to->arena;
    ls_add_fact(to, part, "type", ls_type_text(arena, &domain->base));
    ls_add_fact(to, part, "collation", domain->collation);
    ls_add_fact(to, part, "nullability", domain->not_null ? "NOT NULL" : NULL);
    ls_add_wording(to, part, "default", ls_expression_text(arena, domain->default_value));
    for (LS_EACH(const ls_catalog_constraint, check, domain->constraints)) {
        const char *text = ls_expression_text(arena, check->expression);
        ls_add_wording(
            to, part,
            ls_arena_join(arena, "constraint ", check->name == NULL ? "" : check->name, NULL),
            ls_arena_join(arena, text == NULL ? "" : text, check->valid ? "" : " NOT VALID", NULL));
    }
}

void ls_describe_type(ls_description *to, const ls_catalog_type *type) {
    ls_part part = part_of(to, ls_type_word(type), type->schema, type->name, &type->birth);
    if (!is_asked(to, &part))
        return;
    part.declared = !type->birth.known;
    if (type->kind == 'd')
        describe_domain(to, &part, type);
    ls_add_fact(to, &part, "labels", labels_text(to->arena, type));
    ls_add_part(to, &part);
}

/* --- Functions ------------------------------------------------------------------------------- */

const char *ls_function_word(const ls_catalog_function *function) {
    return function->procedure ? "procedure" : "function";
}

const char *ls_signature_text(ls_arena *arena, const ls_catalog_function *function) {
    const char *arguments =
        ls_types_text(arena, function->arguments.items, function->arguments.count, ", ");
    return ls_arena_join(arena, function->name, "(", arguments, ")", NULL);
}

/* The bytes of the quotes around a body: $tag$ or '. */
static uint32_t quote_length(const ls_source *source, ls_span body) {
    uint32_t at = body.begin;
    if (at == 0 || source->text[at - 1] != '$')
        return at == 0 ? 0 : 1;
    for (at--; at > 0 && source->text[at - 1] != '$';)
        at--;
    return body.begin - at + (at > 0 ? 1 : 0);
}

/* In languages whose lexer is PostgreSQL's, blanks and comments make no difference. */
static const char *body_text(ls_arena *arena, const ls_catalog_function *function) {
    const char *body = function->body;
    if (body == NULL ||
        (!ls_same_text(function->language, "sql") && !ls_same_text(function->language, "plpgsql")))
        return body;
    ls_text_problem problem = {0};
    const ls_source *source = ls_source_new(arena, "", body, strlen(body), &problem);
    return source == NULL ? body : ls_normal_text(arena, source, ls_span_of(0, source->length));
}

/* All but the body, which is compared by itself. */
static const char *clauses_text(ls_arena *arena, const ls_catalog_function *function) {
    const ls_source *source = function->definition_source;
    const ls_span all = function->definition_at, body = function->body_at;
    if (function->body == NULL || ls_span_empty(body))
        return ls_normal_text(arena, source, all);
    uint32_t quote = quote_length(source, body);
    const char *before = ls_normal_text(arena, source, ls_span_of(all.begin, body.begin - quote));
    uint32_t end = body.end + quote < all.end ? body.end + quote : all.end;
    const char *after = ls_normal_text(arena, source, ls_span_of(end, all.end));
    return ls_arena_join(arena, before, " ... ", after, NULL);
}

void ls_describe_function(ls_description *to, const ls_catalog_function *function) {
    ls_part part = part_of(to, ls_function_word(function), function->schema,
                           ls_signature_text(to->arena, function), &function->birth);
    if (!is_asked(to, &part))
        return;
    ls_add_fact(to, &part, "body", body_text(to->arena, function));
    if (function->definition_source != NULL)
        ls_add_wording(to, &part, "definition", clauses_text(to->arena, function));
    ls_add_part(to, &part);
}

/* --- Statistics and publications ------------------------------------------------------------- */

static void describe_statistics(ls_description *to, const ls_catalog_statistics *statistics) {
    ls_part part = part_of(to, "statistics object", statistics->schema, statistics->name, NULL);
    const ls_relation *table = ls_catalog_relation(to->catalog, statistics->relation);
    if (table != NULL) {
        part.container = ls_relation_key(to->arena, table);
        part.relation = ls_without_public(table->full_name);
        ls_add_fact(to, &part, "table", part.relation);
    }
    ls_add_fact(to, &part, "columns", ls_list_text(to->arena, &statistics->columns));
    ls_add_part(to, &part);
}

static int compare_words(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void describe_publication(ls_description *to, const ls_catalog_publication *publication) {
    ls_part part = part_of(to, "publication", NULL, publication->name, NULL);
    ls_words tables = {0};
    for (LS_EACH(const ls_relation_id, id, publication->tables)) {
        const ls_relation *table = ls_catalog_relation(to->catalog, *id);
        if (table != NULL)
            LS_PUSH(to->arena, &tables, ls_without_public(table->full_name));
    }
    if (tables.count > 1)
        qsort(tables.items, tables.count, sizeof *tables.items, compare_words);
    ls_add_fact(to, &part, "tables",
                publication->all_tables ? "all" : ls_list_text(to->arena, &tables));
    ls_add_fact(to, &part, "schemas", ls_list_text(to->arena, &publication->schemas));
    ls_add_fact(to, &part, "operations", publication->only_inserts ? "insert" : NULL);
    ls_add_part(to, &part);
}

/* --- All of it ------------------------------------------------------------------------------- */

/* An index has the name of its table in its part, too. */
static const char *name_asked_for(const ls_part *part) {
    return part->id != 0 ? part->shown : part->relation;
}

void ls_ask_about(ls_arena *arena, ls_asked_parts *asked, const ls_part *part) {
    ls_map_set(arena, &asked->keys, part->key, asked);
    if (part->name == NULL) {
        asked->others = true;
        return;
    }
    if (ls_map_get(&asked->in_relations, name_asked_for(part)) != NULL)
        return;
    ls_map_set(arena, &asked->in_relations, name_asked_for(part), asked);
    LS_PUSH(arena, &asked->relations, part);
}

static void describe_relations(ls_description *to, const ls_relation_ids *relations) {
    for (LS_EACH(const ls_relation_id, id, *relations))
        ls_describe_relation(to, ls_catalog_relation(to->catalog, *id));
}

static void describe_asked_relations(ls_description *to, ls_catalog_moment moment) {
    for (LS_EACH(const ls_part *, part, to->asked->relations)) {
        const ls_relation *relation = ls_catalog_find(to->catalog, (*part)->schema, (*part)->name);
        if (relation != NULL && ls_catalog_is_changed(to->catalog, relation->id, moment))
            ls_describe_relation(to, relation);
    }
}

/* What relations may be in, or of. */
static void describe_surroundings(ls_description *to, const ls_catalog_objects *objects) {
    for (LS_EACH(const char *, schema, objects->schemas))
        describe_named(to, "schema", *schema, ls_catalog_schema_birth(to->catalog, *schema));
    for (LS_EACH(const char *, extension, objects->extensions))
        describe_named(to, "extension", *extension, NULL);
    for (LS_EACH(const ls_catalog_type *, type, objects->types))
        if ((*type)->kind != 'c')
            ls_describe_type(to, *type);
}

static void describe_others(ls_description *to, const ls_catalog_objects *objects) {
    for (LS_EACH(const ls_catalog_function *, function, objects->functions))
        ls_describe_function(to, *function);
    for (LS_EACH(const ls_catalog_statistics *, statistics, objects->statistics))
        describe_statistics(to, *statistics);
    for (LS_EACH(const ls_catalog_publication *, publication, objects->publications))
        describe_publication(to, *publication);
    ls_describe_notes(to, objects);
}

ls_description ls_describe_asked(ls_arena *arena, ls_catalog *catalog, ls_catalog_moment moment,
                                 const ls_asked_parts *asked) {
    ls_description description = {.arena = arena, .catalog = catalog, .asked = asked};
    ls_catalog_objects objects = {0};
    if (asked->others)
        objects = ls_catalog_changed_since(arena, catalog, moment);
    describe_surroundings(&description, &objects);
    describe_asked_relations(&description, moment);
    describe_others(&description, &objects);
    return description;
}

ls_description ls_describe(ls_arena *arena, ls_catalog *catalog, ls_catalog_moment moment) {
    ls_description description = {.arena = arena, .catalog = catalog};
    const ls_catalog_objects objects = ls_catalog_changed_since(arena, catalog, moment);
    describe_surroundings(&description, &objects);
    describe_relations(&description, &objects.relations);
    describe_others(&description, &objects);
    return description;
}
