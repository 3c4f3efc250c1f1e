/*
 * creation.h - what a statement that does not parse would create.
 *
 * Whatever stands further down is about a table of this migration then, not about one that was
 * there before.
 */
#ifndef LS_SQL_CREATION_H
#define LS_SQL_CREATION_H

#include "sql/statement.h"

/* Reads the head of CREATE TABLE, CREATE VIEW and their like from the tokens of a blanked text;
 * the name is NULL if it is another statement, or the head itself is broken. */
ls_creation ls_read_creation(ls_arena *arena, const char *text, ls_span span);

#endif
