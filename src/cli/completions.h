/*
 * completions.h - scripts that complete lockstep's command line, one a shell.
 *
 * All of it comes from the table of options and the rules that are compiled in; the scripts do not
 * run the program.
 */
#ifndef LS_CLI_COMPLETIONS_H
#define LS_CLI_COMPLETIONS_H

#include "cli/command.h"
#include "support/buffer.h"

void ls_completions_bash(ls_buffer *out);
void ls_completions_zsh(ls_buffer *out);
void ls_completions_fish(ls_buffer *out);

/* --- What they share ------------------------------------------------------------------------- */

/* The words that an option may have, or that a verb is about, with blanks between; "" where there
 * are none to list. */
const char *ls_option_words(ls_arena *arena, const ls_command_option *option);
const char *ls_argument_words(ls_arena *arena, ls_verb verb);

/* The verbs of one word with `plan`, or those behind it. */
const char *ls_verb_words(ls_arena *arena, bool of_plan);

/* What an option is for, in few words. */
const char *ls_option_summary(ls_arena *arena, const ls_command_option *option);

#endif
