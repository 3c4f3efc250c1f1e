/*
 * lock_svg.h - the locks of a file as a picture.
 */
#ifndef LS_REPORT_LOCK_SVG_H
#define LS_REPORT_LOCK_SVG_H

#include "report/timeline.h"

/*
 * A column for each statement that matters (timeline.h), a row for each relation, a bar from the
 * statement that takes a lock to where it is released, with the work that is done under it. The
 * columns are an order, not a measure of time. Nothing where no lock keeps anybody waiting.
 * `number` tells the pictures of a page apart.
 */
void ls_draw_locks(ls_buffer *out, const ls_findings_index *index, const ls_timeline_file *file,
                   size_t number);

#endif
