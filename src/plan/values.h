/*
 * values.h - forms of values that only plans have; see config/values.h.
 */
#ifndef LS_PLAN_VALUES_H
#define LS_PLAN_VALUES_H

#include "config/values.h"
#include "plan/plan.h"

extern const ls_value_form ls_plan_value_format; /* the number of the plan format */
extern const ls_value_form ls_plan_value_path;   /* of a file below the root */
extern const ls_value_form ls_plan_value_time;   /* a length of time with its unit */
extern const ls_value_form ls_plan_value_date;   /* a day that there is */
extern const ls_value_form ls_plan_value_column;
extern const ls_value_form ls_plan_value_batch;  /* a number of rows */
extern const ls_value_form ls_plan_value_reason; /* a text that says something */

/* `200ms`, `5s`, `7d`: false if the text is not of that form. */
bool ls_plan_time_read(const char *text, ls_plan_time *time);

/* False if the text is not of the form. Names are those of SQL: an unquoted one is folded. */
bool ls_plan_column_read(ls_arena *arena, const char *text, ls_plan_column *column);

#endif
