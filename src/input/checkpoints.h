/*
 * checkpoints.h - migrations that stand for all those before them.
 */
#ifndef LS_INPUT_CHECKPOINTS_H
#define LS_INPUT_CHECKPOINTS_H

#include "input/input.h"

/* Takes out of the parsed input those that come after others of their directory: a database that
 * has run these never runs them. Tells of all of them in one note. */
void ls_leave_out_checkpoints(ls_input *input);

#endif
