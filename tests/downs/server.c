#include "downs/server.h"

#include "rules/trial.h"
#include "support/buffer.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char DATABASE[] = "lockstep_downs";
static const char SAVED[] = "lockstep_downs_saved";

struct down_server {
    ls_arena *arena;
    const char *connection;
    PGconn *control; /* to the database that is always there */
    PGconn *session; /* to that of the migrations */
    int version;
    const char *dump; /* the command */
};

/* --- Sessions -------------------------------------------------------------------------------- */

static void be_quiet(void *context, const char *message) {
    (void)context;
    (void)message;
}

static PGconn *connect_to(const char *connection, const char *database) {
    const char *const keys[] = {"dbname", "options", database == NULL ? NULL : "dbname", NULL};
    const char *const values[] = {connection, "-c statement_timeout=60s", database, NULL};
    PGconn *session = PQconnectdbParams(keys, values, 1);
    if (PQstatus(session) != CONNECTION_OK) {
        fputs(PQerrorMessage(session), stderr);
        exit(2);
    }
    PQsetNoticeProcessor(session, be_quiet, NULL);
    return session;
}

static const char *execute(ls_arena *arena, PGconn *session, const char *text) {
    const char *problem = NULL;
    if (PQsendQuery(session, text) == 0)
        return ls_arena_string(arena, PQerrorMessage(session));
    for (PGresult *result; (result = PQgetResult(session)) != NULL; PQclear(result)) {
        if (PQresultStatus(result) == PGRES_COPY_IN)
            PQputCopyEnd(session, NULL);
        else if (PQresultStatus(result) == PGRES_FATAL_ERROR && problem == NULL)
            problem = ls_arena_string(arena, PQerrorMessage(session));
    }
    return problem;
}

static void must(down_server *server, const char *text) {
    const char *problem = execute(server->arena, server->control, text);
    if (problem == NULL)
        return;
    fprintf(stderr, "%s: %s", text, problem);
    exit(2);
}

/* The server's own pg_dump where it lies with Debian's, else that of the path. */
static const char *dump_command(const down_server *server) {
    const char *own =
        ls_arena_format(server->arena, "/usr/lib/postgresql/%d/bin/pg_dump", server->version);
    return ls_arena_format(server->arena, "%s --schema-only --no-sync -d \"%s dbname=%s\"",
                           access(own, X_OK) == 0 ? own : "pg_dump", server->connection, DATABASE);
}

down_server *server_open(ls_arena *arena, const char *connection) {
    down_server *server = LS_NEW(arena, down_server);
    server->arena = arena;
    server->connection = connection;
    server->control = connect_to(connection, NULL);
    server->version = PQserverVersion(server->control) / 10000;
    server->dump = dump_command(server);
    return server;
}

void server_close(down_server *server) {
    if (server->session != NULL)
        PQfinish(server->session);
    PQfinish(server->control);
}

int server_version(const down_server *server) {
    return server->version;
}

static void drop_roles(down_server *server) {
    PGresult *roles = PQexec(server->control, "SELECT format('DROP ROLE %I', rolname) FROM pg_roles"
                                              " WHERE rolname !~ '^pg_' AND oid <> 10");
    for (int row = 0; row < PQntuples(roles); row++)
        must(server, PQgetvalue(roles, row, 0));
    PQclear(roles);
}

static void drop_database(down_server *server, const char *name) {
    must(server, ls_arena_format(server->arena, "DROP DATABASE IF EXISTS %s", name));
}

static void leave(down_server *server) {
    if (server->session != NULL)
        PQfinish(server->session);
}

static void enter(down_server *server) {
    server->session = connect_to(server->connection, DATABASE);
}

void server_renew(down_server *server) {
    leave(server);
    drop_database(server, DATABASE);
    drop_database(server, SAVED);
    drop_roles(server);
    must(server, ls_arena_format(server->arena, "CREATE DATABASE %s", DATABASE));
    enter(server);
}

void server_save(down_server *server) {
    leave(server);
    drop_database(server, SAVED);
    must(server, ls_arena_format(server->arena, "CREATE DATABASE %s TEMPLATE %s", SAVED, DATABASE));
    enter(server);
}

