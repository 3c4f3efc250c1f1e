/*
 * parse.h - the parser alone, for the benchmark's floor.
 */
#ifndef LS_SQL_LOWER_PARSE_H
#define LS_SQL_LOWER_PARSE_H

#include "sql/source.h"

/* Parses the statement at `span` of a blanked, writable text and throws the tree away; true if it
 * parses. */
bool ls_parse_only(char *text, ls_span span);

#endif
