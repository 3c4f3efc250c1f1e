/*
 * intern.h - one copy of each name.
 *
 * Two interned strings of one interner are equal exactly when their pointers are.
 */
#ifndef LS_SUPPORT_INTERN_H
#define LS_SUPPORT_INTERN_H

#include "support/arena.h"

#include <stdint.h>

typedef struct {
    ls_arena *arena; /* where the copies and the table live; not owned */
    const char **names;
    uint32_t *hashes; /* of the names in the same slots */
    size_t count, capacity;
} ls_interner;

/* The one copy of `name`; NULL stays NULL. */
const char *ls_intern(ls_interner *interner, const char *name);

#endif
