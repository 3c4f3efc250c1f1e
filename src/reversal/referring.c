/*
 * referring.c - see referring.h.
 *
 * What the up writes into a table with a foreign key is likely to refer to what it writes into the
 * referenced one; which values stand in either is not looked at. A down that then deletes from the
 * referenced table is refused if such rows are left. That it changes them first, in whatever way,
 * is believed to take care of all of them: so is it written.
 */
#include "reversal/referring.h"

#include "effects/row_checks.h"
#include "reversal/describing.h"

#include <string.h>

/* --- What the up writes ---------------------------------------------------------------------- */

static bool writes_rows(ls_effect_kind kind) {
    return kind == LS_EFFECT_INSERT || kind == LS_EFFECT_UPDATE || kind == LS_EFFECT_MERGE ||
           kind == LS_EFFECT_COPY_FROM;
}

/* The statement itself, if it is the change that has the effect. */
static const ls_query *change_of(const ls_outcome *outcome, const ls_effect *effect) {
    const ls_statement *statement = outcome->statement;
    if (statement->kind != LS_STATEMENT_QUERY || statement->query->at.begin != effect->at.begin)
        return NULL;
    const ls_query_kind kind = statement->query->kind;
    const bool gives_columns = kind == LS_QUERY_INSERT || kind == LS_QUERY_UPDATE;
    return gives_columns ? statement->query : NULL;
}

void ls_note_written(ls_referring *referring, const ls_outcome *outcome) {
    for (uint32_t i = 0; i < outcome->effects.count; i++) {
        const ls_effect *effect = outcome->effects.items[i];
        if (writes_rows(effect->kind) && effect->relation != 0)
            LS_PUSH(referring->arena, &referring->rows,
                    ((ls_referring_rows){effect->relation, change_of(outcome, effect)}));
    }
}

/* --- What the down deletes ------------------------------------------------------------------- */

/* INSERT without a list of columns gives all. */
static bool gives_key(const ls_referring_rows *rows, const ls_catalog_constraint *key) {
    return rows->change == NULL || rows->change->targets.count == 0 ||
           ls_sets_any(rows->change, &key->columns);
}

static bool may_refer(const ls_referring *referring, ls_relation_id child,
                      const ls_catalog_constraint *key) {
    for (LS_EACH(const ls_referring_rows, rows, referring->rows))
        if (rows->table == child && gives_key(rows, key))
            return true;
    return false;
}

static void forget_rows(ls_referring *referring, ls_relation_id table) {
    uint32_t kept = 0;
    for (LS_EACH(const ls_referring_rows, rows, referring->rows))
        if (rows->table != table)
            referring->rows.items[kept++] = *rows;
    referring->rows.count = kept;
    kept = 0;
    for (LS_EACH(const ls_guarding_key, guard, referring->guards))
        if (guard->child->id != table || !guard->waits)
            referring->guards.items[kept++] = *guard;
    referring->guards.count = kept;
}

static bool is_told(const ls_referring *referring, const ls_relation *child, const char *key) {
    for (LS_EACH(const ls_guarding_key, guard, referring->guards))
        if (guard->child->id == child->id && strcmp(guard->key, key) == 0)
            return true;
    return false;
}

static void add_once(ls_arena *arena, ls_relation_ids *list, ls_relation_id id) {
    for (LS_EACH(const ls_relation_id, known, *list))
        if (*known == id)
            return;
    LS_PUSH(arena, list, id);
}

/* A DELETE, and the tables whose rows go with it. */
typedef struct {
    ls_referring *referring;
    bool in_transaction;
    ls_relation_ids tables;
} deletion;

static void ask_key(deletion *work, const ls_relation *parent, const ls_reference *reference) {
    ls_referring *referring = work->referring;
    const ls_relation *child = reference->child;
    const ls_catalog_constraint *key = reference->key;
    if (ls_action_deletes_rows(key->on_delete))
        add_once(referring->arena, &work->tables, child->id);
    if (ls_action_changes_rows(key->on_delete) || !may_refer(referring, child->id, key) ||
        is_told(referring, child, key->name))
        return;
    const ls_guarding_key guard = {
        .child = child,
        .parent = parent,
        .key = key->name,
        .waits = work->in_transaction && key->initially_deferred,
    };
    LS_PUSH(referring->arena, &referring->guards, guard);
}

static void ask_keys_to(deletion *work, ls_relation_id id) {
    ls_catalog *catalog = work->referring->catalog;
    const ls_references references = ls_references_to(work->referring->arena, catalog, id);
    for (LS_EACH(const ls_reference, reference, references))
        ask_key(work, ls_catalog_relation(catalog, id), reference);
}

static void note_deletion(ls_referring *referring, ls_relation_id table, bool in_transaction) {
    deletion work = {.referring = referring, .in_transaction = in_transaction};
    LS_PUSH(referring->arena, &work.tables, table);
    for (uint32_t i = 0; i < work.tables.count; i++)
        ask_keys_to(&work, work.tables.items[i]);
    for (LS_EACH(const ls_relation_id, emptied, work.tables))
        forget_rows(referring, *emptied);
}

void ls_note_deleted(ls_referring *referring, const ls_outcome *outcome) {
    for (uint32_t i = 0; referring->rows.count > 0 && i < outcome->effects.count; i++) {
        const ls_effect *effect = outcome->effects.items[i];
        if (effect->kind == LS_EFFECT_DELETE)
            note_deletion(referring, effect->relation, outcome->in_transaction);
        else if (effect->kind == LS_EFFECT_UPDATE || effect->kind == LS_EFFECT_MERGE ||
                 effect->kind == LS_EFFECT_TRUNCATE)
            forget_rows(referring, effect->relation);
    }
}

/* --- Clauses --------------------------------------------------------------------------------- */

ls_words ls_guarding_clauses(const ls_referring *referring) {
    ls_words clauses = {0};
    for (LS_EACH(const ls_guarding_key, guard, referring->guards))
        LS_PUSH(referring->arena, &clauses,
                ls_arena_format(referring->arena,
                                "whether rows of %s still refer to what is deleted from %s, which "
                                "foreign key %s would refuse, is not known",
                                ls_without_public(guard->child->full_name),
                                ls_without_public(guard->parent->full_name), guard->key));
    return clauses;
}
