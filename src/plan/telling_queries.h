/*
 * telling_queries.h - problems of queries: at the stage that makes them one, with the place of each
 * query beside it.
 */
#ifndef LS_PLAN_TELLING_QUERIES_H
#define LS_PLAN_TELLING_QUERIES_H

#include "plan/judging.h"

typedef struct {
    const ls_live_version *version;
    const ls_app_query *query;
} ls_told_query;

/* A new problem of the cause at the stage; where there is one already the query's place is added to
 * that, and NULL returned: one stage breaks all of them. */
ls_effect *ls_tell_query(ls_plan_judging *judging, const ls_stage_facts *stage, const char *cause,
                         const ls_told_query *told, const char *label);

#endif
