/*
 * csv.h - one column of a CSV file (RFC 4180, with a header), as the text that it lies in.
 *
 * Small and strict on purpose: what is asked for is where each value stands in the file, so that
 * findings can point there, and every departure from the form, with its place.
 */
#ifndef LS_PLAN_CSV_H
#define LS_PLAN_CSV_H

#include "sql/source.h"

/* Where a value stands: without the quotes around it, in which "" stands for one quote. */
typedef struct {
    ls_span at;
    bool quoted;
} ls_csv_value;

typedef struct {
    LS_VECTOR(ls_csv_value) values; /* of the column, one for each row below the header */
    const char *problem;            /* NULL: none; then there are no values */
    ls_span problem_at;
} ls_csv_column;

/* The values of the column that the header calls so (in lower case here, in whatever case there).
 */
ls_csv_column ls_csv_read(ls_arena *arena, const ls_source *source, const char *column);

#endif
