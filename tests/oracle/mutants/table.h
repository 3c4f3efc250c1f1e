/*
 * table.h - testdata/plans/mutants.json: of each mutant what servers said, and lockstep's errors.
 */
#ifndef LS_TESTS_TABLE_H
#define LS_TESTS_TABLE_H

#include "sql/parts.h"

#include <jansson.h>

/* The file's rows; an empty array where there is none. */
json_t *ls_table_read(const char *path);

/* One row a line. Ends the program where it cannot be written. */
void ls_table_write(const char *path, const json_t *rows);

/* The row of the mutant; NULL if there is none. */
json_t *ls_table_row(const json_t *rows, const char *playbook, const char *mutant);

json_t *ls_table_words(const ls_words *words);

/* A server said that something broke, and not that nothing did or that a check holds. */
bool ls_table_is_broken(const char *said);

#endif
