/*
 * volatility_facts.h - the volatility of built-in functions, for volatility.c only.
 */
#ifndef LS_EFFECTS_VOLATILITY_FACTS_H
#define LS_EFFECTS_VOLATILITY_FACTS_H

#include "effects/volatility.h"

#include <stdbool.h>
#include <stddef.h>

/* Of the built-in function, or that of a well-known extension, with that name and number of
 * arguments; false if there is none. By type: it is the worst of several, and that of the one which
 * is called depends on the types of its arguments. */
bool ls_builtin_volatility(const char *name, size_t arguments, ls_volatility *volatility,
                           bool *by_type);

#endif
