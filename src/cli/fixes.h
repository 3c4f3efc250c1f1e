/*
 * fixes.h - the fixes of a migration's findings, tried where the migration stands in the history.
 */
#ifndef LS_CLI_FIXES_H
#define LS_CLI_FIXES_H

#include "cli/run.h"

/* What is found in the migration that has a fix which has been tried; before it is replayed itself,
 * and nothing is left of the trials. */
ls_findings ls_find_fixes(ls_run *run, const ls_migration *migration, uint32_t file);

/* Gives the findings from that number on the fixes that were found for them. */
void ls_take_fixes(ls_findings *findings, uint32_t first, const ls_findings *fixed);

#endif
