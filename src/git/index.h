/*
 * index.h - what is staged, as files: what the next commit will hold stands in for the disk.
 */
#ifndef LS_GIT_INDEX_H
#define LS_GIT_INDEX_H

#include "git/blobs.h"
#include "input/files.h"

typedef struct {
    ls_files files; /* lives as long as the repository and the blobs */
} ls_index;

/* Lets git begin with that (see ls_repository_ask_ahead). */
void ls_index_ask_ahead(const ls_repository *repository);

/* Reads the index once. A problem for the user, or NULL. */
const char *ls_index_read(ls_index *index, ls_repository *repository, ls_blobs *blobs);

/* Keeps the directory that a file lay in, though nothing in it may be staged any more. */
void ls_index_keep_directory(ls_index *index, const char *file);

#endif
