/*
 * queries.h - what the queries of the versions mean, moment by moment, and what follows from that:
 * the columns that a version reads and writes.
 */
#ifndef LS_PLAN_QUERIES_H
#define LS_PLAN_QUERIES_H

#include "plan/facts.h"

/* Takes the queries out of the plan's files. */
void ls_list_queries(ls_plan_facts *facts);

/* Asks the catalog, as it is now, what each of them means. */
void ls_ask_queries(ls_plan_facts *facts, unsigned done);

/* Gives each version its queries, and adds what they read and write to its lists. */
void ls_derive_versions(ls_plan_facts *facts);

/* What the query means when so many stages are done. */
const ls_query_meaning *ls_meaning_at(const ls_plan_query *query, unsigned done);

/* The meaning in which most names of the query are there: when the version is deployed, or else at
 * the moment nearest to that. */
const ls_query_meaning *ls_meaning_for(const ls_plan_facts *facts, const ls_live_version *version,
                                       const ls_plan_query *query);

/* The relation, by its name in the query's words, that a data change changes; 0 if there is none.
 */
ls_relation_id ls_changed_relation(const ls_query_meaning *meaning, const ls_query *change);

#endif
