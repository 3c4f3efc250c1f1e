/*
 * history.h - what has become of a migration, besides what it does: an effect for rules to match.
 */
#ifndef LS_EFFECTS_HISTORY_H
#define LS_EFFECTS_HISTORY_H

#include "effects/effects.h"
#include "sql/script.h"

typedef enum {
    LS_HISTORY_NONE,
    LS_HISTORY_EDITED,       /* applied, and its statements have changed */
    LS_HISTORY_RENAMED,      /* applied under another name */
    LS_HISTORY_DELETED,      /* applied, and gone */
    LS_HISTORY_SAME_VERSION, /* another one has its version */
    LS_HISTORY_OUT_OF_ORDER, /* it would run before one that is applied */
} ls_history_kind;

typedef struct {
    ls_history_kind kind;
    const char *file;    /* its name, without directories */
    const char *other;   /* the name before, or that of the other migration; may be NULL */
    const char *version; /* SAME_VERSION: as it is written */
    uint32_t more;       /* DELETED: so many others are, too */
} ls_history_fact;
typedef LS_VECTOR(ls_history_fact) ls_history_facts;

/* The facts as effects, at the first line of the first statement. */
const ls_outcome *ls_history_outcome(ls_arena *arena, const ls_script *script,
                                     const ls_history_facts *facts);

/* True if nothing but comments, white space and the like is different. */
bool ls_history_reads_alike(const ls_source *left, const ls_source *right);

#endif
