/*
 * foreign.h - migrations for other databases that lie among those for PostgreSQL.
 */
#ifndef LS_INPUT_FOREIGN_H
#define LS_INPUT_FOREIGN_H

#include "input/files.h"
#include "sql/script.h"

/* The database that a tool's setting calls so ("mysql"), as people write it; NULL: PostgreSQL, or
 * nothing known. */
const char *ls_foreign_database(const char *word, size_t length);

/* The word means PostgreSQL. */
bool ls_own_database(const char *word, size_t length);

/* Adds a database to a list that does not hold it yet. */
void ls_note_database(ls_arena *arena, ls_file_names *databases, const char *database);

/* The database that a file's name is for: "1_users.mysql.up.sql"; NULL: none is named. */
const char *ls_foreign_file(const char *name);

/* The database that a directory's name is for, where another name beside it says PostgreSQL. */
const char *ls_foreign_directory(const char *name, const ls_directory_entries *beside);

/* The database that a script is for, going by what in it PostgreSQL cannot read; NULL: none. */
const char *ls_foreign_script(const ls_script *script);

#endif
