/*
 * shown_plan.h - a plan that was verified, as reports show it.
 */
#ifndef LS_CLI_SHOWN_PLAN_H
#define LS_CLI_SHOWN_PLAN_H

#include "plan/verify.h"
#include "report/report.h"

/* The plan's source must outlive it. */
ls_report_plan ls_shown_plan(ls_arena *arena, const ls_plan_result *result);

#endif
