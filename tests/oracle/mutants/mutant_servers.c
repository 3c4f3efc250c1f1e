/*
 * mutant_servers.c - each playbook's mutants on servers: makes the table of what breaks anew.
 *
 *     mutant_servers TABLE PLAYBOOK... -- CONNECTION...
 *
 * What servers of other versions said stays in the table.
 */
#include "rollout.h"
#include "support/path.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SERVERS = 8 };

typedef struct {
    ls_rollout_server server;
    char version[12];
} named_server;

typedef struct {
    named_server servers[MOST_SERVERS];
    size_t server_count;
    const json_t *before;
    json_t *rows;
} making;

static void be_quiet(void *context, const char *message) {
    (void)context;
    (void)message;
}

static PGconn *connect_to(const char *connection) {
    PGconn *session = PQconnectdb(connection);
    if (PQstatus(session) != CONNECTION_OK) {
        fprintf(stderr, "mutant_servers: %s", PQerrorMessage(session));
        exit(2);
    }
    PQsetNoticeProcessor(session, be_quiet, NULL);
    return session;
}

static json_t *said_before(const making *run, const char *playbook, const char *mutant) {
    const json_t *row = ls_table_row(run->before, playbook, mutant);
    json_t *said = json_deep_copy(json_object_get(row, "servers"));
    return said == NULL ? json_object() : said;
}

static json_t *ask_servers(ls_arena *arena, const making *run, const ls_mutant *mutant,
                           const ls_plan_files *files) {
    json_t *said = said_before(run, ls_path_last(mutant->directory), mutant->name);
    for (size_t i = 0; i < run->server_count; i++) {
        const named_server *server = &run->servers[i];
        const char *broke = ls_rollout(arena, &server->server, mutant, files);
        json_object_set_new(said, server->version, json_string(broke));
    }
    return said;
}

static void try_mutant(making *run, const ls_mutant *mutant) {
    ls_arena *arena = ls_arena_new();
    ls_plan_result result = ls_mutant_verify(arena, mutant, 15);
    const ls_words errors = ls_mutant_errors(arena, &result);
    json_t *row = json_object();
    json_object_set_new(row, "playbook", json_string(ls_path_last(mutant->directory)));
    json_object_set_new(row, "mutant", json_string(mutant->name));
    json_object_set_new(row, "servers", ask_servers(arena, run, mutant, &result.files));
    json_object_set_new(row, "errors", ls_table_words(&errors));
    json_array_append_new(run->rows, row);
    ls_plan_result_free(&result);
    ls_arena_free(arena);
}

static int separator(int count, char **arguments) {
    for (int i = 2; i < count; i++)
        if (strcmp(arguments[i], "--") == 0)
            return i;
    return count;
}

static void connect_all(making *run, int first, int count, char **arguments) {
    for (int i = first; i < count && run->server_count < MOST_SERVERS; i++) {
        named_server *named = &run->servers[run->server_count++];
        named->server.runner = connect_to(arguments[i]);
        named->server.app = connect_to(arguments[i]);
        snprintf(named->version, sizeof named->version, "%d",
                 PQserverVersion(named->server.runner) / 10000);
    }
}

int main(int count, char **arguments) {
    int end = separator(count, arguments);
    if (end < 3 || end + 1 >= count) {
        fprintf(stderr, "usage: mutant_servers TABLE PLAYBOOK... -- CONNECTION...\n");
        return 2;
    }
    ls_arena *arena = ls_arena_new();
    making run = {.before = ls_table_read(arguments[1]), .rows = json_array()};
    connect_all(&run, end + 1, count, arguments);
    for (int i = 2; i < end; i++) {
        const ls_mutants mutants = ls_mutants_read(arena, arguments[i]);
        for (LS_EACH(const ls_mutant, mutant, mutants))
            try_mutant(&run, mutant);
    }
    ls_table_write(arguments[1], run.rows);
    for (size_t i = 0; i < run.server_count; i++) {
        PQfinish(run.servers[i].server.runner);
        PQfinish(run.servers[i].server.app);
    }
    ls_arena_free(arena);
    return 0;
}
