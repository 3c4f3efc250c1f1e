/*
 * differential.c - lockstep in step with a real server, over a directory of migrations.
 *
 *     differential CONNECTION DIRECTORY [FIRST.sql]
 *
 * CONNECTION is a libpq connection string to a PostgreSQL 15 server that is there for this alone
 * ("host=/tmp/pg user=postgres"); the database lockstep_differential is dropped and made anew.
 * FIRST.sql, if given, runs on the server alone: roles and schemas that migrations expect.
 *
 * Every statement runs on both sides in a transaction of its own; what the server refuses is rolled
 * back on both sides, so that one difference does not lead to others. The files' own transactions
 * are left out. A statement that cannot run in a transaction runs outside, and nothing but its
 * success is compared. For the others: the locks on relations that existed before, what was
 * rewritten, scanned and built, read from pg_locks, pg_class.relfilenode and
 * pg_stat_get_xact_numscans as the oracle's data was read. Tables are empty, but an empty table is
 * scanned all the same.
 *
 * A development tool: what it prints is to be judged by a person, and no test runs it.
 */
#include "effects/outcome.h"
#include "effects/replay.h"
#include "input/input.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const DATABASE = "lockstep_differential";
enum { TARGET = 15 };

/* --- The server ------------------------------------------------------------------------------ */

/* Relations outside the catalogs, by OID. */
static const char *const SNAPSHOT =
    "SELECT c.oid, regexp_replace(n.nspname, '^pg_temp_.*', 'pg_temp') || '.' || c.relname,"
    " c.relkind, c.relfilenode, pg_stat_get_xact_numscans(c.oid), coalesce(i.indrelid, 0)"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " LEFT JOIN pg_index i ON i.indexrelid = c.oid"
    " WHERE n.nspname !~ '^pg_(catalog|toast)' AND n.nspname <> 'information_schema'";
enum { OID, NAME, KIND, FILENODE, SCANS, TABLE };

static const char *const LOCKS =
    "SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = pg_backend_pid()";

static const char *const MODES[] = {
    [LS_ACCESS_SHARE] = "AccessShareLock",
    [LS_ROW_SHARE] = "RowShareLock",
    [LS_ROW_EXCLUSIVE] = "RowExclusiveLock",
    [LS_SHARE_UPDATE_EXCLUSIVE] = "ShareUpdateExclusiveLock",
    [LS_SHARE] = "ShareLock",
    [LS_SHARE_ROW_EXCLUSIVE] = "ShareRowExclusiveLock",
    [LS_EXCLUSIVE] = "ExclusiveLock",
    [LS_ACCESS_EXCLUSIVE] = "AccessExclusiveLock",
};

static void be_quiet(void *context, const char *message) {
    (void)context;
    (void)message;
}

static PGconn *connect_to(const char *connection, const char *database) {
    const char *keys[] = {"dbname", "dbname", "options", NULL};
    const char *values[] = {connection, database, "-c statement_timeout=60s", NULL};
    PGconn *server = PQconnectdbParams(keys, values, 1);
    if (PQstatus(server) != CONNECTION_OK) {
        fprintf(stderr, "differential: %s", PQerrorMessage(server));
        exit(2);
    }
    PQsetNoticeProcessor(server, be_quiet, NULL);
    return server;
}

/* The server's complaint, or NULL. Data for COPY FROM stdin is not sent. */
static const char *run_counting(ls_arena *arena, PGconn *server, const char *text,
                                const char **rows) {
    PGresult *result = PQexec(server, text);
    while (PQresultStatus(result) == PGRES_COPY_IN) {
        PQclear(result);
        PQputCopyEnd(server, NULL);
        result = PQgetResult(server);
    }
    const char *problem = NULL;
    if (PQresultStatus(result) == PGRES_FATAL_ERROR)
        problem = ls_arena_string(arena, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    *rows = ls_arena_string(arena, PQcmdTuples(result));
    PQclear(result);
    while ((result = PQgetResult(server)) != NULL)
        PQclear(result);
    return problem;
}

static const char *run(ls_arena *arena, PGconn *server, const char *text) {
    const char *rows;
    return run_counting(arena, server, text, &rows);
}

static PGresult *ask(PGconn *server, const char *query) {
    PGresult *result = PQexec(server, query);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        fprintf(stderr, "differential: %s", PQerrorMessage(server));
        exit(2);
    }
    return result;
}

