/*
 * meaning.h - what each name in a query means, at one moment of the catalog.
 *
 * A query that is kept and asked again after a change of the catalog gives meanings with the same
 * references (they are the expressions of the query itself), which can be compared one by one: a
 * name that means something else, or more than one thing, is a query that the change has broken.
 */
#ifndef LS_CATALOG_MEANING_H
#define LS_CATALOG_MEANING_H

#include "catalog/dependencies.h"

typedef enum {
    LS_MEANS_COLUMN,    /* of an item of FROM */
    LS_MEANS_ROW,       /* all of an item: `*`, t.*, or t as a value */
    LS_MEANS_OUTPUT,    /* ORDER BY and GROUP BY: a column of the result */
    LS_MEANS_COMMON,    /* NATURAL: the columns that both sides have; column: their names */
    LS_MEANS_SEVERAL,   /* the name is ambiguous */
    LS_MEANS_NOTHING,   /* nothing in sight has the name */
    LS_MEANS_NOT_KNOWN, /* relations whose columns are not all known may have it */
} ls_meaning_kind;

typedef struct {
    const void *reference; /* the expression; of LS_MEANS_COMMON the join */
    ls_meaning_kind kind;
    ls_relation_id relation; /* 0: of none, or of a query that is done */
    const char *column;
    const char *item;         /* the alias or name in FROM; of LS_MEANS_NOTHING the qualification */
    unsigned level, position; /* how far out the item stands, and where in its FROM */
    bool qualified;           /* as it is written */
} ls_name_meaning;
typedef LS_VECTOR(ls_name_meaning) ls_name_meanings;

/* A relation that a query names, in FROM or as what it changes. */
typedef struct {
    const ls_query *query; /* that names it: the whole, or one inside of it */
    ls_name name;
    const char *alias;       /* NULL: none */
    ls_relation_id relation; /* 0: there is none of that name */
} ls_named_relation;

typedef struct {
    const ls_query *query; /* a branch of the whole, or the whole */
    size_t columns;        /* that it gives */
    bool columns_known;
} ls_query_width;

typedef struct {
    ls_name_meanings names;
    LS_VECTOR(ls_named_relation) relations;
    LS_VECTOR(ls_query_width) queries; /* all, inner ones before what they stand in */
    ls_catalog_columns columns;        /* of the result */
    bool columns_known;
    bool complete; /* false: something could not be told */
} ls_query_meaning;

/* Declares nothing. */
ls_query_meaning ls_query_meaning_of(ls_arena *arena, ls_catalog *catalog, const ls_query *query);

#endif
