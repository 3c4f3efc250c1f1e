/*
 * include.h - the files that a migration includes: by psql's \i and \ir, or as its framework does.
 */
#ifndef LS_INPUT_INCLUDE_H
#define LS_INPUT_INCLUDE_H

#include "input/files.h"
#include "input/migration.h"

/* Reads a part of a migration's text with the files that it includes, which are found among `from`;
 * those must outlive what is read. */
ls_script *ls_read_with_included(ls_arena *arena, const ls_files *from,
                                 const ls_migration *migration, const char *text);

#endif
