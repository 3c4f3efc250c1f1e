/*
 * mirror.h - a group's table on a server, and the model's moves as SQL.
 *
 * The table t has the key `id`, a column `other` that no plan knows, and the group's columns as
 * texts. Every logical write has a text of its own, so that what a column holds tells whether it is
 * fresh. A version that violates a property writes texts that begin with x instead of w.
 */
#ifndef LS_TESTS_PLAN_MIRROR_H
#define LS_TESTS_PLAN_MIRROR_H

#include "plan/model/search.h"

#include <libpq-fe.h>

typedef struct {
    ls_arena *arena; /* of the walk */
    PGconn *session, *other;
    int server_version;
    const ls_group *group;
    unsigned writes;
    const char *logical; /* the value of the last logical write; NULL: none */
} ls_mirror;

/* Makes the table as it is before the first stage, and the row as today's versions leave it. */
void ls_mirror_start(ls_mirror *mirror, const ls_search *search, const ls_situation *start);

/* Does on the server what the move does, from the situation before it. NULL if the server agrees,
 * else what it complains of. */
const char *ls_mirror_move(ls_mirror *mirror, const ls_search *search, const ls_situation *before,
                           const ls_move *move);

/* What differs between the row in the table and that in the situation; NULL: nothing. `move` led
 * there. */
const char *ls_mirror_compare(ls_mirror *mirror, const ls_search *search, const ls_situation *after,
                              const ls_move *move);

#endif
