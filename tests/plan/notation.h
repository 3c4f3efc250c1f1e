/*
 * notation.h - rollouts in a line a stage, for tests of the model.
 *
 *     has a nn, b default 1, c check      columns that there are; of the table t, or as users.a
 *     apart contacts.email                its row may be missing
 *     property p of c; key p of c         a CHECK, a foreign key on c that p stands for
 *     trigger sync a>b always always      there before the first stage
 *     run v0 r:a w:a                      a version of today's; web/v0 is one of the app web
 *     E add b; trigger sync a<>b null changed | nn b       transactions with | between
 *     D v1 r:a,b? w:a,b                   b?: copes with null; w:- writes no column of the plan's
 *     S
 *     B b=a distinct                      or null, all; skip (SKIP LOCKED), unknown; b=? computed
 *     C b=a                               or C b: no null in it
 *     ~D v2 r:b w:b                       overlaps the stage before it
 *     R                                   nothing happens
 *
 * E, K and X all stand for SQL. A trigger is NAME SOURCE>TARGET ON-INSERT ON-UPDATE [skipnull]
 * [unknown], with <> where it is two-way. The actions of SQL are those of ACTIONS in notation.c.
 */
#ifndef LS_TESTS_PLAN_NOTATION_H
#define LS_TESTS_PLAN_NOTATION_H

#include "plan/model/verdict.h"

/* The model that the lines describe; a line that cannot be read ends the program. */
ls_model *ls_notation_read(ls_arena *arena, const char *text);

/* The carrier of that name; it must be there. */
ls_model_index ls_notation_carrier(const ls_model *model, const char *name);

#endif
