/*
 * input.h - which migrations to read, in which order, and which of them to judge.
 *
 * A directory stands for its migrations, a file for itself: the files before it in its directory
 * are history, read for context. Nothing is read until ls_input_parse. The input owns all that it
 * hands out, until ls_input_free.
 */
#ifndef LS_INPUT_INPUT_H
#define LS_INPUT_INPUT_H

#include "input/files.h"
#include "input/layout.h"
#include "input/migration.h"

typedef struct {
    const char *const *paths; /* files, directories, and "-" for standard input */
    size_t path_count;
    const char *stdin_name;          /* the name of standard input, and so its place; NULL: none */
    bool judge_all;                  /* judge what would be history */
    const ls_files *from;            /* NULL: the disk */
    const char *schema;              /* a dump that stands before all of them; NULL: none */
    bool may_be_empty;               /* a directory without migrations is no mistake */
    ls_framework_choices frameworks; /* what is not recognised by itself */
} ls_input_request;

typedef struct {
    ls_arena *arena;
    const ls_files *from;               /* as the request says */
    LS_VECTOR(ls_migration) files;      /* in the order in which they would run */
    LS_VECTOR(const char *) errors;     /* why the job cannot be done, each "path: reason" */
    LS_VECTOR(const char *) notes;      /* what of the directories is not read, and why */
    uint32_t down_files;                /* left out of the directories that are judged */
    LS_VECTOR(ls_arena *) parse_arenas; /* what hangs on the files: one a thread */
} ls_input;

/*
 * Finds the files that the request names and those before them. What is wrong with a path (it is
 * missing, unreadable, no regular file, a directory without migrations) is an error.
 */
ls_input *ls_input_find(const ls_input_request *request);

/* Reads and parses every file, on several threads where that pays; adds to the errors what cannot
 * be read and what is no text. The result does not depend on the number of threads. */
void ls_input_parse(ls_input *input);

/* The two halves of that. Between them the texts may say better which files are to be judged, and
 * `judged` may be set anew. */
void ls_input_read(ls_input *input);
void ls_input_settle(ls_input *input);

/* Reads a migration of the input as if its file held another text, and without its down; what it
 * takes lives in the arena. False if the text cannot be a source. */
bool ls_input_read_text(ls_arena *arena, const ls_input *input, const ls_migration *file,
                        const char *text, ls_migration *read);

void ls_input_free(ls_input *input);

#endif
