/*
 * starter.h - a lockstep.yaml to begin with.
 */
#ifndef LS_CONFIG_STARTER_H
#define LS_CONFIG_STARTER_H

#include "support/buffer.h"
#include "support/vector.h"

/* A directory with migrations, relative to the file. */
typedef struct {
    const char *path;
    const char *framework, *runs; /* NULL: none is known */
} ls_found_migrations;

typedef struct {
    int postgres;
    const char *postgres_from; /* what says so, in words */
    LS_VECTOR(ls_found_migrations) migrations;
} ls_config_findings;

/* Writes a configuration that says what was found, and shows in comments what else it could say. */
void ls_config_write_starter(ls_buffer *out, const ls_config_findings *findings);

#endif
