/*
 * words.h - verdicts of the model in sentences, with the plan's own names.
 */
#ifndef LS_PLAN_MODEL_WORDS_H
#define LS_PLAN_MODEL_WORDS_H

#include "plan/model/verdict.h"

/* `users.email` */
const char *ls_model_carrier_name(ls_arena *arena, const ls_model *model, ls_model_index carrier);

typedef struct {
    const char *what;   /* "web-411 UPDATE users.email" */
    const char *values; /* "email=b  email_address=a", or what is wrong with the last step */
} ls_trace_line;
typedef LS_VECTOR(ls_trace_line) ls_trace_lines;

/* The told steps of a finding's trace, in order; the last says what goes wrong. */
void ls_model_trace_lines(ls_arena *arena, const ls_model *model, const ls_model_finding *finding,
                          ls_trace_lines *lines);

/* One sentence without a full stop: what goes wrong and between whom. */
const char *ls_model_message(ls_arena *arena, const ls_model *model,
                             const ls_model_finding *finding);

/* Why a version cannot be gone back to: "web-411: insert fails on users.email_address". */
const char *ls_model_way_back(ls_arena *arena, const ls_model *model, const ls_way_back *way);

/* MISSING, STALE-READ, ... */
const char *ls_violation_name(ls_violation violation);

#endif
