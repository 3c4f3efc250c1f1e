/*
 * path.h - paths as text. Results are in the arena.
 */
#ifndef LS_SUPPORT_PATH_H
#define LS_SUPPORT_PATH_H

#include "support/arena.h"

#include <stdbool.h>

/* The path as it is shown: without empty and "." parts, and relative to the working directory
 * where it lies in it; "." for the working directory itself. */
const char *ls_path_shown(ls_arena *arena, const char *path);

/* The same without the parts that a ".." behind them takes back: "a/../b" is "b". That is another
 * place where "a" is a link. */
const char *ls_path_straight(ls_arena *arena, const char *path);

/* The path as it is seen from a directory, "." and ".." resolved by name: "../b/1.sql". */
const char *ls_path_from(ls_arena *arena, const char *directory, const char *path);

/* What stands before the last part; "." where nothing does. The path is one from ls_path_shown. */
const char *ls_path_directory(ls_arena *arena, const char *path);

/* The last part of a path; points into it. */
const char *ls_path_last(const char *path);

/* A path in a directory; just `name` in ".". */
const char *ls_path_join(ls_arena *arena, const char *directory, const char *name);

/* What is left of the path below the directory ("" for the working directory), without . and ..
 * parts; NULL where it does not lie below it. Links are not followed. */
const char *ls_path_below(ls_arena *arena, const char *directory, const char *path);

/* Whether it lies below the directory, or is the directory. */
bool ls_path_is_within(ls_arena *arena, const char *directory, const char *path);

#endif