static int row_of(const PGresult *relations, const char *oid) {
    for (int row = 0; row < PQntuples(relations); row++)
        if (strcmp(PQgetvalue(relations, row, OID), oid) == 0)
            return row;
    return -1;
}

static bool has_value(const PGresult *result, int row, int column, const char *values) {
    return strchr(values, *PQgetvalue(result, row, column)) != NULL;
}

/* --- What was seen and what was said --------------------------------------------------------- */

typedef LS_VECTOR(const char *) words;

/* Each as "NAME" or "NAME MODE". */
typedef struct {
    words locks, rewrites, scans, builds;
    words uncertain; /* what depends on there being rows, or on the minor release */
    bool no_rows;    /* INSERT, UPDATE, DELETE of none: what follows a row did not happen */
} deeds;

static void see_locks(ls_arena *arena, PGconn *server, const PGresult *before, words *locks) {
    PGresult *held = ask(server, LOCKS);
    for (int row = 0; row < PQntuples(before); row++) {
        int strongest = LS_LOCK_NONE;
        for (int lock = 0; lock < PQntuples(held); lock++)
            for (int mode = strongest + 1; mode <= LS_ACCESS_EXCLUSIVE; mode++)
                if (strcmp(PQgetvalue(held, lock, 0), PQgetvalue(before, row, OID)) == 0 &&
                    strcmp(PQgetvalue(held, lock, 1), MODES[mode]) == 0)
                    strongest = mode;
        if (strongest != LS_LOCK_NONE)
            LS_PUSH(arena, locks,
                    ls_arena_format(arena, "%s %s", PQgetvalue(before, row, NAME),
                                    ls_lock_name((ls_lock_mode)strongest)));
    }
    PQclear(held);
}

/* A table that a new file was made for and that was read is rewritten; a materialized view is so
 * even where nothing was read. */
static void see_relation(ls_arena *arena, const PGresult *before, int row, const PGresult *after,
                         int now, deeds *seen) {
    const char *name = ls_arena_string(arena, PQgetvalue(before, row, NAME));
    bool moved = strcmp(PQgetvalue(before, row, FILENODE), PQgetvalue(after, now, FILENODE)) != 0;
    bool read = strcmp(PQgetvalue(before, row, SCANS), PQgetvalue(after, now, SCANS)) != 0;
    if (has_value(before, row, KIND, "rmp") && read)
        LS_PUSH(arena, &seen->scans, name);
    if (moved && ((has_value(before, row, KIND, "r") && read) || has_value(before, row, KIND, "m")))
        LS_PUSH(arena, &seen->rewrites, name);
    if (moved && has_value(before, row, KIND, "i"))
        LS_PUSH(arena, &seen->builds, name);
}

/* A new index on a table that was there and was read is built. */
static void see_new_index(ls_arena *arena, const PGresult *before, const PGresult *after, int now,
                          deeds *seen) {
    int table = row_of(before, PQgetvalue(after, now, TABLE));
    int table_now = row_of(after, PQgetvalue(after, now, TABLE));
    if (table >= 0 &&
        strcmp(PQgetvalue(before, table, SCANS), PQgetvalue(after, table_now, SCANS)) != 0)
        LS_PUSH(arena, &seen->builds, ls_arena_string(arena, PQgetvalue(after, now, NAME)));
}

static bool contains(const words *list, const char *word) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], word) == 0)
            return true;
    return false;
}

/* What a definition comes to depend on (the index of the key that is referenced, the sequence in a
 * default) is locked in ACCESS SHARE since some release between 15.18, with which the oracle's data
 * was measured, and 15.20. Nobody has to wait for that. */
static void see_uncertain(ls_arena *arena, const PGresult *before, words *uncertain) {
    for (int row = 0; row < PQntuples(before); row++)
        if (has_value(before, row, KIND, "iIS"))
            LS_PUSH(arena, uncertain,
                    ls_arena_format(arena, "%s ACCESS SHARE", PQgetvalue(before, row, NAME)));
}

