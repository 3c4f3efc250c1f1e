/*
 * sources.c - see sources.h.
 *
 * The walk goes over the query as written and keeps the names of the common table expressions that
 * are in sight, so that they are not taken for relations. A relation that the history does not know
 * is declared: the lock on it is real. What a name stands for is locked at once; what a view or a
 * partitioned table stands for in turn is followed when the query is planned.
 */
#include "effects/sources.h"

#include "catalog/dependencies.h"
#include "effects/families.h"

#include <string.h>

enum { VIEW_DEPTH = 50 }; /* views over views; deeper ones are not followed */

typedef struct scope scope;
struct scope {
    const ls_query *query; /* whose common table expressions are in sight */
    const scope *outer;
};

typedef struct {
    ls_builder *builder;
    ls_query_stage stage;
    ls_lock_mode mode; /* on what is read */
    ls_span at;
} source_walk;

static void walk_query(const source_walk *walk, const ls_query *query, const scope *outer);
static void walk_expression(const source_walk *walk, const ls_expression *expression,
                            const scope *in);

bool ls_is_system_name(const ls_name *name) {
    if (name->schema)
        return strcmp(name->schema, "pg_catalog") == 0 ||
               strcmp(name->schema, "information_schema") == 0;
    return strncmp(name->name, "pg_", 3) == 0;
}

static bool is_common_table(const scope *in, const ls_name *name) {
    if (name->schema)
        return false;
    for (; in; in = in->outer)
        for (LS_EACH(const ls_common_table, table, in->query->clauses->with))
            if (strcmp(table->name, name->name) == 0)
                return true;
    return false;
}

ls_relation_ids ls_view_sources(ls_builder *builder, const ls_relation *view) {
    ls_relation_ids sources = {0};
    for (LS_EACH(const ls_column_use, use, view->uses)) {
        bool seen = false;
        for (LS_EACH(const ls_relation_id, source, sources))
            seen = seen || *source == use->relation;
        if (!seen)
            LS_PUSH(builder->arena, &sources, use->relation);
    }
    return sources;
}

void ls_set_uses(ls_builder *builder, ls_relation_id id, const ls_query *query) {
    bool complete = true;
    const ls_column_uses uses = ls_query_uses(builder->arena, builder->catalog, query, &complete);
    ls_relation *view = ls_catalog_edit(builder->catalog, id);
    view->uses.count = 0;
    for (LS_EACH(const ls_column_use, use, uses))
        LS_PUSH(ls_catalog_arena(builder->catalog), &view->uses, *use);
    for (LS_EACH(const ls_column_use, use, uses))
        ls_catalog_note_dependent(builder->catalog, use->relation, id);
}

/* The planner opens the indexes of what it scans; those of a partitioned table itself from 16 on
 * (measured: ADD FOREIGN KEY to a partitioned table). */
static void lock_indexes(const source_walk *walk, const ls_relation *table) {
    if (table->kind == LS_RELATION_PARTITIONED_TABLE && walk->builder->postgres < 16)
        return;
    for (LS_EACH(const ls_relation_id, index, table->indexes))
        ls_take_lock(walk->builder, *index, walk->mode, walk->at);
}

static void lock_scanned(const source_walk *walk, ls_relation_id id) {
    const ls_relation *table = ls_relation_of(walk->builder, id);
    if (!table)
        return;
    ls_take_lock(walk->builder, id, walk->mode, walk->at);
    lock_indexes(walk, table);
    if (table->kind == LS_RELATION_PARTITIONED_TABLE)
        return;
    if (walk->stage == LS_QUERY_EXECUTED)
        ls_read_rows(walk->builder, id, walk->at);
    else if (walk->stage == LS_QUERY_COPIED)
        ls_scan(walk->builder, id, walk->at);
}

static void lock_with_children(const source_walk *walk, ls_relation_id id) {
    lock_scanned(walk, id);
    const ls_relation_ids below =
        ls_relation_descendants(walk->builder->arena, walk->builder->catalog, id);
    for (LS_EACH(const ls_relation_id, child, below))
        lock_scanned(walk, *child);
}

static void lock_source(const source_walk *walk, ls_relation_id id, int depth) {
    const ls_relation *relation = ls_relation_of(walk->builder, id);
    if (!relation || depth > VIEW_DEPTH)
        return;
    ls_take_lock(walk->builder, id, walk->mode, walk->at);
    if (walk->stage == LS_QUERY_ANALYSED)
        return;
    if (relation->kind != LS_RELATION_VIEW) {
        if (walk->stage != LS_QUERY_REWRITTEN)
            lock_with_children(walk, id);
        return;
    }
    const ls_relation_ids sources = ls_view_sources(walk->builder, relation);
    for (LS_EACH(const ls_relation_id, source, sources))
        lock_source(walk, *source, depth + 1);
}

