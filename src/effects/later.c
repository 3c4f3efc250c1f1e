#include "effects/later.h"

#include "effects/families.h"
#include "effects/foreign_key.h"
#include "effects/replay_internal.h"

#include <string.h>

typedef struct {
    uint32_t file;
    const ls_statement *statement;
} later_statement;
typedef LS_VECTOR(later_statement) later_statements;

/* What names no table, or one that is not written out: ANALYZE of everything, DO blocks. */
static const char any_table[] = "";

/* --- Listing --------------------------------------------------------------------------------- */

static void list(ls_replay *replay, const char *table, uint32_t file,
                 const ls_statement *statement) {
    ls_arena *arena = ls_catalog_arena(replay->catalog);
    later_statements *known = ls_map_get(&replay->later, table);
    if (known == NULL) {
        known = LS_NEW(arena, later_statements);
        ls_map_set(arena, &replay->later, table, known);
    }
    later_statement later = {.file = file, .statement = statement};
    LS_PUSH(arena, known, later);
}

static void list_analyze(ls_replay *replay, uint32_t file, const ls_statement *statement) {
    const ls_vacuum *vacuum = &statement->vacuum;
    if (vacuum->vacuum && !vacuum->analyze)
        return;
    if (vacuum->relations.count == 0)
        list(replay, any_table, file, statement);
    for (LS_EACH(const ls_name, relation, vacuum->relations))
        list(replay, relation->name, file, statement);
}

static void list_drop(ls_replay *replay, uint32_t file, const ls_statement *statement) {
    for (LS_EACH(const ls_dropped, dropped, statement->drop.objects))
        if (statement->drop.kind == LS_OBJECT_TABLE && dropped->name.name != NULL)
            list(replay, dropped->name.name, file, statement);
}

void ls_later_list(ls_replay *replay, const ls_script *script, uint32_t file) {
    for (size_t i = 0; i < script->statements.count; i++) {
        const ls_statement *statement = script->statements.items[i];
        switch (statement->kind) {
        case LS_STATEMENT_ALTER_TABLE:
            list(replay, statement->alter_table.name.name, file, statement);
            break;
        case LS_STATEMENT_CREATE_INDEX:
            list(replay, statement->create_index->relation.name, file, statement);
            break;
        case LS_STATEMENT_VACUUM:
            list_analyze(replay, file, statement);
            break;
        case LS_STATEMENT_DROP:
            list_drop(replay, file, statement);
            break;
        case LS_STATEMENT_DO:
            list(replay, any_table, file, statement);
            break;
        default:
            break;
        }
    }
}

/* --- Asking ---------------------------------------------------------------------------------- */

typedef bool later_test(const ls_builder *builder, const ls_statement *statement,
                        ls_relation_id table, const void *wanted);

static bool is_before(const ls_builder *builder, const later_statement *later) {
    const ls_replay *replay = builder->replay;
    return later->file < replay->file ||
           (later->file == replay->file &&
            later->statement->number < builder->outcome->statement->number);
}

/* The statements of a table stand in the order of the run: from the end to the present one. */
static bool any_later(const ls_builder *builder, const char *name, ls_relation_id table,
                      later_test *holds, const void *wanted) {
    const later_statements *known = ls_map_get(&builder->replay->later, name);
    if (known == NULL)
        return false;
    for (size_t i = known->count; i-- > 0 && !is_before(builder, &known->items[i]);)
        if (holds(builder, known->items[i].statement, table, wanted))
            return true;
    return false;
}

static bool is_later(const ls_builder *builder, ls_relation_id table, later_test *holds,
                     const void *wanted) {
    const ls_relation *relation = ls_relation_of(builder, table);
    return relation != NULL && (any_later(builder, relation->name, table, holds, wanted) ||
                                any_later(builder, any_table, table, holds, wanted));
}

/* --- Indexes --------------------------------------------------------------------------------- */

static bool adds_key(const ls_alter_table *alter, const ls_words *columns) {
    for (LS_EACH(const ls_action, action, alter->actions)) {
        const ls_constraint *key = action->constraint;
        if (action->kind != LS_ALTER_ADD_CONSTRAINT ||
            (key->kind != LS_CONSTRAINT_UNIQUE && key->kind != LS_CONSTRAINT_PRIMARY_KEY))
            continue;
        if (ls_words_lead(&key->columns, columns))
            return true;
    }
    return false;
}

static bool builds_index(const ls_builder *builder, const ls_statement *statement,
                         ls_relation_id table, const void *wanted) {
    const ls_words *columns = wanted;
    if (statement->kind == LS_STATEMENT_ALTER_TABLE)
        return ls_known(builder, &statement->alter_table.name) == table &&
               adds_key(&statement->alter_table, columns);
    if (statement->kind != LS_STATEMENT_CREATE_INDEX)
        return false;
    const ls_create_index *create = statement->create_index;
    return ls_known(builder, &create->relation) == table &&
           ls_index_leads(create->method, &create->elements, create->where, columns);
}

bool ls_indexed_later(const ls_builder *builder, ls_relation_id table, const ls_words *columns) {
    return is_later(builder, table, builds_index, columns);
}

/* --- Constraints ----------------------------------------------------------------------------- */

static bool drops(const ls_builder *builder, const ls_drop *drop, ls_relation_id table) {
    for (LS_EACH(const ls_dropped, dropped, drop->objects))
        if (ls_known(builder, &dropped->name) == table)
            return true;
    return false;
}

static bool settles(const ls_builder *builder, const ls_statement *statement, ls_relation_id table,
                    const void *wanted) {
    const char *constraint = wanted;
    if (statement->kind == LS_STATEMENT_DROP)
        return drops(builder, &statement->drop, table);
    if (statement->kind == LS_STATEMENT_DO)
        return statement->do_block.body != NULL &&
               strstr(statement->do_block.body, constraint) != NULL;
    if (statement->kind != LS_STATEMENT_ALTER_TABLE ||
        ls_known(builder, &statement->alter_table.name) != table)
        return false;
    for (LS_EACH(const ls_action, action, statement->alter_table.actions))
        if ((action->kind == LS_ALTER_VALIDATE_CONSTRAINT ||
             action->kind == LS_ALTER_DROP_CONSTRAINT) &&
            strcmp(action->name, constraint) == 0)
            return true;
    return false;
}

bool ls_settled_later(const ls_builder *builder, ls_relation_id table, const char *constraint) {
    return is_later(builder, table, settles, constraint);
}

/* --- Statistics ------------------------------------------------------------------------------ */

static bool analyzes(const ls_builder *builder, const ls_statement *statement, ls_relation_id table,
                     const void *wanted) {
    (void)wanted;
    if (statement->kind != LS_STATEMENT_VACUUM)
        return false;
    if (statement->vacuum.relations.count == 0)
        return true;
    for (LS_EACH(const ls_name, relation, statement->vacuum.relations))
        if (ls_known(builder, relation) == table)
            return true;
    return false;
}

bool ls_analyzed_later(const ls_builder *builder, ls_relation_id table) {
    return is_later(builder, table, analyzes, NULL);
}
