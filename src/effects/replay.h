/*
 * replay.h - the history replayed, statement by statement.
 *
 * The replay owns the catalog and the session: transactions and savepoints with the locks held in
 * them, settings (lock_timeout, statement_timeout, search_path, TimeZone) as SET, SET LOCAL, RESET,
 * commit and rollback leave them. It hands every statement to its family (builder.h), adds what
 * follows from the transaction (work under a lock that an earlier statement took, a statement that
 * cannot run there), and at the end of a migration what follows from all of it (migration.c).
 */
#ifndef LS_EFFECTS_REPLAY_H
#define LS_EFFECTS_REPLAY_H

#include "effects/interest.h"
#include "sql/script.h"
#include "support/duration.h"

typedef struct ls_replay ls_replay;

/* The settings that a session starts with because the runner sets them. */
typedef struct {
    ls_duration lock_timeout, statement_timeout, idle_in_transaction_session_timeout;
} ls_runner_settings;

typedef struct {
    int postgres; /* target version, 12 to 18 */
    ls_runner_settings runner;
    ls_words hot_tables,
        small_tables; /* patterns: table, or schema.table; they outlive the replay */
} ls_replay_options;

ls_replay *ls_replay_new(const ls_replay_options *options);
void ls_replay_free(ls_replay *replay);
ls_catalog *ls_replay_catalog(ls_replay *replay);

/* All scripts of the run, in order, told before the first begins: what one leaves open a later one
 * may make good. Without it every file stands alone. Of those before `first` nobody asks that. The
 * scripts must live as long as the replay. */
void ls_replay_list_run(ls_replay *replay, const ls_script *const *scripts, size_t count,
                        size_t first);

/*
 * Starts the next migration, of which `mode` says what its runner wraps around. Session settings
 * start anew (a runner may or may not keep them; a setting that leaks is not one to rely on). A
 * change set holds the migrations that are not applied yet: `applied` false puts the file into it.
 * The script must live as long as the replay.
 */
void ls_replay_begin_file(ls_replay *replay, const ls_script *script, ls_transaction_mode mode,
                          bool applied);

/* The transaction of the present file, begun with LS_TRANSACTION_PER_RUN, does not end with it: the
 * next one goes on in it, with its locks and its settings. */
void ls_replay_go_on(ls_replay *replay);

/* The runner commits what it has run of the migration, and runs what follows in another way. */
void ls_replay_next_part(ls_replay *replay, ls_transaction_mode mode);

/* From now on only this is asked about, which outlives its effects: of kinds that say what is made
 * rather than what it costs, those that nobody asks about are left out. NULL, as at first: all. */
void ls_replay_serve(ls_replay *replay, const ls_interest *interest);
/* As for history: nobody asks about anything. */
void ls_replay_serve_nobody(ls_replay *replay);
const ls_interest *ls_replay_served(const ls_replay *replay);

/* What the next statement of the file does; it is applied. The outcome lives until the next
 * statement or file. */
const ls_outcome *ls_replay_statement(ls_replay *replay, const ls_statement *statement);

/* What follows from the migration as a whole; ends an open transaction. Lives until the next file.
 */
const ls_outcome *ls_replay_end_file(ls_replay *replay);

/*
 * Between two files: what is replayed from here on is taken back by ls_replay_rehearsed, as if it
 * had not been, in a transaction that goes on as well. The files in between begin sessions of their
 * own on what the catalog holds; their outcomes are as they would be, and do not outlive them.
 */
typedef struct ls_rehearsal ls_rehearsal;
ls_rehearsal *ls_replay_rehearse(ls_replay *replay);
void ls_replay_rehearsed(ls_replay *replay, ls_rehearsal *rehearsal);

/* In a rehearsal: what is replayed from here on is no part of the run. Each file stands alone. */
void ls_replay_leave_run(ls_replay *replay, ls_rehearsal *rehearsal);

/* The number of the present file in the replay, from 0: that in the births of what it makes. */
uint32_t ls_replay_file(const ls_replay *replay);

#endif
