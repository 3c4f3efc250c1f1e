/*
 * pending_events.c - rows changed under a deferred constraint leave an event behind, and PostgreSQL
 * refuses to alter, drop, empty, cluster or index a table that has any ("pending trigger events",
 * measured on 11 to 18). The commit or SET CONSTRAINTS ... IMMEDIATE works them off.
 *
 * A foreign key leaves events on the referencing table for what is inserted or updated there, and
 * on the referenced one for what is updated or deleted there (RESTRICT and the actions that change
 * rows are never deferred).
 */
#include "catalog/dependencies.h"
#include "effects/families.h"
#include "effects/replay_internal.h"
#include "effects/row_checks.h"

#include <string.h>

static bool is_deferred(const ls_builder *builder, const ls_catalog_constraint *key) {
    return key->initially_deferred ||
           (key->deferrable && builder->replay->session.constraints_deferred);
}

static void keep(ls_builder *builder, ls_relation_id table, const char *constraint, ls_span at) {
    ls_session *session = &builder->replay->session;
    ls_deferred_event event = {
        .table = table, .constraint = constraint, .source = session->source, .at = at};
    LS_PUSH(session->arena, &session->events, event);
}

/* For UPDATE: are the key's columns among those that are set? */
static bool touches(const ls_query *change, const ls_words *columns) {
    return change == NULL || change->kind != LS_QUERY_UPDATE || ls_sets_any(change, columns);
}

static void note_own_keys(ls_builder *builder, const ls_relation *table, const ls_query *change,
                          ls_span at) {
    if (change != NULL && change->kind == LS_QUERY_DELETE)
        return;
    for (LS_EACH(const ls_catalog_constraint, key, table->constraints))
        if (key->kind == LS_CONSTRAINT_FOREIGN_KEY && is_deferred(builder, key) &&
            touches(change, &key->columns))
            keep(builder, table->id, key->name, at);
}

static void note_keys_of_others(ls_builder *builder, ls_relation_id table, const ls_query *change,
                                ls_span at) {
    enum { NO_ACTION = 'a' };
    if (change == NULL || (change->kind != LS_QUERY_DELETE && change->kind != LS_QUERY_UPDATE))
        return;
    const ls_dependencies dependents =
        ls_dependents_of_relation(builder->arena, builder->catalog, table);
    for (LS_EACH(const ls_dependency, dependent, dependents)) {
        if (dependent->kind != LS_DEPENDS_FOREIGN_KEY)
            continue;
        const ls_relation *child = ls_relation_of(builder, dependent->relation);
        const ls_catalog_constraint *key =
            child == NULL ? NULL : ls_relation_constraint(child, dependent->name);
        if (key == NULL || !is_deferred(builder, key))
            continue;
        char action = change->kind == LS_QUERY_DELETE ? key->on_delete : key->on_update;
        if ((action == 0 || action == NO_ACTION) && touches(change, &key->referenced_columns))
            keep(builder, table, key->name, at);
    }
}

void ls_note_deferred_events(ls_builder *builder, ls_relation_id id, const ls_query *change,
                             ls_span at) {
    if (!ls_in_transaction(&builder->replay->session))
        return;
    note_own_keys(builder, ls_relation_of(builder, id), change, at);
    note_keys_of_others(builder, id, change, at);
}

void ls_set_constraints(ls_builder *builder, bool immediate, bool all) {
    ls_session *session = &builder->replay->session;
    if (!ls_in_transaction(session))
        return;
    if (immediate)
        session->events.count = 0;
    session->constraints_deferred = !immediate && all;
}

/* CheckTableNotInUse of PostgreSQL is asked by these. */
static bool minds_events(ls_statement_kind kind) {
    switch (kind) {
    case LS_STATEMENT_ALTER_TABLE:
    case LS_STATEMENT_CREATE_INDEX:
    case LS_STATEMENT_DROP:
    case LS_STATEMENT_TRUNCATE:
    case LS_STATEMENT_CLUSTER:
    case LS_STATEMENT_REINDEX:
        return true;
    default:
        return false;
    }
}

/* Whether an UPDATE or DELETE met a row is not known: it is an effect, and no certain refusal. */
void ls_note_pending_events(ls_builder *builder) {
    const ls_session *session = &builder->replay->session;
    if (!minds_events(builder->statement->kind))
        return;
    for (LS_EACH(const ls_deferred_event, event, session->events)) {
        if (!ls_lock_blocks_writes(ls_outcome_lock(builder->outcome, event->table)))
            continue;
        ls_effect *effect = ls_add_effect(builder, LS_EFFECT_PENDING_TRIGGER_EVENTS,
                                          builder->statement->at, event->table);
        ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT,
                    ls_quoted(builder, event->constraint));
        ls_add_label(builder, effect, event->source, event->at, "these rows wait to be checked");
        return;
    }
}
