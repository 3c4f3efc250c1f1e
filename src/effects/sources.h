/*
 * sources.h - the relations that a statement's queries read, and what reading them locks.
 *
 * Parse analysis locks what a query names; the planner also opens the indexes, and the rewriter
 * and the planner reach through views, partitions and inheritance children. CREATE VIEW stops
 * after the first step, CREATE TABLE AS goes all the way (measured on 12 to 18).
 */
#ifndef LS_EFFECTS_SOURCES_H
#define LS_EFFECTS_SOURCES_H

#include "effects/builder.h"

typedef enum {
    LS_QUERY_ANALYSED,  /* CREATE VIEW, PREPARE, WITH NO DATA: only what is named */
    LS_QUERY_REWRITTEN, /* CREATE FUNCTION in SQL: through views (measured on 15) */
    LS_QUERY_PLANNED,   /* EXPLAIN: indexes too, through views and partitions */
    LS_QUERY_EXECUTED,  /* and the rows are read, by the statement's own query */
    LS_QUERY_COPIED,    /* REFRESH: read from end to end while the lock on the copy is held */
} ls_query_stage;

/* Locks what the query reads (and, in a function's body, what it changes). */
void ls_lock_sources(ls_builder *builder, const ls_query *query, ls_query_stage stage, ls_span at);

/* The same for the subqueries of an expression. */
void ls_lock_expression_sources(ls_builder *builder, const ls_expression *expression, ls_span at);

/* Locks one relation as a query that reads it does. */
void ls_lock_source(ls_builder *builder, ls_relation_id relation, ls_query_stage stage, ls_span at);

/* Locks a relation as the planner does: with its indexes, and unless the query says ONLY with its
 * partitions and children; through views in the same mode (measured on 15: SELECT, FOR UPDATE). */
void ls_lock_planned(ls_builder *builder, ls_relation_id relation, ls_lock_mode mode, bool only,
                     ls_span at);

/* Notes in a view or materialized view what its query reads, and there who depends on it. */
void ls_set_uses(ls_builder *builder, ls_relation_id view, const ls_query *query);

/* The relations that a view or materialized view rests on, each once. */
ls_relation_ids ls_view_sources(ls_builder *builder, const ls_relation *view);

/* True if the name is one of PostgreSQL's own catalogs, which are not followed. */
bool ls_is_system_name(const ls_name *name);

/* The query, or one that it is made of, selects *. */
bool ls_selects_star(const ls_query *query);

#endif
