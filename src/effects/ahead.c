#include "effects/ahead.h"

#include "effects/families.h"
#include "effects/replay_internal.h"
#include "sql/lexer.h"
#include "support/same.h"

#include <ctype.h>
#include <string.h>

/* --- Listing -------------------------------------------------------------------------------- */

static void list(ls_replay *replay, const ls_statement *statement, const char *name) {
    ls_map *named = &replay->named[statement->kind];
    if (name == NULL)
        return;
    ls_statements *known = ls_map_get(named, name);
    if (known == NULL) {
        known = LS_NEW(replay->arena, ls_statements);
        ls_map_set(replay->arena, named, name, known);
    }
    LS_PUSH(replay->arena, known, statement);
}

/* The name at that place, a schema before it apart; NULL: there is none. Moves behind it. */
static const char *read_name(ls_arena *arena, const char *text, uint32_t *at, uint32_t end) {
    const char *name = NULL;
    do {
        const uint32_t begin = *at;
        const bool quoted = begin < end && text[begin] == '"';
        *at = quoted ? ls_skip_quoted(text, begin, end) : ls_skip_word(text, begin, end);
        if (*at == LS_NEVER_CLOSED || *at == begin)
            return NULL;
        char *read = ls_arena_copy(arena, text + begin + quoted, *at - begin - 2 * quoted);
        for (char *byte = read; !quoted && *byte != '\0'; byte++)
            *byte = (char)tolower((unsigned char)*byte);
        name = read;
    } while (*at < end && text[*at] == '.' && (*at)++ < end);
    return name;
}

static bool read_word(const char *text, uint32_t *at, uint32_t end, const char *word) {
    const uint32_t begin = *at;
    if (begin >= end || !ls_word_is(text + begin, ls_skip_word(text, begin, end) - begin, word))
        return false;
    for (*at += (uint32_t)strlen(word); *at < end && ls_is_space(text[*at]); (*at)++)
        ;
    return true;
}

/* Under the names of the tables that it inserts into. */
static void list_function(ls_replay *replay, const ls_statement *statement) {
    const ls_create_function *function = statement->create_function;
    if (function->body == NULL || !ls_same_text(function->language, "plpgsql"))
        return;
    ls_body body;
    ls_body_read(replay->arena, function->body, &body);
    for (LS_EACH(const ls_body_item, item, body.items)) {
        uint32_t at = item->at.begin;
        if (item->kind == LS_BODY_SQL && read_word(body.text, &at, item->at.end, "insert") &&
            read_word(body.text, &at, item->at.end, "into"))
            list(replay, statement, read_name(replay->arena, body.text, &at, item->at.end));
    }
}

static void list_by_name(ls_replay *replay, const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_ALTER_TABLE:
        list(replay, statement, statement->alter_table.name.name);
        break;
    case LS_STATEMENT_CREATE_INDEX:
        list(replay, statement, statement->create_index->relation.name);
        break;
    case LS_STATEMENT_DROP:
        for (LS_EACH(const ls_dropped, dropped, statement->drop.objects))
            list(replay, statement, dropped->name.name);
        break;
    case LS_STATEMENT_CREATE_TRIGGER:
        list(replay, statement, statement->create_trigger->relation.name);
        break;
    case LS_STATEMENT_RENAME:
        list(replay, statement, statement->rename->name.name);
        break;
    case LS_STATEMENT_POLICY:
        list(replay, statement, statement->policy->relation.name);
        break;
    case LS_STATEMENT_SEQUENCE:
        list(replay, statement, statement->sequence.name.name);
        break;
    case LS_STATEMENT_CREATE_FUNCTION:
        list_function(replay, statement);
        break;
    default:
        break;
    }
}

/* Most files are never asked: a kind is listed at the first question. */
static const ls_map *named_in_file(ls_replay *replay, ls_statement_kind kind) {
    const ls_script *script = replay->script;
    for (size_t i = 0; !replay->named_listed[kind] && i < script->statements.count; i++)
        if (script->kinds.items[i] == kind)
            list_by_name(replay, script->statements.items[i]);
    replay->named_listed[kind] = true;
    return &replay->named[kind];
}

/* The file's statements of one of the kinds above that name the relation, or a namesake of it, in
 * their order. */
