/*
 * advice_servers.c - whether the help of the findings on bad examples runs.
 *
 *     advice_servers CONNECTION...
 *
 * For each server that a libpq connection string leads to (`servers` starts some), each example has
 * a database of its own, in which the history, what stands before the statement, and the help are
 * executed statement by statement, each migration in a session of its own with a lock_timeout, as a
 * runner would. A statement that the server refuses is a failure, and so is a transaction that is
 * left open. Not run, but counted: help that is comments alone, examples for a newer server, and
 * such whose history this server refuses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/advised.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

static const char *const DATABASE = "lockstep_advice";

typedef struct {
    const char *connection;
    PGconn *control; /* to the database that is always there */
    int version;
    size_t run, comments_alone, newer, without_history;
} server_state;

static server_state server;

/* --- Sessions -------------------------------------------------------------------------------- */

static void be_quiet(void *context, const char *message) {
    (void)context;
    (void)message;
}

/* A session in the database; NULL: in the one that the connection string names. */
static PGconn *connect_to(const char *connection, const char *database) {
    const char *const keys[] = {"dbname", "options", database == NULL ? NULL : "dbname", NULL};
    const char *const values[] = {connection, "-c statement_timeout=60s -c lock_timeout=5s",
                                  database, NULL};
    PGconn *session = PQconnectdbParams(keys, values, 1);
    if (PQstatus(session) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(session));
    PQsetNoticeProcessor(session, be_quiet, NULL);
    return session;
}

static const char *problem_of(ls_arena *arena, PGconn *session, const PGresult *result) {
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return ls_arena_string(arena, message == NULL ? PQerrorMessage(session) : message);
}

/* The server's complaint, or NULL. Data for COPY FROM stdin is not sent. */
static const char *execute(ls_arena *arena, PGconn *session, const char *text) {
    const char *problem = NULL;
    if (PQsendQuery(session, text) == 0)
        return problem_of(arena, session, NULL);
    for (PGresult *result; (result = PQgetResult(session)) != NULL; PQclear(result)) {
        if (PQresultStatus(result) == PGRES_COPY_IN)
            PQputCopyEnd(session, NULL);
        else if (PQresultStatus(result) == PGRES_FATAL_ERROR)
            problem = problem_of(arena, session, result);
    }
    return problem;
}

static void must(ls_arena *arena, PGconn *session, const char *text) {
    const char *problem = execute(arena, session, text);
    if (problem != NULL)
        fail_msg("%s: %s", text, problem);
}

/* --- Databases ------------------------------------------------------------------------------- */

/* Roles belong to no database: those of an example go after it. */
static void drop_roles(ls_arena *arena) {
    PGresult *roles = PQexec(server.control, "SELECT format('DROP ROLE %I', rolname) FROM pg_roles"
                                             " WHERE rolname !~ '^pg_' AND oid <> 10");
    for (int row = 0; row < PQntuples(roles); row++)
        must(arena, server.control, PQgetvalue(roles, row, 0));
    PQclear(roles);
}

static void make_database(ls_arena *arena) {
    must(arena, server.control, ls_arena_format(arena, "DROP DATABASE IF EXISTS %s", DATABASE));
    drop_roles(arena);
    must(arena, server.control, ls_arena_format(arena, "CREATE DATABASE %s", DATABASE));
}

/* --- Migrations ------------------------------------------------------------------------------ */

typedef struct {
    const char *statement, *problem; /* NULL: all ran */
} failure;

static failure run_statements(ls_arena *arena, PGconn *session, const ls_script *script) {
    for (size_t i = 0; i < script->statements.count; i++) {
        failure failed = {
            .statement = ls_source_copy(arena, script->source, script->statements.items[i]->at)};
        failed.problem = execute(arena, session, failed.statement);
        if (failed.problem != NULL)
            return failed;
    }
    if (PQtransactionStatus(session) != PQTRANS_IDLE)
        return (failure){"the end of the migration", "a transaction is left open"};
    return (failure){0};
}

static failure run_migration(ls_arena *arena, const ls_example_migration *migration) {
    PGconn *session = connect_to(server.connection, DATABASE);
    failure failed =
        run_statements(arena, session, ls_read_script(arena, "migration.sql", migration->text));
    PQfinish(session);
    return failed;
}

static void follow(ls_arena *arena, const ls_example_test *test, const ls_finding *finding,
                   const ls_advised *advised) {
    if (advised->comments_alone) {
        server.comments_alone++;
        return;
    }
    make_database(arena);
    for (uint32_t i = 0; i < advised->migrations.count; i++) {
        failure failed = run_migration(arena, &advised->migrations.items[i]);
        if (failed.problem != NULL && i < advised->history_count) {
            server.without_history++;
            return;
        }
        if (failed.problem != NULL)
            fail_msg("%s, bad: %s: PostgreSQL %d refuses\n%s\n%s\nof the help\n%s", test->rule->id,
                     test->example->name, server.version, failed.statement, failed.problem,
                     finding->help);
    }
    server.run++;
}

static void of_example(void **state) {
    const ls_example_test *test = *state;
    const ls_rule_example *example = test->example;
    if (ls_example_postgres(example) > server.version)
        server.newer++;
    else if (!example->no_advice && !example->is_plan)
        ls_each_advice(test, follow);
}

/* --- Servers --------------------------------------------------------------------------------- */

static int run_on(const char *connection) {
    ls_arena *arena = ls_arena_new();
    server = (server_state){.connection = connection};
    server.control = connect_to(connection, NULL);
    server.version = PQserverVersion(server.control) / 10000;
    const char *name = ls_arena_format(arena, "advice on PostgreSQL %d", server.version);
    int failed = ls_run_examples(name, LS_EXAMPLES_BAD, of_example, NULL);
    printf("PostgreSQL %d: %zu pieces of help ran; left out: %zu that are comments alone, %zu "
           "examples for newer servers, %zu whose history it refuses\n",
           server.version, server.run, server.comments_alone, server.newer, server.without_history);
    PQfinish(server.control);
    ls_arena_free(arena);
    return failed;
}

int main(int count, char **arguments) {
    if (count < 2) {
        fputs("usage: advice_servers CONNECTION...\n", stderr);
        return 2;
    }
    int failed = 0;
    for (int i = 1; i < count; i++)
        failed += run_on(arguments[i]);
    return failed > 0;
}
