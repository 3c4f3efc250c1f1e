/*
 * constants.h - comparing literals as PostgreSQL would compare their values.
 *
 * For proof.c only.
 */
#ifndef LS_EFFECTS_CONSTANTS_H
#define LS_EFFECTS_CONSTANTS_H

#include "sql/expression.h"

/* Bits, so that a set of them can be asked for. */
typedef enum {
    LS_ORDER_UNKNOWN = 0,
    LS_ORDER_LESS = 1,
    LS_ORDER_EQUAL = 2,
    LS_ORDER_GREATER = 4,
    LS_ORDER_DIFFERENT = 8, /* not equal, but which is greater is not known */
} ls_order;

/* How one constant stands to another, both being values of the type (internal name, NULL if it is
 * not known); unknown if either is no constant, or one that has to be converted first. */
ls_order ls_compare_constants(const char *type, const ls_expression *one,
                              const ls_expression *other);

#endif
