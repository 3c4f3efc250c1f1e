/*
 * changes.h - what is different from a commit: in the working tree, or in the index.
 */
#ifndef LS_GIT_CHANGES_H
#define LS_GIT_CHANGES_H

#include "git/repository.h"

typedef enum {
    LS_CHANGE_ADDED,
    LS_CHANGE_EDITED,
    LS_CHANGE_RENAMED,
    LS_CHANGE_DELETED
} ls_change_kind;

/* Of a file; paths are from the root of the repository. */
typedef struct {
    ls_change_kind kind;
    const char *path;     /* DELETED: where it was */
    const char *old_path; /* RENAMED: where it was; else the same as `path` */
    const char *old_id;   /* of its content in the commit; not of ADDED */
    bool same_content;    /* RENAMED and no more */
} ls_change;

typedef struct {
    LS_VECTOR(ls_change) items;
    ls_map by_path; /* ls_change */
} ls_changes;

/* Of files that git knows, between a commit and the working tree. A problem for the user, or NULL.
 */
const char *ls_changes_in_tree(const ls_repository *repository, const char *commit,
                               ls_changes *changes);

/* The same between a commit (NULL: none yet, so that all is added) and the index. */
const char *ls_changes_in_index(const ls_repository *repository, const char *commit,
                                ls_changes *changes);

/* Lets git begin with that (see ls_repository_ask_ahead). */
void ls_changes_ask_ahead(const ls_repository *repository, const char *commit);

/* A file of a commit. */
typedef struct {
    const char *path; /* from the root of the repository */
    const char *id;   /* of its content */
} ls_tree_file;

typedef struct {
    LS_VECTOR(ls_tree_file) files; /* in the order of their paths */
    ls_map by_path, by_id;         /* ls_tree_file */
} ls_tree;

/* All that a commit holds; nothing of NULL. */
const char *ls_tree_of_commit(const ls_repository *repository, const char *commit, ls_tree *tree);
void ls_tree_ask_ahead(const ls_repository *repository, const char *commit);

#endif
