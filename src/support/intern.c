/*
 * intern.c - open addressing. The hashes stand beside the names, so that looking past other names
 * does not read them, growing does not hash again, and a slot is half as large as a map's.
 */
#include "support/intern.h"

#include "support/map.h"

#include <string.h>

enum { SMALLEST = 16 };

/* The slot of the name, or the free one that it would take. */
static size_t slot_of(const ls_interner *interner, const char *name, uint32_t hash) {
    const size_t mask = interner->capacity - 1;
    size_t at = hash & mask;
    while (interner->names[at] != NULL && interner->names[at] != name &&
           (interner->hashes[at] != hash || strcmp(interner->names[at], name) != 0))
        at = (at + 1) & mask;
    return at;
}

static void make_room(ls_interner *interner, size_t capacity) {
    interner->names = LS_NEW_ARRAY(interner->arena, const char *, capacity);
    interner->hashes = LS_NEW_ARRAY(interner->arena, uint32_t, capacity);
    interner->capacity = capacity;
}

static void grow(ls_interner *interner) {
    const ls_interner old = *interner;
    make_room(interner, old.capacity == 0 ? SMALLEST : old.capacity * 2);
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.names[i] == NULL)
            continue;
        size_t at = old.hashes[i] & (interner->capacity - 1);
        while (interner->names[at] != NULL)
            at = (at + 1) & (interner->capacity - 1);
        interner->names[at] = old.names[i];
        interner->hashes[at] = old.hashes[i];
    }
    ls_arena_give_back(interner->arena, old.names, sizeof *old.names * old.capacity);
    ls_arena_give_back(interner->arena, old.hashes, sizeof *old.hashes * old.capacity);
}

const char *ls_intern(ls_interner *interner, const char *name) {
    if (name == NULL)
        return NULL;
    if ((interner->count + 1) * 4 > interner->capacity * 3)
        grow(interner);
    const uint32_t hash = (uint32_t)ls_map_hash(name);
    const size_t at = slot_of(interner, name, hash);
    if (interner->names[at] == NULL) {
        interner->names[at] = ls_arena_string(interner->arena, name);
        interner->hashes[at] = hash;
        interner->count++;
    }
    return interner->names[at];
}
