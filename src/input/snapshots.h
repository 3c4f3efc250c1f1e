/*
 * snapshots.h - files that hold what all migrations beside them make.
 */
#ifndef LS_INPUT_SNAPSHOTS_H
#define LS_INPUT_SNAPSHOTS_H

#include "input/input.h"

/* Takes them out of the parsed input, where something else is left to judge: a database gets either
 * the snapshot or the migrations. Tells of each in a note. */
void ls_leave_out_snapshots(ls_input *input);

#endif
