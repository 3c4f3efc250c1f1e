/*
 * verdict.h - whether findings make the program fail.
 */
#ifndef LS_CLI_VERDICT_H
#define LS_CLI_VERDICT_H

#include "cli/command.h"
#include "config/config.h"
#include "rules/rules.h"

/* Does a finding of this severity fail the run, by --fail-on or the configuration? */
bool ls_severity_fails(ls_severity severity, const ls_command *command, const ls_config *config);

/* LOCKSTEP_FINDINGS if one does, else LOCKSTEP_CLEAN. */
int ls_verdict_on(const ls_findings *findings, const ls_command *command, const ls_config *config);

#endif
