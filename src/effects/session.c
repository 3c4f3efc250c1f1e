#include "effects/session.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

/* documentation: client connection defaults, search_path. */
static const char *default_search_path[] = {"$user", "public"};

static ls_words first_path(ls_arena *arena, const char *first_schema) {
    const uint32_t count = sizeof default_search_path / sizeof *default_search_path;
    ls_words path = {.items = default_search_path, .count = count, .capacity = count};
    if (first_schema == NULL)
        return path;
    path = (ls_words){0};
    LS_PUSH(arena, &path, first_schema);
    for (uint32_t i = 0; i < count; i++)
        LS_PUSH(arena, &path, default_search_path[i]);
    return path;
}

static ls_timeout first_timeout(ls_duration by_runner) {
    if (!by_runner.given)
        return (ls_timeout){0};
    return (ls_timeout){.origin = LS_TIMEOUT_BY_RUNNER, .milliseconds = by_runner.milliseconds};
}

ls_settings ls_first_settings(ls_arena *arena, const ls_runner_settings *runner,
                              const char *first_schema) {
    return (ls_settings){
        .lock_timeout = first_timeout(runner->lock_timeout),
        .statement_timeout = first_timeout(runner->statement_timeout),
        .idle_in_transaction_session_timeout =
            first_timeout(runner->idle_in_transaction_session_timeout),
        .search_path = first_path(arena, first_schema),
    };
}

static void forget_holds(ls_session *session, uint32_t from) {
    for (size_t i = from; i < session->holds.count; i++)
        session->held_modes.items[session->holds.items[i].relation.id] = 0;
    session->holds.count = from;
    /* A relation that is also held from before `from` gets its bits back. */
    if (from > 0)
        for (size_t i = 0; i < from; i++)
            session->held_modes.items[session->holds.items[i].relation.id] |=
                (unsigned char)(1u << (session->holds.items[i].mode - 1));
    session->standing_reads = session->standing_writes = 0;
    if (session->first_blocking_reads >= from)
        session->first_blocking_reads = SIZE_MAX;
    if (session->first_blocking_writes >= from)
        session->first_blocking_writes = SIZE_MAX;
}

void ls_session_start(ls_session *session, ls_arena *arena, ls_catalog *catalog,
                      const ls_settings *settings, uint32_t transaction) {
    *session = (ls_session){
        .arena = arena,
        .catalog = catalog,
        .transaction = transaction,
        .first = *settings,
        .session = *settings,
        .current = *settings,
        .first_blocking_reads = SIZE_MAX,
        .first_blocking_writes = SIZE_MAX,
    };
    session->first.search_path = first_path(arena, NULL);
    ls_catalog_set_search_path(catalog, &settings->search_path);
}

static void use_settings(ls_session *session, const ls_settings *settings) {
    session->current = *settings;
    session->changes.count = session->session.change_count;
    ls_catalog_set_search_path(session->catalog, &settings->search_path);
}

void ls_session_begin(ls_session *session, ls_transaction_mode mode) {
    if (ls_in_transaction(session))
        return;
    session->mode = mode;
    session->transaction++;
    session->before = session->session;
    session->point = ls_catalog_mark(session->catalog);
}

static void end_transaction(ls_session *session) {
    forget_holds(session, 0);
    session->savepoints.count = 0;
    session->events.count = 0;
    session->constraints_deferred = false;
    session->begun = NULL;
    session->begun_again = false;
    session->mode = LS_TRANSACTION_PER_STATEMENT;
}

void ls_session_commit(ls_session *session) {
    if (!ls_in_transaction(session))
        return;
    ls_catalog_forget(session->catalog, session->point);
    end_transaction(session);
    use_settings(session, &session->session);
}

void ls_session_rollback(ls_session *session) {
    if (!ls_in_transaction(session))
        return;
    ls_catalog_undo(session->catalog, session->point);
    end_transaction(session);
    session->session = session->before;
    use_settings(session, &session->session);
}