static deeds see(ls_arena *arena, PGconn *server, const PGresult *before) {
    deeds seen = {0};
    see_locks(arena, server, before, &seen.locks);
    see_uncertain(arena, before, &seen.uncertain);
    PGresult *after = ask(server, SNAPSHOT);
    for (int now = 0; now < PQntuples(after); now++) {
        int row = row_of(before, PQgetvalue(after, now, OID));
        if (row >= 0)
            see_relation(arena, before, row, after, now, &seen);
        else if (has_value(after, now, KIND, "i"))
            see_new_index(arena, before, after, now, &seen);
    }
    PQclear(after);
    return seen;
}

static void add_works(ls_arena *arena, words *list, ls_named_works works) {
    for (LS_EACH(const ls_named_work, work, works))
        LS_PUSH(arena, list, work->name);
}

static deeds say(ls_arena *arena, const ls_outcome *outcome) {
    deeds said = {0};
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks))
        LS_PUSH(arena, &said.locks,
                ls_arena_format(arena, "%s %s", lock->relation.name, ls_lock_name(lock->mode)));
    add_works(arena, &said.rewrites, ls_outcome_rewrites(arena, outcome));
    add_works(arena, &said.scans, ls_outcome_scans(arena, outcome));
    add_works(arena, &said.builds, ls_outcome_builds(arena, outcome));
    return said;
}

/* --- Comparing ------------------------------------------------------------------------------- */

typedef struct {
    ls_arena *arena; /* of the statement at hand */
    PGconn *server;
    ls_replay *replay;
    const ls_script *script;
    const ls_statement *statement;
    deeds seen; /* by the server, of the statement */
    bool differs, assumed;
    int run, compared, equal, equal_locks, refused_by_both, refused_by_server, refused_by_lockstep;
} differential;

static void tell(differential *d, const char *what, const char *detail) {
    const ls_source *source = d->script->source;
    const char *tag = d->statement->tag == NULL ? "unparsed" : d->statement->tag;
    if (!d->differs)
        printf("\n%s:%u\n    %s\n", source->name,
               ls_source_position(source, d->statement->at.begin).line,
               ls_source_copy(d->arena, source, d->statement->at));
    printf("%s: %s%s: %s\n", tag, what, d->assumed ? " (assumed)" : "", detail);
    d->differs = true;
}

/* Whether a list has the relation of "NAME MODE" in any mode. */
static bool mentions(const words *list, const char *word) {
    const char *mode = strchr(word, ' ');
    for (size_t i = 0; mode != NULL && i < list->count; i++)
        if (strncmp(list->items[i], word, (size_t)(mode - word) + 1) == 0)
            return true;
    return false;
}

static bool same(differential *d, const char *what, const words *seen, const words *said) {
    const words *uncertain = &d->seen.uncertain;
    bool equal = true;
    for (size_t i = 0; i < seen->count; i++)
        if (!contains(said, seen->items[i]) && !contains(uncertain, seen->items[i]) &&
            !(d->seen.no_rows && mentions(said, seen->items[i]))) {
            tell(d, ls_arena_format(d->arena, "%s, server only", what), seen->items[i]);
            equal = false;
        }
    for (size_t i = 0; i < said->count && !d->seen.no_rows; i++)
        if (!contains(seen, said->items[i]) && !contains(uncertain, said->items[i])) {
            tell(d, ls_arena_format(d->arena, "%s, lockstep only", what), said->items[i]);
            equal = false;
        }
    return equal;
}

static bool is_one_of(const char *tag, const char *const *tags) {
    while (*tags != NULL && strcmp(tag, *tags) != 0)
        tags++;
    return *tags != NULL;
}

static const char *const CHANGES[] = {"INSERT", "UPDATE", "DELETE", NULL};
static const char *const QUERIES[] = {"SELECT",      "INSERT",
                                      "UPDATE",      "DELETE",
                                      "CALL",        "CREATE TABLE AS",
                                      "SELECT INTO", "CREATE MATERIALIZED VIEW",
                                      "MERGE",       "REFRESH MATERIALIZED VIEW",
                                      NULL};
