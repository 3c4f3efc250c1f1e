/*
 * verdict.h - whether findings make the program fail.
 */
#ifndef LS_CLI_VERDICT_H
#define LS_CLI_VERDICT_H

#include "cli/command.h"
#include "config/config.h"
#include "rules/rules.h"

/* LS_EXIT_FINDINGS if one is as grave as --fail-on or the configuration says, else LS_EXIT_CLEAN.
 */
int ls_verdict_on(const ls_findings *findings, const ls_command *command, const ls_config *config);

#endif
