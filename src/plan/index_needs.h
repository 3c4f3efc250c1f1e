/*
 * index_needs.h - the columns by which a query looks for the rows of its tables.
 */
#ifndef LS_PLAN_INDEX_NEEDS_H
#define LS_PLAN_INDEX_NEEDS_H

#include "plan/facts.h"

/* An index that begins with one of the columns spares the query from reading the whole table. */
typedef struct {
    ls_relation_id relation;
    const char *item; /* under which the query knows it */
    ls_words columns;
} ls_index_need;
typedef LS_VECTOR(ls_index_need) ls_index_needs;

ls_index_needs ls_index_needs_of(ls_arena *arena, const ls_query_meaning *meaning);

/* The table has such an index when so many stages are done. */
bool ls_index_need_met(const ls_plan_facts *facts, const ls_index_need *need, unsigned done);

#endif
