/*
 * normal.h - SQL as PostgreSQL's lexer would see it, so that two texts can be compared.
 */
#ifndef LS_SQL_NORMAL_H
#define LS_SQL_NORMAL_H

#include "sql/source.h"
#include "support/buffer.h"

/* Adds a statement, or several: neither comments nor white space nor the case of keywords and plain
 * names are left. The body of a DO block is read the same way. */
void ls_normal_add(ls_buffer *out, const ls_source *source, ls_span statement);

#endif
