/*
 * histories.c - the catalog of lockstep in step with a server's own, migration by migration.
 *
 *     histories [--first FILE] DIRECTORY... -- CONNECTION...
 *
 * On each server (a libpq connection string; `../rules/servers` starts some) each directory of
 * migrations is applied to a database of its own, in the way that its runner would: a session for
 * each migration, and the transactions that the framework wraps around. lockstep replays what the
 * server has run. After each migration both catalogs are told as items (items.h) and compared; a
 * difference is shown once, with the migration after which it was first there. A part that the
 * server refuses is shown and left out on both sides. FILE runs first, on the server alone: roles
 * and the like that a repository takes for granted.
 */
#include "histories/parts.h"
#include "histories/said.h"
#include "histories/server.h"
#include "support/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const DATABASE = "lockstep_history";

typedef struct {
    ls_arena *arena; /* of the directory on the server at hand */
    const char *connection;
    PGconn *watch; /* where the catalogs are read */
    const ls_script *queries;
    ls_input *input;
    ls_replay *replay;
    ls_tally tally;
    ls_map shown; /* lines of differences */
    size_t refused_by_server, refused_by_lockstep;
} history;

/* --- A migration, part by part --------------------------------------------------------------- */

static void show_refused(history *h, const ls_history_part *part, const char *text,
                         const char *problem) {
    h->refused_by_server++;
    printf("%s: the server refuses: %s\n    %.200s\n", part->migration->name, problem, text);
}

/* In `ran` those that the server has taken. */
static void run_statements(history *h, const ls_history_part *part, PGconn *session, bool *ran) {
    for (uint32_t i = part->begin; i < part->end; i++) {
        const char *text = ls_history_part_text(h->arena, part, i);
        const char *problem = ls_server_run(h->arena, session, text);
        ran[i] = problem == NULL;
        if (problem != NULL)
            show_refused(h, part, text, problem);
    }
}

static void run_query(history *h, const ls_history_part *part, PGconn *session, bool *ran) {
    const char *text = "";
    for (uint32_t i = part->begin; i < part->end; i++)
        text = ls_arena_join(h->arena, text, ls_history_part_text(h->arena, part, i), ";\n", NULL);
    const char *problem = ls_server_run(h->arena, session, text);
    if (problem != NULL)
        show_refused(h, part, text, problem);
    for (uint32_t i = part->begin; i < part->end; i++)
        ran[i] = problem == NULL;
}

static void run_in_transaction(history *h, const ls_history_part *part, PGconn *session,
                               bool *ran) {
    const char *text = "BEGIN";
    const char *problem = ls_server_run(h->arena, session, text);
    for (uint32_t i = part->begin; i < part->end && problem == NULL; i++) {
        text = ls_history_part_text(h->arena, part, i);
        problem = ls_server_run(h->arena, session, text);
    }
    if (problem == NULL)
        problem = ls_server_run(h->arena, session, text = "COMMIT");
    if (problem != NULL) {
        show_refused(h, part, text, problem);
        ls_server_run(h->arena, session, "ROLLBACK");
    }
    for (uint32_t i = part->begin; i < part->end; i++)
        ran[i] = problem == NULL;
}

static void run_part(history *h, const ls_history_part *part, PGconn *session, bool *ran) {
    if (part->running == LS_RUNS_IN_TRANSACTION)
        run_in_transaction(h, part, session, ran);
    else if (part->running == LS_RUNS_ONE_QUERY)
        run_query(h, part, session, ran);
    else
        run_statements(h, part, session, ran);
}

static void replay_part(history *h, const ls_history_part *part, const bool *ran) {
    ls_history_part_begin(h->replay, part);
    for (uint32_t i = part->begin; i < part->end; i++) {
        const char *refused = ran[i] ? ls_history_part_statement(h->replay, part, i) : NULL;
        if (refused == NULL)
            continue;
        h->refused_by_lockstep++;
        printf("%s: lockstep refuses what the server has run: %s\n    %.200s\n",
               part->migration->name, refused, ls_history_part_text(h->arena, part, i));
    }
}

static void apply(history *h, const ls_migration *migration) {
    PGconn *session = ls_server_session(h->connection, DATABASE);
    bool *ran = LS_NEW_ARRAY(h->arena, bool, migration->script->statements.count + 1);
    const ls_history_parts parts = ls_history_parts_of(h->arena, migration);
    for (LS_EACH(const ls_history_part, part, parts)) {
        if (part->end > part->begin)
            run_part(h, part, session, ran);
        replay_part(h, part, ran);
    }
    ls_replay_end_file(h->replay);
    PQfinish(session);
}

/* --- Comparing ------------------------------------------------------------------------------- */

