/*
 * terminal.h - standard output and standard error, and what can be shown there.
 */
#ifndef LS_CLI_TERMINAL_H
#define LS_CLI_TERMINAL_H

#include "cli/command.h"
#include "report/report.h"

/* Colour by --color, NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR, TERM and whether standard output is a
 * terminal, in this order; the width of the terminal, 80 where there is none. */
ls_text_style ls_terminal_style(const ls_command *command);

/* Writes all of it to standard output. False, with a message on standard error, if it cannot be
 * written; a reader that has gone away is none of our business. */
bool ls_print(const ls_buffer *text);

/* One line on standard error, "lockstep: ...", escaped. */
void ls_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
