/*
 * edited_files.h - files of which some are read with another text than they have.
 */
#ifndef LS_INPUT_EDITED_FILES_H
#define LS_INPUT_EDITED_FILES_H

#include "input/files.h"
#include "support/map.h"

typedef struct {
    ls_files files; /* to be used in place of `others`, as long as this stands where it is */
    const ls_files *others;
    const ls_map *texts; /* by path, as it is asked for */
} ls_edited_files;

void ls_edited_files_open(ls_edited_files *edited, const ls_files *others, const ls_map *texts);

#endif
