/*
 * order.h - what the names of migrations say.
 */
#ifndef LS_INPUT_ORDER_H
#define LS_INPUT_ORDER_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Less than, equal to or greater than 0 as the migration at path `left` runs before, is, or runs
 * after that at `right`; both relative to one directory. Folder by folder and then by file name:
 * by version, then by name; names without a version after those with one, and Flyway's repeatable
 * R__ files last.
 */
int ls_compare_migrations(const char *left, const char *right);

/* Whether a name starts with a version: digits, with Flyway's V before them or without. */
bool ls_has_version(const char *name);

/* Whether a name is that of a migration that runs again whenever it has changed: Flyway's R__. */
bool ls_is_repeatable(const char *name);

/* The length of the version that a name starts with, its V left out. */
size_t ls_version_length(const char *name);

/* Less than, equal to or greater than 0 as the version of the one is below, is, or is above that of
 * the other; a name without a version is above all. */
int ls_compare_versions(const char *left, const char *right);

/* Whether a file's name (without directories) says that it takes a migration back. */
bool ls_is_down_migration(const char *name);

/* Whether the name is that of the one migration of a directory, which then bears the version:
 * diesel's and Hasura's up.sql and down.sql, Prisma's migration.sql. */
bool ls_is_named_by_directory(const char *name);

/* Whether a name ends in .sql. */
bool ls_is_sql_file(const char *name);

#endif