static ls_statements about(const ls_builder *builder, ls_statement_kind kind, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    const ls_statements *known =
        relation == NULL ? NULL : ls_map_get(named_in_file(builder->replay, kind), relation->name);
    return known == NULL ? (ls_statements){0} : *known;
}

/* Those of them after the present statement; one within a DO block is at its block's place. */
static ls_statements ahead(const ls_builder *builder, ls_statement_kind kind, ls_relation_id id) {
    const ls_statements all = about(builder, kind, id);
    size_t low = 0, high = all.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all.items[middle]->number <= builder->outcome->statement->number)
            low = middle + 1;
        else
            high = middle;
    }
    return (ls_statements){.items = all.items == NULL ? NULL : all.items + low,
                           .count = all.count - (uint32_t)low};
}

static bool in_same_transaction(const ls_builder *builder, const ls_statement *later) {
    const ls_span end = builder->outcome->transaction_end;
    return builder->outcome->in_transaction &&
           (ls_span_empty(end) ||
            builder->replay->transaction_ends[later->number].begin == end.begin);
}

/* --- Looking ahead -------------------------------------------------------------------------- */

/* What is looked for: a name, or what the test makes of it. */
static bool is_about(const ls_action *action, ls_action_kind kind, const void *wanted) {
    const char *name = wanted;
    if (action->kind != kind)
        return false;
    if (action->all || name == NULL)
        return action->all;
    const char *named = action->column != NULL ? action->column->name : NULL;
    if (action->name != NULL)
        named = action->name;
    return named != NULL && strcmp(named, name) == 0;
}

typedef bool action_test(const ls_action *action, ls_action_kind kind, const void *wanted);

static const ls_action *find_action(const ls_builder *builder, const ls_statement *statement,
                                    ls_relation_id relation, action_test *fits, ls_action_kind kind,
                                    const void *wanted) {
    if (statement->kind != LS_STATEMENT_ALTER_TABLE)
        return NULL;
    for (LS_EACH(const ls_action, action, statement->alter_table.actions))
        if (fits(action, kind, wanted))
            return ls_known(builder, &statement->alter_table.name) == relation ? action : NULL;
    return NULL;
}

static const ls_action *find_in_body(const ls_builder *builder, ls_relation_id relation,
                                     action_test *fits, ls_action_kind kind, const void *wanted) {
    if (builder->body == NULL)
        return NULL;
    const ls_action *found = NULL;
    const ls_statements *all = ls_body_statements_all(builder->body);
    for (size_t i = 0; found == NULL && i < all->count; i++)
        if (ls_follows_in_body(builder->body, all->items[i]))
            found = find_action(builder, all->items[i], relation, fits, kind, wanted);
    return found;
}

static const ls_action *find_here(const ls_builder *builder, ls_relation_id relation,
                                  action_test *fits, ls_action_kind kind, const void *wanted) {
    const ls_action *found = find_action(builder, builder->statement, relation, fits, kind, wanted);
    return found != NULL ? found : find_in_body(builder, relation, fits, kind, wanted);
}

/* The action in the statement that is being read, or in a later one. */
static const ls_action *find_ahead(const ls_builder *builder, ls_relation_id relation,
                                   action_test *fits, ls_action_kind kind, const void *wanted) {
    const ls_action *found = find_here(builder, relation, fits, kind, wanted);
    const ls_statements later = ahead(builder, LS_STATEMENT_ALTER_TABLE, relation);
    for (size_t i = 0; found == NULL && i < later.count; i++)
        found = find_action(builder, later.items[i], relation, fits, kind, wanted);
    return found;
}

/* The same where it is committed with the statement. */
static const ls_action *find_at_once(const ls_builder *builder, ls_relation_id relation,
                                     action_test *fits, ls_action_kind kind, const void *wanted) {
    const ls_action *found = find_here(builder, relation, fits, kind, wanted);
    const ls_statements later = ahead(builder, LS_STATEMENT_ALTER_TABLE, relation);
    for (size_t i = 0; found == NULL && i < later.count; i++)
        if (in_same_transaction(builder, later.items[i]))
            found = find_action(builder, later.items[i], relation, fits, kind, wanted);
    return found;
}

