/*
 * diff.h - edits of a text as a unified diff, for review and for `git apply`.
 *
 * For anything but a terminal it is exact, because a program is to apply it; on a terminal the text
 * is escaped like all that comes from a user's file.
 */
#ifndef LS_REPORT_DIFF_H
#define LS_REPORT_DIFF_H

#include "report/report.h"

/* The edits stand in the order of the text, and none overlaps another. The path is that from the
 * root of the repository, and quoted as git does. */
void ls_write_diff(ls_buffer *out, const ls_text_style *style, const char *path,
                   const ls_source *source, const ls_fix *edits);

#endif
