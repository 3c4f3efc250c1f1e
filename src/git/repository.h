/*
 * repository.h - the git repository that migrations lie in, asked through git itself.
 *
 * Whatever decides where a repository and its index are (GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE) is
 * left to git, so that hooks see what their commit will hold. Functions that can fail give NULL or
 * the problem as a text for the user.
 */
#ifndef LS_GIT_REPOSITORY_H
#define LS_GIT_REPOSITORY_H

#include "git/process.h"
#include "support/map.h"
#include "support/vector.h"

#include <pthread.h>

/* A question that git is at work on. */
typedef struct {
    const char *const *arguments; /* NULL: it has been answered */
    ls_process_running running;
} ls_git_question;
typedef LS_VECTOR(ls_git_question) ls_git_questions;

typedef struct {
    ls_arena *arena;
    ls_git_questions *ahead;        /* what was asked ahead */
    const char *const *environment; /* of every git; ends with NULL */
    const char *directory;          /* to run it in; NULL: the working directory */
    const char *root;               /* of the working tree, without links, from / */
    bool shallow;                   /* its history is cut off */
    const char *revision;           /* that was asked about when it was opened; NULL: none */
    const char *parting;            /* where HEAD and that part; NULL: git did not say */
    ls_map directories;             /* real paths of directories, by path */
    ls_map paths;                   /* and of all that was asked about: a run asks several times */
    pthread_mutex_t mutex;          /* of these, and of the arena meanwhile */
} ls_repository;

/* Opens the repository that all of these paths lie in. Where a revision is given, git is asked in
 * the same breath where it and HEAD part: each process costs as much as hundreds of files. */
const char *ls_repository_open(ls_repository *repository, ls_arena *arena, const char *const *paths,
                               size_t count, const char *revision);

/* Runs git with these arguments, which end with NULL. Anything but success is a problem, with what
 * git complained of. */
const char *ls_repository_run(const ls_repository *repository, const char *const *arguments,
                              ls_process_result *result);

/* Starts git with these arguments, which stay as they are, and goes on: ls_repository_run then
 * waits for what is left of it. Processes that need nothing of each other run side by side, and
 * each of them takes longer than lockstep for hundreds of files. */
void ls_repository_ask_ahead(const ls_repository *repository, const char *const *arguments);

/* Waits for what was asked ahead and then was not needed. */
void ls_repository_drop_ahead(const ls_repository *repository);

/* The id of the commit that a revision means; NULL if there is none. */
const char *ls_repository_commit(const ls_repository *repository, const char *revision);

/* The arguments of git with what every call begins with. */
typedef LS_VECTOR(const char *) ls_git_arguments;
ls_git_arguments ls_repository_arguments(const ls_repository *repository,
                                         const char *const *arguments);

/* A path of the working tree as git calls it: from the root, "" for the root itself; links to
 * directories are followed. NULL if it does not lie in the repository. From any thread. */
const char *ls_repository_path(ls_repository *repository, const char *path);

/* The same of what is known to be a file, without a look at it: where thousands are asked about,
 * that would show. */
const char *ls_repository_file(ls_repository *repository, const char *path);

/* The opposite: as it is seen from the working directory. */
const char *ls_repository_shown(const ls_repository *repository, const char *path);

#endif
