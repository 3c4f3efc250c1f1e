/*
 * baseline.h - lockstep.baseline.yaml: findings that were accepted as they are.
 *
 * An entry is bound to a rule, a file and the fingerprint of a finding, which is made of the
 * statement's text: it holds wherever the statement moves in its file, and for this statement only.
 * Files are named relative to the directory of the baseline, so that it does not matter where
 * lockstep is started.
 */
#ifndef LS_CONFIG_BASELINE_H
#define LS_CONFIG_BASELINE_H

#include "support/yaml.h"

extern const char ls_baseline_name[]; /* "lockstep.baseline.yaml" */

typedef struct {
    const char *rule, *file, *fingerprint;
    const char *statement; /* its first line, for people; "" if there is none */
} ls_baseline_entry;

typedef struct {
    LS_VECTOR(ls_baseline_entry) entries;
} ls_baseline;

/* Reads a baseline. False with problems added: it cannot be read, or is none. */
bool ls_baseline_read(ls_arena *arena, const char *file, ls_baseline *baseline,
                      ls_yaml_problems *problems);

/* Sorts the entries and writes them, all or nothing. NULL, or why it could not be done. */
const char *ls_baseline_write(ls_arena *arena, const char *file, ls_baseline *baseline);

#endif
