/*
 * wording.h - whether two texts of SQL may be the same in other words.
 *
 * What a server shows of a view or of an expression is not what was written: names are qualified,
 * casts made explicit, * is told column by column, IN is told as = ANY. Whoever copies that into a
 * migration has written the same anew. Two texts that use the same words may be that; two that do
 * not, are not.
 */
#ifndef LS_EFFECTS_WORDING_H
#define LS_EFFECTS_WORDING_H

#include "support/arena.h"

#include <stdbool.h>

/* Whether they differ in their casts alone, which a server adds by itself. */
bool ls_same_without_casts(ls_arena *arena, const char *one, const char *other);

/* Whether they may mean the same: the order of words and what a server adds or leaves out do not
 * count. */
bool ls_may_mean_same(ls_arena *arena, const char *one, const char *other);

/* Whether the server reads it as something else each time, as it does 'now' and 'today', and keeps
 * what it has read (documentation: "Special Values" of date and time types). */
bool ls_depends_on_time(const char *text);

#endif
