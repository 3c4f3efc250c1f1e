/*
 * fold.h - one cause, one finding.
 */
#ifndef LS_RULES_FOLD_H
#define LS_RULES_FOLD_H

#include "rules/rules.h"

/* A finding with what folding asks about it, some of it once more. It is only pointed at, since
 * there may be many, and they are sorted. */
typedef struct {
    ls_finding *finding;
    const ls_rule *rule;
    ls_span at, statement_at;
    const char *relation, *column; /* NULL if it is about none */
    bool softened;                 /* the relation stays small: told as less than its rule says */
    bool dropped;
    const char *suppressed; /* the reason for it; NULL: it is not */
} ls_candidate;
typedef LS_VECTOR(ls_candidate) ls_candidates;

/*
 * Sorts the candidates by place and drops those that say nothing of their own: the same rule at the
 * same place again; a rule that another is over, where both speak of the same statement and of
 * nothing that tells them apart, and the one above is not softened beside one that is not.
 */
void ls_fold(ls_arena *arena, ls_candidates *candidates);

/*
 * Sorts them too, and drops all but the first of a rule that speaks once per file, or once per
 * statement and relation; of a rule that speaks once per message, the others are labels of the
 * first. What is suppressed does not speak for what is not: where the first is,
 * the next one is told.
 */
void ls_tell_once(ls_arena *arena, const ls_source *source, ls_candidates *candidates);

#endif