void server_restore(down_server *server) {
    leave(server);
    drop_database(server, DATABASE);
    must(server, ls_arena_format(server->arena, "ALTER DATABASE %s RENAME TO %s", SAVED, DATABASE));
    enter(server);
}

/* --- Running --------------------------------------------------------------------------------- */

/* Where a semicolon is missing, lockstep reads more than one statement, and the server none. */
static bool is_unreadable(const ls_script *script) {
    for (LS_EACH(ls_statement *, statement, script->statements))
        if ((*statement)->kind == LS_STATEMENT_UNPARSED && (*statement)->needs_postgres == 0)
            return true;
    return false;
}

static const char *run_statements(down_server *server, ls_arena *arena, const ls_script *script,
                                  uint32_t first, uint32_t end) {
    if (is_unreadable(script))
        return execute(arena, server->session,
                       ls_arena_copy(arena, script->source->text, script->source->length));
    const char *problem = NULL;
    for (uint32_t i = first; problem == NULL && i < end; i++)
        problem = execute(arena, server->session,
                          ls_source_copy(arena, script->source, script->statements.items[i]->at));
    return problem;
}

const char *server_run(down_server *server, ls_arena *arena, const ls_direction *direction) {
    const char *problem = execute(arena, server->session, "RESET ALL");
    for (uint32_t i = 0; problem == NULL && i < direction->sections.count; i++) {
        const ls_run_section *section = &direction->sections.items[i];
        bool is_wrapped = section->mode != LS_TRANSACTION_PER_STATEMENT;
        bool is_last = i + 1 == direction->sections.count;
        if (is_wrapped)
            problem = execute(arena, server->session, "BEGIN");
        if (problem == NULL)
            problem =
                run_statements(server, arena, direction->script, section->first,
                               is_last ? direction->script->statements.count : section[1].first);
        if (problem == NULL && PQtransactionStatus(server->session) == PQTRANS_INTRANS)
            problem = execute(arena, server->session, "COMMIT");
    }
    if (problem != NULL)
        execute(arena, server->session, "ROLLBACK");
    return problem;
}

const char *server_run_text(down_server *server, ls_arena *arena, const char *text) {
    ls_direction direction = {.script = ls_read_script(arena, "text.sql", text)};
    LS_PUSH(arena, &direction.sections, ((ls_run_section){0, LS_TRANSACTION_PER_STATEMENT}));
    return server_run(server, arena, &direction);
}

/* --- Schemas --------------------------------------------------------------------------------- */

/* Comments name the server's version, and a backslash begins a command with a random key. */
static bool is_told(const char *line) {
    return strncmp(line, "--", 2) != 0 && *line != '\\' && *line != '\n';
}

const char *server_schema(down_server *server, ls_arena *arena) {
    FILE *stream = popen(server->dump, "r");
    ls_buffer buffer = {0};
    char line[65536];
    while (stream != NULL && fgets(line, sizeof line, stream) != NULL)
        if (is_told(line))
            ls_buffer_string(&buffer, line);
    if (stream == NULL || pclose(stream) != 0 || buffer.length == 0) {
        fprintf(stderr, "%s: failed\n", server->dump);
        exit(2);
    }
    const char *text = ls_arena_copy(arena, buffer.text, buffer.length);
    ls_buffer_free(&buffer);
    return text;
}

static const char *line_at(ls_arena *arena, const char *sign, const char *text) {
    return ls_arena_join(arena, sign, ls_arena_copy(arena, text, strcspn(text, "\n")), NULL);
}

const char *first_difference(ls_arena *arena, const char *before, const char *after) {
    while (*before != '\0' || *after != '\0') {
        size_t left = strcspn(before, "\n"), right = strcspn(after, "\n");
        if (left != right || strncmp(before, after, left) != 0)
            return ls_arena_join(arena, line_at(arena, "before: ", before), "  |  ",
                                 line_at(arena, "after: ", after), NULL);
        before += left + (before[left] == '\n');
        after += right + (after[right] == '\n');
    }
    return NULL;
}
