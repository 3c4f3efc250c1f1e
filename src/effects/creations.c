/*
 * creations.c - each kind of creation is listed at the first question about it: most files are
 * never asked about most kinds.
 */
#include "effects/creations.h"

#include "effects/body_statements.h"
#include "effects/replay_internal.h"
#include "support/same.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

/* Most names are in public: they are their own keys. */
static const char *key_of(ls_arena *arena, const char *schema, const char *name) {
    return schema == NULL || ls_same_text(schema, "public")
               ? name
               : ls_arena_join(arena, ".", schema, ".", name, NULL);
}

typedef struct {
    ls_arena *arena;
    ls_map *map;
    ls_creation_kind kind; /* of those to list */
    bool every;            /* statement of a name, not the last one alone */
    const ls_statement *statement;
} listing;

static void list_with_others(const listing *to, const char *key) {
    ls_statements *known = ls_map_get(to->map, key);
    if (known == NULL) {
        known = LS_NEW(to->arena, ls_statements);
        ls_map_set(to->arena, to->map, key, known);
    }
    LS_PUSH(to->arena, known, to->statement);
}

static void list(const listing *to, ls_creation_kind kind, const char *schema, const char *name) {
    if (kind != to->kind || name == NULL)
        return;
    const char *key = key_of(to->arena, schema, name);
    if (to->every)
        list_with_others(to, key);
    else
        ls_map_set(to->arena, to->map, key, (void *)(uintptr_t)to->statement);
}

static void list_name(const listing *to, ls_creation_kind kind, const ls_name *name) {
    list(to, kind, name->schema, name->name);
}

static void list_part(const listing *to, ls_creation_kind kind, const ls_name *table,
                      const char *part) {
    if (table->name != NULL && part != NULL)
        list(to, kind, table->schema, ls_arena_join(to->arena, table->name, ".", part, NULL));
}

static bool adds_primary_key(const ls_alter_table *alter) {
    for (LS_EACH(const ls_action, action, alter->actions))
        if (action->kind == LS_ALTER_ADD_CONSTRAINT &&
            action->constraint->kind == LS_CONSTRAINT_PRIMARY_KEY)
            return true;
    return false;
}

/* What takes a name by being renamed has it like something new. */
static void list_rename(const listing *to, const ls_rename *rename) {
    if (rename->kind == LS_OBJECT_TABLE)
        list(to, LS_CREATION_TABLE, rename->name.schema, rename->new_name);
    else if (rename->kind == LS_OBJECT_TYPE || rename->kind == LS_OBJECT_DOMAIN)
        list(to, LS_CREATION_TYPE, rename->name.schema, rename->new_name);
}

static void list_statement(const listing *to) {
    const ls_statement *statement = to->statement;
    switch (statement->kind) {
    case LS_STATEMENT_CREATE_TABLE:
        list_name(to, LS_CREATION_TABLE, &statement->create_table->name);
        break;
    case LS_STATEMENT_CREATE_TABLE_AS:
        list_name(
            to, statement->create_table_as.materialized_view ? LS_CREATION_VIEW : LS_CREATION_TABLE,
            &statement->create_table_as.name);
        break;
    case LS_STATEMENT_CREATE_VIEW:
        list_name(to, LS_CREATION_VIEW, &statement->create_view->name);
        break;
    case LS_STATEMENT_CREATE_FUNCTION:
        list_name(to, LS_CREATION_FUNCTION, &statement->create_function->name);
        break;
    case LS_STATEMENT_ALTER_TABLE:
        if (adds_primary_key(&statement->alter_table))
            list_name(to, LS_CREATION_PRIMARY_KEY, &statement->alter_table.name);
        break;
    case LS_STATEMENT_COMMENT:
        if (statement->comment->kind == LS_OBJECT_TABLE)
            list_name(to, LS_CREATION_COMMENT, &statement->comment->name);
        break;
    case LS_STATEMENT_CREATE_TRIGGER:
        list_part(to, LS_CREATION_TRIGGER, &statement->create_trigger->relation,
                  statement->create_trigger->name);
        break;
    case LS_STATEMENT_POLICY:
        if (!statement->policy->alter)
            list_part(to, LS_CREATION_POLICY, &statement->policy->relation,
                      statement->policy->name);
        break;
    case LS_STATEMENT_CREATE_TYPE:
        list_name(to, LS_CREATION_TYPE, &statement->create_type->name);
        break;
    case LS_STATEMENT_CREATE_DOMAIN:
        list_name(to, LS_CREATION_TYPE, &statement->create_domain.name);
        break;
    case LS_STATEMENT_RENAME:
        list_rename(to, statement->rename);
        break;
    case LS_STATEMENT_UNPARSED:
        list_name(to, statement->problem.creates.view ? LS_CREATION_VIEW : LS_CREATION_TABLE,
                  &statement->problem.creates.name);
        break;
    default:
        break;
    }
}