static const char *const TRUNCATES[] = {"TRUNCATE", "TRUNCATE TABLE", NULL};

/* Whether the relation is one that the statement means to change, not one that it only locks. */
static bool is_about(const ls_outcome *outcome, ls_relation_id relation) {
    for (size_t i = 0; i < outcome->effects.count; i++)
        if (outcome->effects.items[i]->relation == relation &&
            outcome->effects.items[i]->kind < LS_EFFECT_STRONG_LOCK)
            return true;
    return false;
}

/* A column that rows would make impossible is checked by a scan that only an empty table ends. A
 * foreign key is checked by a join that begins with the referencing table: where that has no rows,
 * the other is not read. */
static void doubt_scans(differential *d, const ls_outcome *outcome) {
    for (size_t i = 0; i < outcome->effects.count; i++)
        if (ls_effect_flag(outcome->effects.items[i], LS_ATTRIBUTE_FAILS))
            LS_PUSH(d->arena, &d->seen.uncertain, outcome->effects.items[i]->relation_name);
    for (LS_EACH(const ls_work_done, done, outcome->work))
        if (done->work == LS_WORK_SCAN && !is_about(outcome, done->relation.id))
            LS_PUSH(d->arena, &d->seen.uncertain, done->relation.name);
}

static void compare(differential *d, const ls_outcome *outcome, const char *rows) {
    const char *tag = d->statement->tag == NULL ? "" : d->statement->tag;
    const deeds said = say(d->arena, outcome);
    doubt_scans(d, outcome);
    d->seen.no_rows = is_one_of(tag, CHANGES) && strcmp(rows, "0") == 0;
    d->compared++;
    d->equal_locks += same(d, "lock", &d->seen.locks, &said.locks);
    if (!is_one_of(tag, TRUNCATES)) {
        same(d, "rewrite", &d->seen.rewrites, &said.rewrites);
        same(d, "build", &d->seen.builds, &said.builds);
        if (!is_one_of(tag, QUERIES))
            same(d, "scan", &d->seen.scans, &said.scans);
    }
    d->equal += !d->differs;
}

static void compare_refusals(differential *d, const char *problem, const ls_outcome *outcome) {
    d->run++;
    d->refused_by_both += problem != NULL && outcome->refused != NULL;
    if (problem != NULL && outcome->refused == NULL) {
        d->refused_by_server++;
        tell(d, "refused, server only", problem);
    }
    if (problem == NULL && outcome->refused != NULL) {
        d->refused_by_lockstep++;
        tell(d, "refused, lockstep only", outcome->refused);
    }
    if (problem == NULL && outcome->statement->kind == LS_STATEMENT_UNPARSED)
        tell(d, "unparsed", outcome->statement->problem.message);
}

/* --- Running --------------------------------------------------------------------------------- */

static void control(differential *d, ls_transaction_kind kind) {
    static const ls_statement statements[] = {
        [LS_TRANSACTION_BEGIN] = {.kind = LS_STATEMENT_TRANSACTION,
                                  .transaction.kind = LS_TRANSACTION_BEGIN},
        [LS_TRANSACTION_COMMIT] = {.kind = LS_STATEMENT_TRANSACTION,
                                   .transaction.kind = LS_TRANSACTION_COMMIT},
        [LS_TRANSACTION_ROLLBACK] = {.kind = LS_STATEMENT_TRANSACTION,
                                     .transaction.kind = LS_TRANSACTION_ROLLBACK},
    };
    ls_replay_statement(d->replay, &statements[kind]);
}

static void end_transaction(differential *d, bool commit) {
    const char *problem = run(d->arena, d->server, commit ? "COMMIT" : "ROLLBACK");
    control(d, commit && problem == NULL ? LS_TRANSACTION_COMMIT : LS_TRANSACTION_ROLLBACK);
    if (problem != NULL)
        tell(d, "refused at COMMIT", problem);
}

static void run_outside(differential *d, const char *text) {
    const char *problem = run(d->arena, d->server, text);
    compare_refusals(d, problem, ls_replay_statement(d->replay, d->statement));
}

