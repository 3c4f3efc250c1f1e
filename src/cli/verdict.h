/*
 * verdict.h - whether findings make the program fail.
 */
#ifndef LS_CLI_VERDICT_H
#define LS_CLI_VERDICT_H

#include "cli/command.h"
#include "config/config.h"
#include "rules/rules.h"

/* LOCKSTEP_FINDINGS if one is as grave as --fail-on or the configuration says, else LOCKSTEP_CLEAN.
 */
int ls_verdict_on(const ls_findings *findings, const ls_command *command, const ls_config *config);

#endif
