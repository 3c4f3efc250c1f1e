/*
 * line_hash.h - GitHub's name for a line, which stays when lines far from it change.
 *
 * Code scanning knows a finding again by the hash of its line: of the next 100 UTF-16 units that
 * are neither blanks nor tabs, line ends made alike, as a number of base 37. Its upload action
 * computes the same where it is missing (github/codeql-action, src/fingerprints.ts). There, unlike
 * elsewhere in lockstep, a carriage return by itself ends a line.
 */
#ifndef LS_REPORT_LINE_HASH_H
#define LS_REPORT_LINE_HASH_H

#include "support/vector.h"

typedef struct {
    uint64_t hash;
    uint32_t ordinal; /* among the lines of this hash, from 1 */
} ls_line_hash;
typedef LS_VECTOR(ls_line_hash) ls_line_hashes;

/* Those of all lines of a valid text, in order. */
ls_line_hashes ls_line_hashes_of(ls_arena *arena, const char *text, size_t length);

/* "5642e16e0e3e7dbf:1"; NULL for a line (from 1) that there is not. */
const char *ls_line_hash_text(ls_arena *arena, const ls_line_hashes *hashes, uint32_t line);

#endif
