/*
 * versions.h - the parser's headers, and all that differs between its versions.
 *
 * One source is built against libpg_query 15, 17 and 18. What a node is called or how it is shaped
 * in one of them and not in another is said here and nowhere else. Only struct fields and the four
 * functions of pg_query_internal.h are used: the server headers' macros that allocate, throw or
 * walk assume globals that libpg_query does not have.
 */
#ifndef LS_SQL_LOWER_VERSIONS_H
#define LS_SQL_LOWER_VERSIONS_H

#include <postgres.h>

#include <catalog/pg_trigger.h>
#include <nodes/parsenodes.h>

#include <pg_query.h>

#include <pg_query_internal.h>

/* postgres.h maps these to functions of its own that libpg_query need not export. */
#undef printf
#undef fprintf
#undef snprintf
#undef vsnprintf

/* for (LS_NODES(cell, list)) { const ColumnDef *column = lfirst(cell); ... } */
#define LS_NODES(cell, list)                                                                       \
    const ListCell *cell = list_head(list);                                                        \
    cell != NULL;                                                                                  \
    cell = lnext(list, cell)

#if PG_VERSION_NUM >= 160000
#define LS_RAW_PARSE(text) pg_query_raw_parse((text), 0)
/* The strategy is an enum of the catalog's letters; before 16 it was the word as written. */
#define LS_PARTITION_STRATEGY(specification) ((char)(specification)->strategy)
#define LS_COLUMN_STORAGE(column)            ((column)->storage_name)
#else
#define LS_RAW_PARSE(text)                   pg_query_raw_parse(text)
#define LS_PARTITION_STRATEGY(specification) ((char)((specification)->strategy[0] | 0x20))
#define LS_COLUMN_STORAGE(column)            NULL
#endif

#if PG_VERSION_NUM >= 170000
#define LS_SET_EXPRESSION_ROW     {AT_SetExpression, LS_ALTER_SET_EXPRESSION, "alter|?column"},
#define LS_MERGE_RETURNING(merge) LS_RETURNING(merge)
#else
#define LS_SET_EXPRESSION_ROW
#define LS_MERGE_RETURNING(merge) NIL
#endif

#if PG_VERSION_NUM >= 180000
typedef ATAlterConstraint ls_altered_constraint;
#define LS_RETURNING(change)                                                                       \
    ((change)->returningClause == NULL ? NIL : (change)->returningClause->exprs)
/* Only these two kinds have the flag set by the grammar. */
#define LS_NOT_ENFORCED(constraint)                                                                \
    (((constraint)->contype == CONSTR_CHECK || (constraint)->contype == CONSTR_FOREIGN) &&         \
     !(constraint)->is_enforced)
#define LS_ALTER_NOT_ENFORCED(altered)   ((altered)->alterEnforceability && !(altered)->is_enforced)
#define LS_ALTER_NO_INHERIT(altered)     ((altered)->alterInheritability && (altered)->noinherit)
#define LS_GENERATED_VIRTUAL(constraint) ((constraint)->generated_kind == 'v')
#define LS_WITHOUT_OVERLAPS(constraint)  ((constraint)->without_overlaps)
#define LS_IS_ENFORCEMENT(kind)                                                                    \
    ((kind) == CONSTR_ATTR_ENFORCED || (kind) == CONSTR_ATTR_NOT_ENFORCED)
#define LS_IS_NOT_ENFORCEMENT(kind) ((kind) == CONSTR_ATTR_NOT_ENFORCED)
#else
typedef Constraint ls_altered_constraint;
#define LS_RETURNING(change)             ((change)->returningList)
#define LS_NOT_ENFORCED(constraint)      false
#define LS_ALTER_NOT_ENFORCED(altered)   false
#define LS_ALTER_NO_INHERIT(altered)     false
#define LS_GENERATED_VIRTUAL(constraint) false
#define LS_WITHOUT_OVERLAPS(constraint)  false
#define LS_IS_ENFORCEMENT(kind)          false
#define LS_IS_NOT_ENFORCEMENT(kind)      false
#endif

#endif