static void run_inside(differential *d, const char *text) {
    run(d->arena, d->server, "BEGIN");
    PGresult *before = ask(d->server, SNAPSHOT);
    control(d, LS_TRANSACTION_BEGIN);
    const ls_outcome *outcome = ls_replay_statement(d->replay, d->statement);
    bool forbidden = outcome->forbidden_in_transaction != NULL;
    d->assumed = outcome->assumptions.count > 0 || !outcome->analysed;
    const char *rows = "", *problem = "";
    if (!forbidden) {
        problem = run_counting(d->arena, d->server, text, &rows);
        compare_refusals(d, problem, outcome);
    }
    if (problem == NULL) {
        d->seen = see(d->arena, d->server, before);
        compare(d, outcome, rows);
    }
    PQclear(before);
    end_transaction(d, problem == NULL);
    if (forbidden)
        run_outside(d, text);
}

static void run_file(differential *d, const ls_script *script) {
    d->script = script;
    ls_replay_begin_file(d->replay, script, LS_TRANSACTION_PER_STATEMENT, true);
    for (size_t i = 0; i < script->statements.count; i++) {
        d->statement = script->statements.items[i];
        if (d->statement->kind == LS_STATEMENT_TRANSACTION)
            continue;
        d->arena = ls_arena_new();
        d->differs = false;
        run_inside(d, ls_source_copy(d->arena, script->source, d->statement->at));
        ls_arena_free(d->arena);
    }
    ls_replay_end_file(d->replay);
}

static void run_files(differential *d, const char *connection, const char *directory) {
    const ls_input_request request = {.paths = &directory, .path_count = 1};
    ls_input *input = ls_input_find(&request);
    for (size_t i = 0; i < input->errors.count; i++)
        fprintf(stderr, "differential: %s\n", input->errors.items[i]);
    ls_input_parse(input);
    const ls_replay_options options = {.postgres = TARGET};
    d->replay = ls_replay_new(&options);
    for (LS_EACH(const ls_migration, file, input->files)) {
        d->server = connect_to(connection, DATABASE);
        if (file->script != NULL)
            run_file(d, file->script);
        PQfinish(d->server);
    }
    ls_replay_free(d->replay);
    ls_input_free(input);
}

/* --- Starting -------------------------------------------------------------------------------- */

static void make_database(const char *connection) {
    ls_arena *arena = ls_arena_new();
    PGconn *server = connect_to(connection, NULL);
    run(arena, server, ls_arena_format(arena, "DROP DATABASE IF EXISTS %s WITH (FORCE)", DATABASE));
    const char *problem =
        run(arena, server, ls_arena_format(arena, "CREATE DATABASE %s", DATABASE));
    if (problem != NULL)
        fprintf(stderr, "differential: %s\n", problem);
    PQfinish(server);
    ls_arena_free(arena);
}

static void run_first(const char *connection, const char *path) {
    ls_arena *arena = ls_arena_new();
    const ls_input_request request = {.paths = &path, .path_count = 1};
    ls_input *input = ls_input_find(&request);
    ls_input_parse(input);
    const ls_script *script = input->files.items[input->files.count - 1].script;
    PGconn *server = connect_to(connection, DATABASE);
    for (size_t i = 0; i < script->statements.count; i++) {
        const char *text = ls_source_copy(arena, script->source, script->statements.items[i]->at);
        const char *problem = run(arena, server, text);
        if (problem != NULL)
            fprintf(stderr, "differential: %s: %s\n", path, problem);
    }
    PQfinish(server);
    ls_input_free(input);
    ls_arena_free(arena);
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: differential connection directory [first.sql]\n");
        return 2;
    }
    make_database(arguments[1]);
    if (count > 3)
        run_first(arguments[1], arguments[3]);
    differential d = {0};
    run_files(&d, arguments[1], arguments[2]);
    printf(
        "\n%d statements run; %d compared, %d of them equal (%d in their locks); refused by both "
        "%d, by the server alone %d, by lockstep alone %d\n",
        d.run, d.compared, d.equal, d.equal_locks, d.refused_by_both, d.refused_by_server,
        d.refused_by_lockstep);
    return d.run > 0 && d.equal == d.compared && d.refused_by_lockstep == 0 ? 0 : 1;
}
