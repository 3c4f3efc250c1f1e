/*
 * plan_svg.h - the stages of a plan as a picture.
 */
#ifndef LS_REPORT_PLAN_SVG_H
#define LS_REPORT_PLAN_SVG_H

#include "report/report.h"

/*
 * A column for each stage, a row for each version: a bar where it may be running, a frame where it
 * is not but one may go back to it. The columns are an order, not a measure of time.
 */
void ls_report_plan_svg(ls_buffer *out, const ls_report_plan *plan);

#endif
