/*
 * foreign_files.h - files that are for another database, among those of a run.
 */
#ifndef LS_INPUT_FOREIGN_FILES_H
#define LS_INPUT_FOREIGN_FILES_H

#include "input/input.h"

/* Takes them out of the parsed input, and tells of all of them in one note; in an error where
 * nothing is left to judge. */
void ls_leave_out_foreign(ls_input *input);

#endif
