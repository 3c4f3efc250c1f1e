/*
 * page.h - a page of HTML that loads nothing and stands for itself.
 *
 * Some hosts drop scripts and styles: there are no scripts, and without styles tables have their
 * borders and pictures their colours, and each colour has a word beside it. What is wider than the
 * screen scrolls in itself, and can be reached with the keyboard. Text is escaped by whoever writes
 * it (ls_escape_markup).
 */
#ifndef LS_REPORT_PAGE_H
#define LS_REPORT_PAGE_H

#include "report/report.h"

/* The page up to where its content begins; the title is lockstep's own text. */
void ls_begin_page(ls_buffer *out, const char *title);
void ls_end_page(ls_buffer *out);

/* Around what may be wider than the screen; what it is, in lockstep's own words. */
void ls_begin_wide(ls_buffer *out, const char *what);
void ls_end_wide(ls_buffer *out);

/* Lines as they are, in <pre>; `text` has been escaped for a terminal, not for markup. */
void ls_write_preformatted(ls_buffer *out, const char *text);

/* A plan with its picture and table, under a heading of that level. */
void ls_write_plan_section(ls_buffer *out, const ls_report_plan *plan, unsigned level);

#endif
