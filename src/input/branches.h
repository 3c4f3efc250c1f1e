/*
 * branches.h - templates of migrations for several databases.
 */
#ifndef LS_INPUT_BRANCHES_H
#define LS_INPUT_BRANCHES_H

#include "support/arena.h"

/*
 * The text with blanks in the place of what {{if .mysql}} and its like keep from PostgreSQL, of
 * these actions themselves, and of a template's comments: all else stands where it stood. Where a
 * condition is not about a database, nobody knows which of its branches runs: its actions stay, and
 * what they stand in cannot be read.
 */
const char *ls_branches_for_postgres(ls_arena *arena, const char *text);

#endif
