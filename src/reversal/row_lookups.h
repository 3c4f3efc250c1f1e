/*
 * row_lookups.h - rows that a down looks up by less than tells them apart.
 *
 * plugin_id = (SELECT id FROM plugin WHERE name = 'scan') is refused where two rows have the name.
 * What stands in the rows is not known; but where the migration looks one up by the same name and a
 * version as well, it says itself that the name may not be enough.
 */
#ifndef LS_REVERSAL_ROW_LOOKUPS_H
#define LS_REVERSAL_ROW_LOOKUPS_H

#include "catalog/catalog.h"

/* A subquery that stands for a value, and takes one row by constants. */
typedef struct {
    ls_relation_id table;
    const char *table_name;                 /* "plugin" */
    LS_VECTOR(const ls_expression *) terms; /* column = constant, all of which hold */
    bool by_key;                            /* a whole unique key is among them */
    bool by_down;
} ls_row_lookup;

typedef struct {
    ls_arena *arena;
    ls_catalog *catalog;
    LS_VECTOR(ls_row_lookup) found;
} ls_row_lookups;

/* Those of a statement of the up or of the down, when it has been run. */
void ls_note_lookups(ls_row_lookups *lookups, const ls_statement *statement, bool by_down);

/* A clause for each that the down may be refused for. */
ls_words ls_lookup_clauses(const ls_row_lookups *lookups);

#endif
