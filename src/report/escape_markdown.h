/*
 * escape_markdown.h - untrusted text in Markdown, as GitHub and GitLab render it.
 *
 * Nothing of it is markup, a link, a mention or a reference to an issue, and no line of it is a
 * command to a service that reads the Markdown in its log. Code is safest; text is for sentences.
 */
#ifndef LS_REPORT_ESCAPE_MARKDOWN_H
#define LS_REPORT_ESCAPE_MARKDOWN_H

#include "support/buffer.h"

/* A sentence, on one line. */
void ls_escape_markdown(ls_buffer *out, const char *text);

/* Code in a cell of a table, cut off behind so many cells of a terminal. */
void ls_escape_cell_code(ls_buffer *out, const char *text, size_t cells);

/* A block of code that no line of it ends. The code is shown already; it ends with a line end. */
void ls_write_code_block(ls_buffer *out, const char *language, const char *code);

/* The same of a script, which is shown line by line. */
void ls_write_script_block(ls_buffer *out, const char *language, const char *script);

#endif
