/*
 * creations.c - each kind of creation is listed at the first question about it: most files are
 * never asked about most kinds.
 */
#include "effects/creations.h"

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
    const ls_statement *statement;
} listing;

static void list(const listing *to, ls_creation_kind kind, const char *schema, const char *name) {
    if (kind == to->kind && name != NULL)
        ls_map_set(to->arena, to->map, key_of(to->arena, schema, name),
                   (void *)(uintptr_t)to->statement);
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

const ls_statement *ls_creation_of(const ls_builder *builder, ls_creation_kind kind,
                                   const char *schema, const char *name) {
    return ls_map_get(listed(builder->replay, kind), key_of(builder->arena, schema, name));
}

static const ls_statement *creation_of_full_name(const ls_builder *builder, ls_creation_kind kind,
                                                 const char *full_name) {
    static const char in_public[] = "public.";
    enum { LENGTH = sizeof in_public - 1 };
    const char *key = strncmp(full_name, in_public, LENGTH) == 0
                          ? full_name + LENGTH
                          : ls_arena_join(builder->arena, ".", full_name, NULL);
    return ls_map_get(listed(builder->replay, kind), key);
}

bool ls_is_made_again(const ls_builder *builder, ls_creation_kind kind, const char *name) {
    const ls_statement *later = creation_of_full_name(builder, kind, name);
    const ls_span end = builder->outcome->transaction_end;
    return later != NULL && later->number > builder->statement->number &&
           (ls_span_empty(end) ||
            builder->replay->transaction_ends[later->number].begin == end.begin);
}
