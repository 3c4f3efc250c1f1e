/*
 * formats.h - the print functions of the formats in the table, one file each.
 */
#ifndef LS_REPORT_FORMATS_H
#define LS_REPORT_FORMATS_H

#include "report/format.h"

/* file:line:column: severity: message [rule], as editors and reviewdog read it. */
void ls_print_concise(ls_buffer *out, const ls_report_view *view);

/* Annotations as workflow commands: few, the worst first. */
void ls_print_github(ls_buffer *out, const ls_report_view *view);

/* Markdown: for the job's summary, and as a comment that a later run finds again and replaces. */
void ls_print_summary(ls_buffer *out, const ls_report_view *view);
void ls_print_comment(ls_buffer *out, const ls_report_view *view);

/* The whole report as one page. */
void ls_print_html(ls_buffer *out, const ls_report_view *view);

/* SARIF 2.1.0 for code scanning, editors and reviewdog. */
void ls_print_sarif(ls_buffer *out, const ls_report_view *view);

/* GitLab's Code Quality report. */
void ls_print_gitlab(ls_buffer *out, const ls_report_view *view);

/* JUnit by Jenkins' schema, and with the attribute that GitLab reads besides. */
void ls_print_junit(ls_buffer *out, const ls_report_view *view);
void ls_print_junit_gitlab(ls_buffer *out, const ls_report_view *view);

void ls_print_checkstyle(ls_buffer *out, const ls_report_view *view);

/* reviewdog's diagnostics, one JSON document a line. */
void ls_print_rdjsonl(ls_buffer *out, const ls_report_view *view);

/* Azure Pipelines' logging commands. */
void ls_print_azure(ls_buffer *out, const ls_report_view *view);

#endif
