#include "effects/missing.h"

#include "effects/later.h"
#include "effects/replay_internal.h"
#include "support/same.h"

#include <string.h>

/* --- What is gone ---------------------------------------------------------------------------- */

typedef struct {
    const ls_statement *statement; /* that took the name away */
    const char *action;
    ls_span at;
} gone_relation;

void ls_forget_gone(ls_replay *replay) {
    replay->gone = (ls_map){0};
}

/* Without a schema, a name is where the usual search_path has it, or nobody knows where. */
static const char *key_of(const ls_builder *builder, const ls_name *name) {
    const ls_words *path = ls_catalog_search_path(builder->catalog);
    bool is_usual = path->count == 2 && ls_same_text(path->items[1], "public");
    if (name->name == NULL || (name->schema == NULL && !is_usual))
        return NULL;
    return ls_arena_join(ls_catalog_arena(builder->catalog),
                         name->schema == NULL ? "public" : name->schema, ".", name->name, NULL);
}

static void note_gone(ls_builder *builder, const ls_name *name, const char *action) {
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    const char *key = key_of(builder, name);
    if (key == NULL || ls_known(builder, name) != 0)
        return;
    gone_relation *gone = LS_NEW(arena, gone_relation);
    *gone = (gone_relation){builder->statement, action, name->at};
    ls_map_set(arena, &builder->replay->gone, key, gone);
}

/* Whether the statement may have made or dropped relations unseen. */
static bool is_opaque(const ls_builder *builder) {
    const ls_statement *statement = builder->statement;
    if (!builder->outcome->analysed || statement->result_is_run)
        return true;
    switch (statement->kind) {
    case LS_STATEMENT_DO:
    case LS_STATEMENT_CALL:
    case LS_STATEMENT_EXECUTE:
    case LS_STATEMENT_EXTENSION:
    case LS_STATEMENT_OTHER:
        return true;
    case LS_STATEMENT_QUERY:
        return ls_same_text(statement->tag, "SELECT"); /* what it calls may do anything */
    case LS_STATEMENT_TRANSACTION:
        return statement->transaction.kind == LS_TRANSACTION_ROLLBACK ||
               statement->transaction.kind == LS_TRANSACTION_ROLLBACK_TO;
    default:
        return false;
    }
}

static bool is_table_like(ls_object_kind kind) {
    return kind == LS_OBJECT_TABLE || kind == LS_OBJECT_VIEW || kind == LS_OBJECT_MATERIALIZED_VIEW;
}

void ls_note_gone(ls_builder *builder) {
    const ls_statement *statement = builder->statement;
    if (is_opaque(builder)) {
        ls_forget_gone(builder->replay);
        return;
    }
    if (ls_is_refused(builder))
        return;
    if (statement->kind == LS_STATEMENT_DROP && is_table_like(statement->drop.kind)) {
        for (LS_EACH(const ls_dropped, dropped, statement->drop.objects))
            note_gone(builder, &dropped->name, "drops");
    } else if (statement->kind == LS_STATEMENT_RENAME && is_table_like(statement->rename->kind)) {
        note_gone(builder, &statement->rename->name, "renames");
    }
}

/* --- What is missing ------------------------------------------------------------------------- */

/* IF EXISTS: then a missing relation is no mistake. */
static bool is_tolerant(const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_DROP:
        return statement->drop.if_exists;
    case LS_STATEMENT_ALTER_TABLE:
        return statement->alter_table.if_exists;
    case LS_STATEMENT_RENAME:
        return statement->rename->if_exists;
    case LS_STATEMENT_SET_SCHEMA:
        return statement->set_schema->if_exists;
    case LS_STATEMENT_SEQUENCE:
        return statement->sequence.if_not_exists;
    case LS_STATEMENT_DO:
    case LS_STATEMENT_CREATE_FUNCTION:
        return true;
    default:
        return false;
    }
}

static void tell(ls_builder *builder, const ls_name *name, const char *action,
                 const ls_statement *other, ls_span at) {
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_MISSING_RELATION, name->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_ACTION, action);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME,
                name->schema == NULL
                    ? ls_quoted(builder, name->name)
                    : ls_arena_join(builder->arena, ls_quoted(builder, name->schema), ".",
                                    ls_quoted(builder, name->name), NULL));
    ls_set_text(builder, effect, LS_ATTRIBUTE_OTHER, ls_statement_place(builder, other));
    ls_add_label(builder, effect, other->source, at,
                 ls_same_text(action, "created_later") ? "it is created only here"
                                                       : "it has been gone since here");
}

/* Migrations of another directory may be those of another database. */
static bool are_neighbours(const ls_builder *builder, const ls_statement *other) {
    const char *here = builder->outcome->source->name, *there = other->source->name;
    const char *slash = strrchr(here, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - here) + 1;
    return strncmp(here, there, length) == 0 && strchr(there + length, '/') == NULL;
}

void ls_note_missing(ls_builder *builder, const ls_name *name) {
    const ls_replay *replay = builder->replay;
    if (!ls_is_wanted(builder, LS_EFFECT_MISSING_RELATION) || builder->statement == NULL ||
        is_tolerant(builder->statement))
        return;
    const char *key = key_of(builder, name);
    const gone_relation *gone = key == NULL ? NULL : ls_map_get(&replay->gone, key);
    if (gone != NULL && are_neighbours(builder, gone->statement)) {
        tell(builder, name, gone->action, gone->statement, gone->at);
        return;
    }
    const ls_statement *creation = key == NULL ? NULL : ls_created_later(builder, name);
    if (creation != NULL && are_neighbours(builder, creation))
        tell(builder, name, "created_later", creation, creation->create_table->name.at);
}

bool ls_names_missing(const ls_outcome *outcome) {
    for (LS_EACH(ls_effect *const, effect, outcome->effects))
        if ((*effect)->kind == LS_EFFECT_MISSING_RELATION)
            return true;
    return false;
}
