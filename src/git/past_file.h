/*
 * past_file.h - files of which one is read as a commit has it.
 */
#ifndef LS_GIT_PAST_FILE_H
#define LS_GIT_PAST_FILE_H

#include "git/blobs.h"
#include "input/files.h"

typedef struct {
    ls_files files; /* to be used in place of `others`, as long as this stands where it is */
    const ls_files *others;
    ls_blobs *blobs;
    const char *path; /* that of the one, as it is asked for */
    const char *name; /* what git calls it */
} ls_past_file;

/* `name` is COMMIT:PATH, the path from the root of the repository. */
void ls_past_file_open(ls_past_file *past, const ls_files *others, ls_blobs *blobs,
                       const char *path, const char *name);

#endif
