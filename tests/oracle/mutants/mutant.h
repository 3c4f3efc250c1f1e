/*
 * mutant.h - playbooks with one mistake: a stage left out, or two neighbours in each other's place.
 *
 * A stage that is left out takes its SQL file along, as if nobody had written it: what lockstep
 * says of the mutant is about the missing stage, and not about a file that no stage names.
 */
#ifndef LS_TESTS_MUTANT_H
#define LS_TESTS_MUTANT_H

#include "plan/verify.h"

typedef struct {
    const ls_plan *plan;
    const char *directory; /* of the playbook */
    const char *name;      /* "without 2 deploy: v1", "3 soak: 1d before 2 deploy: v1" */
    const char *hidden;    /* the SQL file that is not there; NULL: all are */
} ls_mutant;
typedef LS_VECTOR(ls_mutant) ls_mutants;

/* The playbook itself, called "as it is", and all its mutants. Ends the program where it is none.
 */
ls_mutants ls_mutants_read(ls_arena *arena, const char *directory);

/* What lockstep says of it with all rules on. Free it with ls_plan_result_free. */
ls_plan_result ls_mutant_verify(ls_arena *arena, const ls_mutant *mutant, int postgres);

/* The rules of the errors in it, each once and in the order of their names. Those that ask where a
 * file stands, and not what happens, are left out. */
ls_words ls_mutant_errors(ls_arena *arena, const ls_plan_result *result);

#endif