/* Which statements to read for which kind; a bit for each kind. */
#define CREATES(kind) ((uint8_t)(1u << LS_CREATION_##kind))
static const uint8_t creates[LS_STATEMENT_PSQL + 1] = {
    [LS_STATEMENT_CREATE_TABLE] = CREATES(TABLE),
    [LS_STATEMENT_CREATE_TABLE_AS] = CREATES(TABLE) | CREATES(VIEW),
    [LS_STATEMENT_CREATE_VIEW] = CREATES(VIEW),
    [LS_STATEMENT_CREATE_FUNCTION] = CREATES(FUNCTION),
    [LS_STATEMENT_ALTER_TABLE] = CREATES(PRIMARY_KEY),
    [LS_STATEMENT_COMMENT] = CREATES(COMMENT),
    [LS_STATEMENT_CREATE_TRIGGER] = CREATES(TRIGGER),
    [LS_STATEMENT_POLICY] = CREATES(POLICY),
    [LS_STATEMENT_CREATE_TYPE] = CREATES(TYPE),
    [LS_STATEMENT_CREATE_DOMAIN] = CREATES(TYPE),
    [LS_STATEMENT_RENAME] = CREATES(TABLE) | CREATES(TYPE),
    [LS_STATEMENT_UNPARSED] = CREATES(TABLE) | CREATES(VIEW),
};
#undef CREATES
static_assert(LS_CREATION_NONE <= CHAR_BIT, "a byte has a bit for each kind");

static const ls_map *listed(ls_replay *replay, ls_creation_kind kind) {
    ls_map *map = &replay->created[kind];
    if (replay->creations_listed[kind])
        return map;
    replay->creations_listed[kind] = true;
    listing to = {.arena = replay->arena, .map = map, .kind = kind};
    const ls_script *script = replay->script;
    for (uint32_t i = 0; i < script->statements.count; i++) {
        if ((creates[script->kinds.items[i]] >> kind & 1) == 0)
            continue;
        to.statement = script->statements.items[i];
        list_statement(&to);
    }
    return map;
}

static const ls_map *listed_in_body(ls_body_statements *body, ls_creation_kind kind) {
    ls_map *map = &body->created[kind];
    if (body->creations_listed[kind])
        return map;
    body->creations_listed[kind] = true;
    listing to = {.arena = body->arena, .map = map, .kind = kind, .every = true};
    const ls_statements *all = ls_body_statements_all(body);
    for (LS_EACH(const ls_statement *const, statement, *all)) {
        if ((creates[(*statement)->kind] >> kind & 1) == 0)
            continue;
        to.statement = *statement;
        list_statement(&to);
    }
    return map;
}

/* The statements of the body around the present one that create it; none: nothing to look at. */
static ls_statements creations_in_body(const ls_builder *builder, ls_creation_kind kind,
                                       const char *key) {
    const ls_statements *known =
        builder->body == NULL ? NULL : ls_map_get(listed_in_body(builder->body, kind), key);
    return known == NULL ? (ls_statements){0} : *known;
}

bool ls_is_created(const ls_builder *builder, ls_creation_kind kind, const char *schema,
                   const char *name) {
    const char *key = key_of(builder->arena, schema, name);
    return creations_in_body(builder, kind, key).count > 0 ||
           ls_map_get(listed(builder->replay, kind), key) != NULL;
}

static const char *key_of_full_name(const ls_builder *builder, const char *full_name) {
    static const char in_public[] = "public.";
    enum { LENGTH = sizeof in_public - 1 };
    return strncmp(full_name, in_public, LENGTH) == 0
               ? full_name + LENGTH
               : ls_arena_join(builder->arena, ".", full_name, NULL);
}

static bool follows_in_body(const ls_builder *builder, ls_creation_kind kind, const char *key) {
    const ls_statements creations = creations_in_body(builder, kind, key);
    for (LS_EACH(const ls_statement *const, creation, creations))
        if (ls_follows_in_body(builder->body, *creation))
            return true;
    return false;
}

/* NULL: no later statement of the file creates it. */
static const ls_statement *later_creation(const ls_builder *builder, ls_creation_kind kind,
                                          const char *key) {
    const ls_statement *last = ls_map_get(listed(builder->replay, kind), key);
    return last != NULL && last->number > builder->outcome->statement->number ? last : NULL;
}

bool ls_is_made_again(const ls_builder *builder, ls_creation_kind kind, const char *name) {
    const char *key = key_of_full_name(builder, name);
    if (follows_in_body(builder, kind, key))
        return true;
    if (ls_runs_in_one(builder->body) && !builder->outcome->in_transaction)
        return false; /* what the body did is committed by then */
    const ls_statement *later = later_creation(builder, kind, key);
    const ls_span end = builder->outcome->transaction_end;
    return later != NULL && (ls_span_empty(end) ||
                             builder->replay->transaction_ends[later->number].begin == end.begin);
}

bool ls_is_created_ahead(const ls_builder *builder, ls_creation_kind kind, const char *schema,
                         const char *name) {
    const char *key = key_of(builder->arena, schema, name);
    return follows_in_body(builder, kind, key) || later_creation(builder, kind, key) != NULL;
}

const ls_statement *ls_naming_before(const ls_builder *builder, ls_creation_kind kind,
                                     const char *schema, const char *name) {
    const char *key = key_of(builder->arena, schema, name);
    const ls_statements creations = creations_in_body(builder, kind, key);
    for (size_t i = creations.count; i-- > 0;)
        if (creations.items[i]->number < builder->body->present)
            return creations.items[i];
    const ls_statement *last = ls_map_get(listed(builder->replay, kind), key);
    return last != NULL && last->number < builder->outcome->statement->number ? last : NULL;
}
