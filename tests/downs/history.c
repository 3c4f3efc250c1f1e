/*
 * history.c - whether lockstep is right about the downs of a directory of migrations.
 *
 *     down_history [-v] [-c SQL] DIRECTORY CONNECTION
 *
 * Run by hand, with `rules/servers` in front of it. Each migration that has a down is run, and then
 * its down, on a server and through lockstep; whether the schema is then what it was is to be the
 * same for both. lockstep replays what the server has run. A server on which it is not gets the
 * database back that was kept before the down, so that every migration finds what those before it
 * have made. -v tells all of them, not only those about which the two disagree; -c is run before
 * the first, for what a migration takes for granted.
 */
#include "cli/downs.h"
#include "downs/pair.h"
#include "downs/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    ls_arena *arena;
    down_server *server;
    ls_replay *replay;
    bool tells_all;
    const char *first;            /* SQL; NULL: none */
    LS_VECTOR(ls_direction) done; /* what the server holds */
    const char *schema;           /* of the server; NULL: not asked for yet */
    size_t right, wrong, unknown, not_run, without;
} walk;

static void tell(const walk *at, const char *name, const char *sign, const char *verdict,
                 const char *server) {
    if (at->tells_all || *sign != '=')
        printf("%s %s\n    lockstep: %s\n    server:   %s\n", sign, name, verdict, server);
}

static void begin_anew(walk *at) {
    server_renew(at->server);
    const char *problem =
        at->first == NULL ? NULL : server_run_text(at->server, at->arena, at->first);
    if (problem != NULL)
        fputs(problem, stderr);
}

static void fill_anew(walk *at) {
    begin_anew(at);
    for (LS_EACH(const ls_direction, direction, at->done))
        server_run(at->server, at->arena, direction);
}

/* What the server makes of it: whether the down is refused, and what is different after it. */
typedef struct {
    const char *refusal, *difference;
} truth;

static truth try_on_server(walk *at, const ls_direction *down) {
    truth found = {.refusal = server_run(at->server, at->arena, down)};
    found.difference =
        first_difference(at->arena, at->schema, server_schema(at->server, at->arena));
    return found;
}

static void count(walk *at, const char *name, const ls_words *verdict, const truth *found) {
    const char *said = verdict_text(at->arena, verdict);
    const char *is = found->refusal != NULL      ? found->refusal
                     : found->difference == NULL ? "same"
                                                 : found->difference;
    switch (verdict_stands(verdict, found->refusal != NULL, found->difference == NULL)) {
    case VERDICT_RIGHT:
        at->right++;
        tell(at, name, "=", said, is);
        break;
    case VERDICT_WRONG:
        at->wrong++;
        tell(at, name, "!", said, is);
        break;
    case VERDICT_UNKNOWN:
        at->unknown++;
        tell(at, name, "?", said, is);
        break;
    }
}

/* A role cannot go while a database that is kept has something of it. */
static bool drops_roles(const ls_script *script) {
    for (LS_EACH(ls_statement *, statement, script->statements))
        if (strncmp((*statement)->tag, "DROP ROLE", 9) == 0 ||
            strncmp((*statement)->tag, "DROP OWNED", 10) == 0)
            return true;
    return false;
}

static void try_down(walk *at, const ls_migration *migration, const ls_direction *up,
                     const ls_words *verdict) {
    const ls_direction down = ls_direction_down(at->arena, migration);
    const bool is_kept = !drops_roles(down.script);
    if (is_kept)
        server_save(at->server);
    const truth found = try_on_server(at, &down);
    count(at, migration->name, verdict, &found);
    if (is_kept) {
        server_restore(at->server);
        return;
    }
    fill_anew(at);
    server_run(at->server, at->arena, up);
}

static void take(walk *at, const ls_migration *migration) {
    if (migration->script == NULL)
        return;
    const ls_direction up = ls_direction_up(at->arena, migration);
    ls_words verdict = {0};
    if (migration->down_script != NULL) {
        const ls_direction down = ls_direction_down(at->arena, migration);
        const ls_reversal reversal = ls_try_reversal(at->arena, at->replay, &up, &down, NULL, NULL);
        verdict = verdict_of(at->arena, &reversal);
        if (at->schema == NULL)
            at->schema = server_schema(at->server, at->arena);
    }
    const char *problem = server_run(at->server, at->arena, &up);
    if (problem != NULL) {
        at->not_run++;
        tell(at, migration->name, "-", "", problem);
        return;
    }
    ls_run_direction(at->replay, &up);
    if (verdict.count == 0)
        at->without++;
    else
        try_down(at, migration, &up, &verdict);
    LS_PUSH(at->arena, &at->done, up);
    at->schema = NULL;
}

static int walk_through(walk *at, const char *directory) {
    const ls_input_request request = {.paths = &directory, .path_count = 1, .judge_all = true};
    ls_input *input = ls_input_find(&request);
    ls_input_parse(input);
    const ls_replay_options options = {.postgres = server_version(at->server)};
    at->replay = ls_replay_new(&options);
    begin_anew(at);
    for (LS_EACH(const ls_migration, migration, input->files))
        take(at, migration);
    printf("%s: %zu downs right, %zu wrong, %zu of which lockstep says that it does not know; %zu "
           "migrations without a down, %zu that the server does not run\n",
           directory, at->right, at->wrong, at->unknown, at->without, at->not_run);
    ls_replay_free(at->replay);
    ls_input_free(input);
    return at->wrong > 0;
}

int main(int count_of, char **arguments) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    ls_arena *arena = ls_arena_new();
    walk at = {.arena = arena};
    for (int option; (option = getopt(count_of, arguments, "vc:")) != -1;) {
        at.tells_all |= option == 'v';
        if (option == 'c')
            at.first = optarg;
    }
    if (count_of - optind != 2) {
        fputs("usage: down_history [-v] [-c SQL] DIRECTORY CONNECTION\n", stderr);
        return 2;
    }
    at.server = server_open(arena, arguments[optind + 1]);
    int code = walk_through(&at, arguments[optind]);
    server_close(at.server);
    ls_arena_free(arena);
    return code;
}
