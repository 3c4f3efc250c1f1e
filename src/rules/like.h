/*
 * like.h - texts compared as rules compare them.
 *
 * Attributes hold names as SQL needs them: in double quotes where they are not plain. A rule is
 * about the name itself, so quotes never count.
 */
#ifndef LS_RULES_LIKE_H
#define LS_RULES_LIKE_H

#include "effects/effects.h"

/* The text is what is wanted, quotes aside. */
bool ls_is_same_name(const char *wanted, const char *text);

/* The text fits the pattern: * for any bytes, ? for one, [a-z] and [!a-z] for one of a set, a
 * backslash before what is meant literally. {attribute} stands for the effect's value; words of it
 * have underscores between them, as in the names that PostgreSQL makes up. False if the effect does
 * not have the attribute. */
bool ls_is_like(const char *pattern, const char *text, const ls_effect *effect);

/* What is wrong with the pattern, or NULL. */
const char *ls_like_problem(const char *pattern);

#endif
