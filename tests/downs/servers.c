/*
 * servers.c - whether lockstep is right about each pair of up and down, by what servers make of it.
 *
 *     down_servers FILE... CONNECTION...
 *
 * What is before, up and down are run in a fresh database; the schema of which pg_dump tells before
 * and after is to be the same if, and only if, lockstep says so, and the server refuses the down if
 * it says that. A connection string is an argument with "=" in it.
 */
#include "downs/pair.h"
#include "downs/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    size_t right, wrong, unknown, refused;
} tally;

static void tell(const down_pair *pair, const char *verdict, const char *what) {
    printf("%s:%u: %s\n  lockstep: %s\n  server:   %s\n", pair->file, pair->line, pair->name,
           verdict, what);
}

static void judge(ls_arena *arena, down_server *server, const down_pair *pair, tally *counts) {
    const ls_words verdict = verdict_of_pair(arena, pair);
    const char *said = verdict_text(arena, &verdict);
    server_renew(server);
    const char *problem = server_run_text(server, arena, pair->before);
    const char *before = problem == NULL ? server_schema(server, arena) : NULL;
    if (problem == NULL)
        problem = server_run_text(server, arena, pair->up);
    if (problem != NULL) {
        counts->refused++;
        tell(pair, said, problem);
        return;
    }
    const char *refusal = server_run_text(server, arena, pair->down);
    const char *difference = first_difference(arena, before, server_schema(server, arena));
    switch (verdict_stands(&verdict, refusal != NULL, difference == NULL)) {
    case VERDICT_RIGHT:
        counts->right++;
        break;
    case VERDICT_WRONG:
        counts->wrong++;
        tell(pair, said, refusal != NULL ? refusal : difference == NULL ? "same" : difference);
        break;
    case VERDICT_UNKNOWN:
        counts->unknown++;
        break;
    }
}

static bool run_on(const char *connection, char **files, int count) {
    ls_arena *arena = ls_arena_new();
    down_server *server = server_open(arena, connection);
    tally counts = {0};
    for (int i = 0; i < count; i++) {
        if (strchr(files[i], '=') != NULL)
            continue;
        down_pairs pairs = read_pairs(arena, files[i]);
        for (LS_EACH(const down_pair, pair, pairs))
            judge(arena, server, pair, &counts);
    }
    printf("PostgreSQL %d: %zu pairs right, %zu wrong, %zu of which lockstep says that it does not "
           "know, %zu that the server does not run\n",
           server_version(server), counts.right, counts.wrong, counts.unknown, counts.refused);
    server_close(server);
    ls_arena_free(arena);
    return counts.wrong + counts.refused == 0;
}

int main(int count, char **arguments) {
    bool right = true;
    for (int i = 1; i < count; i++)
        if (strchr(arguments[i], '=') != NULL)
            right &= run_on(arguments[i], arguments + 1, count - 1);
    return right ? 0 : 1;
}
