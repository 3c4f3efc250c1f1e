/*
 * plan_reader.h - plans as they lie on the disk, each read once however many ask for it.
 */
#ifndef LS_CLI_PLAN_READER_H
#define LS_CLI_PLAN_READER_H

#include "config/config.h"
#include "plan/files.h"
#include "support/map.h"

/* A plan, or why there is none. */
typedef struct {
    ls_plan *plan;             /* NULL: it is none, or could not be read */
    const char *complaint;     /* why it could not be read as a text, with its place; else NULL */
    ls_yaml_problems problems; /* what is wrong in it */
} ls_read_plan;

typedef struct {
    ls_arena *arena;
    const ls_config *config;
    ls_map plans; /* ls_read_plan, by path as shown */
} ls_plan_reader;

ls_read_plan *ls_plan_reader_get(ls_plan_reader *reader, const char *path);

/* The files that the stages of the configuration's plans run, as shown. Whatever is wrong with a
 * plan is told when that plan is verified. */
ls_words ls_plan_reader_files(ls_plan_reader *reader);

#endif
