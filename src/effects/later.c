#include "effects/later.h"

#include "effects/families.h"
#include "effects/foreign_key.h"
#include "effects/replay_internal.h"

#include <assert.h>
#include <string.h>

typedef struct {
    uint32_t file;
    const ls_statement *statement;
} later_statement;
typedef LS_VECTOR(later_statement) later_statements;

/* What a statement may make good, and so under which names it is listed. Most runs ask about few of
 * them: each is listed at the first question. */
typedef enum {
    SETTLES, /* validates or drops a constraint */
    INDEXES,
    DROPS, /* of tables */
    ANALYZES,
    RUNS,
    NAMES, /* creates, drops or renames what bears the name */
} later_kind;

/* --- Listing --------------------------------------------------------------------------------- */

/* The table's name, or "t.name" of a part of it; what names no table, or none that is written out,
 * is under nothing. */
static const char *key_of(ls_arena *arena, const char *table, const char *part) {
    if (table == NULL)
        table = "";
    return part == NULL ? table : ls_arena_join(arena, table, ".", part, NULL);
}

typedef struct {
    ls_arena *arena;
    ls_map *map;
    later_statement later;
} later_listing;

static void list(const later_listing *to, const char *table, const char *part) {
    const char *key = key_of(to->arena, table, part);
    later_statements *known = ls_map_get(to->map, key);
    if (known == NULL) {
        known = LS_NEW(to->arena, later_statements);
        ls_map_set(to->arena, to->map, key, known);
    }
    LS_PUSH(to->arena, known, to->later);
}

static void list_settling(const later_listing *to, const ls_statement *statement) {
    if (statement->kind != LS_STATEMENT_ALTER_TABLE)
        return;
    const ls_alter_table *alter = &statement->alter_table;
    for (LS_EACH(const ls_action, action, alter->actions))
        if (action->kind == LS_ALTER_VALIDATE_CONSTRAINT ||
            action->kind == LS_ALTER_DROP_CONSTRAINT)
            list(to, alter->name.name, action->name);
}

static void list_indexing(const later_listing *to, const ls_statement *statement) {
    if (statement->kind == LS_STATEMENT_CREATE_INDEX)
        list(to, statement->create_index->relation.name, NULL);
    if (statement->kind != LS_STATEMENT_ALTER_TABLE)
        return;
    const ls_alter_table *alter = &statement->alter_table;
    for (LS_EACH(const ls_action, action, alter->actions))
        if (action->kind == LS_ALTER_ADD_CONSTRAINT && ls_is_key(action->constraint->kind))
            list(to, alter->name.name, NULL);
}

static void list_drops(const later_listing *to, const ls_statement *statement) {
    if (statement->kind != LS_STATEMENT_DROP || statement->drop.kind != LS_OBJECT_TABLE)
        return;
    for (LS_EACH(const ls_dropped, dropped, statement->drop.objects))
        if (dropped->name.name != NULL)
            list(to, dropped->name.name, NULL);
}

static void list_analyzing(const later_listing *to, const ls_statement *statement) {
    if (statement->kind != LS_STATEMENT_VACUUM)
        return;
    const ls_vacuum *vacuum = &statement->vacuum;
    if (vacuum->vacuum && !vacuum->analyze)
        return;
    if (vacuum->relations.count == 0)
        list(to, NULL, NULL);
    for (LS_EACH(const ls_name, relation, vacuum->relations))
        list(to, relation->name, NULL);
}

static void list_blocks(const later_listing *to, const ls_statement *statement) {
    if (statement->kind == LS_STATEMENT_DO)
        list(to, NULL, NULL);
}

static void list_name(const later_listing *to, const ls_name *name) {
    if (name->name != NULL)
        list(to, name->name, NULL);
}

static void list_names(const later_listing *to, const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_DROP:
        for (LS_EACH(const ls_dropped, dropped, statement->drop.objects))
            list_name(to, &dropped->name);
        break;
    case LS_STATEMENT_CREATE_TABLE:
        list_name(to, &statement->create_table->name);
        break;
    case LS_STATEMENT_RENAME:
        list_name(to, &statement->rename->name);
        break;
    default:
        break;
    }
}

typedef void list_statement(const later_listing *to, const ls_statement *statement);

/* What is listed, and the statements to read for it. */
enum { MOST_READ = 3 };
static const struct {
    list_statement *list;
    uint8_t read[MOST_READ]; /* ls_statement_kind; LS_STATEMENT_UNPARSED, which is 0: no more */
} of_kind[LS_LATER_KINDS] = {
    [SETTLES] = {list_settling, {LS_STATEMENT_ALTER_TABLE}},
    [INDEXES] = {list_indexing, {LS_STATEMENT_CREATE_INDEX, LS_STATEMENT_ALTER_TABLE}},
    [DROPS] = {list_drops, {LS_STATEMENT_DROP}},
    [ANALYZES] = {list_analyzing, {LS_STATEMENT_VACUUM}},
    [RUNS] = {list_blocks, {LS_STATEMENT_DO}},
    [NAMES] = {list_names, {LS_STATEMENT_DROP, LS_STATEMENT_CREATE_TABLE, LS_STATEMENT_RENAME}},
};
static_assert(LS_STATEMENT_UNPARSED == 0, "it ends the kinds that are read");

static bool is_read_for(later_kind kind, uint8_t statement) {
    for (size_t i = 0; i < MOST_READ && of_kind[kind].read[i] != LS_STATEMENT_UNPARSED; i++)
        if (of_kind[kind].read[i] == statement)
            return true;
    return false;
}

static void list_script(const later_listing *to, later_kind kind, const ls_later_script *of) {
    later_listing listing = *to;
    listing.later.file = of->file;
    for (uint32_t i = 0; i < of->script->statements.count; i++) {
        if (!is_read_for(kind, of->script->kinds.items[i]))
            continue;
        listing.later.statement = of->script->statements.items[i];
        of_kind[kind].list(&listing, listing.later.statement);
    }
}

void ls_later_list(ls_replay *replay, const ls_script *script, uint32_t file) {
    LS_PUSH(ls_catalog_arena(replay->catalog), &replay->later.scripts,
            ((ls_later_script){script, file}));
}

/* What is listed under the key; NULL: nothing. */
static const later_statements *find(const ls_builder *builder, later_kind kind, const char *table,
                                    const char *part) {
    ls_later *later = &builder->replay->later;
    const later_listing to = {.arena = ls_catalog_arena(builder->replay->catalog),
                              .map = &later->by_kind[kind]};
    for (; later->listed[kind] < later->scripts.count; later->listed[kind]++)
        list_script(&to, kind, &later->scripts.items[later->listed[kind]]);
    return ls_map_get(to.map, key_of(builder->arena, table, part));
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
static bool any_later(const ls_builder *builder, const later_statements *known,
                      ls_relation_id table, later_test *holds, const void *wanted) {
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
    return any_later(builder, find(builder, INDEXES, name_of(builder, table), NULL), table,
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
    const char *name = name_of(builder, table);
    return any_later(builder, find(builder, SETTLES, name, constraint), table, alters, NULL) ||
           any_later(builder, find(builder, DROPS, name, NULL), table, drops, NULL) ||
           any_later(builder, find(builder, RUNS, NULL, NULL), table, mentions, constraint);
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
    return any_later(builder, find(builder, ANALYZES, name_of(builder, table), NULL), table,
                     analyzes, NULL) ||
           any_later(builder, find(builder, ANALYZES, NULL, NULL), table, analyzes, NULL);
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
    const later_statements *known = find(builder, kind, name, NULL);
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
