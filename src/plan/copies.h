/*
 * copies.h - which column has another one's values: a statement of the plan puts them there, or a
 * row trigger does.
 */
#ifndef LS_PLAN_COPIES_H
#define LS_PLAN_COPIES_H

#include "plan/facts.h"

/* The column of `table` has the values of the column `source` of `from`, the same table or another.
 */
bool ls_is_copy_of(const ls_plan_facts *facts, const ls_relation *table, const char *column,
                   const ls_relation *from, const char *source);

/* A trigger that is there when the stage begins puts what is written to `source` into `column`, of
 * the same table. */
bool ls_is_carried_over(const ls_plan_facts *facts, const ls_relation *table, const char *column,
                        const char *source, unsigned stage);

#endif
