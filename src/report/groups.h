/*
 * groups.h - one cause told once.
 *
 * A rule that speaks once per file (no lock_timeout, say) has one cause for the whole repository:
 * its findings in several files make one group. So do infos of a rule that say the same word by
 * word, wherever they stand. Every other finding is a group of its own.
 */
#ifndef LS_REPORT_GROUPS_H
#define LS_REPORT_GROUPS_H

#include "rules/rules.h"

typedef struct {
    const ls_finding *first;
    LS_VECTOR(const ls_finding *) others; /* of the same cause, in the order of the findings */
} ls_finding_group;
typedef LS_VECTOR(ls_finding_group) ls_finding_groups;

/* The groups, in the order of their first findings, which they point to. */
ls_finding_groups ls_group_findings(ls_arena *arena, const ls_findings *findings);

#endif
