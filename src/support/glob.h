/*
 * glob.h - patterns of paths.
 */
#ifndef LS_SUPPORT_GLOB_H
#define LS_SUPPORT_GLOB_H

#include <stdbool.h>

/* Does the path match? * and ? and [a-z] stay within one part of a path, ** stands for any number
 * of parts, none among them; a pattern that ends with / is about all that lies below. Takes time
 * that grows with pattern times path, however many ** there are. */
bool ls_glob_matches(const char *pattern, const char *path);

#endif
