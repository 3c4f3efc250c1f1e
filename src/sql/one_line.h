/*
 * one_line.h - a piece of the source as it can stand in a sentence.
 */
#ifndef LS_SQL_ONE_LINE_H
#define LS_SQL_ONE_LINE_H

#include "sql/source.h"

/* The text of a span: comments and runs of white space outside of quotes become one blank. */
const char *ls_on_one_line(ls_arena *arena, const ls_source *source, ls_span at);

#endif
