/*
 * together.h - plans that are in flight together: each is verified by itself, and then what they do
 * to each other, and in which order they come.
 */
#ifndef LS_PLAN_TOGETHER_H
#define LS_PLAN_TOGETHER_H

#include "plan/verify.h"

typedef struct {
    const ls_plan *plan;
    ls_plan_request request;
    ls_plan_result result; /* is set; to be freed in any case */
} ls_plan_job;

typedef struct {
    ls_plan_job *jobs;
    size_t count;
} ls_plan_jobs;

/* Verifies all of them. What two plans do to each other is a finding of the later one. False, with
 * messages added, if the job cannot be done. */
bool ls_plans_verify(ls_arena *arena, const ls_plan_jobs *jobs, ls_words *errors);

void ls_plans_free(const ls_plan_jobs *jobs);

#endif
