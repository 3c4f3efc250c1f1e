/*
 * volatility.h - does an expression have to be computed row by row?
 *
 * The volatility of built-in functions stands in a table made from PostgreSQL's own catalog; user
 * functions are asked of the catalog. A function of which nothing is known counts as volatile,
 * which is PostgreSQL's default for functions, and is reported as assumed.
 */
#ifndef LS_EFFECTS_VOLATILITY_H
#define LS_EFFECTS_VOLATILITY_H

#include "catalog/catalog.h"

typedef enum { LS_IMMUTABLE, LS_STABLE, LS_VOLATILE } ls_volatility;

typedef struct {
    ls_volatility volatility;
    bool assumed;                 /* rests on a function that is not known */
    const ls_expression *culprit; /* the call that makes it so; NULL if immutable */
} ls_volatility_verdict;

/* Of the whole expression on that server version, SQL functions inlined where PostgreSQL does
 * (12 and newer). NULL is immutable. */
ls_volatility_verdict ls_expression_volatility(ls_catalog *catalog, const ls_expression *expression,
                                               int postgres);

/* True if the expression is surely the constant NULL (NULL, NULL::type, (NULL)). */
bool ls_expression_is_null(const ls_expression *expression);

#endif