static void show_new_lines(history *h, const char *migration, const char *differences) {
    while (differences != NULL && *differences != '\0') {
        size_t length = strcspn(differences, "\n");
        const char *line = ls_arena_copy(h->arena, differences, length);
        if (ls_map_get(&h->shown, line) == NULL)
            printf("%s: %s\n", migration, line);
        ls_map_set(h->arena, &h->shown, line, h);
        differences += length + 1;
    }
}

static void compare(history *h, const char *migration) {
    ls_arena *arena = ls_arena_new();
    ls_buffer differences = {0};
    const ls_items server = ls_items_seen(arena, h->watch, h->queries);
    const ls_items lockstep = ls_items_said(arena, ls_replay_catalog(h->replay));
    ls_items_compare(&differences, &h->tally, &server, &lockstep);
    show_new_lines(h, migration, differences.text);
    ls_buffer_free(&differences);
    ls_arena_free(arena);
}

static ls_tally_line sum_up(const history *h) {
    ls_tally_line sum = {0};
    for (LS_EACH(const ls_tally_line, line, h->tally.lines)) {
        printf("    %-10s %8zu equal %6zu different %6zu unknown\n", line->kind, line->equal,
               line->different, line->unknown);
        sum.equal += line->equal;
        sum.different += line->different;
        sum.unknown += line->unknown;
    }
    return sum;
}

static bool report(const history *h, const char *directory) {
    printf("%s on PostgreSQL %d: %u migrations, %zu differences; refused by the server %zu, by "
           "lockstep alone %zu\n",
           directory, PQserverVersion(h->watch) / 10000, h->input->files.count, h->shown.count,
           h->refused_by_server, h->refused_by_lockstep);
    const ls_tally_line sum = sum_up(h);
    printf("    %-10s %8zu equal %6zu different %6zu unknown\n", "all", sum.equal, sum.different,
           sum.unknown);
    return sum.equal > 0 && sum.different == 0 &&
           h->refused_by_server + h->refused_by_lockstep == 0;
}

/* --- Servers --------------------------------------------------------------------------------- */

static void must(ls_arena *arena, PGconn *session, const char *text) {
    const char *problem = ls_server_run(arena, session, text);
    if (problem == NULL)
        return;
    fprintf(stderr, "histories: %s: %s\n", text, problem);
    exit(2);
}

static void make_database(history *h, const char *first) {
    PGconn *control = ls_server_session(h->connection, NULL);
    must(h->arena, control,
         ls_arena_format(h->arena, "DROP DATABASE IF EXISTS %s WITH (FORCE)", DATABASE));
    must(h->arena, control,
         ls_arena_format(h->arena, "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'",
                         DATABASE));
    PQfinish(control);
    if (first == NULL)
        return;
    PGconn *session = ls_server_session(h->connection, DATABASE);
    const ls_script *script = ls_server_queries(h->arena, first);
    for (uint32_t i = 0; i < script->statements.count; i++)
        ls_server_run(h->arena, session,
                      ls_source_copy(h->arena, script->source, script->statements.items[i]->at));
    PQfinish(session);
}

static bool follow(const char *connection, const char *directory, const char *first) {
    ls_arena *arena = ls_arena_new();
    history h = {.arena = arena, .connection = connection, .tally.arena = arena};
    make_database(&h, first);
    h.queries = ls_server_queries(arena, SERVER_SQL);
    h.watch = ls_server_session(connection, DATABASE);
    ls_server_prepare(h.watch, h.queries);
    h.input = ls_history_read(directory);
    h.replay = ls_history_replay(PQserverVersion(h.watch) / 10000);
    for (LS_EACH(const ls_migration, migration, h.input->files)) {
        apply(&h, migration);
        compare(&h, migration->name);
    }
    bool equal = report(&h, directory);
    PQfinish(h.watch);
    ls_replay_free(h.replay);
    ls_input_free(h.input);
    ls_arena_free(arena);
    return equal;
}

int main(int count, char **arguments) {
    bool has_first = count > 2 && strcmp(arguments[1], "--first") == 0;
    const char *first = has_first ? arguments[2] : NULL;
    int begin = has_first ? 3 : 1, end = begin;
    while (end < count && strcmp(arguments[end], "--") != 0)
        end++;
    if (end == begin || end + 1 >= count) {
        fputs("usage: histories [--first FILE] DIRECTORY... -- CONNECTION...\n", stderr);
        return 2;
    }
    bool equal = true;
    for (int connection = end + 1; connection < count; connection++)
        for (int directory = begin; directory < end; directory++)
            equal &= follow(arguments[connection], arguments[directory], first);
    return equal ? 0 : 1;
}
