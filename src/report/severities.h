/*
 * severities.h - what each format calls lockstep's severities.
 */
#ifndef LS_REPORT_SEVERITIES_H
#define LS_REPORT_SEVERITIES_H

#include "rules/rules.h"

typedef struct {
    const char *github;        /* workflow command */
    const char *sarif;         /* level */
    const char *sarif_problem; /* problem.severity of a rule */
    const char *gitlab;
    const char *gitlab_loss; /* the same where data is lost */
    const char *checkstyle;
    const char *rdjson;
    const char *azure; /* NULL: a line of the log */
} ls_severity_names;

const ls_severity_names *ls_severity_names_of(ls_severity severity);

#endif
