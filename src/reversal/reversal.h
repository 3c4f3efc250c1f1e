/*
 * reversal.h - a migration's down, tried.
 *
 * The up and the down are run one after the other over the catalog as it stands before them, the
 * catalog is compared with what it was, and all is undone: whoever goes on with the replay finds it
 * as it was. A difference is laid to the statement that makes it: the first after which the schema
 * is no longer as before.
 */
#ifndef LS_REVERSAL_REVERSAL_H
#define LS_REVERSAL_REVERSAL_H

#include "effects/replay.h"
#include "reversal/difference.h"

/* From this statement on a script is run in this mode. */
typedef struct {
    uint32_t first;
    ls_transaction_mode mode;
} ls_run_section;

typedef struct {
    const ls_script *script;
    LS_VECTOR(ls_run_section) sections; /* at least one */
} ls_direction;

typedef struct {
    ls_difference difference;
    bool by_down; /* the down does it, not the up */
    const ls_statement *statement;
} ls_unreversed;

/* Something that no statement brings back. */
typedef struct {
    const ls_statement *statement; /* of the up */
    const char *what;              /* "the rows of users" */
} ls_loss;
typedef LS_VECTOR(ls_loss) ls_losses;

typedef struct {
    LS_VECTOR(ls_unreversed) unreversed;
    ls_losses losses;
    ls_words unknown;          /* what there may be besides, each a clause; empty: nothing */
    const ls_statement *first; /* of the up; NULL if it has none */
    bool up_fails;
    bool down_fails;   /* it is refused, or raises an exception on purpose */
    bool does_nothing; /* the up changes nothing that is compared */
} ls_reversal;

/* Sees the outcome of each statement of the down, and at last that of the whole. */
typedef void ls_outcome_seer(void *context, const ls_outcome *outcome);

/* Between two files of the replay; lives in the arena. The seer may be NULL. */
ls_reversal ls_try_reversal(ls_arena *arena, ls_replay *replay, const ls_direction *up,
                            const ls_direction *down, ls_outcome_seer *see, void *context);

/* Replays a direction, as one more file. */
void ls_run_direction(ls_replay *replay, const ls_direction *direction);

#endif
