/*
 * blame.h - since when lines of a file are what they are.
 */
#ifndef LS_GIT_BLAME_H
#define LS_GIT_BLAME_H

#include "git/repository.h"

#include <stdint.h>

/*
 * The newest of the commits that lines of a file (from 1, the last one included) come from, as the
 * working tree has them. NULL: some line is in no commit yet, or git cannot tell.
 */
const char *ls_newest_commit_of(ls_repository *repository, const char *path, uint32_t first,
                                uint32_t last);

#endif
