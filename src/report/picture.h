/*
 * picture.h - a file's locks drawn over its statements.
 *
 *   public.users       .AAAAA
 *   public.users_pkey  ...AAA
 *   A = ACCESS EXCLUSIVE; a column is a statement
 *
 * A column is a statement, a row a relation, a letter the strongest mode that is held on it while
 * the statement runs. A file with more statements than fit side by side is drawn in several parts.
 */
#ifndef LS_REPORT_PICTURE_H
#define LS_REPORT_PICTURE_H

#include "report/style.h"

/* Draws it, with a legend and an empty line; nothing for a file that locks nothing. */
void ls_picture_draw(ls_buffer *out, const ls_text_style *style, const ls_timeline_file *file);

#endif