void ls_session_savepoint(ls_session *session, const char *name) {
    if (!ls_in_transaction(session))
        return;
    ls_savepoint savepoint = {
        .name = name,
        .point = ls_catalog_mark(session->catalog),
        .hold_count = session->holds.count,
        .event_count = session->events.count,
        .session = session->session,
        .current = session->current,
    };
    LS_PUSH(session->arena, &session->savepoints, savepoint);
}

/* The innermost savepoint of that name; UINT32_MAX if there is none. */
static uint32_t find_savepoint(const ls_session *session, const char *name) {
    for (uint32_t i = session->savepoints.count; i-- > 0;)
        if (strcmp(session->savepoints.items[i].name, name) == 0)
            return i;
    return UINT32_MAX;
}

bool ls_session_release(ls_session *session, const char *name) {
    uint32_t at = find_savepoint(session, name);
    if (at == UINT32_MAX)
        return false;
    ls_catalog_forget(session->catalog, session->savepoints.items[at].point);
    session->savepoints.count = at;
    return true;
}

/* The savepoint stays, as in PostgreSQL; the locks taken since are released. */
bool ls_session_rollback_to(ls_session *session, const char *name) {
    uint32_t at = find_savepoint(session, name);
    if (at == UINT32_MAX)
        return false;
    ls_savepoint *savepoint = &session->savepoints.items[at];
    ls_catalog_undo(session->catalog, savepoint->point);
    savepoint->point = ls_catalog_mark(session->catalog);
    session->savepoints.count = at + 1;
    forget_holds(session, savepoint->hold_count);
    if (session->events.count > savepoint->event_count)
        session->events.count = savepoint->event_count;
    session->session = savepoint->session;
    use_settings(session, &savepoint->current);
    return true;
}

static void note_first(size_t *first, size_t at, bool blocks) {
    if (blocks && *first == SIZE_MAX)
        *first = at;
}

/* Somebody else may ask for the relation by its name: it is no index or sequence, not temporary,
 * and was not made by the transaction itself, for certain or IF NOT EXISTS. */
static bool is_asked_for(const ls_session *session, const ls_touched *touched) {
    const ls_relation *relation = ls_catalog_relation(session->catalog, touched->id);
    if (touched->origin == LS_ORIGIN_NEW_IN_FILE || touched->kind == LS_RELATION_INDEX ||
        touched->kind == LS_RELATION_SEQUENCE || touched->kind == LS_RELATION_COMPOSITE_TYPE)
        return false;
    return relation == NULL || (relation->persistence != LS_TEMPORARY &&
                                !(relation->birth.if_not_exists &&
                                  relation->birth.transaction == session->transaction));
}

static void hold(ls_session *session, const ls_outcome *outcome, const ls_relation_lock *lock) {
    while (session->held_modes.count <= lock->relation.id)
        LS_PUSH(session->arena, &session->held_modes, 0);
    unsigned char *held = &session->held_modes.items[lock->relation.id];
    unsigned char bit = (unsigned char)(1u << (lock->mode - 1));
    if ((*held & bit) != 0)
        return;
    *held |= bit;
    ls_lock_hold taken = {
        .relation = lock->relation,
        .mode = lock->mode,
        .statement = outcome->statement,
        .source = outcome->source,
        .at = lock->at,
    };
    size_t at = session->holds.count;
    LS_PUSH(session->arena, &session->holds, taken);
    if (!is_asked_for(session, &lock->relation))
        return;
    note_first(&session->first_blocking_reads, at, ls_lock_blocks_reads(lock->mode));
    note_first(&session->first_blocking_writes, at, ls_lock_blocks_writes(lock->mode));
}

void ls_session_hold(ls_session *session, const ls_outcome *outcome) {
    if (!ls_in_transaction(session))
        return;
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks))
        if (lock->relation.id != 0)
            hold(session, outcome, lock);
}

const ls_lock_hold *ls_session_first_blocking(const ls_session *session) {
    size_t first = session->first_blocking_reads;
    if (first == SIZE_MAX)
        first = session->first_blocking_writes;
    return first == SIZE_MAX ? NULL : &session->holds.items[first];
}

/* The first hold from `first` on that blocks others on a relation that is there; `known` keeps how
 * far others have been looked at. */
