/*
 * detect.h - what a project's files tell about its migrations.
 */
#ifndef LS_CLI_DETECT_H
#define LS_CLI_DETECT_H

#include "config/starter.h"

/* Directories with migrations in the usual places below `directory`, and the version of PostgreSQL
 * that the project runs; the usual one where nothing tells. */
ls_config_findings ls_detect(ls_arena *arena, const char *directory);

#endif
