/*
 * dynamic.h - what EXECUTE runs, as far as its text can be known.
 */
#ifndef LS_EFFECTS_DYNAMIC_H
#define LS_EFFECTS_DYNAMIC_H

#include "effects/body_variables.h"
#include "sql/source.h"

/*
 * The text that the expression at `at` gives; NULL if it is not known. Where a variable of unknown
 * value stands for a role, a name made of the variable's stands there.
 */
char *ls_dynamic_text(ls_arena *arena, const char *text, ls_span at,
                      const ls_body_variables *variables);

/* What an expression without such variables gives; NULL if it is not known. */
const char *ls_dynamic_value(ls_arena *arena, const char *text, ls_span at,
                             const ls_body_variables *variables);

/* The elements of ARRAY['a', 'b']; empty if they are not known. */
ls_texts ls_dynamic_array(ls_arena *arena, const char *text, ls_span at,
                          const ls_body_variables *variables);

typedef struct {
    ls_texts values;   /* one a round; empty: not known */
    bool counts;       /* the variable is the loop's own */
    const char *field; /* that a query gives its column's name */
} ls_rounds;

/*
 * The values that a loop goes through, from what stands behind IN: ARRAY['a', 'b'] of FOREACH,
 * 1..4, and SELECT unnest(ARRAY['a', 'b']) AS name.
 */
ls_rounds ls_dynamic_rounds(ls_arena *arena, const char *text, ls_span at,
                            const ls_body_variables *variables);

#endif
