/*
 * release.h - what a migration takes away from code that goes out in the same release: an effect
 * for rules to match.
 *
 * The statement alone does not say who names what it drops or renames. Who knows the code of the
 * release is asked: a name that the running code has, and the code of the release no longer, is
 * used until the last old instance has stopped.
 */
#ifndef LS_EFFECTS_RELEASE_H
#define LS_EFFECTS_RELEASE_H

#include "effects/effects.h"
#include "effects/interest.h"

typedef struct {
    /* Where the running code has the name, as "app/user.rb:12"; NULL where it has not, or where the
     * code of the release has it, too. */
    const char *(*last_use)(void *context, const char *name);
    void *context;
    bool before_deploy; /* somebody says that the migration runs before its code is deployed */
} ls_release;

/* Both kinds of effects are told: those that are looked at, and those that come of it. */
void ls_release_asks(ls_interest *interest);

/* What the statement takes away of what its release stops using; NULL: nothing. */
const ls_outcome *ls_release_outcome(ls_arena *arena, const ls_outcome *outcome,
                                     const ls_release *release);

#endif
