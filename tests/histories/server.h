/*
 * server.h - a database of a real server: running migrations in it, and its catalogs as items.
 */
#ifndef LS_TESTS_HISTORIES_SERVER_H
#define LS_TESTS_HISTORIES_SERVER_H

#include "histories/items.h"
#include "sql/script.h"

#include <libpq-fe.h>

/* A session in the database of that name, or in the one that the connection string has if the name
 * is NULL. Ends the program where there is none. */
PGconn *ls_server_session(const char *connection, const char *database);

/* Runs the text, and gives the server's complaint or NULL. Data for COPY FROM stdin is not sent. */
const char *ls_server_run(ls_arena *arena, PGconn *session, const char *text);

/* The script with the queries, and a session that is ready for them. */
const ls_script *ls_server_queries(ls_arena *arena, const char *path);
void ls_server_prepare(PGconn *session, const ls_script *queries);

/* What the catalogs hold, sorted, in the arena. */
ls_items ls_items_seen(ls_arena *arena, PGconn *session, const ls_script *queries);

#endif
