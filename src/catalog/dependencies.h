/*
 * dependencies.h - who depends on what: pg_depend, asked of the catalog.
 *
 * The answers are computed from the state of the objects themselves; the hints of the catalog only
 * say where to look, so that asking costs what there is to find and not the whole catalog.
 */
#ifndef LS_CATALOG_DEPENDENCIES_H
#define LS_CATALOG_DEPENDENCIES_H

#include "catalog/catalog.h"

typedef enum {
    LS_DEPENDS_VIEW,        /* relation: the view or materialized view */
    LS_DEPENDS_FOREIGN_KEY, /* relation: the referencing table; name: the constraint */
    LS_DEPENDS_TRIGGER,     /* relation: the table; name: the trigger */
    LS_DEPENDS_DEFAULT,     /* relation: the table; name: the column whose default uses it */
    LS_DEPENDS_GENERATED,   /* relation: the table; name: the generated column */
    LS_DEPENDS_COLUMN,      /* relation: the table; name: a column of the type */
    LS_DEPENDS_POLICY,      /* relation: the table; name: the policy */
    LS_DEPENDS_INDEX,       /* relation: the index */
    LS_DEPENDS_CONSTRAINT,  /* relation: the table; name: a CHECK, UNIQUE, ... of the column */
    LS_DEPENDS_FUNCTION,    /* schema, name, function: one with a SQL-standard body */
    LS_DEPENDS_STATISTICS,  /* schema, name: the statistics object */
    LS_DEPENDS_TABLE,       /* relation: a typed table of the composite type, or a table that
                               inherits from the relation */
    LS_DEPENDS_TYPE,        /* schema, name: a domain over the type */
} ls_dependency_kind;

typedef struct {
    ls_dependency_kind kind;
    ls_relation_id relation;
    const char *name;
    const char *schema;
    const ls_catalog_function *function;
} ls_dependency;
typedef LS_VECTOR(ls_dependency) ls_dependencies;

/*
 * What needs the relation and is not part of it: views over it, foreign keys of other tables that
 * reference it, defaults that use the sequence, columns of its row type, tables that inherit from
 * it, SQL-standard function bodies. What DROP without CASCADE is refused for.
 */
ls_dependencies ls_dependents_of_relation(ls_arena *arena, ls_catalog *catalog, ls_relation_id id);

/* Foreign keys of other tables that reference the relation. */
ls_dependencies ls_foreign_keys_to(ls_arena *arena, ls_catalog *catalog, ls_relation_id id);

/* Whether one of them may refer to the column: false is sure, and found without reading the tables
 * that they are on. */
bool ls_may_be_referenced(ls_catalog *catalog, ls_relation_id id, const char *column);

/*
 * What uses one column, parts of the table included: views, triggers (UPDATE OF, WHEN), policies,
 * generated columns, indexes (key, expression, predicate, include), constraints (CHECK, UNIQUE,
 * PRIMARY KEY, EXCLUDE, and foreign keys of this or other tables), statistics, function bodies.
 */
ls_dependencies ls_dependents_of_column(ls_arena *arena, ls_catalog *catalog, ls_relation_id id,
                                        const char *column);

/* Foreign keys of other (or the same) tables that rest on the relation's unique index or key. */
ls_dependencies ls_dependents_of_key(ls_arena *arena, ls_catalog *catalog, ls_relation_id table,
                                     const ls_catalog_constraint *key);

/* Columns, domains and typed tables of a user type; triggers of a function. */
ls_dependencies ls_dependents_of_type(ls_arena *arena, ls_catalog *catalog,
                                      const ls_catalog_type *type);
ls_dependencies ls_dependents_of_function(ls_arena *arena, ls_catalog *catalog,
                                          const ls_catalog_function *function);

/* Takes a dependent away, as CASCADE does: the view (and the views over it), the foreign key, the
 * trigger, the default, the column. */
void ls_catalog_drop_dependent(ls_catalog *catalog, const ls_dependency *dependency);

/* The column names that an expression reads, without duplicates. `*` gives NULL as a name. Columns
 * of a subquery's own relations are left out where they are qualified. */
ls_words ls_expression_columns(ls_arena *arena, const ls_expression *expression);

/* The relations (each once with column NULL) and columns that a query reads, resolved by the
 * catalog and its search_path; names of common table expressions are not relations, and a relation
 * that the history does not know is declared. A column whose relation cannot be told is left out;
 * `complete` says whether that happened. `*` counts for every column known. */
typedef LS_VECTOR(ls_column_use) ls_column_uses;
ls_column_uses ls_query_uses(ls_arena *arena, ls_catalog *catalog, const ls_query *query,
                             bool *complete);

/* The output columns of a query with types where they can be told (name NULL and known false where
 * they cannot); complete false where even the names cannot. Declares nothing. */
typedef LS_VECTOR(ls_catalog_column) ls_catalog_columns;
ls_catalog_columns ls_query_columns(ls_arena *arena, ls_catalog *catalog, const ls_query *query,
                                    bool *complete);

/* All descendants of a partitioned table or inheritance parent, without itself. */
ls_relation_ids ls_relation_descendants(ls_arena *arena, const ls_catalog *catalog,
                                        ls_relation_id id);

/* The DEFAULT partition of a partitioned table; 0 if the history has none. */
ls_relation_id ls_default_partition(const ls_catalog *catalog, const ls_relation *parent);

#endif
