/*
 * nearest.h - the known name that a misspelt one was meant to be.
 */
#ifndef LS_SUPPORT_NEAREST_H
#define LS_SUPPORT_NEAREST_H

#include <stddef.h>

/* The known name nearest to a misspelt one (edit distance at most a third of its length), or NULL:
 * for "did you mean". Of equally near ones, the first. NULL among the names is skipped. */
const char *ls_nearest(const char *misspelt, const char *const *names, size_t count);

#endif
