/*
 * referring.h - rows of the up that stand in the way of a DELETE of the down.
 */
#ifndef LS_REVERSAL_REFERRING_H
#define LS_REVERSAL_REFERRING_H

#include "effects/effects.h"

/* Rows that the up has written, and that the down has not changed. */
typedef struct {
    ls_relation_id table;
    const ls_query *change; /* that wrote them; NULL: which columns it gives is not looked at */
} ls_referring_rows;

/* A foreign key that may refuse a DELETE. */
typedef struct {
    const ls_relation *child, *parent;
    const char *key;
    bool waits; /* for the commit: until then the rows may go */
} ls_guarding_key;

typedef struct {
    ls_arena *arena;
    ls_catalog *catalog;
    LS_VECTOR(ls_referring_rows) rows;
    LS_VECTOR(ls_guarding_key) guards;
} ls_referring;

/* A statement of the up; and one of the down, when it has been run. */
void ls_note_written(ls_referring *referring, const ls_outcome *outcome);
void ls_note_deleted(ls_referring *referring, const ls_outcome *outcome);

/* A clause for each foreign key that may refuse the down. */
ls_words ls_guarding_clauses(const ls_referring *referring);

#endif
