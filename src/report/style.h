/*
 * style.h - what the text formats share: colours, numbers in words, wrapped lines.
 */
#ifndef LS_REPORT_STYLE_H
#define LS_REPORT_STYLE_H

#include "report/report.h"

typedef enum {
    LS_PAINT_ERROR,
    LS_PAINT_WARNING,
    LS_PAINT_INFO,
    LS_PAINT_STRONG,
    LS_PAINT_GUTTER,
    LS_PAINT_RELATED,
    LS_PAINT_ADDED,
    LS_PAINT_REMOVED,
} ls_paint;

ls_paint ls_severity_paint(ls_severity severity);

/* Starts a colour, and ends it; both write nothing where the style has no colour. */
void ls_paint_begin(ls_buffer *out, const ls_text_style *style, ls_paint paint);
void ls_paint_end(ls_buffer *out, const ls_text_style *style);

/* Text of lockstep's own, painted. */
void ls_paint_string(ls_buffer *out, const ls_text_style *style, ls_paint paint, const char *text);

/* "1 error", "2 errors": the plural is the noun with an s. */
void ls_count(ls_buffer *out, unsigned long count, const char *noun);

/*
 * Escaped text, broken between words at the style's width. The cursor stands at column `indent`,
 * and so does every line after the first. A line that is itself indented keeps that indentation
 * when it is broken. The text's own line ends are kept after a full stop, a colon or a semicolon,
 * and around SQL; others only suited the author's editor, and the lines are joined and broken anew.
 * Ends with a line end.
 */
void ls_wrap(ls_buffer *out, const ls_text_style *style, size_t indent, const char *text);

/* The same for a text that is one line: a line end in it is part of a name, and shown as \n. */
void ls_wrap_line(ls_buffer *out, const ls_text_style *style, size_t indent, const char *text);

/* Escaped lines as they stand, because a script is there to be copied; only a comment that is wider
 * than the style goes on in a comment on the next line, unless it is one that lockstep reads. The
 * cursor stands at column `indent`, and so does every line after the first. Ends with a line end.
 */
void ls_write_script(ls_buffer *out, const ls_text_style *style, size_t indent, const char *script);

#endif
