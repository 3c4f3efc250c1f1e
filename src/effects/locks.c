/*
 * locks.c - PostgreSQL's table-level lock modes.
 *
 * One row a mode; a mode's conflicts are a set of modes, one bit each. Everything else (who waits,
 * what is blocked) follows from the conflicts and from the mode that a kind of statement needs.
 */
#include "effects/locks.h"

enum { LOCK_MODES = LS_ACCESS_EXCLUSIVE + 1 };

#define BIT(mode)             (1u << (mode))
#define FROM_ACCESS_EXCLUSIVE BIT(LS_ACCESS_EXCLUSIVE)
#define FROM_EXCLUSIVE        (FROM_ACCESS_EXCLUSIVE | BIT(LS_EXCLUSIVE))
#define FROM_SHARE            (FROM_EXCLUSIVE | BIT(LS_SHARE) | BIT(LS_SHARE_ROW_EXCLUSIVE))
#define FROM_SHARE_UPDATE     (FROM_SHARE | BIT(LS_SHARE_UPDATE_EXCLUSIVE))

typedef struct {
    const char *abbreviation;
    unsigned conflicts;
    const char *waiters;
} lock_facts;

static const char *const names[LOCK_MODES] = {
    [LS_LOCK_NONE] = "",
    [LS_ACCESS_SHARE] = "ACCESS SHARE",
    [LS_ROW_SHARE] = "ROW SHARE",
    [LS_ROW_EXCLUSIVE] = "ROW EXCLUSIVE",
    [LS_SHARE_UPDATE_EXCLUSIVE] = "SHARE UPDATE EXCLUSIVE",
    [LS_SHARE] = "SHARE",
    [LS_SHARE_ROW_EXCLUSIVE] = "SHARE ROW EXCLUSIVE",
    [LS_EXCLUSIVE] = "EXCLUSIVE",
    [LS_ACCESS_EXCLUSIVE] = "ACCESS EXCLUSIVE",
};

/* Conflicts: documentation 13.3.1, table 13.2; measured on 11 to 18. Waiters: the modes
 * that SELECT, SELECT FOR UPDATE and INSERT, UPDATE and DELETE take; measured on 11 to 18. */
static const lock_facts modes[LOCK_MODES] = {
    [LS_LOCK_NONE] = {"", 0, ""},
    [LS_ACCESS_SHARE] = {"AS", FROM_ACCESS_EXCLUSIVE, ""},
    [LS_ROW_SHARE] = {"RS", FROM_EXCLUSIVE, ""},
    [LS_ROW_EXCLUSIVE] = {"RE", FROM_SHARE, ""},
    [LS_SHARE_UPDATE_EXCLUSIVE] = {"SUE", FROM_SHARE_UPDATE, ""},
    [LS_SHARE] = {"S", (FROM_SHARE_UPDATE | BIT(LS_ROW_EXCLUSIVE)) & ~BIT(LS_SHARE),
                  "INSERT, UPDATE and DELETE"},
    [LS_SHARE_ROW_EXCLUSIVE] = {"SRE", FROM_SHARE_UPDATE | BIT(LS_ROW_EXCLUSIVE),
                                "INSERT, UPDATE and DELETE"},
    [LS_EXCLUSIVE] = {"E", FROM_SHARE_UPDATE | BIT(LS_ROW_EXCLUSIVE) | BIT(LS_ROW_SHARE),
                      "INSERT, UPDATE, DELETE and SELECT FOR UPDATE"},
    [LS_ACCESS_EXCLUSIVE] = {"AE",
                             FROM_SHARE_UPDATE | BIT(LS_ROW_EXCLUSIVE) | BIT(LS_ROW_SHARE) |
                                 BIT(LS_ACCESS_SHARE),
                             "SELECT, INSERT, UPDATE and DELETE"},
};

const char *ls_lock_name(ls_lock_mode mode) {
    return names[mode];
}

const char *const *ls_lock_names(size_t *count) {
    *count = LOCK_MODES - LS_ACCESS_SHARE;
    return names + LS_ACCESS_SHARE;
}

const char *ls_lock_abbreviation(ls_lock_mode mode) {
    return modes[mode].abbreviation;
}

bool ls_locks_conflict(ls_lock_mode one, ls_lock_mode other) {
    return (modes[one].conflicts & BIT(other)) != 0;
}

bool ls_lock_blocks_reads(ls_lock_mode mode) {
    return ls_locks_conflict(mode, LS_ACCESS_SHARE);
}

bool ls_lock_blocks_writes(ls_lock_mode mode) {
    return ls_locks_conflict(mode, LS_ROW_EXCLUSIVE);
}

/* nextval takes ROW EXCLUSIVE on the sequence, REFRESH at least EXCLUSIVE on what it fills
 * (measured on 15). */
const char *ls_lock_waiters(ls_lock_mode mode, ls_relation_kind kind) {
    const bool is_written = kind != LS_RELATION_SEQUENCE && kind != LS_RELATION_MATERIALIZED_VIEW;
    if (is_written || !ls_lock_blocks_writes(mode))
        return modes[mode].waiters;
    if (kind == LS_RELATION_SEQUENCE)
        return ls_lock_blocks_reads(mode) ? "nextval, setval and SELECT" : "nextval and setval";
    return ls_lock_blocks_reads(mode) ? "SELECT and REFRESH" : "REFRESH";
}
