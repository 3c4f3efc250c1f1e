/*
 * outcome_locks.c - finding the lock that a statement has on a relation.
 *
 * Most statements lock a few relations, which are looked through. One that goes to all partitions
 * of a table, or to all tables that refer to it, locks thousands, and asks for each: from some
 * number on the locks are found through a table of their places, open addressing by id. Locks are
 * only ever appended, so the table is right as long as it grows with them.
 */
#include "effects/effects.h"

enum { LOOKED_THROUGH = 16, SMALLEST_TABLE = 64 };

/* The slot that holds the relation's place, or the free one where it belongs. */
static uint32_t *slot_of(const ls_outcome *outcome, ls_relation_id relation) {
    const uint32_t mask = outcome->lock_places.count - 1;
    uint32_t at = relation * 2654435761U & mask; /* Knuth's multiplicative hash */
    for (;; at = (at + 1) & mask) {
        uint32_t *slot = &outcome->lock_places.items[at];
        if (*slot == 0 || outcome->locks.items[*slot - 1].relation.id == relation)
            return slot;
    }
}

static void place_all(ls_arena *arena, ls_outcome *outcome) {
    const uint32_t size = outcome->lock_places.count;
    const uint32_t larger = size == 0 ? SMALLEST_TABLE : size * 2;
    outcome->lock_places.items = LS_NEW_ARRAY(arena, uint32_t, larger);
    outcome->lock_places.count = outcome->lock_places.capacity = larger;
    for (uint32_t i = 0; i < outcome->locks.count; i++)
        *slot_of(outcome, outcome->locks.items[i].relation.id) = i + 1;
}

ls_relation_lock *ls_find_lock(const ls_outcome *outcome, ls_relation_id relation) {
    if (outcome->lock_places.count > 0) {
        const uint32_t place = *slot_of(outcome, relation);
        return place == 0 ? NULL : &outcome->locks.items[place - 1];
    }
    for (LS_EACH(ls_relation_lock, lock, outcome->locks))
        if (lock->relation.id == relation)
            return lock;
    return NULL;
}

void ls_add_lock(ls_arena *arena, ls_outcome *outcome, const ls_relation_lock *lock) {
    LS_PUSH(arena, &outcome->locks, *lock);
    const uint32_t count = outcome->locks.count;
    if (count <= LOOKED_THROUGH)
        return;
    if (count * 2 > outcome->lock_places.count)
        place_all(arena, outcome);
    else
        *slot_of(outcome, lock->relation.id) = count;
}

ls_lock_mode ls_outcome_lock(const ls_outcome *outcome, ls_relation_id relation) {
    const ls_relation_lock *lock = relation == 0 ? NULL : ls_find_lock(outcome, relation);
    return lock == NULL ? LS_LOCK_NONE : lock->mode;
}
