/*
 * fold.h - one cause, one finding.
 */
#ifndef LS_RULES_FOLD_H
#define LS_RULES_FOLD_H

#include "rules/rules.h"

/* A finding with what folding asks about it. */
typedef struct {
    ls_finding finding;
    const char *relation, *column; /* NULL if it is about none */
    bool softened;                 /* the relation stays small: told as less than its rule says */
    bool dropped;
} ls_candidate;
typedef LS_VECTOR(ls_candidate) ls_candidates;

/*
 * Sorts the candidates by place and marks those that are not to be told: the same rule at the same
 * place again; a rule that another is over, where both speak of the same statement and of nothing
 * that tells them apart, and the one above is not softened beside one that is not; all but the
 * first of a rule that speaks once per file, or once per statement and relation.
 */
void ls_fold(ls_arena *arena, ls_candidates *candidates);

#endif
