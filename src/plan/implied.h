/*
 * implied.h - the plan that migrations have where nobody has written one.
 *
 * What a file is for is taken from the first of these that says it: a directive in its first
 * comments, the directory that it lies in, what its statements do. Before the deploy stands what
 * only adds, behind it what removes or refuses something. All else about a rollout is not in the
 * migrations: it stands in the draft as a comment to be filled in.
 */
#ifndef LS_PLAN_IMPLIED_H
#define LS_PLAN_IMPLIED_H

#include "effects/effects.h"
#include "input/migration.h"
#include "plan/plan.h"

/* Who says what the file is for. */
typedef enum { LS_IMPLIED_BY_DIRECTIVE, LS_IMPLIED_BY_DIRECTORY, LS_IMPLIED_BY_EFFECTS } ls_implier;

/* A migration in the implied plan. */
typedef struct {
    const char *path; /* as the plan is to name it */
    ls_plan_verb verb;
    ls_implier by;
    bool after_deploy;
    const char *batch, *pause, *max_lag; /* of a directive; NULL: not given */
    unsigned phases;                     /* a bit for each that a statement has */
    ls_words adds;                       /* table.column, as a plan names them */
    ls_words removes;
} ls_implied_file;
typedef LS_VECTOR(ls_implied_file) ls_implied_files;

/* What there is to know of a migration before its statements are looked at. */
ls_implied_file ls_implied_file_of(ls_arena *arena, const ls_migration *migration,
                                   const char *path);

/* Adds what a statement of it does. */
void ls_implied_add(ls_arena *arena, ls_implied_file *file, const ls_outcome *outcome);

/* Decides what it is for, when all statements are added. */
void ls_implied_decide(ls_implied_file *file);

/* Writes the plan of the files, in their order, as a draft in YAML. Paths are relative to the
 * configuration; where there is none, to where the plan has to be put. */
void ls_implied_write(ls_arena *arena, ls_buffer *out, const ls_implied_files *files,
                      bool is_configured);

#endif
