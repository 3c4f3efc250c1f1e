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

/* What a statement may make good, and so under which names it is listed. */
typedef enum {
    SETTLES = 'c',
    INDEXES = 'i',
    DROPS = 'd',
    ANALYZES = 'a',
    RUNS = 'r',
    NAMES = 'n', /* creates, drops or renames what bears the name */
} later_kind;

/* --- Listing --------------------------------------------------------------------------------- */

/* "c t.name"; what names no table, or none that is written out, is under the kind alone. */
static const char *key_of(ls_arena *arena, later_kind kind, const char *table, const char *part) {
    const char initial[] = {(char)kind, 0};
    return ls_arena_join(arena, initial, " ", table == NULL ? "" : table, ".",
                         part == NULL ? "" : part, NULL);
}

static void list(ls_replay *replay, const char *key, const later_statement *later) {
    ls_arena *arena = ls_catalog_arena(replay->catalog);
    later_statements *known = ls_map_get(&replay->later, key);
    if (known == NULL) {
        known = LS_NEW(arena, later_statements);
        ls_map_set(arena, &replay->later, key, known);
    }
    LS_PUSH(arena, known, *later);
}

static void list_alter(ls_replay *replay, const later_statement *later) {
    ls_arena *arena = ls_catalog_arena(replay->catalog);
    const ls_alter_table *alter = &later->statement->alter_table;
    for (LS_EACH(const ls_action, action, alter->actions)) {
        if (action->kind == LS_ALTER_VALIDATE_CONSTRAINT ||
            action->kind == LS_ALTER_DROP_CONSTRAINT)
            list(replay, key_of(arena, SETTLES, alter->name.name, action->name), later);
        else if (action->kind == LS_ALTER_ADD_CONSTRAINT && ls_is_key(action->constraint->kind))
            list(replay, key_of(arena, INDEXES, alter->name.name, NULL), later);
    }
}

static void list_analyze(ls_replay *replay, const later_statement *later) {
    ls_arena *arena = ls_catalog_arena(replay->catalog);
    const ls_vacuum *vacuum = &later->statement->vacuum;
    if (vacuum->vacuum && !vacuum->analyze)
        return;
    if (vacuum->relations.count == 0)
        list(replay, key_of(arena, ANALYZES, NULL, NULL), later);
    for (LS_EACH(const ls_name, relation, vacuum->relations))
        list(replay, key_of(arena, ANALYZES, relation->name, NULL), later);
}

static void list_drop(ls_replay *replay, const later_statement *later) {
    ls_arena *arena = ls_catalog_arena(replay->catalog);
    const ls_drop *drop = &later->statement->drop;
    for (LS_EACH(const ls_dropped, dropped, drop->objects)) {
        if (drop->kind == LS_OBJECT_TABLE && dropped->name.name != NULL)
            list(replay, key_of(arena, DROPS, dropped->name.name, NULL), later);
        if (dropped->name.name != NULL)
            list(replay, key_of(arena, NAMES, dropped->name.name, NULL), later);
    }
}

static void list_name(ls_replay *replay, const ls_name *name, const later_statement *later) {
    if (name->name != NULL)
        list(replay, key_of(ls_catalog_arena(replay->catalog), NAMES, name->name, NULL), later);
}

