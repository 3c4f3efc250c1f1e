/*
 * control.c - BEGIN, COMMIT, SAVEPOINT and SET: the statements that change the session and not the
 * schema.
 *
 * PostgreSQL only warns of a BEGIN inside a transaction and of a COMMIT outside one, and goes on
 * (documentation: BEGIN, COMMIT; measured on 15). Most deploy tools show no warnings, so the
 * effects say which of them did nothing, and which ended a transaction that was not theirs to end.
 */
#include "effects/replay_internal.h"

#include <string.h>

/* --- Transactions --------------------------------------------------------------------------- */

const char *ls_begun_by(ls_transaction_mode mode) {
    switch (mode) {
    case LS_TRANSACTION_EXPLICIT:
        return "BEGIN";
    case LS_TRANSACTION_IMPLICIT:
        return "sending several statements as one query";
    default:
        return "the runner";
    }
}

static void note_control(ls_builder *builder, const char *action, bool effective) {
    const ls_session *session = &builder->replay->session;
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_TRANSACTION_CONTROL, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_ACTION, action);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_EFFECTIVE, effective);
    if (!ls_in_transaction(session))
        return;
    ls_set_text(builder, effect, LS_ATTRIBUTE_BEGUN_BY, ls_begun_by(session->mode));
    if (session->begun != NULL)
        ls_add_label(builder, effect, session->begun->source, session->begun->at,
                     "the transaction begins here");
}

/* The transaction of the query becomes one that only COMMIT or ROLLBACK ends. */
static void take_over(ls_builder *builder, ls_session *session) {
    note_control(builder, "begin", true);
    session->mode = LS_TRANSACTION_EXPLICIT;
    session->begun = builder->statement;
}

static void begin(ls_builder *builder) {
    ls_session *session = &builder->replay->session;
    if (session->mode == LS_TRANSACTION_IMPLICIT) {
        take_over(builder, session);
        return;
    }
    note_control(builder, "begin", !ls_in_transaction(session));
    if (ls_in_transaction(session)) {
        session->begun_again = true;
        return;
    }
    ls_session_begin(session, LS_TRANSACTION_EXPLICIT);
    session->begun = builder->statement;
}

/* COMMIT of a BEGIN that did nothing ends the runner's transaction; the BEGIN is what is told. */
static void end(ls_builder *builder, const ls_transaction_statement *control) {
    ls_replay *replay = builder->replay;
    bool commit = control->kind != LS_TRANSACTION_ROLLBACK;
    bool begun =
        ls_in_transaction(&replay->session) && replay->session.mode != LS_TRANSACTION_IMPLICIT;
    if (!replay->session.begun_again)
        note_control(builder, commit ? "commit" : "rollback", begun);
    ls_end_transaction(replay, commit);
    if (control->chain) {
        ls_session_begin(&replay->session, LS_TRANSACTION_EXPLICIT);
        replay->session.begun = builder->statement;
    } else if (replay->runner == LS_TRANSACTION_IMPLICIT) {
        ls_session_begin(&replay->session, LS_TRANSACTION_IMPLICIT);
    }
}

static void refuse_savepoint(ls_builder *builder, const char *name) {
    if (ls_in_transaction(&builder->replay->session))
        ls_refuse(builder, builder->statement->at, "savepoint \"%s\" does not exist", name);
    else
        ls_refuse(builder, builder->statement->at, "%s can only be used in transaction blocks",
                  builder->statement->tag);
}

void ls_effects_of_transaction(ls_builder *builder, const ls_transaction_statement *control) {
    ls_session *session = &builder->replay->session;
    switch (control->kind) {
    case LS_TRANSACTION_BEGIN:
        begin(builder);
        break;
    case LS_TRANSACTION_COMMIT:
    case LS_TRANSACTION_PREPARE:
    case LS_TRANSACTION_ROLLBACK:
        end(builder, control);
        break;
    case LS_TRANSACTION_SAVEPOINT:
        if (ls_in_transaction(session))
            ls_session_savepoint(session, control->savepoint);
        else
            refuse_savepoint(builder, control->savepoint);
        break;
    case LS_TRANSACTION_RELEASE:
        if (!ls_session_release(session, control->savepoint))
            refuse_savepoint(builder, control->savepoint);
        break;
    case LS_TRANSACTION_ROLLBACK_TO:
        if (ls_session_rollback_to(session, control->savepoint))
            builder->replay->transaction_mix =
                (ls_transaction_mix){0}; /* at least part is undone */
        else
            refuse_savepoint(builder, control->savepoint);
        break;
    case LS_TRANSACTION_COMMIT_PREPARED:
    case LS_TRANSACTION_ROLLBACK_PREPARED:
        break;
    }
}

static bool is_unread_after(const ls_script *script, const ls_statement *begun) {
    for (size_t i = begun->number + 1; i < script->statements.count; i++)
        if (script->statements.items[i]->kind == LS_STATEMENT_UNPARSED)
            return true;
    return false;
}

/* What could not be read may have been the COMMIT. */
void ls_note_left_open(ls_builder *builder) {
    const ls_session *session = &builder->replay->session;
    const ls_script *script = builder->replay->script;
    const ls_statement *begun = session->begun;
    if (session->mode != LS_TRANSACTION_EXPLICIT || begun == NULL || is_unread_after(script, begun))
        return;
    size_t lost = script->statements.count - begun->number - 1;
    if (lost == 0)
        return;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_TRANSACTION_LEFT_OPEN, begun->at, 0);
    effect->source = begun->source;
    ls_set_number(builder, effect, LS_ATTRIBUTE_COUNT, (int64_t)lost);
}

/* --- Settings ------------------------------------------------------------------------------- */

void ls_change_setting(ls_builder *builder, ls_span at, const char *parameter,
                       const ls_words *values, bool local) {
    ls_session *session = &builder->replay->session;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_SET_PARAMETER, at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_PARAMETER, parameter);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_LOCAL, local);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_EFFECTIVE, !local || ls_in_transaction(session));
    if (values != NULL && values->count > 0)
        ls_set_text(builder, effect, LS_ATTRIBUTE_VALUE, values->items[0]);
    ls_session_set(session, at, parameter, values, local);
}

void ls_effects_of_set(ls_builder *builder, const ls_set *set) {
    if (set->name == NULL)
        ls_session_reset_all(&builder->replay->session, builder->statement->at);
    else
        ls_change_setting(builder, builder->statement->at, set->name,
                          set->reset || set->to_default ? NULL : &set->values, set->local);
}

/* The last change of the parameter in the session. */
static bool is_last(const ls_session *session, size_t number) {
    const ls_setting_change *changes = session->changes.items;
    for (size_t i = number + 1; i < session->changes.count; i++)
        if (changes[i].parameter == NULL ||
            strcmp(changes[i].parameter, changes[number].parameter) == 0)
            return false;
    return true;
}

void ls_note_settings_left(ls_builder *builder) {
    const ls_session *session = &builder->replay->session;
    for (size_t i = builder->replay->changes_before; i < session->changes.count; i++) {
        const ls_setting_change *change = &session->changes.items[i];
        if (change->value == NULL || !is_last(session, i))
            continue;
        ls_effect *effect = ls_add_effect(builder, LS_EFFECT_SETTING_LEFT, change->at, 0);
        effect->source = change->source;
        ls_set_text(builder, effect, LS_ATTRIBUTE_PARAMETER, change->parameter);
        ls_set_text(builder, effect, LS_ATTRIBUTE_VALUE, change->value);
    }
}
