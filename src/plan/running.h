/*
 * running.h - what a runner's way of running a migration is to the replay.
 */
#ifndef LS_PLAN_RUNNING_H
#define LS_PLAN_RUNNING_H

#include "effects/replay.h"
#include "input/migration.h"

ls_transaction_mode ls_mode_of(ls_running running);

/* The same where a migration is run, or taken back, by itself: nothing else shares its
 * transaction. */
ls_transaction_mode ls_mode_alone(ls_transaction_mode mode);

#endif
