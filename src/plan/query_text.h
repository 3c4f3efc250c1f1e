/*
 * query_text.h - an app's queries made SQL: what their tools write in the place of parameters.
 */
#ifndef LS_PLAN_QUERY_TEXT_H
#define LS_PLAN_QUERY_TEXT_H

#include "plan/csv.h"

/*
 * A copy of the text in which every parameter is $1, filled up with spaces: @name, :name,
 * sqlc.arg(name), sqlc.narg(name), sqlc.slice(name). sqlc.embed(t) becomes t.*, and the STDIN of a
 * COPY a file, since its rows do not stand in the text. Offsets stay.
 */
char *ls_query_text(ls_arena *arena, const char *text, uint32_t length);

/* A copy of a CSV file's text in which only the values are left, each as a statement that ends with
 * a semicolon. Offsets stay. */
char *ls_query_text_of_values(ls_arena *arena, const ls_source *source,
                              const ls_csv_column *column);

#endif
