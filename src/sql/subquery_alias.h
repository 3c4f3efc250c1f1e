/*
 * subquery_alias.h - aliases of subqueries in FROM, which PostgreSQL asks for up to 15.
 */
#ifndef LS_SQL_SUBQUERY_ALIAS_H
#define LS_SQL_SUBQUERY_ALIAS_H

#include "sql/source.h"

/* The version that made them optional. */
enum { LS_ALIAS_OPTIONAL_SINCE = 16 };

/* The parser's message says that one is missing. */
bool ls_lacks_alias(const char *message);

/* Writes one behind the subquery whose bracket is at `at`, over a blank that can be spared: one
 * behind it, or one between two words in it, so that what stands after that blank moves by a byte.
 * False if there is none. */
bool ls_write_alias(char *text, ls_span span, uint32_t at);

#endif
