/*
 * path.h - paths as text. Results are in the arena.
 */
#ifndef LS_SUPPORT_PATH_H
#define LS_SUPPORT_PATH_H

#include "support/arena.h"

/* The path as it is shown: without empty and "." parts, and relative to the working directory
 * where it lies in it; "." for the working directory itself. */
const char *ls_path_shown(ls_arena *arena, const char *path);

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

#endif
