#include "histories/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KIND, NAME, OWNER, FIRST_FACT };

static void be_quiet(void *context, const char *message) {
    (void)context;
    (void)message;
}

static void give_up(const char *problem) {
    fprintf(stderr, "histories: %s\n", problem);
    exit(2);
}

PGconn *ls_server_session(const char *connection, const char *database) {
    const char *const keys[] = {"dbname", "options", database == NULL ? NULL : "dbname", NULL};
    const char *const values[] = {connection, "-c statement_timeout=60s -c client_encoding=UTF8",
                                  database, NULL};
    PGconn *session = PQconnectdbParams(keys, values, 1);
    if (PQstatus(session) != CONNECTION_OK)
        give_up(PQerrorMessage(session));
    PQsetNoticeProcessor(session, be_quiet, NULL);
    return session;
}

static const char *problem_of(ls_arena *arena, PGconn *session, const PGresult *result) {
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return ls_arena_string(arena, message == NULL ? PQerrorMessage(session) : message);
}

const char *ls_server_run(ls_arena *arena, PGconn *session, const char *text) {
    const char *problem = NULL;
    if (PQsendQuery(session, text) == 0)
        return problem_of(arena, session, NULL);
    for (PGresult *result; (result = PQgetResult(session)) != NULL; PQclear(result)) {
        if (PQresultStatus(result) == PGRES_COPY_IN)
            PQputCopyEnd(session, NULL);
        else if (PQresultStatus(result) == PGRES_FATAL_ERROR && problem == NULL)
            problem = problem_of(arena, session, result);
    }
    return problem;
}

/* --- Catalogs -------------------------------------------------------------------------------- */

static char *read_all(ls_arena *arena, const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        give_up(path);
    ls_buffer text = {0};
    char piece[4096];
    for (size_t length; (length = fread(piece, 1, sizeof piece, file)) > 0;)
        ls_buffer_add(&text, piece, length);
    fclose(file);
    char *copy = ls_arena_copy(arena, text.text, text.length);
    ls_buffer_free(&text);
    return copy;
}

const ls_script *ls_server_queries(ls_arena *arena, const char *path) {
    const char *text = read_all(arena, path);
    ls_text_problem problem = {0};
    const ls_source *source = ls_source_new(arena, path, text, strlen(text), &problem);
    if (source == NULL)
        give_up(problem.message);
    return ls_script_read(arena, source);
}

static bool asks(const ls_statement *statement) {
    return statement->kind == LS_STATEMENT_QUERY;
}

void ls_server_prepare(PGconn *session, const ls_script *queries) {
    ls_arena *arena = ls_arena_new();
    for (uint32_t i = 0; i < queries->statements.count; i++) {
        const ls_statement *statement = queries->statements.items[i];
        const char *text = ls_source_copy(arena, queries->source, statement->at);
        const char *problem = asks(statement) ? NULL : ls_server_run(arena, session, text);
        if (problem != NULL)
            give_up(problem);
    }
    ls_arena_free(arena);
}

static void add_rows(ls_items *items, const PGresult *rows) {
    for (int row = 0; row < PQntuples(rows); row++) {
        ls_item *item =
            ls_items_add(items, ls_arena_string(items->arena, PQgetvalue(rows, row, KIND)),
                         ls_arena_string(items->arena, PQgetvalue(rows, row, NAME)),
                         ls_arena_string(items->arena, PQgetvalue(rows, row, OWNER)));
        for (int fact = FIRST_FACT; fact < PQnfields(rows); fact++)
            ls_item_fact(items, item, ls_arena_string(items->arena, PQfname(rows, fact)),
                         ls_arena_string(items->arena, PQgetvalue(rows, row, fact)));
    }
}

ls_items ls_items_seen(ls_arena *arena, PGconn *session, const ls_script *queries) {
    ls_items items = {.arena = arena};
    for (uint32_t i = 0; i < queries->statements.count; i++) {
        const ls_statement *statement = queries->statements.items[i];
        if (!asks(statement))
            continue;
        PGresult *rows = PQexec(session, ls_source_copy(arena, queries->source, statement->at));
        if (PQresultStatus(rows) != PGRES_TUPLES_OK)
            give_up(PQerrorMessage(session));
        add_rows(&items, rows);
        PQclear(rows);
    }
    ls_items_sort(&items);
    return items;
}
