/*
 * window.h - the part of a source's line that fits on the screen.
 *
 * The work is bounded by the width of the screen, not by the length of the line.
 */
#ifndef LS_REPORT_WINDOW_H
#define LS_REPORT_WINDOW_H

#include "sql/source.h"
#include "support/buffer.h"

typedef struct {
    const ls_source *source;
    ls_span shown; /* bytes */
    bool cut_left, cut_right;
} ls_window;

/* The whole line if it fits into so many cells, else what fits around the start of `focus`. */
ls_window ls_window_around(const ls_source *source, ls_span line, ls_span focus, size_t cells);

/* Writes it, escaped, with "..." where it is cut. */
void ls_window_draw(ls_buffer *out, const ls_window *window);

/* The cell at which a byte of the window stands; of one outside, the nearest edge. */
size_t ls_window_column(const ls_window *window, uint32_t offset);

#endif