const ls_action *ls_action_ahead(const ls_builder *builder, ls_relation_id relation,
                                 ls_action_kind kind, const char *name) {
    return find_ahead(builder, relation, is_about, kind, name);
}

static bool contains(const ls_statement *statement, const ls_action *action) {
    if (statement->kind != LS_STATEMENT_ALTER_TABLE)
        return false;
    for (LS_EACH(const ls_action, one, statement->alter_table.actions))
        if (one == action)
            return true;
    return false;
}

static const ls_statement *containing(const ls_statements *statements, const ls_action *action) {
    for (LS_EACH(const ls_statement *const, statement, *statements))
        if (contains(*statement, action))
            return *statement;
    return NULL;
}

const ls_source *ls_source_ahead(const ls_builder *builder, ls_relation_id relation,
                                 const ls_action *action) {
    if (contains(builder->statement, action))
        return builder->source;
    const ls_statement *found =
        builder->body == NULL ? NULL : containing(ls_body_statements_all(builder->body), action);
    const ls_statements later = ahead(builder, LS_STATEMENT_ALTER_TABLE, relation);
    if (found == NULL)
        found = containing(&later, action);
    return found == NULL || found->source == NULL ? builder->replay->script->source : found->source;
}

bool ls_action_at_once(const ls_builder *builder, ls_relation_id relation, ls_action_kind kind,
                       const char *name) {
    return find_at_once(builder, relation, is_about, kind, name) != NULL;
}

/* The other statement gives a column the name that this one takes away, or took away the name that
 * this one gives. */
static bool completes_swap(const ls_rename *one, const ls_statement *other) {
    return other->kind == LS_STATEMENT_RENAME && other->rename->kind == LS_OBJECT_COLUMN &&
           (strcmp(other->rename->new_name, one->member) == 0 ||
            strcmp(other->rename->member, one->new_name) == 0);
}

bool ls_swaps_columns(const ls_builder *builder, const ls_rename *rename) {
    const ls_replay *replay = builder->replay;
    const ls_statement *present = builder->outcome->statement;
    const ls_relation_id relation = ls_known(builder, &rename->name);
    if (!builder->outcome->in_transaction)
        return false;
    const ls_statements renames = about(builder, LS_STATEMENT_RENAME, relation);
    for (LS_EACH(const ls_statement *const, other, renames)) {
        const ls_span end = replay->transaction_ends[(*other)->number];
        if (*other != present && end.begin == builder->outcome->transaction_end.begin &&
            completes_swap(rename, *other) &&
            ls_known(builder, &(*other)->rename->name) == relation)
            return true;
    }
    return false;
}

static bool gives_name(const ls_statement *statement, const char *column) {
    return statement->rename->kind == LS_OBJECT_COLUMN &&
           strcmp(statement->rename->new_name, column) == 0;
}

static bool takes_name(const ls_statement *statement, const char *column) {
    return statement->rename->kind == LS_OBJECT_COLUMN &&
           strcmp(statement->rename->member, column) == 0;
}

bool ls_column_was_renamed(const ls_builder *builder, ls_relation_id relation, const char *column) {
    const ls_statements renames = about(builder, LS_STATEMENT_RENAME, relation);
    for (LS_EACH(const ls_statement *const, other, renames))
        if ((*other)->number < builder->outcome->statement->number && gives_name(*other, column) &&
            ls_known(builder, &(*other)->rename->name) == relation &&
            !ls_swaps_columns(builder, (*other)->rename))
            return true;
    return false;
}

bool ls_column_changes_name(const ls_builder *builder, ls_relation_id relation,
                            const char *column) {
    const ls_statements renames = about(builder, LS_STATEMENT_RENAME, relation);
    for (LS_EACH(const ls_statement *const, other, renames))
        if ((gives_name(*other, column) || takes_name(*other, column)) &&
            ls_known(builder, &(*other)->rename->name) == relation)
            return true;
    return false;
}

bool ls_is_function_inserting(const ls_builder *builder, ls_relation_id relation) {
    return about(builder, LS_STATEMENT_CREATE_FUNCTION, relation).count > 0;
}

bool ls_rename_ahead(const ls_builder *builder, ls_relation_id relation, const char *column) {
    const ls_statements renames = ahead(builder, LS_STATEMENT_RENAME, relation);
    for (LS_EACH(const ls_statement *const, later, renames))
        if (gives_name(*later, column) && ls_known(builder, &(*later)->rename->name) == relation)
            return true;
    return false;
}

