/*
 * scope.h - which migrations are judged, as git sees it: those that --since or --staged leave.
 *
 * Without these options a scope is closed, and asks git nothing. Open or not, it says where files
 * are read from and whether one is new.
 */
#ifndef LS_CLI_SCOPE_H
#define LS_CLI_SCOPE_H

#include "cli/command.h"
#include "git/changes.h"
#include "git/index.h"
#include "git/past_file.h"
#include "input/input.h"

typedef struct {
    const ls_command *command;
    bool open;
    ls_repository repository;
    ls_blobs *blobs;
    ls_index index;     /* of --staged */
    ls_words asked;     /* directories, from the root */
    const char *base;   /* the commit whose files count as applied; NULL: none yet */
    ls_tree applied;    /* what it holds */
    ls_changes changes; /* what is judged, against the base, or against HEAD if staged; of --since
                           only where there is more than new files */
    bool *might_judge;  /* of each file of the run, before any was left to history */
    ls_changes merged;  /* the same against the commit that is being merged */
    bool is_merge;
    ls_past_file schema; /* the dump as the base has it: today's has in it what is judged */
} ls_scope;

/* False, with a message on standard error, if git cannot say what is asked of it. The schema is the
 * path of a dump; NULL: none. */
bool ls_scope_open(ls_scope *scope, ls_arena *arena, const ls_command *command,
                   const ls_words *paths, const char *schema);
void ls_scope_close(ls_scope *scope);

/*
 * A dump that a tool keeps beside a directory of migrations, for which nobody has configured one.
 * It holds what the migrations did, so that it is a start state only as the base has it, and where
 * the base has no migrations in SQL: the scope then reads it so. NULL: there is none.
 */
const char *ls_scope_find_schema(ls_scope *scope, ls_arena *arena, const ls_words *paths);

/* The same for a run that judges all there is, and so can make no use of it: the dump of a
 * directory that holds Ruby's migrations, too. */
const char *ls_unused_schema(ls_arena *arena, const ls_words *paths);

/* Where the run's files are read from. */
const ls_files *ls_scope_files(const ls_scope *scope);

/* Leaves of the files that would be judged those that are new. */
void ls_scope_mark(ls_scope *scope, ls_input *input);

/* Once the files are read: whether more than new files differs from the base. */
bool ls_scope_sees_changes(ls_scope *scope, const ls_input *input);

/* Asks git for them; the files of the run are to be marked anew. False, with a message on standard
 * error, if git cannot say. */
bool ls_scope_ask_for_changes(ls_scope *scope);

/* Below a directory that was asked for; the path is from the root. */
bool ls_scope_is_asked_for(const ls_scope *scope, const char *path);

/* The path of a file from the root of the repository; NULL if it does not lie in it, or nobody asks
 * git. That of a migration is its `tracked`. */
const char *ls_scope_path(ls_scope *scope, const char *path);

/* The change that the file at this path from the root has had, and that no merge brings; NULL: none
 * is known. */
const ls_change *ls_scope_change(const ls_scope *scope, const char *path);

/* False if a merge brings the change. */
bool ls_scope_is_ours(const ls_scope *scope, const ls_change *change);

/* The base has the file, at this path from the root. */
bool ls_scope_is_applied(const ls_scope *scope, const char *path);

#endif
