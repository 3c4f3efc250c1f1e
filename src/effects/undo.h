/*
 * undo.h - can what a statement did be taken back by another statement?
 */
#ifndef LS_EFFECTS_UNDO_H
#define LS_EFFECTS_UNDO_H

#include "effects/effects.h"

typedef enum {
    LS_UNDO_NONE_NEEDED, /* it leaves nothing behind: SELECT, SET, ANALYZE, LOCK TABLE */
    LS_UNDO_EXACT,       /* an inverse statement brings the state before back */
    LS_UNDO_LOSES_DATA,  /* the shape comes back, the data does not */
    LS_UNDO_IMPOSSIBLE,  /* no statement takes it back */
} ls_undo;

/* By kind, and for some kinds by what the effect says. After the commit, that is: before it,
 * ROLLBACK takes back all that is transactional. */
ls_undo ls_undo_of(const ls_effect *effect);

/* Whether statements with this tag change nothing that a dump of the schema shows. */
bool ls_leaves_no_trace(const char *tag);

/* "none_needed", "exact", "loses_data", "impossible". */
const char *ls_undo_name(ls_undo undo);

#endif
