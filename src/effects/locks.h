/*
 * locks.h - PostgreSQL's table-level lock modes and what each keeps waiting.
 *
 * Source of the facts: documentation 13.3 "Explicit Locking", table 13.2; measured the same on 11
 * to 18.
 */
#ifndef LS_EFFECTS_LOCKS_H
#define LS_EFFECTS_LOCKS_H

#include "catalog/catalog.h"

#include <stdbool.h>
#include <stddef.h>

/* Numbered as PostgreSQL numbers them. The order is not one of strength in conflicts. */
typedef enum {
    LS_LOCK_NONE,
    LS_ACCESS_SHARE,
    LS_ROW_SHARE,
    LS_ROW_EXCLUSIVE,
    LS_SHARE_UPDATE_EXCLUSIVE,
    LS_SHARE,
    LS_SHARE_ROW_EXCLUSIVE,
    LS_EXCLUSIVE,
    LS_ACCESS_EXCLUSIVE,
} ls_lock_mode;

/* "ACCESS EXCLUSIVE"; "" for none. */
const char *ls_lock_name(ls_lock_mode mode);
const char *const *ls_lock_names(size_t *count); /* of all modes */

/* "AE", as in tables. */
const char *ls_lock_abbreviation(ls_lock_mode mode);

/* True if a request for one waits while another transaction holds the other. */
bool ls_locks_conflict(ls_lock_mode one, ls_lock_mode other);

/* True if plain SELECT waits; true if INSERT, UPDATE and DELETE wait. */
bool ls_lock_blocks_reads(ls_lock_mode mode);
bool ls_lock_blocks_writes(ls_lock_mode mode);

/* Who waits for a lock on a relation of the kind, in words: "SELECT, INSERT, UPDATE and DELETE"; ""
 * if no ordinary statement does. For one on an index it is those that use its table. */
const char *ls_lock_waiters(ls_lock_mode mode, ls_relation_kind kind);

#endif
