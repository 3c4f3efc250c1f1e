/*
 * help.h - what --help and --version print.
 */
#ifndef LS_CLI_HELP_H
#define LS_CLI_HELP_H

#include "cli/command.h"
#include "report/report.h"

/* The help of one verb. */
void ls_help(ls_buffer *out, ls_verb verb, const ls_text_style *style);

/* The help of the program: what it is for, and its verbs. */
void ls_help_overview(ls_buffer *out, const ls_text_style *style);

void ls_help_version(ls_buffer *out);

/* What the verb does, in a line. */
const char *ls_help_summary(ls_verb verb);

#endif
