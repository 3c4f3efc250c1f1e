/*
 * finding_frames.h - the code of a finding: its own source first, then what else has to be seen.
 */
#ifndef LS_REPORT_FINDING_FRAMES_H
#define LS_REPORT_FINDING_FRAMES_H

#include "report/style.h"

/* Writes "--> file:line:column" and the frame of each source, and an empty line of the gutter; how
 * many digits the line numbers have. The scratch arena is the caller's to clear. */
unsigned ls_write_finding_frames(ls_buffer *out, const ls_text_style *style, ls_arena *scratch,
                                 const ls_finding *finding);

/* How many of its related places are not in the frames. */
size_t ls_count_places_left_out(const ls_finding *finding);

#endif
