/*
 * pair.h - migrations with their downs, and what lockstep says of each pair.
 *
 * A file of testdata/downs holds many pairs:
 *
 *     -- === the name of the pair
 *     what is there before
 *     -- up
 *     the migration
 *     -- down
 *     what takes it back
 *     -- = what lockstep is to say, a line for each difference; "same" if there is none
 *
 * What it says: "same", "fails" where the down is refused, or lines such as "leaves column t.a",
 * "loses index i", "changes default of column t.a", "renames table t", "reorders table t"; and
 * "unknown" beside or in place of these.
 */
#ifndef LOCKSTEP_TESTS_PAIR_H
#define LOCKSTEP_TESTS_PAIR_H

#include "reversal/reversal.h"

typedef struct {
    const char *file, *name;
    uint32_t line;
    const char *before, *up, *down;
    ls_words expected; /* in the file's order */
} down_pair;
typedef LS_VECTOR(down_pair) down_pairs;

/* The pairs of a file; ends the process with a message where it cannot be read. */
down_pairs read_pairs(ls_arena *arena, const char *file);

/* What lockstep says of a reversal, one line for each thing. */
ls_words verdict_of(ls_arena *arena, const ls_reversal *reversal);
ls_words verdict_of_pair(ls_arena *arena, const down_pair *pair);

/* "same; unknown" */
const char *verdict_text(ls_arena *arena, const ls_words *verdict);

/* How a verdict stands beside what a server did with the down. That the server may refuse it is
 * among what is not known, whatever differences are told besides. */
typedef enum { VERDICT_RIGHT, VERDICT_WRONG, VERDICT_UNKNOWN } verdict_standing;
verdict_standing verdict_stands(const ls_words *verdict, bool is_refused, bool is_same);

#endif
