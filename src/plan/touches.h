/*
 * touches.h - which tables and columns a plan has to do with.
 */
#ifndef LS_PLAN_TOUCHES_H
#define LS_PLAN_TOUCHES_H

#include "plan/facts.h"

/* What happens to a table as a whole, so that nothing else may happen to it meanwhile. */
typedef enum {
    LS_TABLE_STAYS,
    LS_TABLE_CREATED,
    LS_TABLE_RENAMED,
    LS_TABLE_REWRITTEN,
    LS_TABLE_DROPPED,
} ls_table_fate;

typedef struct {
    const ls_stage_facts *stage;
    const char *table;  /* full name, as the stage finds it; as it leaves it, where it creates it */
    const char *column; /* NULL: none in particular */
    ls_table_fate fate;
    bool declared; /* a version uses it; else SQL of the plan changes it */
} ls_plan_touch;
typedef LS_VECTOR(ls_plan_touch) ls_plan_touches;

ls_plan_touches ls_plan_touches_of(ls_arena *arena, const ls_plan_facts *facts);

#endif
