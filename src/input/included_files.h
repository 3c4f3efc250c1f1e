/*
 * included_files.h - files that psql runs where another one includes them.
 */
#ifndef LS_INPUT_INCLUDED_FILES_H
#define LS_INPUT_INCLUDED_FILES_H

#include "input/input.h"

/* Takes them out of the parsed input, where they would run a second time, and tells of all of them
 * in one note. A file that is to be judged stays where what includes it is not. */
void ls_leave_out_included(ls_input *input);

#endif