/* The statement gives the table that it names another name, and no view of the file takes its own.
 */
static bool renames_away(const ls_builder *builder, const ls_statement *statement) {
    if (statement->kind != LS_STATEMENT_RENAME || statement->rename->kind != LS_OBJECT_TABLE)
        return false;
    const ls_name *old = &statement->rename->name;
    return !ls_is_created(builder, LS_CREATION_VIEW, old->schema, old->name);
}

bool ls_is_table_renamed(const ls_builder *builder, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    const ls_statement *naming =
        ls_naming_before(builder, LS_CREATION_TABLE, relation->schema, relation->name);
    if (naming != NULL)
        return renames_away(builder, naming);
    const ls_statements renames = ahead(builder, LS_STATEMENT_RENAME, id);
    for (LS_EACH(const ls_statement *const, later, renames))
        if (renames_away(builder, *later) && ls_known(builder, &(*later)->rename->name) == id)
            return true;
    return false;
}

static bool adds_primary_key(const ls_action *action, ls_action_kind kind, const void *wanted) {
    (void)wanted;
    return action->kind == kind && action->constraint->kind == LS_CONSTRAINT_PRIMARY_KEY;
}

bool ls_primary_key_ahead(const ls_builder *builder, ls_relation_id relation) {
    return find_ahead(builder, relation, adds_primary_key, LS_ALTER_ADD_CONSTRAINT, NULL) != NULL;
}

static bool adds_key_over(const ls_action *action, ls_action_kind kind, const void *columns) {
    return action->kind == kind && ls_is_key(action->constraint->kind) &&
           ls_same_words(&action->constraint->columns, columns);
}

bool ls_key_at_once(const ls_builder *builder, ls_relation_id relation, const ls_words *columns) {
    return find_at_once(builder, relation, adds_key_over, LS_ALTER_ADD_CONSTRAINT, columns) != NULL;
}

size_t ls_policies_ahead(const ls_builder *builder, ls_relation_id relation) {
    const ls_statements policies = ahead(builder, LS_STATEMENT_POLICY, relation);
    size_t count = 0;
    for (LS_EACH(const ls_statement *const, later, policies))
        count +=
            !(*later)->policy->alter && ls_known(builder, &(*later)->policy->relation) == relation;
    return count;
}

static void add_trigger(const ls_builder *builder, ls_statements *to, ls_relation_id relation,
                        const ls_statement *statement) {
    if (statement->kind == LS_STATEMENT_CREATE_TRIGGER &&
        ls_known(builder, &statement->create_trigger->relation) == relation)
        LS_PUSH(builder->arena, to, statement);
}

ls_statements ls_triggers_at_once(const ls_builder *builder, ls_relation_id relation) {
    ls_statements triggers = {0};
    const ls_statements later = ahead(builder, LS_STATEMENT_CREATE_TRIGGER, relation);
    for (LS_EACH(const ls_statement *const, statement, later))
        if (in_same_transaction(builder, *statement))
            add_trigger(builder, &triggers, relation, *statement);
    if (builder->body == NULL)
        return triggers;
    const ls_statements *all = ls_body_statements_all(builder->body);
    for (LS_EACH(const ls_statement *const, statement, *all))
        if (ls_follows_in_body(builder->body, *statement))
            add_trigger(builder, &triggers, relation, *statement);
    return triggers;
}

static bool names(const ls_builder *builder, const ls_drop *drop, ls_relation_id relation) {
    for (LS_EACH(const ls_dropped, dropped, drop->objects))
        if (ls_known(builder, &dropped->name) == relation)
            return true;
    return false;
}

bool ls_drop_ahead(const ls_builder *builder, ls_relation_id relation) {
    const ls_statements drops = ahead(builder, LS_STATEMENT_DROP, relation);
    for (LS_EACH(const ls_statement *const, later, drops))
        if (ls_is_kind_of_relation((*later)->drop.kind) &&
            names(builder, &(*later)->drop, relation))
            return true;
    return false;
}

static bool sets_type(const ls_options *options) {
    for (LS_EACH(const ls_option, option, *options))
        if (strcmp(option->name, "as") == 0)
            return true;
    return false;
}

