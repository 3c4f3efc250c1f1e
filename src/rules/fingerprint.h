/*
 * fingerprint.h - a name for a finding that stays when the lines around it move.
 */
#ifndef LS_RULES_FINGERPRINT_H
#define LS_RULES_FINGERPRINT_H

#include "rules/rules.h"

/* Sets the fingerprints, in the arena, of findings that stand by file and then by place: of those
 * that are alike (rule, file, statement), each is told from the others by how many came before it.
 */
void ls_fingerprint(ls_arena *arena, ls_findings *findings);

/* The same for those of waived findings that have none yet. */
void ls_fingerprint_waived(ls_arena *arena, ls_waived_findings *waived);

#endif
