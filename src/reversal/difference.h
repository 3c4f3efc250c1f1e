/*
 * difference.h - what is not the same in two descriptions of the schema.
 *
 * One cause, one difference: what goes with a table or a column that is left over, or gone, is not
 * listed beside it.
 */
#ifndef LS_REVERSAL_DIFFERENCE_H
#define LS_REVERSAL_DIFFERENCE_H

#include "reversal/description.h"

typedef enum {
    LS_LEFT_OVER, /* it was not there before */
    LS_LOST,      /* it was there, and is no more */
    LS_CHANGED,   /* a property has another value */
    LS_RENAMED,   /* it has another name */
    LS_REORDERED, /* a table's columns stand in another order */
} ls_difference_kind;

typedef struct {
    ls_difference_kind kind;
    const ls_part *part;        /* as it was before; LEFT_OVER: as it is after */
    const char *property;       /* CHANGED */
    const char *before, *after; /* CHANGED: its values, NULL: none; RENAMED: names; REORDERED: the
                                   column that another one took the place of, and that one */
} ls_difference;

typedef struct {
    LS_VECTOR(ls_difference) items;
    ls_words unknown; /* what could not be compared, each a clause */
} ls_differences;

/* `up` is the number of the file that the up part is in the replay: what it made, and what is there
 * still, is left over even of a table that the history does not show. */
ls_differences ls_compare(ls_arena *arena, const ls_description *before,
                          const ls_description *after, uint32_t up);

/* Whether a state that is on the way from the one to the other has the difference already. */
bool ls_has_difference(const ls_description *state, const ls_description *before,
                       const ls_difference *difference);

#endif
