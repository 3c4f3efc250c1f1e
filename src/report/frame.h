/*
 * frame.h - lines of a source with what matters in them underlined.
 *
 *      |
 *    2 | ALTER TABLE users
 *      | ----------------- ACCESS EXCLUSIVE on users taken here
 *    3 |   ADD COLUMN plan_id bigint DEFAULT gen_plan();
 *      |                             ^^^^^^^^^^^^^^^^^^ computed for every row
 *   ...
 *    7 | COMMIT;
 *      | ------ released only here
 *
 * The primary mark may span lines; of another that does, only the first line is underlined. Lines
 * that do not fit are cut around what is marked.
 */
#ifndef LS_REPORT_FRAME_H
#define LS_REPORT_FRAME_H

#include "report/style.h"

typedef struct {
    ls_span at;
    const char *label; /* NULL: none */
    bool primary;
} ls_mark;
typedef LS_VECTOR(ls_mark) ls_marks;

typedef struct {
    const ls_source *source;
    ls_marks marks; /* at most one is primary */
} ls_frame;

/* How many digits the largest line number of the frame has. */
unsigned ls_frame_digits(const ls_frame *frame);

/* Draws it with line numbers of that many digits; an empty line of the gutter comes first. The
 * scratch arena is the caller's to clear. */
void ls_frame_draw(ls_buffer *out, const ls_text_style *style, ls_arena *scratch,
                   const ls_frame *frame, unsigned digits, ls_paint primary);

/* The gutter of a line without a number: blanks and, unless 0, the sign. */
void ls_gutter(ls_buffer *out, const ls_text_style *style, unsigned digits, char sign);

#endif
