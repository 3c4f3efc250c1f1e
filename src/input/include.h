/*
 * include.h - the files that psql's \i and \ir name.
 */
#ifndef LS_INPUT_INCLUDE_H
#define LS_INPUT_INCLUDE_H

#include "input/files.h"
#include "sql/script.h"

/* Finds them among `from`, which must outlive what is read. */
ls_inclusion ls_inclusion_of(const ls_files *from);

#endif
