/*
 * escape.h - what comes from a user's file, made safe for where it goes.
 *
 * Names, paths, SQL, and every message that holds one of them pass through one of these on the
 * way out; nothing else of a report does.
 */
#ifndef LS_REPORT_ESCAPE_H
#define LS_REPORT_ESCAPE_H

#include "support/arena.h"
#include "support/buffer.h"

/*
 * For a terminal or a log, on one line: control characters, ANSI and OSC sequences, marks that
 * reorder text, invisible characters and invalid bytes are shown instead of sent; line ends become
 * \n (characters.h). Returns the cells that it takes; `out` NULL only measures.
 */
size_t ls_escape(ls_buffer *out, const char *text, size_t length);
size_t ls_escape_string(ls_buffer *out, const char *text);

/* The same at the start of a line of a log, blanks aside: what GitHub would take for a command
 * there gets a backslash. */
size_t ls_escape_first(ls_buffer *out, const char *text);

/* The same, with the line ends of the text kept. */
void ls_escape_lines(ls_buffer *out, const char *text);

/* GitHub takes a line of its log that starts with :: for a command, whatever blanks of Unicode
 * stand before that. */
bool ls_starts_with_command(const char *text, size_t length);

/* The same for text and quoted attributes of HTML, SVG and XML. */
void ls_escape_markup(ls_buffer *out, const char *text);

/* The same for a quoted label of a mermaid diagram, cut off behind so many cells. What mermaid or
 * Markdown could read as more than text is written as a character code: quotes and backticks,
 * markup, emphasis, comments. */
void ls_escape_diagram(ls_buffer *out, const char *text, size_t cells);

/* The same as code in a line of Markdown, where nothing is a link, a mention or markup. */
void ls_escape_code_span(ls_buffer *out, const char *text);

/* Valid UTF-8 for JSON, which escapes the rest itself: each invalid byte becomes U+FFFD. NULL
 * becomes "". */
char *ls_valid_text(ls_arena *arena, const char *text);

/* How many bytes of the text fit into the cells, with room for "..." where that is not all. */
size_t ls_fitting_length(const char *text, size_t cells, bool *cut);

/* The most bytes of one kind beside each other. */
size_t ls_longest_run(const char *text, char of);

#endif
