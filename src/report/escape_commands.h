/*
 * escape_commands.h - untrusted text in the commands that CI services read from their log.
 *
 * All of it is shown first as in any log (ls_escape), line by line: what is left are line ends and
 * what the command itself gives a meaning to.
 */
#ifndef LS_REPORT_ESCAPE_COMMANDS_H
#define LS_REPORT_ESCAPE_COMMANDS_H

#include "support/buffer.h"

typedef enum { LS_COMMAND_GITHUB, LS_COMMAND_AZURE } ls_command_service;

/* The value of a property, on one line: a path, a title. */
void ls_escape_property(ls_buffer *out, ls_command_service service, const char *text);

/* The text that stands behind the command; its line ends are kept. */
void ls_escape_message(ls_buffer *out, ls_command_service service, const char *text);

#endif
