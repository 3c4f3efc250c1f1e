/*
 * session.h - the transaction that is open, the locks held in it, and the settings in force.
 *
 * Part of the replay. Time per statement does not grow with the number of locks held.
 */
#ifndef LS_EFFECTS_SESSION_H
#define LS_EFFECTS_SESSION_H

#include "effects/effects.h"
#include "effects/replay.h"
#include "effects/types.h"

/* A timeout as a statement finds it. */
typedef enum {
    LS_TIMEOUT_NOT_SET, /* by nobody that is known */
    LS_TIMEOUT_BY_RUNNER,
    LS_TIMEOUT_BY_FILE,
} ls_timeout_origin;

enum { LS_TIMEOUT_UNKNOWN = -1 };

typedef struct {
    ls_timeout_origin origin;
    int milliseconds;        /* 0: no limit; LS_TIMEOUT_UNKNOWN: set to what is not written here */
    const ls_source *source; /* BY_FILE: where it was set */
    ls_span at;
} ls_timeout;

typedef struct {
    ls_timeout lock_timeout, statement_timeout;
    ls_timeout idle_in_transaction_session_timeout;
    ls_time_zone time_zone;
    ls_words search_path;
    uint32_t change_count; /* the session's changes that led here */
} ls_settings;

/* SET for the session; value NULL: RESET; parameter NULL: RESET ALL. */
typedef struct {
    const char *parameter, *value;
    const ls_source *source;
    ls_span at;
} ls_setting_change;

/* A row changed under a deferred constraint, to be checked by the commit. */
typedef struct {
    ls_relation_id table;
    const char *constraint;
    const ls_source *source;
    ls_span at;
} ls_deferred_event;

typedef struct {
    const char *name;
    ls_catalog_point point;
    uint32_t hold_count, event_count;
    ls_settings session, current;
} ls_savepoint;

typedef struct {
    ls_arena *arena; /* of the file */
    ls_catalog *catalog;
    const ls_source *source;   /* of the present statement */
    ls_transaction_mode mode;  /* of the open transaction; PER_STATEMENT: none is open */
    uint32_t transaction;      /* its number, or that of the last statement */
    const ls_statement *begun; /* the file's own BEGIN; NULL: the runner's */
    bool begun_again;          /* a BEGIN within the transaction, which did nothing */
    ls_catalog_point point;
    ls_settings first;                    /* what RESET brings back */
    ls_settings before, session, current; /* at BEGIN; as SET leaves them; with SET LOCAL */
    LS_VECTOR(ls_setting_change) changes; /* for the session, in order */
    LS_VECTOR(ls_savepoint) savepoints;
    LS_VECTOR(ls_deferred_event) events; /* of the transaction */
    bool constraints_deferred;           /* SET CONSTRAINTS ALL DEFERRED */
    LS_VECTOR(ls_lock_hold) holds;
    LS_VECTOR(unsigned char) held_modes;                /* by relation id: bits of the modes held */
    size_t first_blocking_reads, first_blocking_writes; /* into holds; SIZE_MAX: none */
    size_t standing_reads, standing_writes; /* the same on relations that were not dropped since */
} ls_session;

/* What a session starts with, and RESET brings back, but for a schema that the runner puts before
 * the search_path; NULL: it puts none there. */
ls_settings ls_first_settings(ls_arena *arena, const ls_runner_settings *runner,
                              const char *first_schema);

/* A fresh session at the start of a file. `transaction` goes on counting from the last. */
void ls_session_start(ls_session *session, ls_arena *arena, ls_catalog *catalog,
                      const ls_settings *settings, uint32_t transaction);

static inline bool ls_in_transaction(const ls_session *session) {
    return session->mode != LS_TRANSACTION_PER_STATEMENT;
}

void ls_session_begin(ls_session *session, ls_transaction_mode mode);
void ls_session_commit(ls_session *session);
void ls_session_rollback(ls_session *session);
void ls_session_savepoint(ls_session *session, const char *name);
/* False if there is no savepoint of that name. */
bool ls_session_release(ls_session *session, const char *name);
bool ls_session_rollback_to(ls_session *session, const char *name);

/* Keeps the locks of an outcome until the transaction ends; nothing outside one. */
void ls_session_hold(ls_session *session, const ls_outcome *outcome);

/* The first lock held by an earlier statement that blocks reads, else the first that blocks writes,
 * on a relation that others may ask for; NULL if there is none. */
const ls_lock_hold *ls_session_first_blocking(const ls_session *session);

/* The same of relations that are still there: who asks for one that was dropped does not get on
 * when the lock is released. */
const ls_lock_hold *ls_session_strongest(ls_session *session);

/* SET, SET LOCAL, RESET (value NULL). A parameter that does not matter here is ignored. */
void ls_session_set(ls_session *session, ls_span at, const char *parameter, const ls_words *values,
                    bool local);
void ls_session_reset_all(ls_session *session, ls_span at);

#endif