void ls_later_list(ls_replay *replay, const ls_script *script, uint32_t file) {
    ls_arena *arena = ls_catalog_arena(replay->catalog);
    for (size_t i = 0; i < script->statements.count; i++) {
        const later_statement later = {file, script->statements.items[i]};
        switch (later.statement->kind) {
        case LS_STATEMENT_ALTER_TABLE:
            list_alter(replay, &later);
            break;
        case LS_STATEMENT_CREATE_INDEX:
            list(replay, key_of(arena, INDEXES, later.statement->create_index->relation.name, NULL),
                 &later);
            break;
        case LS_STATEMENT_VACUUM:
            list_analyze(replay, &later);
            break;
        case LS_STATEMENT_DROP:
            list_drop(replay, &later);
            break;
        case LS_STATEMENT_CREATE_TABLE:
            list_name(replay, &later.statement->create_table->name, &later);
            break;
        case LS_STATEMENT_RENAME:
            list_name(replay, &later.statement->rename->name, &later);
            break;
        case LS_STATEMENT_DO:
            list(replay, key_of(arena, RUNS, NULL, NULL), &later);
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

/* The statements under a key stand in the order of the run: from the end to the present one. */
static bool any_later(const ls_builder *builder, const char *key, ls_relation_id table,
                      later_test *holds, const void *wanted) {
    const later_statements *known = ls_map_get(&builder->replay->later, key);
    if (known == NULL)
        return false;
    for (size_t i = known->count; i-- > 0 && !is_before(builder, &known->items[i]);)
        if (holds(builder, known->items[i].statement, table, wanted))
            return true;
    return false;
}

static const char *name_of(const ls_builder *builder, ls_relation_id table) {
    const ls_relation *relation = ls_relation_of(builder, table);
    return relation == NULL ? NULL : relation->name;
}

/* --- Indexes --------------------------------------------------------------------------------- */

static bool adds_key(const ls_alter_table *alter, const ls_words *columns) {
    for (LS_EACH(const ls_action, action, alter->actions))
        if (action->kind == LS_ALTER_ADD_CONSTRAINT && ls_is_key(action->constraint->kind) &&
            ls_words_lead(&action->constraint->columns, columns))
            return true;
    return false;
}

static bool builds_index(const ls_builder *builder, const ls_statement *statement,
                         ls_relation_id table, const void *wanted) {
    const ls_words *columns = wanted;
    if (statement->kind == LS_STATEMENT_ALTER_TABLE)
        return ls_known(builder, &statement->alter_table.name) == table &&
               adds_key(&statement->alter_table, columns);
    const ls_create_index *create = statement->create_index;
    return ls_known(builder, &create->relation) == table &&
           ls_index_leads(create->method, &create->elements, create->where, columns);
}

bool ls_indexed_later(const ls_builder *builder, ls_relation_id table, const ls_words *columns) {
    return any_later(builder, key_of(builder->arena, INDEXES, name_of(builder, table), NULL), table,
                     builds_index, columns);
}

/* --- Constraints ----------------------------------------------------------------------------- */

static bool alters(const ls_builder *builder, const ls_statement *statement, ls_relation_id table,
                   const void *wanted) {
    (void)wanted;
    return ls_known(builder, &statement->alter_table.name) == table;
}

static bool drops(const ls_builder *builder, const ls_statement *statement, ls_relation_id table,
                  const void *wanted) {
    (void)wanted;
    for (LS_EACH(const ls_dropped, dropped, statement->drop.objects))
        if (ls_known(builder, &dropped->name) == table)
            return true;
    return false;
}

/* A DO block that names the constraint may do anything to it. */
static bool mentions(const ls_builder *builder, const ls_statement *statement, ls_relation_id table,
                     const void *wanted) {
    (void)builder;
    (void)table;
    return statement->do_block.body != NULL && strstr(statement->do_block.body, wanted) != NULL;
}

bool ls_settled_later(const ls_builder *builder, ls_relation_id table, const char *constraint) {
    ls_arena *arena = builder->arena;
    const char *name = name_of(builder, table);
    return any_later(builder, key_of(arena, SETTLES, name, constraint), table, alters, NULL) ||
           any_later(builder, key_of(arena, DROPS, name, NULL), table, drops, NULL) ||
           any_later(builder, key_of(arena, RUNS, NULL, NULL), table, mentions, constraint);
}

/* --- Statistics ------------------------------------------------------------------------------ */

static bool analyzes(const ls_builder *builder, const ls_statement *statement, ls_relation_id table,
                     const void *wanted) {
    (void)wanted;
    if (statement->vacuum.relations.count == 0)
        return true;
    for (LS_EACH(const ls_name, relation, statement->vacuum.relations))
        if (ls_known(builder, relation) == table)
            return true;
    return false;
}

bool ls_analyzed_later(const ls_builder *builder, ls_relation_id table) {
    ls_arena *arena = builder->arena;
    return any_later(builder, key_of(arena, ANALYZES, name_of(builder, table), NULL), table,
                     analyzes, NULL) ||
           any_later(builder, key_of(arena, ANALYZES, NULL, NULL), table, analyzes, NULL);
}

/* --- Names ----------------------------------------------------------------------------------- */

static bool has_schema(const ls_name *name, const char *schema) {
    return strcmp(name->schema == NULL ? "public" : name->schema,
                  schema == NULL ? "public" : schema) == 0;
}

static bool creates_plainly(const ls_statement *statement, const ls_name *name) {
    if (statement->kind != LS_STATEMENT_CREATE_TABLE)
        return false;
    const ls_create_table *create = statement->create_table;
    return !create->if_not_exists && create->persistence != LS_TEMPORARY &&
           has_schema(&create->name, name->schema);
}

/* The first under the key that has not been yet; NULL: there is none. */
static const later_statement *next_later(const ls_builder *builder, later_kind kind,
                                         const char *name) {
    const later_statements *known =
        ls_map_get(&builder->replay->later, key_of(builder->arena, kind, name, NULL));
    const later_statement *next = NULL;
    for (size_t i = known == NULL ? 0 : known->count;
         i-- > 0 && !is_before(builder, &known->items[i]);)
        next = &known->items[i];
    return next;
}

static bool runs_before(const later_statement *one, const later_statement *other) {
    return one->file < other->file ||
           (one->file == other->file && one->statement->number < other->statement->number);
}

const ls_statement *ls_created_later(const ls_builder *builder, const ls_name *name) {
    const later_statement *next = next_later(builder, NAMES, name->name);
    const later_statement *block = next_later(builder, RUNS, NULL);
    if (next == NULL || next->statement == builder->outcome->statement ||
        !creates_plainly(next->statement, name) || (block != NULL && runs_before(block, next)))
        return NULL;
    return next->statement;
}
