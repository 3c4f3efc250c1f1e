/*
 * diagram.h - a plan as a mermaid diagram.
 */
#ifndef LS_REPORT_DIAGRAM_H
#define LS_REPORT_DIAGRAM_H

#include "report/report.h"

/* The plan's file and title in Markdown, with an empty line. */
void ls_write_plan_title(ls_buffer *out, const ls_report_plan *plan);

/* The diagram by itself. */
void ls_write_diagram(ls_buffer *out, const ls_report_plan *plan);

#endif
