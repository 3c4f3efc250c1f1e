/*
 * migration_replay.h - a migration on its way through the replay, section by section, as its runner
 * runs it.
 */
#ifndef LS_CLI_MIGRATION_REPLAY_H
#define LS_CLI_MIGRATION_REPLAY_H

#include "cli/run.h"

typedef struct {
    ls_run *run;
    const ls_migration *migration;
    uint32_t section; /* the next one */
} ls_migration_replay;

/* How it is run: true if the configuration or an option says it; the migration itself does
 * otherwise. */
bool ls_find_mode(ls_run *run, const ls_migration *migration, ls_transaction_mode *mode);

ls_migration_replay ls_begin_migration(ls_run *run, const ls_migration *migration);

/* What the statement of that number does; they come in order. */
const ls_outcome *ls_next_of_migration(ls_migration_replay *replay, uint32_t number);

/* Before its end: its transaction goes on in the file behind it, where both are run together. */
void ls_end_migration_of_run(ls_run *run, uint32_t number);

#endif
