/*
 * suppression.h - comments that say which rules not to apply.
 *
 *     -- lockstep:ignore RULE[, RULE...] because REASON
 *     -- lockstep:ignore-file RULE[, RULE...] because REASON
 *
 * The first is about one statement: the one that the comment stands in, else the one on its line,
 * else the next one; of two on its line, the one that follows. In the body of a DO block it is
 * about a statement of the body. What begins like a suppression and is none is handed out with what
 * is wrong with it, for a suppression that silently does nothing is worse than none. Which rules
 * there are is not known here.
 */
#ifndef LS_SQL_SUPPRESSION_H
#define LS_SQL_SUPPRESSION_H

#include "sql/script.h"

/* A name as it is written. */
typedef struct {
    const char *name;
    ls_span at;
} ls_suppressed_name;

typedef struct {
    ls_span at; /* without the comment's delimiters; its first line */
    bool whole_file;
    LS_VECTOR(ls_suppressed_name) names; /* of rules or groups */
    const char *reason;                  /* NULL: none is given, or it says nothing */
    const char *problem; /* why it cannot be understood; NULL: it can, and has names */
    ls_span covers;      /* the statement; empty if there is none, or for the whole file */
} ls_suppression;
typedef LS_VECTOR(ls_suppression) ls_suppressions;

/* Those of a script; they live in the arena. */
ls_suppressions ls_suppressions_of(ls_arena *arena, const ls_script *script);

/* --- For suppression.c ----------------------------------------------------------------------- */

/* Reads what a comment, given with its delimiters, says, and adds it to the list without `covers`.
 */
void ls_suppressions_read(ls_arena *arena, const ls_source *source, ls_span comment,
                          ls_suppressions *list);

#endif