static const ls_lock_hold *first_standing(const ls_session *session, size_t first, size_t *known,
                                          bool blocks(ls_lock_mode)) {
    if (first == SIZE_MAX)
        return NULL;
    for (*known = *known < first ? first : *known; *known < session->holds.count; ++*known) {
        const ls_lock_hold *hold = &session->holds.items[*known];
        if (blocks(hold->mode) && is_asked_for(session, &hold->relation) &&
            ls_catalog_relation(session->catalog, hold->relation.id) != NULL)
            return hold;
    }
    return NULL;
}

const ls_lock_hold *ls_session_strongest(ls_session *session) {
    const ls_lock_hold *strongest = first_standing(session, session->first_blocking_reads,
                                                   &session->standing_reads, ls_lock_blocks_reads);
    return strongest != NULL ? strongest
                             : first_standing(session, session->first_blocking_writes,
                                              &session->standing_writes, ls_lock_blocks_writes);
}

static ls_time_zone zone_of(const ls_words *values) {
    static const char *const utc[] = {"UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu", "UCT", "0"};
    if (values == NULL || values->count == 0)
        return LS_ZONE_UNKNOWN;
    for (size_t i = 0; i < sizeof utc / sizeof *utc; i++)
        if (strcasecmp(values->items[0], utc[i]) == 0)
            return LS_ZONE_UTC;
    return LS_ZONE_OTHER;
}

/* NULL if it is no timeout. */
static ls_timeout *timeout_called(ls_settings *settings, const char *parameter) {
    if (strcasecmp(parameter, "lock_timeout") == 0)
        return &settings->lock_timeout;
    if (strcasecmp(parameter, "statement_timeout") == 0)
        return &settings->statement_timeout;
    if (strcasecmp(parameter, "idle_in_transaction_session_timeout") == 0)
        return &settings->idle_in_transaction_session_timeout;
    return NULL;
}

static const ls_words *search_path_of(const ls_settings *settings) {
    return &settings->search_path;
}

static void apply_setting(const ls_session *session, ls_settings *settings, ls_span at,
                          const char *parameter, const ls_words *values) {
    bool reset = values == NULL || values->count == 0;
    ls_timeout *timeout = timeout_called(settings, parameter);
    if (timeout != NULL && reset) {
        ls_settings settings_at_first = session->first;
        const ls_timeout *first = timeout_called(&settings_at_first, parameter);
        if (first != NULL)
            *timeout = *first;
    } else if (timeout != NULL) {
        *timeout = (ls_timeout){.origin = LS_TIMEOUT_BY_FILE, .source = session->source, .at = at};
        if (!ls_duration_read(values->items[0], &timeout->milliseconds))
            timeout->milliseconds = LS_TIMEOUT_UNKNOWN;
    } else if (strcasecmp(parameter, "timezone") == 0) {
        settings->time_zone = zone_of(values);
    } else if (strcasecmp(parameter, "search_path") == 0) {
        settings->search_path = *(reset ? search_path_of(&session->first) : values);
    }
}

static void keep_change(ls_session *session, ls_span at, const char *parameter,
                        const ls_words *values) {
    bool has_value = values != NULL && values->count > 0;
    ls_setting_change change = {.parameter = parameter,
                                .value = has_value ? values->items[0] : NULL,
                                .source = session->source,
                                .at = at};
    LS_PUSH(session->arena, &session->changes, change);
    session->session.change_count = session->current.change_count = session->changes.count;
}

void ls_session_set(ls_session *session, ls_span at, const char *parameter, const ls_words *values,
                    bool local) {
    if (local && !ls_in_transaction(session))
        return; /* PostgreSQL warns and does nothing */
    apply_setting(session, &session->current, at, parameter, values);
    if (!local) {
        apply_setting(session, &session->session, at, parameter, values);
        keep_change(session, at, parameter, values);
    }
    ls_catalog_set_search_path(session->catalog, &session->current.search_path);
}

void ls_session_reset_all(ls_session *session, ls_span at) {
    ls_settings settings = session->first;
    settings.change_count = session->session.change_count;
    session->session = settings;
    use_settings(session, &session->session);
    keep_change(session, at, NULL, NULL);
}
