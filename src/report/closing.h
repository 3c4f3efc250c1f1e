/*
 * closing.h - the last lines of a report: what was found, and what was looked at to find it.
 *
 * Whatever was not judged is named with its number, so that a clean report means what it says.
 */
#ifndef LS_REPORT_CLOSING_H
#define LS_REPORT_CLOSING_H

#include "report/style.h"

/* "3 errors, 1 warning in 2 of 41 migrations" */
void ls_write_verdict(ls_buffer *out, const ls_report *report, const ls_text_style *style);

/* "analysed 120 of 121 statements for PostgreSQL 15 (parser 15.1); ..." */
void ls_write_coverage(ls_buffer *out, const ls_report *report, const ls_text_style *style);

/* The same on one line, without a line end; escaped. */
const char *ls_verdict_text(ls_arena *arena, const ls_report *report);
const char *ls_coverage_text(ls_arena *arena, const ls_report *report);

#endif
