/*
 * files.h - the SQL that a plan names, read and parsed, and the migrations around it.
 *
 * The files of expand, constrain and contract stages are migrations: their directory's framework
 * says which part of a file is run and what is wrapped around it, and what comes before the first
 * of them in its order is history. Backfills and checks may lie anywhere, each for itself.
 */
#ifndef LS_PLAN_FILES_H
#define LS_PLAN_FILES_H

#include "effects/effects.h"
#include "input/input.h"
#include "plan/plan.h"
#include "plan/query_files.h"

/* One file of a stage. */
typedef struct {
    const char *path;              /* as shown */
    const ls_script *script;       /* NULL: it could not be read */
    const char *problem;           /* why not; NULL if it could */
    const ls_migration *migration; /* NULL: none, the script is the whole file */
    bool mode_given;               /* by the configuration, whatever the framework does */
    ls_transaction_mode mode;
    bool changed;          /* it is known not to be what has been rehearsed */
    uint32_t place;        /* in the order of the tool, from 1; 0: none is known */
    const char *down_path; /* where the down part is or is expected; NULL: nowhere */
    const ls_script *down; /* NULL: there is none */
} ls_plan_file;

typedef struct {
    ls_input *input;                          /* the migrations: history, the plan's own, others */
    LS_VECTOR(ls_plan_file) of_stages;        /* by stage; path NULL where it has no SQL */
    LS_VECTOR(const ls_migration *) history;  /* in order; the schema's dump among them */
    LS_VECTOR(const ls_migration *) between;  /* of no plan, after the first of the plan's own */
    LS_VECTOR(const ls_query_file *) queries; /* that versions name, each once */
} ls_plan_files;

typedef struct {
    const ls_files *from; /* NULL: the disk */
    const char *schema;   /* a dump that stands before all migrations; NULL: none */
    ls_words directories; /* with migrations that the configuration names; may be empty */
    ls_framework_choices frameworks;
    ls_words of_other_plans; /* files that stages of other plans run, as shown */
    /* What the configuration says is wrapped around a file; false where it says nothing. NULL: it
     * never does. */
    bool (*transaction_of)(const void *context, const char *file, ls_transaction_mode *mode);
    /* The text that a file had when a rehearsal was written down, NULL if it was not there; false
     * where nobody knows. NULL: nobody ever does. */
    bool (*rehearsed_text)(const void *context, const ls_plan *plan, const ls_plan_stage *rehearsal,
                           const char *file, const char **text);
    const void *context; /* of both */
} ls_plan_surroundings;

/* The path of the stage's file, as shown; NULL if it has none. */
const char *ls_plan_stage_path(ls_arena *arena, const ls_plan *plan, const ls_plan_stage *stage);

/* Adds the paths of the plan's files, as shown. */
void ls_plan_list_files(ls_arena *arena, const ls_plan *plan, ls_words *paths);

/* Reads what the plan names. What is missing is said in the file's record; false, with messages
 * added, where what lies around the plan cannot be read. Free the input in either case. */
bool ls_plan_read_files(ls_arena *arena, const ls_plan *plan,
                        const ls_plan_surroundings *surroundings, ls_plan_files *files,
                        ls_words *errors);

/* What the runner wraps around the file's statements from a byte on. */
ls_transaction_mode ls_plan_mode_at(const ls_plan_file *file, uint32_t at);

/* The queries under a path as the plan has it. */
const ls_query_file *ls_plan_query_file(ls_arena *arena, const ls_plan *plan,
                                        const ls_plan_files *files, const char *path);

#endif