void ls_lock_source(ls_builder *builder, ls_relation_id relation, ls_query_stage stage,
                    ls_span at) {
    const source_walk walk = {builder, stage, LS_ACCESS_SHARE, at};
    lock_source(&walk, relation, 0);
}

void ls_lock_planned(ls_builder *builder, ls_relation_id relation, ls_lock_mode mode, bool only,
                     ls_span at) {
    const source_walk walk = {builder, LS_QUERY_PLANNED, mode, at};
    if (only)
        ls_take_lock_with_indexes(builder, relation, mode, mode, at);
    else
        lock_source(&walk, relation, 0);
}

static void walk_name(const source_walk *walk, const ls_name *name, bool for_update,
                      const scope *in) {
    if (is_common_table(in, name) || ls_is_system_name(name))
        return;
    const ls_relation_id id = ls_named(walk->builder, name, LS_RELATION_UNKNOWN);
    if (for_update)
        ls_take_lock(walk->builder, id, LS_ROW_SHARE, walk->at);
    ls_lock_source(walk->builder, id, walk->stage, walk->at);
}

static void walk_from(const source_walk *walk, const ls_from *from, bool for_update,
                      const scope *in) {
    if (!from)
        return;
    if (from->kind == LS_FROM_RELATION)
        walk_name(walk, &from->name, for_update, in);
    walk_query(walk, from->query, in);
    walk_expression(walk, from->function, in);
    walk_expression(walk, from->on, in);
    walk_from(walk, from->left, for_update, in);
    walk_from(walk, from->right, for_update, in);
}

static void walk_expression(const source_walk *walk, const ls_expression *expression,
                            const scope *in) {
    if (!expression)
        return;
    walk_query(walk, ls_expression_query(expression), in);
    for (LS_EACH(ls_expression *const, argument, expression->arguments))
        walk_expression(walk, *argument, in);
}

static void walk_clauses(const source_walk *walk, const ls_query *query, const scope *in) {
    const ls_query_clauses *clauses = query->clauses;
    for (LS_EACH(const ls_target, target, query->targets))
        walk_expression(walk, target->value, in);
    for (LS_EACH(const ls_target, target, clauses->returning))
        walk_expression(walk, target->value, in);
    for (LS_EACH(ls_expression *const, value, query->values))
        walk_expression(walk, *value, in);
    for (LS_EACH(ls_expression *const, key, clauses->group_by))
        walk_expression(walk, *key, in);
    for (LS_EACH(ls_expression *const, key, clauses->order_by))
        walk_expression(walk, *key, in);
    walk_expression(walk, query->where, in);
    walk_expression(walk, clauses->having, in);
    walk_expression(walk, clauses->limit, in);
    walk_expression(walk, clauses->offset, in);
}

static bool changes_data(const ls_query *query) {
    return query->kind == LS_QUERY_INSERT || query->kind == LS_QUERY_UPDATE ||
           query->kind == LS_QUERY_DELETE || query->kind == LS_QUERY_MERGE;
}

static void walk_query(const source_walk *walk, const ls_query *query, const scope *outer) {
    if (!query)
        return;
    const scope in = {query, outer};
    for (LS_EACH(const ls_common_table, table, query->clauses->with))
        walk_query(walk, table->query, &in);
    if (changes_data(query) && query->target.name) {
        const ls_relation_id target = ls_named(walk->builder, &query->target, LS_RELATION_UNKNOWN);
        ls_take_lock(walk->builder, target, LS_ROW_EXCLUSIVE, walk->at);
    }
    for (LS_EACH(ls_from *const, from, query->from))
        walk_from(walk, *from, query->clauses->for_update, &in);
    walk_clauses(walk, query, &in);
    walk_query(walk, query->left, &in);
    walk_query(walk, query->right, &in);
    walk_query(walk, query->source, &in);
}

void ls_lock_sources(ls_builder *builder, const ls_query *query, ls_query_stage stage, ls_span at) {
    const source_walk walk = {builder, stage, LS_ACCESS_SHARE, at};
    walk_query(&walk, query, NULL);
}

void ls_lock_expression_sources(ls_builder *builder, const ls_expression *expression, ls_span at) {
    const source_walk walk = {builder, LS_QUERY_ANALYSED, LS_ACCESS_SHARE, at};
    walk_expression(&walk, expression, NULL);
}

/* --- What it selects ------------------------------------------------------------------------ */

/* count(*) is a function; what is meant here stands in the list itself. */
static bool is_star(const ls_target *target) {
    return target->value && target->value->kind == LS_EXPR_COLUMN && target->value->star;
}

bool ls_selects_star(const ls_query *query) {
    if (!query)
        return false;
    for (LS_EACH(const ls_target, target, query->targets))
        if (is_star(target))
            return true;
    return ls_selects_star(query->left) || ls_selects_star(query->right);
}
