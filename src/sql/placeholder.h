/*
 * placeholder.h - the variables of psql and of templates, which are not SQL.
 */
#ifndef LS_SQL_PLACEHOLDER_H
#define LS_SQL_PLACEHOLDER_H

#include "sql/source.h"

/*
 * Overwrites the placeholders in a span, outside quotes, so that each becomes a name of the same
 * length that still tells one from another: ${schema} becomes __schema_. Those around a string or
 * a quoted name (:'x', :"x") only lose their colon. Gives whether there were any.
 */
bool ls_blank_placeholders(char *text, ls_span span);

/* Whether what was read as a name at this place of the source is a placeholder there. */
bool ls_is_placeholder(const ls_source *source, ls_span at);

#endif
