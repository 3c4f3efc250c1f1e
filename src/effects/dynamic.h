/*
 * dynamic.h - what EXECUTE runs, as far as its text can be known.
 */
#ifndef LS_EFFECTS_DYNAMIC_H
#define LS_EFFECTS_DYNAMIC_H

#include "sql/source.h"

/*
 * The text that the expression at `at` gives; NULL if it is not known. Where a variable stands for
 * a role, a name made of the variable's stands there.
 */
char *ls_dynamic_text(ls_arena *arena, const char *text, ls_span at);

#endif