bool ls_sequence_type_ahead(const ls_builder *builder, ls_relation_id sequence) {
    const ls_statements changes = ahead(builder, LS_STATEMENT_SEQUENCE, sequence);
    for (LS_EACH(const ls_statement *const, later, changes))
        if ((*later)->sequence.alter && sets_type(&(*later)->sequence.options) &&
            ls_known(builder, &(*later)->sequence.name) == sequence)
            return true;
    return false;
}

bool ls_is_given_ahead(const ls_builder *builder, ls_creation_kind kind, const ls_name *written,
                       ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    return ls_is_created_ahead(builder, kind, relation->schema, relation->name) ||
           ls_is_created_ahead(builder, kind, written->schema, written->name);
}

static bool identifies_rows(const ls_action *action, ls_action_kind kind, const void *wanted) {
    return (action->kind == kind && action->replica_identity != 'n') ||
           adds_primary_key(action, LS_ALTER_ADD_CONSTRAINT, wanted);
}

bool ls_identity_ahead(const ls_builder *builder, ls_relation_id table) {
    return find_ahead(builder, table, identifies_rows, LS_ALTER_REPLICA_IDENTITY, NULL) != NULL;
}

/* --- Indexes -------------------------------------------------------------------------------- */

static const ls_statement *index_ahead(ls_builder *builder, const ls_relation *index,
                                       bool at_once) {
    const ls_statements builds = ahead(builder, LS_STATEMENT_CREATE_INDEX, index->table);
    for (LS_EACH(const ls_statement *const, later, builds))
        if (in_same_transaction(builder, *later) == at_once &&
            ls_known(builder, &(*later)->create_index->relation) == index->table &&
            ls_leads_alike(ls_index_as_written(builder, (*later)->create_index, (*later)->at),
                           index))
            return *later;
    return NULL;
}

const ls_statement *ls_index_ahead(ls_builder *builder, const ls_relation *index) {
    return index_ahead(builder, index, false);
}

bool ls_index_at_once(ls_builder *builder, const ls_relation *index) {
    return index_ahead(builder, index, true) != NULL;
}

/* --- Looking back --------------------------------------------------------------------------- */

static bool alters_once(const ls_alter_table *alter) {
    for (LS_EACH(const ls_action, action, alter->actions))
        switch (action->kind) {
        case LS_ALTER_ADD_COLUMN:
            if (!action->if_not_exists)
                return true;
            break;
        case LS_ALTER_DROP_COLUMN:
        case LS_ALTER_DROP_CONSTRAINT:
            if (!action->if_exists)
                return true;
            break;
        case LS_ALTER_ADD_CONSTRAINT:
        case LS_ALTER_ATTACH_PARTITION:
        case LS_ALTER_DETACH_PARTITION:
            return true;
        default:
            break;
        }
    return false;
}

/* It fails if it is run a second time. */
static bool works_once(const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_CREATE_TABLE:
        return !statement->create_table->if_not_exists;
    case LS_STATEMENT_CREATE_INDEX:
        return statement->create_index->name.name && !statement->create_index->if_not_exists;
    case LS_STATEMENT_CREATE_TYPE:
    case LS_STATEMENT_CREATE_DOMAIN:
    case LS_STATEMENT_RENAME:
        return true;
    case LS_STATEMENT_DROP:
        return !statement->drop.if_exists;
    case LS_STATEMENT_ALTER_TABLE:
        return alters_once(&statement->alter_table);
    default:
        return false;
    }
}

/* The first of the file: looked for once, however many statements ask. */
static const ls_statement *first_unrepeatable(ls_replay *replay) {
    const ls_script *script = replay->script;
    while (replay->repeatable < script->statements.count &&
           !works_once(script->statements.items[replay->repeatable]))
        replay->repeatable++;
    return replay->repeatable < script->statements.count
               ? script->statements.items[replay->repeatable]
               : NULL;
}

const char *ls_unrepeatable_before(ls_builder *builder) {
    const ls_statement *first = first_unrepeatable(builder->replay);
    if (builder->outcome->in_transaction || first == NULL ||
        first->number >= builder->outcome->statement->number)
        return NULL;
    return ls_statement_place(builder, first);
}
