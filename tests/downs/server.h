/*
 * server.h - a server on which migrations run, and its schema as pg_dump tells it.
 */
#ifndef LOCKSTEP_TESTS_DOWNS_SERVER_H
#define LOCKSTEP_TESTS_DOWNS_SERVER_H

#include "reversal/reversal.h"

typedef struct down_server down_server;

/* Ends the process with a message where it cannot be reached. */
down_server *server_open(ls_arena *arena, const char *connection);
void server_close(down_server *server);
int server_version(const down_server *server); /* 15 */

/* A fresh database for what follows; roles that were made before are gone. */
void server_renew(down_server *server);

/* Keeps the database as it is, and takes it back; roles are not the database's. */
void server_save(down_server *server);
void server_restore(down_server *server);

/* Runs a direction as its runner would; NULL, or what the server says against it. */
const char *server_run(down_server *server, ls_arena *arena, const ls_direction *direction);
/* Runs a text statement by statement. */
const char *server_run_text(down_server *server, ls_arena *arena, const char *text);

/* The schema, without comments. */
const char *server_schema(down_server *server, ls_arena *arena);

/* The first line that only the one or the other has, with a sign before it; NULL if they agree. */
const char *first_difference(ls_arena *arena, const char *before, const char *after);

#endif
