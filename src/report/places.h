/*
 * places.h - where a finding stands, as each format counts and names it.
 *
 * Lines and columns count from 1, and an end is exclusive. What a column counts differs: code
 * points in lockstep's own JSON, UTF-16 units in SARIF, bytes of UTF-8 in rdjson. Paths are seen
 * from the working directory by people, and from the root of the repository by services.
 */
#ifndef LS_REPORT_PLACES_H
#define LS_REPORT_PLACES_H

#include "report/report.h"

typedef enum {
    LS_COLUMN_CODE_POINTS,
    LS_COLUMN_UTF16,
    LS_COLUMN_BYTES,
} ls_column_unit;

typedef struct {
    ls_position begin, end;
} ls_region;

/* The region of a span; of a derived source, in the one that it was made from. */
ls_region ls_region_of(const ls_source *source, ls_span at, ls_column_unit unit);

/* The path as seen from this directory, which starts with /: with /, without "." and "..". A path
 * outside of it stays as it is. */
const char *ls_path_from_root(ls_arena *arena, const char *root, const char *path);

/* The same as a reference in a URI: what is no plain letter, digit or mark of a path is written
 * with percent signs, byte by byte. One that starts with / becomes a file: URI. */
const char *ls_path_as_uri(ls_arena *arena, const char *path);

#endif
