/*
 * base.h - the commit up to which all is history.
 */
#ifndef LS_GIT_BASE_H
#define LS_GIT_BASE_H

#include "git/blobs.h"

/* The word that stands for the base that the environment of a CI job tells. */
#define LS_BASE_AUTO "auto"

/* The best common ancestor of HEAD and a revision, or of HEAD and what CI says; a problem for the
 * user, or NULL. */
const char *ls_base_of(const ls_repository *repository, const char *revision, const char **commit);

/* What a branch is to be merged into as far as the clone says: the common ancestor of HEAD and the
 * remote's default branch. NULL where there is none. */
const char *ls_base_of_branch(const ls_repository *repository, ls_blobs *blobs);

#endif
