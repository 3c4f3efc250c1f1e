/*
 * rollout.h - a plan carried out on a server while app versions use it.
 *
 * Stage by stage the SQL runs as it stands, one statement after the other, a backfill in batches
 * until no row is left. Before and after each of these steps every version that may be live inserts
 * rows, updates and touches some that the others left at different times, deletes one, and reads
 * back all; an old version stays until the soak. The rollout ends where something breaks.
 */
#ifndef LS_TESTS_ROLLOUT_H
#define LS_TESTS_ROLLOUT_H

#include "mutant.h"

#include <libpq-fe.h>

typedef struct {
    PGconn *runner, *app;
} ls_rollout_server;

/* What broke: "soak: 1d: v0 updates a row: 23502". Empty where nothing did. Where a check holds the
 * rollout up for ever, nothing broke either, and it says so in brackets: "(the check holds)". */
const char *ls_rollout(ls_arena *arena, const ls_rollout_server *server, const ls_mutant *mutant,
                       const ls_plan_files *files);

#endif
